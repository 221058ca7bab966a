//! Parameter mapping: the values that mappings may have, and the headers that they may not touch.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>

use super::links::Integration;
use crate::field::Place;
use crate::{Link, Target};

/// Which way a mapping goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the client to the backend.
    Request,
    /// From the backend to the client.
    Response,
}

/// What is wrong with the value of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueProblem {
    /// A `${` has no `}`.
    Open,
    /// There is no such source: the word that was found.
    Source(String),
    /// A source lacks the name of what is read from it.
    Name(String),
    /// A JSON path has what API Gateway does not support: `..` or a filter.
    JsonPath(String),
}

/// What is wrong with the value of a mapping, if anything.
///
/// A value is static text, one expression that begins with `$`, or text with expressions in `${…}`.
pub fn value_problem(value: &str, side: Side) -> Option<ValueProblem> {
    let mut found = None;
    expressions(value, &mut |expression| {
        if found.is_none() {
            found = match expression {
                Some(expression) => expression_problem(expression, side),
                None => Some(ValueProblem::Open),
            };
        }
    });
    found
}

/// Calls `visit` with each expression in a value, without `$` and braces; with `None` where one is not closed.
pub fn expressions<'a>(value: &'a str, visit: &mut dyn FnMut(Option<&'a str>)) {
    if let Some(whole) = value.strip_prefix('$').filter(|rest| !rest.starts_with('{')) {
        visit(Some(whole));
        return;
    }
    for part in value.split("${").skip(1) {
        visit(part.split_once('}').map(|(inner, _)| inner));
    }
}

fn expression_problem(expression: &str, side: Side) -> Option<ValueProblem> {
    let (root, rest) = expression.split_once('.').unwrap_or((expression, ""));
    let unknown = || Some(ValueProblem::Source(format!("${expression}")));
    match (root, side) {
        ("context", _) => dotted(expression, rest),
        ("stageVariables", _) => plain(expression, rest, |b| b.is_ascii_alphanumeric() || b == b'_'),
        ("request", Side::Request) => part_problem(expression, rest, true),
        ("response", Side::Response) => part_problem(expression, rest, false),
        _ => unknown(),
    }
}

/// `header.x`, `querystring.x`, `path`, `path.x`, `body`, `body.x`.
fn part_problem(expression: &str, rest: &str, request: bool) -> Option<ValueProblem> {
    let (part, name) = rest.split_once('.').map_or((rest, None), |(part, name)| (part, Some(name)));
    let token = |b: u8| b.is_ascii_graphic() && !b"(),/:;<=>?@[\\]{}\"".contains(&b);
    match (part, name) {
        ("header", Some(name)) => plain(expression, name, token),
        ("querystring", Some(name)) if request => plain(expression, name, |b| b.is_ascii_graphic()),
        ("header", None) => Some(ValueProblem::Name(format!("${expression}"))),
        ("querystring", None) if request => Some(ValueProblem::Name(format!("${expression}"))),
        ("path", None) if request => None,
        ("path", Some(name)) if request => {
            plain(expression, name, |b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        }
        ("body", None) => None,
        ("body", Some("")) => Some(ValueProblem::Name(format!("${expression}"))),
        ("body", Some(path)) if path.contains("..") || path.starts_with('.') || path.contains("?(") => {
            Some(ValueProblem::JsonPath(format!("${expression}")))
        }
        ("body", Some(_)) => None,
        _ => Some(ValueProblem::Source(format!("${expression}"))),
    }
}

fn plain(expression: &str, name: &str, fits: impl Fn(u8) -> bool) -> Option<ValueProblem> {
    let good = !name.is_empty() && name.bytes().all(fits);
    (!good).then(|| ValueProblem::Name(format!("${expression}")))
}

/// Names of context variables: letters and digits, with `.` and `_` between.
fn dotted(expression: &str, name: &str) -> Option<ValueProblem> {
    let parts_fit = name.split('.').all(|part| !part.is_empty());
    plain(expression, name, |b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_')
        .or_else(|| (!parts_fit).then(|| ValueProblem::Name(format!("${expression}"))))
}

/// The names of the path variables that a value reads.
pub fn path_variables(value: &str) -> Vec<&str> {
    let mut names = Vec::new();
    expressions(value, &mut |expression| names.extend(expression.and_then(|text| text.strip_prefix("request.path."))));
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

fn integration<'a>(place: &Place<'a>) -> Option<&'a Integration> {
    let Target::Link(id) = place.target else { return None };
    let link: &Link = place.design.link(id)?;
    Integration::of(&link.props)
}

/// Values that a request mapping may have: those that everybody needs, and the variables of the link's own routes.
pub(super) fn request_suggestions(place: &Place<'_>) -> Vec<String> {
    let mut all: Vec<String> = [
        "$request.path",
        "$request.header.",
        "$request.querystring.",
        "$request.body",
        "$context.requestId",
        "$context.identity.sourceIp",
        "$context.identity.userAgent",
        "$context.httpMethod",
        "$context.domainName",
        "$context.stage",
        "$context.requestTimeEpoch",
        "$stageVariables.",
    ]
    .map(str::to_owned)
    .into();
    for route in integration(place).map_or(&[][..], |integration| &integration.routes) {
        for name in route.variables() {
            let variable = format!("$request.path.{name}");
            if !all.contains(&variable) {
                all.insert(1, variable);
            }
        }
    }
    all
}

/// Values that a response mapping may have.
pub(super) fn response_suggestions(_: &Place<'_>) -> Vec<String> {
    ["$response.header.", "$response.body", "$context.requestId", "$context.responseLatency", "$stageVariables."]
        .map(str::to_owned)
        .into()
}
