//! A trial of an integration of a REST API: what the load balancer gets for a sample request. Its answer goes to the client as
//! it is: response mappings need an integration without proxy
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html>).

use super::RestApi;
use super::integration::{RestIntegration, RestMapping, RestRoute};
use super::links::routes;
use super::mapping::{quoted, suggestions, value_problem};
use crate::field::Place;
use crate::mapping::complete::Offer;
use crate::mapping::json_path;
use crate::mapping::sample::{Pair, SampleRequest, SampleResponse, header, query};
use crate::resources::http_api::integration::{Action, RequestPart};
use crate::resources::http_api::route_match::choose;
use crate::resources::http_api::trial::{
    Call, Fold, Given, HOP_BY_HOP, How, Line, RequestTrial, Taken, apply, first_samples, origin_of, unique,
};
use crate::resources::routing::route::{Method, Route};
use crate::{Design, Link, LinkId, Target};

/// All that a trial is about.
struct Trial<'a> {
    design: &'a Design,
    api: &'a RestApi,
    request: &'a SampleRequest,
    taken: Taken,
}

impl Trial<'_> {
    fn call(&self) -> Call<'_> {
        let (request, taken, stage) = (self.request, &self.taken, self.api.stage_name.as_str());
        Call { request, response: None, taken, stage, region: self.design.region() }
    }

    fn variables(&self) -> &[Pair] {
        if let Taken::Here(_, variables) = &self.taken { variables } else { &[] }
    }

    /// What a value gives; of several values the last one, unless all are asked for.
    fn read(&self, value: &str) -> Option<String> {
        let request = self.request;
        let last = |all: &[Pair], is_it: &dyn Fn(&str) -> bool| {
            all.iter().rev().find(|(name, _)| is_it(name)).map(|(_, value)| value.clone())
        };
        if let Some(text) = quoted(value) {
            return Some(text.to_owned());
        }
        if let Some(name) = value.strip_prefix("context.") {
            return self.call().context(name);
        }
        if let Some(name) = value.strip_prefix("stageVariables.") {
            return self.api.stage_variables.iter().find(|known| known.name == name).map(|known| known.value.clone());
        }
        let (part, name) = value.strip_prefix("method.request.").map(|rest| rest.split_once('.').unwrap_or((rest, "")))?;
        match part {
            "header" => last(&request.headers, &|known| known.eq_ignore_ascii_case(name)),
            "multivalueheader" => header(&request.headers, name),
            "querystring" => last(&request.query, &|known| known == name),
            "multivaluequerystring" => query(&request.query, name),
            "path" => query(self.variables(), name),
            "body" if name.is_empty() => Some(request.body.clone()).filter(|body| !body.is_empty()),
            "body" => json_path::read(&request.body, name),
            _ => None,
        }
    }

    fn given(&self, mapping: &RestMapping) -> Given {
        if mapping.name.is_empty() || value_problem(&mapping.value).is_some() {
            return Given::Wrong;
        }
        self.read(&mapping.value).map_or(Given::Nothing, Given::Value)
    }
}

/// A route as routes are compared.
fn plain(route: &RestRoute) -> Route {
    Route { method: route.method, path: route.path.clone(), ..Route::default() }
}

/// The link and the route that take a request. A REST API answers what no method takes with 403
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>).
fn taken<'a>(design: &'a Design, link: &'a Link, request: &SampleRequest) -> (Taken, Option<&'a RestRoute>) {
    let all: Vec<(&Link, &RestRoute)> = routes(design, &link.from).map(|(other, _, route)| (other, route)).collect();
    let compared: Vec<Route> = all.iter().map(|(_, route)| plain(route)).collect();
    let compared: Vec<&Route> = compared.iter().collect();
    let Some((at, variables)) = choose(&compared, &request.method, &request.path) else {
        return (Taken::Nowhere(403), None);
    };
    let (other, route) = all[at];
    if other.id == link.id {
        return (Taken::Here(route.key(), variables), Some(route));
    }
    let name = design.node(&other.to).map_or("", |node| node.name.as_str());
    (Taken::Elsewhere(route.key(), name.to_owned()), None)
}

/// What the load balancer gets for a request; `None` where the link carries no integration of a REST API.
pub fn request(design: &Design, link: &LinkId, sample: &SampleRequest) -> Option<RequestTrial> {
    let link = design.link(link)?;
    let integration = RestIntegration::of(&link.props)?;
    let (_, api) = design.get::<RestApi>(&link.from)?;
    let (taken, route) = taken(design, link, sample);
    let trial = Trial { design, api, request: sample, taken };
    let given: Vec<Given> = integration.request_parameters.iter().map(|mapping| trial.given(mapping)).collect();
    let origin = origin_of(design, &link.to, &integration.server_name);
    let mut query: Vec<Line> = sample.query.iter().map(|(name, value)| Line::new(name, value, How::Same)).collect();
    let mut headers = sent_headers(&trial, origin.split_once("://").map_or("", |(_, host)| host));
    for (mapping, given) in integration.request_parameters.iter().zip(&given) {
        let Given::Value(value) = given else { continue };
        match mapping.location {
            RequestPart::Header => apply(&mut headers, Action::Overwrite, &mapping.name, value, Fold::Header),
            RequestPart::Querystring => apply(&mut query, Action::Overwrite, &mapping.name, value, Fold::Query),
            RequestPart::Path => {}
        }
    }
    let verb = if integration.method == Method::Any { sample.method.as_str() } else { integration.method.as_str() };
    let how = if verb == sample.method { How::Same } else { How::Changed };
    let method = (verb.to_owned(), how);
    let path = route.map_or((sample.path.clone(), How::Same), |route| path(&trial, integration, &given, route));
    let body = sample.body.clone();
    Some(RequestTrial { method, origin, path, query, headers, body, given, taken: trial.taken })
}

/// The path behind the load balancer: variables that nobody maps are those of the same name.
fn path(trial: &Trial<'_>, integration: &RestIntegration, given: &[Given], route: &RestRoute) -> (String, How) {
    let mut path = route.target().to_owned();
    let mut how = if route.backend_path.is_empty() { How::Same } else { How::Gateway };
    let mapped = integration.request_parameters.iter().zip(given);
    for (mapping, given) in mapped.filter(|(mapping, _)| mapping.location == RequestPart::Path) {
        if let Given::Value(value) = given {
            let before = path.clone();
            path = filled(&path, &mapping.name, value);
            if path != before {
                how = How::Changed;
            }
        }
    }
    for (name, value) in trial.variables() {
        path = filled(&path, name, value);
    }
    (path, how)
}

fn filled(path: &str, name: &str, value: &str) -> String {
    path.replace(&format!("{{{name}+}}"), value).replace(&format!("{{{name}}}"), value)
}

/// The headers before mappings: those of the client, and what API Gateway writes.
fn sent_headers(trial: &Trial<'_>, host: &str) -> Vec<Line> {
    let mut lines = vec![Line::new("Host", host, How::Gateway)];
    let headers = &trial.request.headers;
    for (name, value) in headers {
        let lower = name.to_ascii_lowercase();
        let how = if HOP_BY_HOP.contains(&lower.as_str()) { How::Removed } else { How::Same };
        if lower != "host" && lower != "x-forwarded-for" {
            lines.push(Line::new(name, value, how));
        }
    }
    if !trial.request.body.is_empty() && header(headers, "content-length").is_none() {
        lines.push(Line::new("Content-Length", &trial.request.body.len().to_string(), How::Gateway));
    }
    let client = trial.call().context("identity.sourceIp").unwrap_or_default();
    let forwarded = header(headers, "x-forwarded-for").map_or(client.clone(), |before| format!("{before}, {client}"));
    for (name, value) in [
        ("X-Forwarded-For", forwarded.as_str()),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
        ("X-Amzn-Trace-Id", "Root=1-69de0a48-5f84d1b2c3a4e5f60718293a"),
    ] {
        lines.push(Line::new(name, value, How::Gateway));
    }
    lines
}

/// A request that fits the link's first method and has what its mappings and parameters read, and an answer to it.
pub fn samples(design: &Design, link: &LinkId) -> Option<(SampleRequest, SampleResponse)> {
    let link = design.link(link)?;
    let integration = RestIntegration::of(&link.props)?;
    let first = integration.routes.first().map_or_else(Route::default, plain);
    let (mut request, response) = first_samples(design, link, &first);
    for mapping in &integration.request_parameters {
        if let Some(name) = mapping.value.strip_prefix("method.request.header.") {
            request.need_header(name);
        }
        if let Some(name) = mapping.value.strip_prefix("method.request.querystring.") {
            request.need_query(name);
        }
    }
    Some((request, response))
}

/// The values that may be offered for a mapping, with what they give in the sample.
pub fn offers(design: &Design, link: &LinkId, sample: &SampleRequest) -> Vec<Offer> {
    let found = design.link(link).and_then(|link| Some((link, design.get::<RestApi>(&link.from)?.1)));
    let Some((link, api)) = found else { return Vec::new() };
    let trial = Trial { design, api, request: sample, taken: taken(design, link, sample).0 };
    let target = Target::from(&link.id);
    let mut all = suggestions(&Place { design, target: &target, props: &serde_json::Value::Null });
    all.extend(sample.headers.iter().map(|(name, _)| format!("method.request.header.{}", name.to_ascii_lowercase())));
    all.extend(sample.query.iter().map(|(name, _)| format!("method.request.querystring.{name}")));
    all.extend(api.stage_variables.iter().map(|variable| format!("stageVariables.{}", variable.name)));
    unique(&mut all);
    all.into_iter().map(|text| Offer { gives: trial.read(&text).filter(|_| quoted(&text).is_none()), text }).collect()
}
