//! What can be wrong with parameter mappings.

use super::fields::{MAPPING, is_header};
use super::integration::{Action, Integration, RequestMapping, RequestPart, ResponseMapping, ResponsePart};
use super::mapping::{Side, ValueProblem, expressions, is_reserved, path_variables, value_problem};
use super::mapping_hints;
use crate::commands::remove_item;
use crate::mapping::braced;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Link, Target};

const INVALID: &str = "Invalid mapping expression specified: Validation Result: warnings : [], errors : […]";

const fn error(code: &'static str, aws: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc: MAPPING }
}

/// The path, or the status, can only be overwritten.
static ONLY_OVERWRITE: Check = error("API009", INVALID);
/// The value is no expression that API Gateway knows.
static BAD_VALUE: Check = error("API010", INVALID);
/// The header may not be touched.
static RESERVED: Check = error("API011", INVALID);
/// Two mappings of one target.
static SAME_TARGET: Check = error("API012", "");
/// The value reads a variable that no route has.
static NO_VARIABLE: Check = Check { code: "API018", severity: Severity::Warning, aws: "", doc: MAPPING };
/// The new status is no status.
static BAD_STATUS: Check = error("API021", INVALID);
/// The name of the header is no name of a header.
static BAD_HEADER: Check = error("API022", INVALID);

static OWN: [&Check; 7] =
    [&ONLY_OVERWRITE, &BAD_VALUE, &RESERVED, &SAME_TARGET, &NO_VARIABLE, &BAD_STATUS, &BAD_HEADER];
pub(super) static CHECKS: [&Check; 14] = {
    let mut all = [OWN[0]; 14];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < OWN.len() { OWN[at] } else { mapping_hints::CHECKS[at - OWN.len()] };
        at += 1;
    }
    all
};

pub(super) fn check(design: &Design, link: &Link, integration: &Integration, out: &mut Findings) {
    for (index, mapping) in integration.request_parameters.iter().enumerate() {
        check_request(link, integration, index, mapping, out);
        let target = |mapping: &RequestMapping| folded(mapping.key(), mapping.location == RequestPart::Header);
        let earlier = &integration.request_parameters[..index];
        if earlier.iter().any(|other| target(other) == target(mapping)) {
            same_target(design, link, "requestParameters", index, mapping.key(), out);
        }
    }
    for (index, mapping) in integration.response_parameters.iter().enumerate() {
        check_response(link, index, mapping, out);
        let target = |mapping: &ResponseMapping| (mapping.status, mapping.key().to_ascii_lowercase());
        let earlier = &integration.response_parameters[..index];
        if earlier.iter().any(|other| target(other) == target(mapping)) {
            same_target(design, link, "responseParameters", index, mapping.key(), out);
        }
    }
    mapping_hints::check(design, link, integration, out);
}

/// Names of headers do not tell capitals from small letters.
fn folded(key: String, header: bool) -> String {
    if header { key.to_ascii_lowercase() } else { key }
}

fn same_target(design: &Design, link: &Link, list: &str, index: usize, key: String, out: &mut Findings) {
    out.report(&SAME_TARGET, &link.id).at(format!("{list}.{index}")).with("key", key).fix(remove_item(
        design,
        &Target::from(&link.id),
        list,
        index,
    ));
}

fn check_request(link: &Link, integration: &Integration, index: usize, mapping: &RequestMapping, out: &mut Findings) {
    let at = format!("requestParameters.{index}");
    match mapping.location {
        RequestPart::Path if mapping.action != Action::Overwrite => only_overwrite(link, &at, out),
        RequestPart::Header => check_header(link, &at, &mapping.name, out),
        RequestPart::Path | RequestPart::Querystring => {}
    }
    if mapping.action == Action::Remove {
        return;
    }
    check_value(link, &at, &mapping.value, Side::Request, out);
    for name in path_variables(&mapping.value) {
        let known = integration.routes.iter().any(|route| route.variables().any(|variable| variable == name));
        if !known {
            out.report(&NO_VARIABLE, &link.id).at(format!("{at}.value")).with("variable", name);
        }
    }
}

fn check_response(link: &Link, index: usize, mapping: &ResponseMapping, out: &mut Findings) {
    let at = format!("responseParameters.{index}");
    match mapping.location {
        ResponsePart::Statuscode if mapping.action != Action::Overwrite => only_overwrite(link, &at, out),
        ResponsePart::Statuscode => {
            let mut dynamic = false;
            expressions(&mapping.value, &mut |_| dynamic = true);
            let status = mapping.value.parse::<u32>().is_ok_and(|status| (200..=599).contains(&status));
            if !mapping.value.is_empty() && !dynamic && !status {
                out.report(&BAD_STATUS, &link.id).at(format!("{at}.value")).with("value", &mapping.value);
            }
        }
        ResponsePart::Header => check_header(link, &at, &mapping.name, out),
    }
    if mapping.action != Action::Remove {
        check_value(link, &at, &mapping.value, Side::Response, out);
    }
}

fn only_overwrite(link: &Link, at: &str, out: &mut Findings) {
    let field = format!("{at}.action");
    out.report(&ONLY_OVERWRITE, &link.id).at(field.clone()).fix(Edit::set(&link.id, field, "overwrite"));
}

fn check_header(link: &Link, at: &str, name: &str, out: &mut Findings) {
    // An empty name is told by its field.
    if name.is_empty() {
        return;
    }
    let check = match (is_header(name), is_reserved(name)) {
        (false, _) => &BAD_HEADER,
        (true, true) => &RESERVED,
        (true, false) => return,
    };
    out.report(check, &link.id).at(format!("{at}.name")).with("header", name);
}

fn check_value(link: &Link, at: &str, value: &str, side: Side, out: &mut Findings) {
    let Some(problem) = value_problem(value, side) else { return };
    let field = format!("{at}.value");
    let part = match &problem {
        ValueProblem::Open => value.to_owned(),
        ValueProblem::Source(part) | ValueProblem::Name(part) | ValueProblem::JsonPath(part) => part.clone(),
    };
    let finding = out.report(&BAD_VALUE, &link.id).at(field.clone()).with("value", value).with("part", part);
    let better = match problem {
        ValueProblem::Open => Some(format!("{value}}}")),
        _ => other_side(value, side).or_else(|| braced(value)),
    };
    if let Some(better) = better.filter(|better| value_problem(better, side).is_none()) {
        finding.fix(Edit::set(&link.id, field, better));
    }
}

/// The same value with the words of this side: `$response.…` in a request, `$request.…` in a response, and the words of REST
/// APIs, which people bring along.
fn other_side(value: &str, side: Side) -> Option<String> {
    let (wrong, right) = match side {
        Side::Request => ("response.", "request."),
        Side::Response => ("request.", "response."),
    };
    let better = value
        .replace("method.request.", "$request.")
        .replace("integration.response.", "$response.")
        .replace("$$", "$")
        .replace(&format!("${wrong}"), &format!("${right}"))
        .replace(&format!("${{{wrong}"), &format!("${{{right}"));
    (better != value).then_some(better)
}
