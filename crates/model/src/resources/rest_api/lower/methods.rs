//! The tree of a REST API's resources, and their methods.

use trazo_stack::{Element, Object, Origin, Resource, Value, att, list, map, reference};

use super::{access, request};
use crate::lowering::{link_origin, node_origin};
use crate::resources::http_api::integration::Connection;
use crate::resources::lambda_function;
use crate::resources::load_balancer::{Listener, LoadBalancer};
use crate::resources::rest_api::function::RestFunction;
use crate::resources::rest_api::integration::{RestIntegration, RestRoute};
use crate::resources::rest_api::{RestApi, RestCors, paths};
use crate::resources::routing::backend;
use crate::resources::routing::names::{free_id, words};
use crate::resources::routing::route::Method;
use crate::{Link, Lowering, Node};

/// A resource that has been made.
struct Made {
    /// Its path; empty for the root.
    path: String,
    /// What names it.
    id: Value,
    /// Its methods, and whether they are its own; a resource on the way to others has none.
    methods: Vec<Method>,
}

/// What has been made so far.
pub(super) struct Tree<'a> {
    node: &'a Node,
    resources: Vec<Made>,
    /// Logical ids of what a deployment must wait for.
    pub(super) made: Vec<String>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        Self { node, resources: Vec::new(), made: Vec::new() }
    }

    /// The place of the resource of a path; it and those on the way are made where they are missing.
    fn resource(&mut self, low: &mut Lowering<'_>, path: &str, origin: &Origin) -> usize {
        let api = low.id(&self.node.id, "RestApi");
        let mut at = self.find_or_add("", || att(api.clone(), "RootResourceId"));
        let mut prefix = String::new();
        for part in paths::parts(path) {
            prefix.push('/');
            prefix.push_str(part);
            let known = self.resources.iter().position(|made| made.path == prefix);
            at = known.unwrap_or_else(|| {
                let id = free_id(low, low.id(&self.node.id, &format!("Resource{}", words(&prefix))));
                let mut resource = Resource::new("AWS::ApiGateway::Resource", origin.clone());
                resource.set("RestApiId", reference(&api));
                resource.set("ParentId", self.resources[at].id.clone());
                resource.set("PathPart", part);
                low.add(&id, resource);
                self.find_or_add(&prefix, || reference(id.clone()))
            });
        }
        at
    }

    fn find_or_add(&mut self, path: &str, id: impl Fn() -> Value) -> usize {
        let known = self.resources.iter().position(|made| made.path == path);
        known.unwrap_or_else(|| {
            self.resources.push(Made { path: path.to_owned(), id: id(), methods: Vec::new() });
            self.resources.len() - 1
        })
    }

    /// A method of a resource, without what it asks and does.
    fn begin(&self, low: &Lowering<'_>, at: usize, method: Method, origin: Origin) -> (String, Resource) {
        let made = &self.resources[at];
        let name = format!("Method{}{}", words(&method.as_str().to_lowercase()), words(&made.path));
        let mut resource = Resource::new("AWS::ApiGateway::Method", origin);
        resource.set("RestApiId", reference(low.id(&self.node.id, "RestApi")));
        resource.set("ResourceId", made.id.clone());
        (free_id(low, low.id(&self.node.id, &name)), resource)
    }

    fn end(&mut self, low: &mut Lowering<'_>, id: String, resource: Resource) {
        low.add(&id, resource);
        self.made.push(id);
    }
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html>
pub(super) fn method(
    low: &mut Lowering<'_>,
    tree: &mut Tree<'_>,
    api: &RestApi,
    link: &Link,
    index: usize,
    route: &RestRoute,
) {
    let field = format!("routes.{index}");
    let origin = Origin::new(Element::Link(link.id.shared()), field.as_str());
    let at = tree.resource(low, &route.path, &origin.field(format!("{field}.path")));
    // API Gateway takes a method of a resource once.
    if tree.resources[at].methods.contains(&route.method) {
        return;
    }
    tree.resources[at].methods.push(route.method);
    let (id, mut resource) = tree.begin(low, at, route.method, origin);
    resource.set_from("HttpMethod", &format!("{field}.method"), route.method.as_str());
    access::guard(low, tree.node, api, &mut resource, &field, route);
    let integration = RestIntegration::of(&link.props);
    let parameters = request::method_parameters(&link.id, index, route, integration);
    if !parameters.is_empty() {
        resource.set("RequestParameters", parameters);
    }
    if let Some(integration) = integration {
        let part = to_load_balancer(low, tree.node, link, integration, route, &resource.origin);
        resource.set("Integration", part);
    }
    if let Some(integration) = RestFunction::of(&link.props) {
        resource.set("Integration", to_function(low, link, integration, &resource.origin));
    }
    tree.end(low, id, resource);
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-method-integration.html>
fn to_load_balancer(
    low: &Lowering<'_>,
    node: &Node,
    link: &Link,
    integration: &RestIntegration,
    route: &RestRoute,
    origin: &Origin,
) -> Value {
    let found = low.design.get::<LoadBalancer>(&link.to).and_then(|(_, alb)| integration.listener(alb));
    let listener = found.unwrap_or(Listener { https: false, port: 80 });
    let own = |field: &str, value: Value| value.from_origin(origin.field(field));
    let verb = if integration.method == Method::Any { route.method } else { integration.method };
    let mut part = Object::new();
    let mut set = |key: &str, value: Value| part.insert(key.to_owned(), value);
    set("Type", "HTTP_PROXY".into());
    set("IntegrationHttpMethod", own("method", verb.as_str().into()));
    let path = request::uri_path(route);
    set("Uri", backend::uri(low, &link.to, listener, &integration.server_name, &path));
    if integration.connection == Connection::Private {
        set("ConnectionType", own("connection", "VPC_LINK".into()));
        set("ConnectionId", own("connection", reference(low.link_id(&node.id, &link.to, "VpcLink"))));
        // The reference of a load balancer is its ARN.
        set("IntegrationTarget", own("connection", reference(low.id(&link.to, "LoadBalancer"))));
        set("RequestTemplates", own("connection", request::path_templates(integration, route).into()));
    } else {
        set("ConnectionType", own("connection", "INTERNET".into()));
    }
    let parameters = request::integration_parameters(link, integration, route);
    if !parameters.is_empty() {
        set("RequestParameters", own("requestParameters", parameters.into()));
    }
    set("TimeoutInMillis", own("timeoutMs", integration.timeout_ms.into()));
    part.into()
}

/// The function gets the whole request and gives the whole answer, and is called by POST whatever the request's own method is
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html>).
fn to_function(low: &Lowering<'_>, link: &Link, integration: &RestFunction, origin: &Origin) -> Value {
    let function = lambda_function::lower::id(low, &link.to);
    let timeout = Value::from(integration.timeout_ms).from_origin(origin.field("timeoutMs"));
    map([
        ("Type", "AWS_PROXY".into()),
        ("IntegrationHttpMethod", "POST".into()),
        ("Uri", access::function_uri(att(function, "Arn"))),
        ("TimeoutInMillis", timeout),
    ])
}

/// Lets the API call the function of a link.
pub(super) fn permission(low: &mut Lowering<'_>, node: &Node, link: &Link) {
    let function = reference(lambda_function::lower::id(low, &link.to));
    let source = access::source(low, node, "*");
    let permission = lambda_function::lower::api_permission(function, source, link_origin(&link.id));
    low.add(low.link_id(&node.id, &link.to, "Permission"), permission);
}

/// An OPTIONS method for each resource that has methods, which tells browsers who may call them
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html>).
pub(super) fn preflight(low: &mut Lowering<'_>, tree: &mut Tree<'_>, cors: &RestCors) {
    let node = tree.node;
    for at in 0..tree.resources.len() {
        let methods = &tree.resources[at].methods;
        if methods.is_empty() || methods.contains(&Method::Options) {
            continue;
        }
        let headers = cors_headers(cors, methods);
        let (id, mut method) = tree.begin(low, at, Method::Options, node_origin(&node.id).field("cors.enabled"));
        method.set("HttpMethod", "OPTIONS").set("AuthorizationType", "NONE");
        let keys = |value: &dyn Fn(&str) -> Value| -> Object {
            headers.iter().map(|(name, text)| (format!("method.response.header.{name}"), value(text))).collect()
        };
        let declared = keys(&|_| false.into());
        let answered = keys(&|text| format!("'{text}'").into());
        let response = map([("StatusCode", "204".into()), ("ResponseParameters", answered.into())]);
        let template = map([("application/json", "{\"statusCode\": 204}".into())]);
        let integration = map([
            ("Type", "MOCK".into()),
            ("RequestTemplates", template),
            ("IntegrationResponses", list([response])),
        ]);
        method.set("Integration", integration);
        let response = map([("StatusCode", "204".into()), ("ResponseParameters", declared.into())]);
        method.set("MethodResponses", list([response]));
        tree.end(low, id, method);
    }
}

/// The answer to a preflight request.
fn cors_headers(cors: &RestCors, methods: &[Method]) -> Vec<(&'static str, String)> {
    const ALL: [Method; 7] =
        [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Head, Method::Options];
    let offered = |method: &Method| *method == Method::Options || methods.contains(method) || methods.contains(&Method::Any);
    let offered: Vec<&str> = ALL.iter().filter(|method| offered(method)).map(|method| method.as_str()).collect();
    let mut all = vec![
        ("Access-Control-Allow-Origin", cors.origin.clone()),
        ("Access-Control-Allow-Methods", offered.join(",")),
        ("Access-Control-Allow-Headers", cors.headers.join(",")),
        ("Access-Control-Max-Age", cors.max_age.to_string()),
    ];
    if cors.credentials {
        all.push(("Access-Control-Allow-Credentials", "true".to_owned()));
    }
    all
}

/// What API Gateway itself answers (a wrong key, too many requests) must name the origin too, or scripts cannot read it
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html>).
pub(super) fn gateway_responses(low: &mut Lowering<'_>, tree: &mut Tree<'_>, cors: &RestCors) {
    for kind in ["DEFAULT_4XX", "DEFAULT_5XX"] {
        let mut response =
            Resource::new("AWS::ApiGateway::GatewayResponse", node_origin(&tree.node.id).field("cors.enabled"));
        response.set("RestApiId", reference(low.id(&tree.node.id, "RestApi")));
        response.set("ResponseType", kind);
        let origin = format!("'{}'", cors.origin);
        let headers = map([("gatewayresponse.header.Access-Control-Allow-Origin", origin.into())]);
        response.set_from("ResponseParameters", "cors.origin", headers);
        let id = low.id(&tree.node.id, &format!("Response{}", words(&kind.to_lowercase())));
        tree.end(low, id, response);
    }
}
