//! Parameter mappings that AWS takes and that do something else than what was meant.

use super::HttpApi;
use super::fields::{MAPPING, STAGE_VARIABLES};
use super::integration::{Action, Integration, RequestPart, ResponsePart};
use super::mapping::{Side, expressions, value_problem};
use super::route::{DEFAULT_ROUTE, Method, Route};
use crate::finding::{Check, Findings, Severity};
use crate::mapping::{Piece, all_braced, is_known_context, pieces};
use crate::{Design, Edit, Link};

const CONTEXT: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html";

const fn warning(code: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Warning, aws: "", doc }
}

const fn hint(code: &'static str) -> Check {
    Check { code, severity: Severity::Hint, aws: "", doc: MAPPING }
}

/// The new path does not begin with a slash.
static NO_SLASH: Check = warning("MAP001", MAPPING);
/// Several mappings do different things to one target; AWS does not say in which order.
static NO_ORDER: Check = warning("MAP002", MAPPING);
/// The stage has no such variable.
static NO_STAGE_VARIABLE: Check = warning("MAP003", STAGE_VARIABLES);
/// There is no such context variable.
static NO_CONTEXT: Check = warning("MAP004", CONTEXT);
/// The value reads the body, and no route takes one.
static NO_BODY: Check = warning("MAP005", MAPPING);
/// An expression within text has no braces.
static NO_BRACES: Check = hint("MAP006");
/// A header that has one value at most gets another one.
static SECOND_VALUE: Check = warning("MAP007", MAPPING);

pub(super) static CHECKS: [&Check; 7] =
    [&NO_SLASH, &NO_ORDER, &NO_STAGE_VARIABLE, &NO_CONTEXT, &NO_BODY, &NO_BRACES, &SECOND_VALUE];

/// Headers that have one value at most (RFC 9110).
const SINGLE: [&str; 9] = [
    "content-type",
    "host",
    "user-agent",
    "referer",
    "from",
    "location",
    "retry-after",
    "etag",
    "last-modified",
];

/// A mapping of either side, as far as these checks look at it.
struct Mapping<'a> {
    side: Side,
    index: usize,
    action: Action,
    /// Without the action: `header.x`, `path`, with the status before it.
    target: String,
    /// The header, where it is about one.
    header: Option<&'a str>,
    /// Empty where nothing is read from it.
    value: &'a str,
}

impl Mapping<'_> {
    fn at(&self, key: &str) -> String {
        let list = match self.side {
            Side::Request => "requestParameters",
            Side::Response => "responseParameters",
        };
        format!("{list}.{}.{key}", self.index)
    }
}

fn all(integration: &Integration) -> Vec<Mapping<'_>> {
    let value = |action, value| if action == Action::Remove { "" } else { value };
    let requests = integration.request_parameters.iter().enumerate().map(|(index, mapping)| {
        let header = (mapping.location == RequestPart::Header).then_some(mapping.name.as_str());
        let target = match mapping.location {
            RequestPart::Header => format!("header.{}", mapping.name.to_ascii_lowercase()),
            RequestPart::Querystring => format!("querystring.{}", mapping.name),
            RequestPart::Path => "path".to_owned(),
        };
        let value = value(mapping.action, mapping.value.as_str());
        Mapping { side: Side::Request, index, action: mapping.action, target, header, value }
    });
    let responses = integration.response_parameters.iter().enumerate().map(|(index, mapping)| {
        let header = (mapping.location == ResponsePart::Header).then_some(mapping.name.as_str());
        let place = header.map_or("statuscode".to_owned(), |name| format!("header.{}", name.to_ascii_lowercase()));
        let value = value(mapping.action, mapping.value.as_str());
        let target = format!("{} {place}", mapping.status);
        Mapping { side: Side::Response, index, action: mapping.action, target, header, value }
    });
    requests.chain(responses).collect()
}

pub(super) fn check(design: &Design, link: &Link, integration: &Integration, out: &mut Findings) {
    let all = all(integration);
    for (at, mapping) in all.iter().enumerate() {
        let is_same = |other: &&Mapping<'_>| other.side == mapping.side && other.target == mapping.target;
        let earlier = all[..at].iter().find(is_same).filter(|other| other.action != mapping.action);
        if let Some(other) = earlier.filter(|_| mapping.header != Some("")) {
            let (one, two) = (other.action.as_str(), mapping.action.as_str());
            let finding = out.report(&NO_ORDER, &link.id).at(mapping.at("action"));
            finding.with("target", &mapping.target).with("one", one).with("two", two);
        }
        let single = |name: &str| SINGLE.contains(&name.to_ascii_lowercase().as_str());
        if let Some(header) = mapping.header.filter(|name| mapping.action == Action::Append && single(name)) {
            let field = mapping.at("action");
            let overwrite = Edit::set(&link.id, field.clone(), "overwrite");
            out.report(&SECOND_VALUE, &link.id).at(field).with("header", header).fix(overwrite);
        }
        // A value that AWS refuses is told as that alone.
        if !mapping.value.is_empty() && value_problem(mapping.value, mapping.side).is_none() {
            check_value(design, link, integration, mapping, out);
        }
    }
}

fn check_value(design: &Design, link: &Link, integration: &Integration, mapping: &Mapping<'_>, out: &mut Findings) {
    let (field, value) = (mapping.at("value"), mapping.value);
    let no_slash = match pieces(value).first() {
        Some(Piece::Text(text)) => !text.starts_with('/'),
        // A variable of the path is what stands between two slashes.
        Some(Piece::Expression { text, .. }) => text.starts_with("request.path."),
        _ => false,
    };
    if mapping.target == "path" && no_slash {
        slash(link, &field, value, out);
    }
    if let Some(better) = all_braced(value) {
        out.report(&NO_BRACES, &link.id).at(field.clone()).fix(Edit::set(&link.id, field.clone(), better));
    }
    let api = design.get::<HttpApi>(&link.from).map(|(_, api)| api);
    expressions(value, &mut |expression| {
        if let Some(name) = expression.strip_prefix("context.").filter(|name| !is_known_context(name)) {
            out.report(&NO_CONTEXT, &link.id).at(field.clone()).with("variable", name);
        }
        if let Some(name) = expression.strip_prefix("stageVariables.") {
            let known = api.is_some_and(|api| api.stage_variables.iter().any(|variable| variable.name == name));
            if !known {
                out.report(&NO_STAGE_VARIABLE, &link.id).at(field.clone()).with("variable", name);
            }
        }
        let bodiless = |route: &Route| {
            route.path != DEFAULT_ROUTE && matches!(route.method, Method::Get | Method::Head | Method::Options)
        };
        let reads_body = expression == "request.body" || expression.starts_with("request.body.");
        if reads_body && !integration.routes.is_empty() && integration.routes.iter().all(bodiless) {
            out.report(&NO_BODY, &link.id).at(field.clone());
        }
    });
}

fn slash(link: &Link, field: &str, value: &str, out: &mut Findings) {
    let bare = value.strip_prefix('$').filter(|rest| !rest.starts_with('{'));
    let better = bare.map_or_else(|| format!("/{value}"), |rest| format!("/${{{rest}}}"));
    let fix = Edit::set(&link.id, field.to_owned(), better.clone());
    out.report(&NO_SLASH, &link.id).at(field.to_owned()).with("value", value).with("better", better).fix(fix);
}
