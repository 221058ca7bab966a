//! What can be wrong with an HTTP API.

mod authorizers;
mod stage;

use super::HttpApi;
use super::links::backends;
use super::stage_checks;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Node, Typed};

const CORS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html";

/// It leads nowhere.
static IDLE: Check = Check {
    code: "API001",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html",
};
/// Credentials from everywhere.
static CREDENTIALS: Check = Check {
    code: "API015",
    severity: Severity::Error,
    aws: "allow-credentials is not supported if 'allow-origin' is *",
    doc: CORS,
};
/// More than an account may take.
static QUOTA: Check = Check {
    code: "API016",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
};
/// It has no address at all.
static NO_ADDRESS: Check = Check {
    code: "API019",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
};
/// An origin that no browser has.
static ORIGIN: Check = Check { code: "API020", severity: Severity::Error, aws: "", doc: CORS };

pub(super) static CHECKS: &[&Check] = &[
    &IDLE,
    &CREDENTIALS,
    &QUOTA,
    &NO_ADDRESS,
    &ORIGIN,
    &stage_checks::BAD_NAME,
    &stage_checks::BAD_VALUE,
    &stage_checks::TWICE,
    &authorizers::ISSUER,
    &authorizers::NO_FUNCTION,
    &authorizers::UNUSED,
    &authorizers::SAME_NAME,
    &authorizers::SOURCE,
    &authorizers::CACHE,
    &authorizers::TOO_MANY,
    &authorizers::ONE_SOURCE,
    &stage::NO_REQUEST_ID,
    &stage::LINES,
    &stage::NO_VARIABLE,
    &stage::STAR,
];

/// Requests per second that an account may take in most regions.
pub(in crate::resources) const ACCOUNT_RATE: i64 = 10_000;
/// Requests at once that an account may take in most regions.
pub(in crate::resources) const ACCOUNT_BURST: i64 = 5_000;

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(api) = HttpApi::of(&node.props) else { return };
    if backends(design, &node.id).next().is_none() {
        out.report(&IDLE, &node.id);
    }
    stage_checks::check(design, node, api, out);
    authorizers::check(design, node, api, out);
    stage::check_log(node, api, out);
    if api.cors.enabled {
        check_cors(node, api, out);
        stage::check_stars(node, &api.cors, out);
    }
    if api.throttling.enabled {
        for (field, value, most) in [
            ("throttling.rate", api.throttling.rate, ACCOUNT_RATE),
            ("throttling.burst", api.throttling.burst, ACCOUNT_BURST),
        ] {
            if value > most {
                let finding = out.report(&QUOTA, &node.id).at(field).with("value", value).with("most", most);
                finding.fix(Edit::set(&node.id, field, most));
            }
        }
    }
    if api.disable_execute_api_endpoint {
        let on = Edit::set(&node.id, "disableExecuteApiEndpoint", false);
        out.report(&NO_ADDRESS, &node.id).at("disableExecuteApiEndpoint").fix(on);
    }
}

fn check_cors(node: &Node, api: &HttpApi, out: &mut Findings) {
    let cors = &api.cors;
    if cors.allow_credentials && cors.allow_origins.iter().any(|origin| origin == "*") {
        out.report(&CREDENTIALS, &node.id).at("cors.allowCredentials").fix(Edit::set(
            &node.id,
            "cors.allowCredentials",
            false,
        ));
    }
    for (index, origin) in cors.allow_origins.iter().enumerate().filter(|(_, origin)| !is_origin(origin)) {
        let field = format!("cors.allowOrigins.{index}");
        let finding = out.report(&ORIGIN, &node.id).at(field.clone()).with("origin", origin);
        if let Some(better) = better_origin(origin) {
            finding.fix(Edit::set(&node.id, field, better));
        }
    }
}

/// `*`, `https://*`, or a scheme and a host without path
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>).
pub(in crate::resources) fn is_origin(text: &str) -> bool {
    let host = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !b"/?#".contains(&b));
    match text.split_once("://") {
        None => text == "*" || text == "null",
        Some((scheme, rest)) => {
            let scheme_fits = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
            !scheme.is_empty() && scheme_fits && host(rest)
        }
    }
}

/// The origin that was meant: without path, with a scheme.
pub(in crate::resources) fn better_origin(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let better = format!("{scheme}://{host}");
    is_origin(&better).then_some(better)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        for (text, good) in [
            ("*", true),
            ("https://*", true),
            ("https://tienda.example.com", true),
            ("http://localhost:5173", true),
            ("tienda.example.com", false),
            ("https://tienda.example.com/", false),
            ("https://", false),
            ("", false),
        ] {
            assert_eq!(is_origin(text), good, "{text}");
        }
        assert_eq!(better_origin("tienda.example.com/inicio").as_deref(), Some("https://tienda.example.com"));
        assert_eq!(better_origin(""), None);
    }
}
