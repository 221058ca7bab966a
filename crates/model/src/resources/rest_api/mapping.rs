//! Parameter mapping of REST APIs: the values that mappings may have.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html>

use super::links::routes_of;
use crate::Target;
use crate::field::Place;
use crate::resources::routing::route::{Segment, segments};

/// What is wrong with the value of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueProblem {
    /// Text without its single quotes, or a source that is none.
    Unquoted,
    /// The words of HTTP APIs: `$request.header.x`, `${…}`, `$context.x`.
    HttpApi,
    /// A source lacks the name of what is read from it, or the name has characters that API Gateway refuses.
    Name,
}

/// The beginnings of sources that end in a name.
const SOURCES: [&str; 7] = [
    "method.request.header.",
    "method.request.multivalueheader.",
    "method.request.querystring.",
    "method.request.multivaluequerystring.",
    "method.request.path.",
    "context.",
    "stageVariables.",
];

/// The source that is the whole body.
const BODY: &str = "method.request.body";

/// What is wrong with the value of a mapping, if anything: it is text in single quotes, or one source.
pub fn value_problem(value: &str) -> Option<ValueProblem> {
    if quoted(value).is_some() || value == BODY {
        return None;
    }
    if let Some(path) = value.strip_prefix("method.request.body.") {
        return path.is_empty().then_some(ValueProblem::Name);
    }
    if let Some(name) = SOURCES.iter().find_map(|source| value.strip_prefix(source)) {
        return (!is_name(name)).then_some(ValueProblem::Name);
    }
    if SOURCES.iter().any(|source| source.strip_suffix('.') == Some(value)) {
        return Some(ValueProblem::Name);
    }
    let http = value.starts_with('$') || value.contains("${");
    Some(if http { ValueProblem::HttpApi } else { ValueProblem::Unquoted })
}

/// The text between the single quotes of a static value.
pub fn quoted(value: &str) -> Option<&str> {
    value.strip_prefix('\'')?.strip_suffix('\'').filter(|inner| !inner.contains('\''))
}

/// What API Gateway takes as a name in an expression.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._$-".contains(&b))
}

/// The value that was meant, where it can be told: the words of HTTP APIs in those of REST APIs, quotes around text.
pub fn better_value(value: &str) -> Option<String> {
    let better = match value_problem(value)? {
        ValueProblem::Name => return None,
        ValueProblem::Unquoted => format!("'{}'", value.replace('\'', "")),
        ValueProblem::HttpApi => {
            let bare = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            let bare = bare.unwrap_or_else(|| value.trim_start_matches('$'));
            if bare.starts_with("request.") { format!("method.{bare}") } else { bare.to_owned() }
        }
    };
    value_problem(&better).is_none().then_some(better)
}

/// The parameter of the method that a value reads, as the method declares it (`method.request.header.x`).
pub fn declared(value: &str) -> Option<&str> {
    let named = value.starts_with("method.request.") && !value.starts_with(BODY);
    (named && value_problem(value).is_none()).then_some(value)
}

/// The variables in a path.
pub(super) fn variables(path: &str) -> impl Iterator<Item = &str> {
    segments(path).filter_map(|segment| match segment {
        Segment::Variable(name) | Segment::Greedy(name) => Some(name),
        _ => None,
    })
}

/// Values that everybody needs, and the variables and parameters of the link's own methods.
pub(super) fn suggestions(place: &Place<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let link = if let Target::Link(id) = place.target { place.design.link(id) } else { None };
    for route in link.map_or(&[][..], |link| routes_of(&link.props)) {
        let paths = variables(&route.path).map(|name| format!("method.request.path.{name}"));
        let params = route.params.iter().filter(|param| !param.name.is_empty());
        let params = params.map(|param| format!("method.request.{}.{}", param.location.as_str(), param.name));
        for value in paths.chain(params) {
            if !all.contains(&value) {
                all.push(value);
            }
        }
    }
    let common = [
        "method.request.header.",
        "method.request.querystring.",
        "method.request.body",
        "context.requestId",
        "context.identity.sourceIp",
        "context.identity.apiKeyId",
        "context.authorizer.principalId",
        "context.httpMethod",
        "context.resourcePath",
        "context.stage",
        "stageVariables.",
        "'texto'",
    ];
    all.extend(common.map(str::to_owned));
    all
}
