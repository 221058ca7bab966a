//! What can be wrong with who may call the routes of a link, to whatever it leads.

use serde_json::json;

use super::HttpApi;
use super::access::{AuthorizerType, Backend, IAM, OPEN};
use super::links::{backend, backends};
use super::route::{DEFAULT_ROUTE, Method, Route};
use crate::commands::push_item;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Link, Target};

const CONTROL: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html";

/// The function may go on when the API has given up.
pub(super) static TOO_SLOW: Check = Check {
    code: "API040",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html",
};
/// The API has no such authorizer.
static NO_AUTHORIZER: Check = Check {
    code: "API041",
    severity: Severity::Error,
    aws: "Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.",
    doc: CONTROL,
};
/// Scopes without a token that could have them.
static SCOPES: Check = Check {
    code: "API046",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
};
/// Preflight requests, which have no token, are asked for one.
static PREFLIGHT: Check = Check {
    code: "API050",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
};

pub(super) static CHECKS: &[&Check] = &[&TOO_SLOW, &NO_AUTHORIZER, &SCOPES, &PREFLIGHT];

pub(super) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let (Some(backend), Some((_, api))) = (backend(link), design.get::<HttpApi>(&link.from)) else { return };
    check_name(link, api, backend.authorizer, "authorizer", out);
    for (index, route) in backend.routes.iter().enumerate() {
        check_name(link, api, route.authorizer.as_deref(), &format!("routes.{index}.authorizer"), out);
    }
    check_scopes(link, api, &backend, out);
    if api.cors.enabled {
        check_preflight(design, link, &backend, out);
    }
}

fn check_name(link: &Link, api: &HttpApi, name: Option<&str>, field: &str, out: &mut Findings) {
    let Some(name) = name.filter(|name| ![OPEN, IAM].contains(name)) else { return };
    if api.authorizers.iter().all(|authorizer| authorizer.name != name) {
        let fix = Edit::Set { target: Target::from(&link.id), path: field.to_owned(), value: None };
        out.report(&NO_AUTHORIZER, &link.id).at(field).with("name", name).fix(fix);
    }
}

/// Only tokens have scopes.
fn check_scopes(link: &Link, api: &HttpApi, backend: &Backend<'_>, out: &mut Findings) {
    let without_token = |name: &str| {
        let found = api.authorizers.iter().find(|authorizer| authorizer.name == name);
        // One that is not there is told.
        name == OPEN || name == IAM || found.is_some_and(|found| found.kind != AuthorizerType::Jwt)
    };
    let mut fields = Vec::new();
    if !backend.scopes.is_empty() && without_token(backend.authorizer.unwrap_or(OPEN)) {
        fields.push("scopes".to_owned());
    }
    for (index, route) in backend.routes.iter().enumerate() {
        if !route.scopes.is_empty() && without_token(backend.access(route).0) {
            fields.push(format!("routes.{index}.scopes"));
        }
    }
    for field in fields {
        out.report(&SCOPES, &link.id).at(&field).fix(Edit::set(&link.id, field, json!([])));
    }
}

/// The path of the preflight requests that a route takes, where it takes them.
fn preflight_path(route: &Route) -> Option<&str> {
    match route.method {
        _ if route.path == DEFAULT_ROUTE => Some("/{proxy+}"),
        Method::Any => Some(&route.path),
        _ => None,
    }
}

/// A route for every method also takes `OPTIONS`, and browsers send no token with it.
fn check_preflight(design: &Design, link: &Link, backend: &Backend<'_>, out: &mut Findings) {
    for (index, route) in backend.routes.iter().enumerate() {
        let Some(path) = preflight_path(route).filter(|_| backend.access(route).0 != OPEN) else { continue };
        let options = Route { method: Method::Options, path: path.to_owned(), ..Route::default() };
        // A route for the same path and `OPTIONS` comes first; before the catch-all, any that takes all paths does.
        let first = |other: &Route| {
            let all = matches!(other.method, Method::Any | Method::Options) && other.path == options.path;
            other.clashes_with(&options) || (route.path == DEFAULT_ROUTE && all)
        };
        let taken = backends(design, &link.from).any(|(_, other)| {
            other.routes.iter().any(|route| other.access(route).0 == OPEN && first(route))
        });
        if !taken {
            let add = json!({ "method": "OPTIONS", "path": path, "authorizer": OPEN });
            out.report(&PREFLIGHT, &link.id)
                .at(format!("routes.{index}.authorizer"))
                .with("route", route.key())
                .with("path", path)
                .fix(push_item(design, &Target::from(&link.id), "routes", add));
        }
    }
}
