//! The routes of an API, and its integrations with functions.

use trazo_stack::{Expr, Object, Resource, Value, att, join, list, map, reference};

use super::super::HttpApi;
use super::super::access::{AuthorizerType, Backend, IAM, OPEN};
use super::super::function::FunctionIntegration;
use super::super::links::backends;
use super::super::route::Route;
use super::authorizers::Made;
use crate::lowering::link_origin;
use crate::resources::lambda_function;
use crate::resources::routing::names::{free_id, words};
use crate::{Link, Lowering, Node};

/// What the routes of a link have in common.
pub(super) struct Wiring<'a> {
    /// The API.
    pub node: &'a Node,
    /// The link.
    pub link: &'a Link,
    /// What the link carries.
    pub backend: Backend<'a>,
    /// The authorizers that were made for the API.
    pub authorizers: &'a [Made],
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html>
pub(super) fn route(low: &mut Lowering<'_>, wiring: &Wiring<'_>, index: usize, route: &Route, integration: &str) {
    let node = wiring.node;
    let origin = link_origin(&wiring.link.id).field(format!("routes.{index}"));
    let mut resource = Resource::new("AWS::ApiGatewayV2::Route", origin.clone());
    resource.set("ApiId", reference(low.id(&node.id, "Api")));
    resource.set("RouteKey", Value::from(route.key()).from_origin(origin.field(format!("routes.{index}.path"))));
    resource.set("Target", join("/", vec!["integrations".into(), reference(integration)]));
    access(&mut resource, wiring, index, route);
    let id = free_id(low, low.id(&node.id, &format!("Route{}", words(&route.key().to_lowercase()))));
    low.add(id, resource);
}

fn access(resource: &mut Resource, wiring: &Wiring<'_>, index: usize, route: &Route) {
    let (name, scopes) = wiring.backend.access(route);
    if name == OPEN {
        return;
    }
    let own = |own: bool, field: &str| if own { format!("routes.{index}.{field}") } else { field.to_owned() };
    let field = own(route.authorizer.is_some(), "authorizer");
    let made = wiring.authorizers.iter().find(|made| made.name == name);
    let kind = match made.map(|made| made.kind) {
        Some(AuthorizerType::Jwt) => "JWT",
        Some(AuthorizerType::Lambda) => "CUSTOM",
        // One that is not there is told; until it is, the route stays closed rather than open.
        None => IAM,
    };
    resource.set_from("AuthorizationType", &field, kind);
    if let Some(made) = made {
        resource.set_from("AuthorizerId", &field, reference(&made.id));
    }
    if kind == "JWT" && !scopes.is_empty() {
        let from = own(!route.scopes.is_empty(), "scopes");
        resource.set_from("AuthorizationScopes", &from, list(scopes.iter().map(String::as_str)));
    }
}

/// The integration with a function, its routes, and the permission to call it
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>).
pub(super) fn function(low: &mut Lowering<'_>, wiring: &Wiring<'_>, integration: &FunctionIntegration) {
    let (node, link) = (wiring.node, wiring.link);
    let function = lambda_function::lower::id(low, &link.to);
    let api = low.id(&node.id, "Api");
    let mut resource = Resource::new("AWS::ApiGatewayV2::Integration", link_origin(&link.id));
    resource.set("ApiId", reference(&api));
    resource.set("IntegrationType", "AWS_PROXY");
    resource.set("IntegrationUri", att(&function, "Arn"));
    resource.set_from("PayloadFormatVersion", "payload", integration.payload.word());
    resource.set_from("TimeoutInMillis", "timeoutMs", integration.timeout_ms);
    let id = free_id(low, low.link_id(&node.id, &link.to, "Integration"));
    low.add(&id, resource);
    for (index, one) in integration.routes.iter().enumerate() {
        route(low, wiring, index, one, &id);
    }
    // Any stage, any method, any path of this API.
    let source = super::execute_api(&format!("${{{api}}}/*/*"));
    let permission = lambda_function::lower::api_permission(reference(function), source, link_origin(&link.id));
    low.add(low.link_id(&node.id, &link.to, "Permission"), permission);
}

/// The logical ids of the routes of an API that were made so far.
pub(super) fn made(low: &Lowering<'_>, node: &Node) -> Vec<String> {
    let api = Expr::Ref(low.id(&node.id, "Api"));
    let own = |resource: &Resource| {
        resource.type_name == "AWS::ApiGatewayV2::Route"
            && resource.properties.get("ApiId").is_some_and(|id| id.expr == api)
    };
    low.stack.resources.iter().filter(|(_, resource)| own(resource)).map(|(id, _)| id.clone()).collect()
}

/// Requests per second, and at once, that an account may take in most regions
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>).
const ACCOUNT: (i64, i64) = (10_000, 5_000);

/// The limits of single routes. What is set for a route takes the place of all that the stage says, so it is said anew
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html>).
pub(super) fn limits(low: &Lowering<'_>, node: &Node, api: &HttpApi) -> Option<Object> {
    let throttling = &api.throttling;
    let (rate, burst) = if throttling.enabled { (throttling.rate, throttling.burst) } else { ACCOUNT };
    let mut all = Object::new();
    for (link, backend) in backends(low.design, &node.id) {
        for (index, route) in backend.routes.iter().enumerate() {
            if route.rate.is_none() && route.burst.is_none() {
                continue;
            }
            let origin = link_origin(&link.id);
            let limit = |field: &str, own: Option<i64>, common: i64| {
                let value = Value::from(own.unwrap_or(common));
                value.from_origin(origin.field(format!("routes.{index}.{field}")))
            };
            let mut settings = map([
                ("ThrottlingBurstLimit", limit("burst", route.burst, burst)),
                ("ThrottlingRateLimit", limit("rate", route.rate, rate)),
            ]);
            if let (Expr::Map(entries), true) = (&mut settings.expr, api.detailed_metrics) {
                entries.insert("DetailedMetricsEnabled".to_owned(), true.into());
            }
            all.insert(route.key(), settings.from_origin(origin.field(format!("routes.{index}"))));
        }
    }
    (!all.is_empty()).then_some(all)
}
