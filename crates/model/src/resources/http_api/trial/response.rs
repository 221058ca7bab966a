//! From the load balancer back to the client.

use super::parts::{Fold, ORDER, apply};
use super::{Given, HOP_BY_HOP, How, Line, ResponseTrial, Trial};
use crate::mapping::Side;
use crate::mapping::sample::{Pair, SampleRequest, SampleResponse, header};
use crate::resources::http_api::fields::is_header;
use crate::resources::http_api::integration::{Action, ResponseMapping, ResponsePart};
use crate::resources::http_api::mapping::is_reserved;
use crate::{Design, LinkId};

/// What the client gets for an answer of the load balancer to `sent`.
pub fn response(
    design: &Design,
    link: &LinkId,
    sent: &SampleRequest,
    sample: &SampleResponse,
) -> Option<ResponseTrial> {
    let trial = Trial::new(design, link, sent, Some(sample))?;
    let mappings = &trial.integration.response_parameters;
    let mut found = ResponseTrial {
        status: (sample.status, How::Same),
        headers: returned_headers(&trial, sample),
        body: sample.body.clone(),
        given: mappings.iter().map(|mapping| returned(&trial, mapping, sample.status)).collect(),
    };
    for action in ORDER {
        for (index, mapping) in mappings.iter().enumerate().filter(|(_, mapping)| mapping.action == action) {
            let value = match &found.given[index] {
                Given::Value(value) => value.clone(),
                Given::Done => String::new(),
                _ => continue,
            };
            match (mapping.location, value.parse::<i64>()) {
                (ResponsePart::Header, _) => apply(&mut found.headers, action, &mapping.name, &value, Fold::Header),
                (ResponsePart::Statuscode, Ok(status)) => found.status = (status, How::Changed),
                (ResponsePart::Statuscode, Err(_)) => {}
            }
        }
    }
    Some(found)
}

fn returned(trial: &Trial<'_>, mapping: &ResponseMapping, status: i64) -> Given {
    let fits = match mapping.location {
        ResponsePart::Header => is_header(&mapping.name) && !is_reserved(&mapping.name),
        ResponsePart::Statuscode => mapping.action == Action::Overwrite,
    };
    let given = match mapping.action {
        _ if !fits => return Given::Wrong,
        Action::Remove => Given::Done,
        _ if mapping.value.is_empty() => return Given::Wrong,
        _ => trial.value(&mapping.value, Side::Response),
    };
    let is_status = |value: &str| value.parse::<i64>().is_ok_and(|status| (200..=599).contains(&status));
    match &given {
        Given::Wrong => Given::Wrong,
        Given::Value(value) if mapping.location == ResponsePart::Statuscode && !is_status(value) => Given::Wrong,
        _ if mapping.status != status => Given::Elsewhere,
        _ => given,
    }
}

/// The headers before mappings. Where the API answers for CORS, the backend's own headers of CORS are left out
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>).
fn returned_headers(trial: &Trial<'_>, sample: &SampleResponse) -> Vec<Line> {
    let cors = &trial.api.cors;
    let ends_here = |name: &str| {
        let lower = name.to_ascii_lowercase();
        HOP_BY_HOP.contains(&lower.as_str()) || (cors.enabled && lower.starts_with("access-control-"))
    };
    let line = |(name, value): &Pair| {
        Line::new(name, value, if ends_here(name) { How::Removed } else { How::Same })
    };
    let mut lines: Vec<Line> = sample.headers.iter().map(line).collect();
    if let Some(origin) = header(&trial.request.headers, "origin").filter(|_| cors.enabled) {
        let any = cors.allow_origins.iter().any(|allowed| allowed == "*");
        if any || cors.allow_origins.contains(&origin) {
            let allowed = if any { "*" } else { &origin };
            lines.push(Line::new("Access-Control-Allow-Origin", allowed, How::Gateway));
        }
    }
    lines.push(Line::new("Apigw-Requestid", "JKJaXmPLvHcESHA=", How::Gateway));
    lines
}
