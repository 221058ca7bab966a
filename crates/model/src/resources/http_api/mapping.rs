//! Parameter mapping: the headers that mappings may not touch, and the values that are offered.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>

use super::HttpApi;
use super::links::Integration;
use crate::field::Place;
use crate::mapping::{CONTEXT, Piece, pieces};
use crate::{Link, Target};

pub use crate::mapping::{Side, ValueProblem, value_problem};

/// Calls `visit` with each expression in a value, without `$` and braces.
pub fn expressions<'a>(value: &'a str, visit: &mut dyn FnMut(&'a str)) {
    for piece in pieces(value) {
        if let Piece::Expression { text, .. } = piece {
            visit(text);
        }
    }
}

/// The names of the path variables that a value reads.
pub fn path_variables(value: &str) -> Vec<&str> {
    let mut names = Vec::new();
    expressions(value, &mut |expression| names.extend(expression.strip_prefix("request.path.")));
    names
}

const RESERVED: [&str; 18] = [
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-location",
    "forwarded",
    "keep-alive",
    "origin",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailers",
    "transfer-encoding",
    "upgrade",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "via",
];

const RESERVED_BEGINNINGS: [&str; 4] = ["access-control-", "apigw-", "x-amz-", "x-amzn-"];

/// Whether mappings may not touch a header.
pub fn is_reserved(header: &str) -> bool {
    let lower = header.to_ascii_lowercase();
    RESERVED.contains(&lower.as_str()) || RESERVED_BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
}

/// The links' own side of a place: the API and the integration.
fn sides<'a>(place: &Place<'a>) -> Option<(&'a HttpApi, &'a Integration)> {
    let Target::Link(id) = place.target else { return None };
    let link: &Link = place.design.link(id)?;
    let (_, api) = place.design.get::<HttpApi>(&link.from)?;
    Some((api, Integration::of(&link.props)?))
}

/// Values that a request mapping may have: what every request has, the variables of the link's own routes, what API Gateway
/// knows of the call, and the variables of the stage.
pub(super) fn request_suggestions(place: &Place<'_>) -> Vec<String> {
    let sides = sides(place);
    let mut all = vec!["$request.path".to_owned()];
    for route in sides.map_or(&[][..], |(_, integration)| &integration.routes) {
        for name in route.variables() {
            let variable = format!("$request.path.{name}");
            if !all.contains(&variable) {
                all.push(variable);
            }
        }
    }
    all.extend(["$request.header.", "$request.querystring.", "$request.body"].map(str::to_owned));
    everywhere(sides.map(|(api, _)| api), &mut all);
    all
}

/// Values that a response mapping may have.
pub(super) fn response_suggestions(place: &Place<'_>) -> Vec<String> {
    let mut all: Vec<String> = ["$response.header.", "$response.body"].map(str::to_owned).into();
    everywhere(sides(place).map(|(api, _)| api), &mut all);
    all
}

/// What both sides may read.
pub(super) fn everywhere(api: Option<&HttpApi>, all: &mut Vec<String>) {
    all.extend(CONTEXT.iter().map(|name| format!("$context.{name}")));
    let variables = api.map_or(&[][..], |api| &api.stage_variables);
    all.extend(variables.iter().map(|variable| format!("$stageVariables.{}", variable.name)));
    if variables.is_empty() {
        all.push("$stageVariables.".to_owned());
    }
}
