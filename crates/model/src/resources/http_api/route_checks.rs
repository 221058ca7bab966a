//! What can be wrong with an integration and its routes.

use super::access_checks;
use super::integration::{Connection, Integration};
use super::links::backends;
use super::mapping_checks;
use super::route::{PathProblem, Route, path_problem};
use super::{DEFAULT_STAGE, HttpApi};
use crate::commands::{push_item, remove_item};
use crate::finding::{Check, Findings, Severity};
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::{Design, Edit, Link, Target};

const ROUTES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html";
const PRIVATE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html";
const PUBLIC: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// No route leads to the integration.
static NO_ROUTE: Check = error("API002", "", ROUTES);
/// The path is malformed.
static BAD_PATH: Check = error("API003", "One or more path parts appear to be invalid", ROUTES);
/// A variable that takes all that follows is not the last part.
static GREEDY: Check = error("API004", "", ROUTES);
/// A variable occurs twice in a path.
static TWICE: Check = error("API005", "", ROUTES);
/// The API has the route already.
static DUPLICATE: Check = error("API006", "", ROUTES);
/// The API has the same route with other names of variables.
static CONFLICT: Check = error(
    "API007",
    "The provided route key \"…\" has a conflicting variable on the same hierarchical level as \"…\"",
    ROUTES,
);
/// A public integration cannot reach an internal load balancer.
static UNREACHABLE: Check = error("API013", "", PRIVATE);
/// The stage's name reaches the backend.
static STAGE_IN_PATH: Check = Check { code: "API014", severity: Severity::Warning, aws: "", doc: PRIVATE };
/// HTTPS without the name in the certificate.
static NO_SERVER_NAME: Check = error("API017", "", PUBLIC);

static OWN: [&Check; 9] =
    [&NO_ROUTE, &BAD_PATH, &GREEDY, &TWICE, &DUPLICATE, &CONFLICT, &UNREACHABLE, &STAGE_IN_PATH, &NO_SERVER_NAME];
static ALL: [&Check; 23] = {
    let mut all = [OWN[0]; 23];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < OWN.len() { OWN[at] } else { mapping_checks::CHECKS[at - OWN.len()] };
        at += 1;
    }
    all
};
pub(super) static CHECKS: &[&Check] = &ALL;

pub(super) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(integration) = Integration::of(&link.props) else { return };
    check_routes(design, link, &integration.routes, out);
    check_connection(design, link, integration, out);
    mapping_checks::check(design, link, integration, out);
}

/// What can be wrong with the routes of a link, to whatever it leads.
pub(super) fn check_routes(design: &Design, link: &Link, routes: &[Route], out: &mut Findings) {
    if routes.is_empty() {
        let route = serde_json::to_value(Route::default()).unwrap_or_default();
        let add = push_item(design, &Target::from(&link.id), "routes", route);
        out.report(&NO_ROUTE, &link.id).at("routes").fix(add);
    }
    for (index, route) in routes.iter().enumerate() {
        check_path(link, index, route, out);
        check_twin(design, link, index, route, out);
    }
    access_checks::check(design, link, out);
}

fn check_path(link: &Link, index: usize, route: &Route, out: &mut Findings) {
    // An empty path is told by its field.
    if route.path.is_empty() {
        return;
    }
    let field = format!("routes.{index}.path");
    let (check, better) = match path_problem(&route.path) {
        None => return,
        Some(PathProblem::NoSlash) => (&BAD_PATH, Some(format!("/{}", route.path))),
        Some(PathProblem::Segment) => (&BAD_PATH, Some(route.path.replace("//", "/").replace(' ', ""))),
        Some(PathProblem::GreedyNotLast) => {
            let end = route.path.find("+}").map_or(route.path.len(), |at| at + 2);
            (&GREEDY, Some(route.path[..end].to_owned()))
        }
        Some(PathProblem::Twice) => (&TWICE, None),
    };
    let finding = out.report(check, &link.id).at(field.clone()).with("path", &route.path);
    if let Some(better) = better.filter(|better| path_problem(better).is_none()) {
        finding.fix(Edit::set(&link.id, field, better));
    }
}

/// Reports a route that an earlier one of the same API is already, by its key or by all but the names of its variables.
fn check_twin(design: &Design, link: &Link, index: usize, route: &Route, out: &mut Findings) {
    let all = backends(design, &link.from).flat_map(|(other, backend)| {
        backend.routes.iter().enumerate().map(move |(at, route)| (other, at, route))
    });
    let mut earlier = all.take_while(|(other, at, _)| other.id != link.id || *at != index);
    let Some((other, _, same)) = earlier.find(|(_, _, other)| other.clashes_with(route)) else { return };
    let check = if same.key() == route.key() { &DUPLICATE } else { &CONFLICT };
    let other_name = design.node(&other.to).map_or("", |node| node.name.as_str());
    out.report(check, &link.id)
        .at(format!("routes.{index}.path"))
        .with("route", route.key())
        .with("same", same.key())
        .with("other", other_name)
        .fix(remove_item(design, &Target::from(&link.id), "routes", index));
}

fn check_connection(design: &Design, link: &Link, integration: &Integration, out: &mut Findings) {
    let Some((balancer, alb)) = design.get::<LoadBalancer>(&link.to) else { return };
    let private = integration.connection == Connection::Private;
    if !private && alb.scheme == Scheme::Internal {
        out.report(&UNREACHABLE, &link.id).at("connection").with("balancer", &balancer.name).fix(Edit::set(
            &link.id,
            "connection",
            "private",
        ));
    }
    let listener = integration.listener(alb);
    if integration.server_name.is_empty() && listener.is_some_and(|listener| listener.https) {
        out.report(&NO_SERVER_NAME, &link.id).at("serverName").with("balancer", &balancer.name);
    }
    let stage = design.get::<HttpApi>(&link.from).map_or(DEFAULT_STAGE, |(_, api)| api.stage_name.as_str());
    if private && stage != DEFAULT_STAGE && !stage.is_empty() && !integration.overwrites_path() {
        let mapping = serde_json::json!({
            "action": "overwrite", "location": "path", "name": "", "value": "$request.path",
        });
        out.report(&STAGE_IN_PATH, &link.id).at("requestParameters").with("stage", stage).fix(push_item(
            design,
            &Target::from(&link.id),
            "requestParameters",
            mapping,
        ));
    }
}
