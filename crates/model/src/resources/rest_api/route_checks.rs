//! What can be wrong with the methods of a REST API and their integration.

use super::checks::{check_of, is_guarded};
use super::integration::{IAM, OPEN, RestIntegration, RestRoute, Validation};
use super::links::{routes, routes_of};
use super::mapping::variables;
use super::paths::{better_path, path_problem, sibling};
use super::{AuthorizerType, Endpoint, RestApi, mapping_checks};
use crate::commands::{push_item, remove_item};
use crate::finding::{Check, Findings, Severity};
use crate::resources::http_api::integration::{Connection, RequestPart};
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::resources::routing::route::PathProblem;
use crate::{Design, Edit, Link, Target};

const METHODS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html";
const PRIVATE: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html";
const HTTP: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html";
const LIMITS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html";
const VALIDATION: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html";
const COGNITO: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html";
const PART: &str = "Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end.";
const SIBLINGS: &str = "A sibling ({…}) of this resource already has a variable path part -- only one is allowed";
const TIMES: &str = "Timeout should be between 50 ms and 29000 ms";

use Severity::{Error, Hint, Warning};

/// No method leads to the backend.
static NO_METHOD: Check = check_of("RST002", Error, "", METHODS);
/// The path is malformed.
static BAD_PATH: Check = check_of("RST003", Error, PART, METHODS);
/// A variable that takes all that follows is not the last part.
static GREEDY: Check = check_of("RST004", Error, "", METHODS);
/// A variable occurs twice in a path.
static TWICE: Check = check_of("RST005", Error, "", METHODS);
/// The API has the method already.
static DUPLICATE: Check = check_of("RST006", Error, "Method already exists for this resource", METHODS);
/// Two variables in one place.
static SIBLING: Check = check_of("RST007", Error, SIBLINGS, METHODS);
/// More time than an account has at first.
static LONG: Check = check_of("RST008", Warning, TIMES, LIMITS);
/// More time than an edge-optimized API can have.
static TOO_LONG: Check = check_of("RST009", Error, TIMES, LIMITS);
/// The body is to be validated by no model.
static NO_MODEL: Check = check_of("RST019", Warning, "", VALIDATION);
/// The model is not looked at.
static MODEL_IGNORED: Check = check_of("RST020", Warning, "", VALIDATION);
/// Required parameters are not looked at.
static PARAMS_IGNORED: Check = check_of("RST021", Warning, "", VALIDATION);
/// A public integration cannot reach an internal load balancer.
static UNREACHABLE: Check = check_of("RST028", Error, "", PRIVATE);
/// HTTPS without the name in the certificate.
static NO_SERVER_NAME: Check = check_of("RST029", Error, "", HTTP);
/// What is reached privately is open to the Internet.
static STILL_PUBLIC: Check = check_of("RST030", Hint, "", PRIVATE);
/// Only Cognito's tokens have scopes.
static NO_SCOPES: Check = check_of("RST037", Warning, "", COGNITO);
/// The backend's path has a variable that nothing gives a value.
static NO_VALUE: Check = check_of("RST038", Error, "", HTTP);
/// The backend's path is malformed.
static BAD_TARGET: Check = check_of("RST040", Error, "", HTTP);
/// Who knows the load balancer's address needs no key.
static BYPASS: Check = check_of("RST042", Hint, "", PRIVATE);

pub(super) static CHECKS: &[&Check] = &[
    &NO_METHOD,
    &BAD_PATH,
    &GREEDY,
    &TWICE,
    &DUPLICATE,
    &SIBLING,
    &LONG,
    &TOO_LONG,
    &NO_MODEL,
    &MODEL_IGNORED,
    &PARAMS_IGNORED,
    &UNREACHABLE,
    &NO_SERVER_NAME,
    &STILL_PUBLIC,
    &NO_SCOPES,
    &NO_VALUE,
    &BAD_TARGET,
    &BYPASS,
    &mapping_checks::BAD_VALUE,
    &mapping_checks::BAD_NAME,
    &mapping_checks::SAME_TARGET,
    &mapping_checks::NO_VARIABLE,
];

pub(super) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(integration) = RestIntegration::of(&link.props) else { return };
    check_routes(design, link, out);
    check_timeout(design, link, integration.timeout_ms, out);
    for (index, route) in integration.routes.iter().enumerate() {
        check_target(link, integration, index, route, out);
    }
    check_connection(design, link, integration, out);
    mapping_checks::check(design, link, integration, out);
}

/// What can be wrong with the methods of any link of a REST API.
pub(super) fn check_routes(design: &Design, link: &Link, out: &mut Findings) {
    let own = routes_of(&link.props);
    if own.is_empty() {
        let route = serde_json::to_value(RestRoute::default()).unwrap_or_default();
        let add = push_item(design, &Target::from(&link.id), "routes", route);
        out.report(&NO_METHOD, &link.id).at("routes").fix(add);
    }
    let api = design.get::<RestApi>(&link.from).map(|(_, api)| api);
    for (index, route) in own.iter().enumerate() {
        check_path(link, index, route, out);
        check_twin(design, link, index, route, out);
        check_validation(link, index, route, out);
        let kind = api.and_then(|api| api.authorizer(&route.authorizer)).map(|(_, authorizer)| authorizer.kind);
        let cognito = kind == Some(AuthorizerType::Cognito);
        if !route.scopes.is_empty() && !cognito && route.authorizer != OPEN && route.authorizer != IAM {
            let field = format!("routes.{index}.scopes");
            let none = Edit::set(&link.id, field.clone(), serde_json::json!([]));
            out.report(&NO_SCOPES, &link.id).at(field).with("authorizer", &route.authorizer).fix(none);
        }
    }
}

fn check_path(link: &Link, index: usize, route: &RestRoute, out: &mut Findings) {
    // An empty path is told by its field.
    let Some(problem) = path_problem(&route.path).filter(|_| !route.path.is_empty()) else { return };
    let check = match problem {
        PathProblem::NoSlash | PathProblem::Segment => &BAD_PATH,
        PathProblem::GreedyNotLast => &GREEDY,
        PathProblem::Twice => &TWICE,
    };
    let field = format!("routes.{index}.path");
    let finding = out.report(check, &link.id).at(field.clone()).with("path", &route.path);
    if let Some(better) = better_path(&route.path) {
        finding.fix(Edit::set(&link.id, field, better));
    }
}

/// Reports a method that an earlier one of the same API is already, or that the tree of resources has no room for.
fn check_twin(design: &Design, link: &Link, index: usize, route: &RestRoute, out: &mut Findings) {
    let earlier = routes(design, &link.from).take_while(|(other, at, _)| other.id != link.id || *at != index);
    for (other, _, twin) in earlier {
        let field = format!("routes.{index}.path");
        if twin.method == route.method && twin.path == route.path {
            let name = design.node(&other.to).map_or("", |node| node.name.as_str());
            let finding = out.report(&DUPLICATE, &link.id).at(field).with("route", route.key()).with("other", name);
            finding.fix(remove_item(design, &Target::from(&link.id), "routes", index));
            return;
        }
        if let Some((theirs, ours)) = sibling(&twin.path, &route.path) {
            let finding = out.report(&SIBLING, &link.id).at(field.clone());
            finding.with("path", &route.path).with("same", &twin.path).with("one", ours).with("other", theirs);
            // One name for both, unless one of them takes all that follows.
            if !ours.contains('+') && !theirs.contains('+') {
                finding.fix(Edit::set(&link.id, field, route.path.replacen(ours, theirs, 1)));
            }
            return;
        }
    }
}

fn check_validation(link: &Link, index: usize, route: &RestRoute, out: &mut Findings) {
    let field = format!("routes.{index}.validation");
    let required = route.params.iter().any(|param| param.required && !param.name.is_empty());
    let with = |body: bool, params: bool| match (body, params) {
        (true, true) => "all",
        (true, false) => "body",
        (false, true) => "params",
        (false, false) => "none",
    };
    let (body, params) = (route.validation.body(), route.validation.params());
    if body && route.model.is_empty() {
        let less = Edit::set(&link.id, field.clone(), with(false, params));
        out.report(&NO_MODEL, &link.id).at(field.clone()).with("route", route.key()).fix(less);
    }
    if !body && !route.model.is_empty() {
        let more = Edit::set(&link.id, field.clone(), with(true, params));
        let finding = out.report(&MODEL_IGNORED, &link.id).at(field.clone());
        finding.with("route", route.key()).with("model", &route.model).fix(more);
    }
    if required && route.validation != Validation::All && !params {
        let more = Edit::set(&link.id, field.clone(), with(body, true));
        out.report(&PARAMS_IGNORED, &link.id).at(field).with("route", route.key()).fix(more);
    }
}

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html>
const USUAL_TIMEOUT: i64 = 29_000;

pub(super) fn check_timeout(design: &Design, link: &Link, timeout: i64, out: &mut Findings) {
    if timeout <= USUAL_TIMEOUT {
        return;
    }
    let edge = design.get::<RestApi>(&link.from).is_some_and(|(_, api)| api.endpoint == Endpoint::Edge);
    let check = if edge { &TOO_LONG } else { &LONG };
    let finding = out.report(check, &link.id).at("timeoutMs").with("value", timeout);
    finding.fix(Edit::set(&link.id, "timeoutMs", USUAL_TIMEOUT));
}

fn check_target(link: &Link, integration: &RestIntegration, index: usize, route: &RestRoute, out: &mut Findings) {
    let field = format!("routes.{index}.backendPath");
    let target = &route.backend_path;
    if target.is_empty() {
        return;
    }
    if crate::resources::routing::route::path_problem(target).is_some() || !target.starts_with('/') {
        let finding = out.report(&BAD_TARGET, &link.id).at(field.clone()).with("path", target);
        if let Some(better) = better_path(target) {
            finding.fix(Edit::set(&link.id, field, better));
        }
        return;
    }
    let mapped = |name: &str| {
        let paths = integration.request_parameters.iter().filter(|mapping| mapping.location == RequestPart::Path);
        paths.into_iter().any(|mapping| mapping.name == name)
    };
    let missing = variables(target).find(|name| !mapped(name) && !variables(&route.path).any(|own| own == *name));
    if let Some(name) = missing {
        out.report(&NO_VALUE, &link.id).at(field).with("path", target).with("variable", name);
    }
}

fn check_connection(design: &Design, link: &Link, integration: &RestIntegration, out: &mut Findings) {
    let Some((balancer, alb)) = design.get::<LoadBalancer>(&link.to) else { return };
    let private = integration.connection == Connection::Private;
    let internal = alb.scheme == Scheme::Internal;
    let guarded = design
        .get::<RestApi>(&link.from)
        .is_some_and(|(_, api)| integration.routes.iter().any(|route| is_guarded(api, route)));
    match (private, internal) {
        (false, true) => {
            let finding = out.report(&UNREACHABLE, &link.id).at("connection").with("balancer", &balancer.name);
            finding.fix(Edit::set(&link.id, "connection", "private"));
        }
        (true, false) => {
            let finding = out.report(&STILL_PUBLIC, &link.id).at("connection").with("balancer", &balancer.name);
            finding.fix(Edit::set(&balancer.id, "scheme", "internal"));
        }
        (false, false) if guarded => {
            let finding = out.report(&BYPASS, &link.id).at("connection").with("balancer", &balancer.name);
            finding.fix(Edit::Batch(vec![
                Edit::set(&balancer.id, "scheme", "internal"),
                Edit::set(&link.id, "connection", "private"),
            ]));
        }
        _ => {}
    }
    let listener = integration.listener(alb);
    if integration.server_name.is_empty() && listener.is_some_and(|listener| listener.https) {
        out.report(&NO_SERVER_NAME, &link.id).at("serverName").with("balancer", &balancer.name);
    }
}
