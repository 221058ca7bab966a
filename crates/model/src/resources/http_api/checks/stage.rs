//! What can be wrong with the access logs and the CORS settings of an API.

use super::super::access_log::{LogFormat, REQUEST_ID, unknown_variable, with_request_id};
use super::super::{Cors, HttpApi};
use crate::finding::{Check, Findings, Severity};
use crate::{Edit, Node};

const LOGGING: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html";
const VARIABLES: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html";

/// Lines do not say which request they are about.
pub(super) static NO_REQUEST_ID: Check =
    Check { code: "API051", severity: Severity::Error, aws: "", doc: LOGGING };
/// A line that is more than one.
pub(super) static LINES: Check = Check { code: "API052", severity: Severity::Error, aws: "", doc: LOGGING };
/// A line with a variable that does not exist.
pub(super) static NO_VARIABLE: Check =
    Check { code: "API053", severity: Severity::Warning, aws: "", doc: VARIABLES };
/// `*` where browsers take it for a star.
pub(super) static STAR: Check = Check {
    code: "API054",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
};

/// Checks a line of one's own; the ready-made ones are right.
pub(super) fn check_log(node: &Node, api: &HttpApi, out: &mut Findings) {
    let logs = &api.access_logs;
    let line = logs.custom_format.trim_end();
    if !logs.enabled || logs.format != LogFormat::Custom || line.is_empty() {
        return;
    }
    let field = "accessLogs.customFormat";
    if line.contains('\n') {
        let one: Vec<&str> = line.lines().map(str::trim).collect();
        out.report(&LINES, &node.id).at(field).fix(Edit::set(&node.id, field, one.join(" ")));
    }
    let tells = line.match_indices(REQUEST_ID).any(|(at, found)| {
        !line[at + found.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    if !tells {
        let fix = Edit::set(&node.id, field, with_request_id(line));
        out.report(&NO_REQUEST_ID, &node.id).at(field).fix(fix);
    }
    if let Some(variable) = unknown_variable(line) {
        out.report(&NO_VARIABLE, &node.id).at(field).with("variable", variable);
    }
}

/// With credentials, browsers take `*` for the name of a method or header
/// (<https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS>).
pub(super) fn check_stars(node: &Node, cors: &Cors, out: &mut Findings) {
    // `*` for all origins is refused by AWS itself, and told.
    if !cors.allow_credentials || cors.allow_origins.iter().any(|origin| origin == "*") {
        return;
    }
    let all = [
        ("cors.allowMethods", &cors.allow_methods),
        ("cors.allowHeaders", &cors.allow_headers),
        ("cors.exposeHeaders", &cors.expose_headers),
    ];
    for (field, values) in all {
        if values.iter().any(|value| value == "*") {
            out.report(&STAR, &node.id).at(field);
        }
    }
}
