//! Samples to begin with, and values to choose from.

use super::{Given, Trial};
use crate::mapping::Side;
pub use crate::mapping::complete::Offer;
use crate::mapping::sample::{SampleRequest, SampleResponse};
use crate::resources::http_api::integration::Integration;
use crate::resources::http_api::mapping::{everywhere, expressions};
use crate::resources::http_api::route::{Method, Route};
use crate::resources::load_balancer::links::Forward;
use crate::{Design, Link, LinkId};

/// A request that fits the link's first route and has what its mappings read, and an answer to it.
pub fn samples(design: &Design, link: &LinkId) -> Option<(SampleRequest, SampleResponse)> {
    let link = design.link(link)?;
    let integration = Integration::of(&link.props)?;
    let default = Route::default();
    let (mut request, mut response) = first_samples(design, link, integration.routes.first().unwrap_or(&default));
    for mapping in &integration.request_parameters {
        expressions(&mapping.value, &mut |expression| {
            if let Some(name) = expression.strip_prefix("request.header.") {
                request.need_header(name);
            }
            if let Some(name) = expression.strip_prefix("request.querystring.") {
                request.need_query(name);
            }
        });
    }
    if let Some(mapping) = integration.response_parameters.first() {
        response.status = mapping.status;
    }
    Some((request, response))
}

/// A request that fits a route, and an answer to it.
pub(in crate::resources) fn first_samples(
    design: &Design,
    link: &Link,
    route: &Route,
) -> (SampleRequest, SampleResponse) {
    let method = match route.method {
        Method::Any => "GET",
        other => other.as_str(),
    };
    let behind = paths_behind(design, link);
    let mut path = route.path.clone();
    if !path.starts_with('/') {
        path = format!("/{behind}");
    }
    for name in route.variables() {
        path = path.replace(&format!("{{{name}+}}"), &behind).replace(&format!("{{{name}}}"), "42");
    }
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut request = SampleRequest {
        method: method.to_owned(),
        path,
        query: Vec::new(),
        headers: vec![pair("Accept", "application/json"), pair("User-Agent", "curl/8.9.1")],
        body: String::new(),
    };
    if matches!(method, "POST" | "PUT" | "PATCH") {
        request.headers.push(pair("Content-Type", "application/json"));
        request.body = r#"{"id":42,"total":25.5}"#.to_owned();
    }
    let response = SampleResponse {
        status: 200,
        headers: vec![pair("Content-Type", "application/json"), pair("Server", "nginx")],
        body: r#"{"id":42,"total":25.5}"#.to_owned(),
    };
    (request, response)
}

/// A path that the first rule with a path behind the load balancer takes, without its slash.
fn paths_behind(design: &Design, link: &Link) -> String {
    let forwards = design.links_from(&link.to).filter_map(|link| Forward::of(&link.props));
    let pattern = forwards.flat_map(|forward| &forward.paths).find(|path| path.len() > 2);
    let pattern = pattern.map_or("/", |path| path.as_str());
    let path = pattern.trim_matches('/').replace("/*", "/42").replace('*', "").replace('?', "1");
    if path.is_empty() { "42".to_owned() } else { path }
}

/// The values that may be offered for a mapping, with what they give in the samples.
pub fn offers(
    design: &Design,
    link: &LinkId,
    side: Side,
    request: &SampleRequest,
    response: &SampleResponse,
) -> Vec<Offer> {
    let sample = (side == Side::Response).then_some(response);
    let Some(trial) = Trial::new(design, link, request, sample) else { return Vec::new() };
    let root = side.root();
    let mut all = Vec::new();
    let (headers, body) = match side {
        Side::Request => (&request.headers, &request.body),
        Side::Response => (&response.headers, &response.body),
    };
    if side == Side::Request {
        all.push("$request.path".to_owned());
        let variables = trial.integration.routes.iter().flat_map(Route::variables);
        all.extend(variables.map(|name| format!("$request.path.{name}")));
        all.extend(request.query.iter().map(|(name, _)| format!("$request.querystring.{name}")));
        all.push("$request.querystring.".to_owned());
    }
    all.extend(headers.iter().map(|(name, _)| format!("${root}.header.{}", name.to_ascii_lowercase())));
    all.push(format!("${root}.header."));
    all.push(format!("${root}.body"));
    if let Ok(serde_json::Value::Object(entries)) = serde_json::from_str(body) {
        all.extend(entries.keys().map(|name| format!("${root}.body.{name}")));
    }
    everywhere(Some(trial.api), &mut all);
    unique(&mut all);
    let gives = |text: &str| match trial.value(text, side) {
        Given::Value(value) => Some(value),
        _ => None,
    };
    all.into_iter().map(|text| Offer { gives: gives(&text), text }).collect()
}

/// Leaves out what is there already.
pub(in crate::resources) fn unique(all: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    all.retain(|text| {
        let new = !seen.contains(text);
        seen.push(text.clone());
        new
    });
}
