//! From the client to the load balancer.

use super::parts::{Fold, ORDER, apply};
use super::context::CLIENT;
use super::{Given, HOP_BY_HOP, How, Line, RequestTrial, Taken, Trial};
use crate::mapping::sample::{SampleRequest, header};
use crate::mapping::Side;
use crate::resources::http_api::DEFAULT_STAGE;
use crate::resources::http_api::fields::is_header;
use crate::resources::http_api::integration::{Action, Connection, RequestMapping, RequestPart};
use crate::resources::http_api::mapping::is_reserved;
use crate::resources::http_api::route::Method;
use crate::resources::load_balancer::{Listener, LoadBalancer, Scheme};
use crate::resources::routing::backend;
use crate::{Design, LinkId, NodeId};

/// What the load balancer gets for a request; `None` where the link carries no integration of an HTTP API.
pub fn request(design: &Design, link: &LinkId, sample: &SampleRequest) -> Option<RequestTrial> {
    let trial = Trial::new(design, link, sample, None)?;
    let integration = trial.integration;
    let method = match integration.method {
        Method::Any => (sample.method.clone(), How::Same),
        other if other.as_str() == sample.method => (sample.method.clone(), How::Same),
        other => (other.as_str().to_owned(), How::Changed),
    };
    let origin = origin_of(design, &trial.link.to, &integration.server_name);
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    let mut found = RequestTrial {
        method,
        path: path_of(&trial),
        query: sample.query.iter().map(|(name, value)| Line::new(name, value, How::Same)).collect(),
        headers: sent_headers(&trial, host),
        body: sample.body.clone(),
        given: integration.request_parameters.iter().map(|mapping| given(&trial, mapping)).collect(),
        origin,
        taken: trial.taken,
    };
    for action in ORDER {
        let mappings = integration.request_parameters.iter().enumerate();
        for (index, mapping) in mappings.filter(|(_, mapping)| mapping.action == action) {
            let value = match &found.given[index] {
                Given::Value(value) => value.clone(),
                Given::Done => String::new(),
                _ => continue,
            };
            match mapping.location {
                RequestPart::Header => apply(&mut found.headers, action, &mapping.name, &value, Fold::Header),
                RequestPart::Querystring => apply(&mut found.query, action, &mapping.name, &value, Fold::Query),
                RequestPart::Path => {
                    let slash = if value.starts_with('/') { "" } else { "/" };
                    found.path = (format!("{slash}{value}"), How::Changed);
                }
            }
        }
    }
    Some(found)
}

fn given(trial: &Trial<'_>, mapping: &RequestMapping) -> Given {
    let fits = match mapping.location {
        RequestPart::Header => is_header(&mapping.name) && !is_reserved(&mapping.name),
        RequestPart::Querystring => !mapping.name.is_empty(),
        RequestPart::Path => mapping.action == Action::Overwrite,
    };
    match mapping.action {
        _ if !fits => Given::Wrong,
        Action::Remove => Given::Done,
        _ if mapping.value.is_empty() => Given::Wrong,
        _ => trial.value(&mapping.value, Side::Request),
    }
}

/// The load balancer's own address, or the name in its certificate.
pub(in crate::resources) fn origin_of(design: &Design, alb: &NodeId, server_name: &str) -> String {
    let balancer = design.get::<LoadBalancer>(alb);
    let listener = balancer.and_then(|(_, alb)| backend::listener(alb, server_name));
    let listener = listener.unwrap_or(Listener { https: false, port: 80 });
    let host = if listener.https && !server_name.is_empty() {
        server_name.to_owned()
    } else {
        let internal = balancer.is_some_and(|(_, alb)| alb.scheme == Scheme::Internal);
        let name = balancer.map_or("", |(node, _)| node.name.as_str());
        let prefix = if internal { "internal-" } else { "" };
        format!("{prefix}{name}-1234567890.{}.elb.amazonaws.com", design.region())
    };
    format!("{}://{host}{}", listener.protocol(), listener.port_suffix())
}

/// The path that the backend is asked for when no mapping overwrites it.
fn path_of(trial: &Trial<'_>) -> (String, How) {
    let sample = &trial.request.path;
    if trial.integration.connection == Connection::Private {
        return match trial.stage() {
            DEFAULT_STAGE => (sample.clone(), How::Same),
            stage => (format!("/{stage}{sample}"), How::Gateway),
        };
    }
    let Taken::Here(key, variables) = &trial.taken else { return (sample.clone(), How::Same) };
    let Some(route) = trial.integration.routes.iter().find(|route| route.key() == *key) else {
        return (sample.clone(), How::Same);
    };
    let mut path = trial.integration.path_behind(route);
    if path.is_empty() {
        return (sample.clone(), How::Same);
    }
    for (name, value) in variables {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    let how = if path == *sample { How::Same } else { How::Gateway };
    (path, how)
}

/// The headers before mappings: those of the client, and what API Gateway writes. `X-Forwarded-*` become `Forwarded`
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>).
fn sent_headers(trial: &Trial<'_>, host: &str) -> Vec<Line> {
    let mut lines = vec![Line::new("Host", host, How::Gateway)];
    for (name, value) in &trial.request.headers {
        let lower = name.to_ascii_lowercase();
        let ends_here = HOP_BY_HOP.contains(&lower.as_str()) || lower.starts_with("x-forwarded-");
        let how = if ends_here { How::Removed } else { How::Same };
        if lower != "host" && lower != "forwarded" {
            lines.push(Line::new(name, value, how));
        }
    }
    if !trial.request.body.is_empty() && header(&trial.request.headers, "content-length").is_none() {
        lines.push(Line::new("Content-Length", &trial.request.body.len().to_string(), How::Gateway));
    }
    let before = header(&trial.request.headers, "x-forwarded-for").map_or(String::new(), |all| {
        all.split(',').map(|one| format!("for={},", one.trim())).collect()
    });
    let forwarded = format!("{before}by=3.216.99.1;for={CLIENT};host={};proto=https", trial.call().domain());
    lines.push(Line::new("Forwarded", &forwarded, How::Gateway));
    lines.push(Line::new("Via", "HTTP/1.1 AmazonAPIGateway", How::Gateway));
    lines.push(Line::new("X-Amzn-Trace-Id", "Root=1-69de0a48-5f84d1b2c3a4e5f60718293a", How::Gateway));
    lines
}
