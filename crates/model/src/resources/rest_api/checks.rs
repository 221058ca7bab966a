//! What can be wrong with a REST API itself.

use super::links::{routes, routes_of};
use super::{Endpoint, KeySource, RestApi, access_checks as access, model_checks as models};
use crate::finding::{Check, Findings, Severity};
use crate::resources::http_api::checks::{ACCOUNT_BURST, ACCOUNT_RATE, better_origin, is_origin};
use crate::resources::users::links::UsersRestApi;
use crate::{Design, Edit, Node, Typed};

const CORS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html";
const PRIVATE: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html";
const VARIABLES: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html";

pub(super) const fn check_of(code: &'static str, severity: Severity, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity, aws, doc }
}

use Severity::{Error, Warning};

/// It has no method.
static NO_METHODS: Check = check_of(
    "RST001",
    Error,
    "The REST API doesn't contain any methods",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html",
);
/// Users are outside the VPC that a private API is called from.
static USERS_OUTSIDE: Check = check_of("RST031", Warning, "", PRIVATE);
/// It has no address at all.
static NO_ADDRESS: Check = check_of(
    "RST032",
    Warning,
    "",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
);
/// More than an account may take.
static QUOTA: Check = check_of(
    "RST033",
    Warning,
    "",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
);
/// A stage variable that API Gateway refuses.
static VARIABLE: Check = check_of("RST034", Error, "", VARIABLES);
/// Credentials from everywhere, which browsers refuse.
static CREDENTIALS: Check = check_of("RST035", Error, "", CORS);
/// An origin that no browser has.
static ORIGIN: Check = check_of("RST036", Error, "", CORS);

pub(super) static CHECKS: &[&Check] = &[
    &NO_METHODS,
    &USERS_OUTSIDE,
    &NO_ADDRESS,
    &QUOTA,
    &VARIABLE,
    &CREDENTIALS,
    &ORIGIN,
    &access::NO_KEYS,
    &access::PLAN_WITHOUT_KEYS,
    &access::OVER_STAGE,
    &access::SMALL_QUOTA,
    &access::KEY_WITHOUT_PLAN,
    &access::SAME_NAME,
    &access::UNUSED_AUTHORIZER,
    &access::NO_AUTHORIZER_FOR_KEYS,
    &access::NO_SOURCE,
    &models::BAD_SCHEMA,
    &models::NOT_DRAFT_4,
    &models::REFERENCE,
    &models::UNUSED,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(api) = RestApi::of(&node.props) else { return };
    // A link without methods is told at the link.
    let linked = design.links_from(&node.id).any(|link| super::links::is_backend(&link.props));
    if routes(design, &node.id).next().is_none() && !linked {
        out.report(&NO_METHODS, &node.id);
    }
    let called = design.links_to(&node.id).any(|link| UsersRestApi::of(&link.props).is_some());
    if api.endpoint == Endpoint::Private && called {
        let finding = out.report(&USERS_OUTSIDE, &node.id).at("endpoint");
        finding.fix(Edit::set(&node.id, "endpoint", "REGIONAL"));
    }
    if api.disable_execute_api_endpoint {
        let on = Edit::set(&node.id, "disableExecuteApiEndpoint", false);
        out.report(&NO_ADDRESS, &node.id).at("disableExecuteApiEndpoint").fix(on);
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
    check_variables(node, api, out);
    if api.cors.enabled {
        check_cors(node, api, out);
    }
    access::check(design, node, api, out);
    models::check(design, node, api, out);
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html>
fn check_variables(node: &Node, api: &RestApi, out: &mut Findings) {
    for (index, variable) in api.stage_variables.iter().enumerate() {
        let name = &variable.name;
        let name_fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let value_fits = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b);
        let value = &variable.value;
        let fits = name_fits && !value.is_empty() && value.bytes().all(value_fits);
        let twice = api.stage_variables[..index].iter().any(|earlier| earlier.name == *name);
        if !fits || twice {
            let field = format!("stageVariables.{index}");
            out.report(&VARIABLE, &node.id).at(field).with("name", name).with("value", value);
        }
    }
}

fn check_cors(node: &Node, api: &RestApi, out: &mut Findings) {
    let cors = &api.cors;
    if cors.credentials && cors.origin == "*" {
        let off = Edit::set(&node.id, "cors.credentials", false);
        out.report(&CREDENTIALS, &node.id).at("cors.credentials").fix(off);
    }
    // An empty one is told by its field.
    if !cors.origin.is_empty() && !is_origin(&cors.origin) {
        let finding = out.report(&ORIGIN, &node.id).at("cors.origin").with("origin", &cors.origin);
        if let Some(better) = better_origin(&cors.origin) {
            finding.fix(Edit::set(&node.id, "cors.origin", better));
        }
    }
}

/// Whether any method of an API meets a condition.
pub(super) fn any_route(design: &Design, node: &Node, test: impl Fn(&super::integration::RestRoute) -> bool) -> bool {
    design.links_from(&node.id).any(|link| routes_of(&link.props).iter().any(&test))
}

/// Whether an API needs keys or authorizers for some of its methods, as KeySource or a route says.
pub(super) fn is_guarded(api: &RestApi, route: &super::integration::RestRoute) -> bool {
    route.api_key || route.authorizer != super::integration::OPEN || api.key_source == KeySource::Authorizer
}
