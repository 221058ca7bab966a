//! A REST API's part of the stack: itself, its tree of resources with their methods, what guards them, its deployment and
//! its stage.

mod access;
mod digest;
mod logs;
mod methods;
mod request;

use trazo_stack::{Resource, Value, att, list, map, reference, sub};

use super::function::RestFunction;
use super::integration::RestIntegration;
use super::links::routes;
use super::{Endpoint, ExecutionLogs, KeySource, RestApi};
use crate::lowering::node_origin;
use crate::resources::http_api::integration::Connection;
use crate::resources::routing::vpc_link::vpc_link;
use crate::{Lowering, Node, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(api) = RestApi::of(&node.props) else { return };
    let id = low.id(&node.id, "RestApi");
    let resource = api_resource(low, node, api);
    low.add(&id, resource);
    access::models(low, node, api);
    access::authorizers(low, node, api);
    let design = low.design;
    for link in design.links_from(&node.id) {
        let private = |found: &RestIntegration| found.connection == Connection::Private;
        if RestIntegration::of(&link.props).is_some_and(private) {
            vpc_link(low, node, link);
        }
        if RestFunction::of(&link.props).is_some() {
            methods::permission(low, node, link);
        }
    }
    let mut tree = methods::Tree::new(node);
    for (link, index, route) in routes(design, &node.id) {
        methods::method(low, &mut tree, api, link, index, route);
    }
    if api.cors.enabled {
        methods::preflight(low, &mut tree, &api.cors);
        methods::gateway_responses(low, &mut tree, &api.cors);
    }
    let deployment = deployment(low, node, &tree.made);
    let account = logs::account(low, node, api);
    stage(low, node, api, &deployment, account);
    access::keys_and_plans(low, node, api);
    let url = sub(format!("https://${{{id}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{}", api.stage_name));
    low.output(format!("{id}Url"), &format!("Address of the API {}", node.name), url, node_origin(&node.id));
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html>
fn api_resource(low: &Lowering<'_>, node: &Node, api: &RestApi) -> Resource {
    let mut resource = Resource::new("AWS::ApiGateway::RestApi", node_origin(&node.id));
    resource.set_from("Name", "name", node.name.as_str());
    if !api.description.is_empty() {
        resource.set_from("Description", "description", api.description.as_str());
    }
    let mut endpoint = vec![("Types", list([api.endpoint.as_str()]))];
    if api.endpoint == Endpoint::Private {
        if !api.vpc_endpoints.is_empty() {
            endpoint.push(("VpcEndpointIds", texts(node, "vpcEndpoints", &api.vpc_endpoints)));
        }
        resource.set_from("Policy", "vpcEndpoints", policy(node, api));
    }
    resource.set_from("EndpointConfiguration", "endpoint", object(endpoint));
    if api.key_source == KeySource::Authorizer {
        resource.set_from("ApiKeySourceType", "keySource", api.key_source.as_str());
    }
    if !api.binary_media_types.is_empty() {
        resource.set("BinaryMediaTypes", texts(node, "binaryMediaTypes", &api.binary_media_types));
    }
    if let Some(bytes) = api.min_compression {
        resource.set_from("MinimumCompressionSize", "minCompression", bytes);
    }
    if api.disable_execute_api_endpoint {
        resource.set_from("DisableExecuteApiEndpoint", "disableExecuteApiEndpoint", true);
    }
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    resource
}

fn object(entries: Vec<(&str, Value)>) -> Value {
    let entries: trazo_stack::Object = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    entries.into()
}

/// A list of texts, each from its own place.
fn texts(node: &Node, field: &str, items: &[String]) -> Value {
    let origin = node_origin(&node.id);
    let items = items.iter().enumerate().map(|(index, text)| {
        Value::from(text.as_str()).from_origin(origin.field(format!("{field}.{index}")))
    });
    list(items).from_origin(origin.field(field))
}

/// A private API needs a policy: it lets in what comes by its VPC endpoints, and nothing else
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html>).
fn policy(node: &Node, api: &RestApi) -> Value {
    let statement = |effect: &str, condition: Option<Value>| {
        let mut entries = vec![
            ("Effect", effect.into()),
            ("Principal", "*".into()),
            ("Action", "execute-api:Invoke".into()),
            ("Resource", "execute-api:/*".into()),
        ];
        entries.extend(condition.map(|condition| ("Condition", condition)));
        object(entries)
    };
    let mut statements = vec![statement("Allow", None)];
    if !api.vpc_endpoints.is_empty() {
        let ids = texts(node, "vpcEndpoints", &api.vpc_endpoints);
        let elsewhere = map([("StringNotEquals", map([("aws:SourceVpce", ids)]))]);
        statements.push(statement("Deny", Some(elsewhere)));
    }
    map([("Version", "2012-10-17".into()), ("Statement", statements.into())])
}

/// What is live is a deployment, which never changes: its name holds a digest of all that it shows, so that a change of any
/// makes a new one. It must come after them
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html>).
fn deployment(low: &mut Lowering<'_>, node: &Node, made: &[String]) -> String {
    let id = low.id(&node.id, &format!("Deployment{}", digest::of_api(low, node)));
    let mut deployment = Resource::new("AWS::ApiGateway::Deployment", node_origin(&node.id));
    deployment.set("RestApiId", reference(low.id(&node.id, "RestApi")));
    for other in made {
        deployment.wait_for(other.clone());
    }
    low.add(&id, deployment);
    id
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html>
fn stage(low: &mut Lowering<'_>, node: &Node, api: &RestApi, deployment: &str, account: Option<String>) {
    let mut stage = Resource::new("AWS::ApiGateway::Stage", node_origin(&node.id));
    stage.set("RestApiId", reference(low.id(&node.id, "RestApi")));
    stage.set("DeploymentId", reference(deployment));
    stage.set_from("StageName", "stageName", api.stage_name.as_str());
    if let Some(settings) = method_settings(node, api) {
        stage.set("MethodSettings", list([settings]));
    }
    if api.access_logs.enabled {
        let group = logs::group(low, node, api);
        let setting = map([("DestinationArn", att(group, "Arn")), ("Format", logs::FORMAT.into())]);
        stage.set_from("AccessLogSetting", "accessLogs.enabled", setting);
    }
    if !api.stage_variables.is_empty() {
        let origin = node_origin(&node.id);
        let variables = api.stage_variables.iter().enumerate().map(|(index, variable)| {
            let value = Value::from(variable.value.as_str());
            (variable.name.clone(), value.from_origin(origin.field(format!("stageVariables.{index}"))))
        });
        let variables: trazo_stack::Object = variables.collect();
        stage.set_from("Variables", "stageVariables", variables);
    }
    if api.tracing {
        stage.set_from("TracingEnabled", "tracing", true);
    }
    if let Some(tags) = low.tags(node) {
        stage.set("Tags", tags);
    }
    if let Some(account) = account {
        stage.wait_for(account);
    }
    low.add(low.id(&node.id, "Stage"), stage);
}

/// What holds for all methods of the stage.
fn method_settings(node: &Node, api: &RestApi) -> Option<Value> {
    let origin = node_origin(&node.id);
    let mut settings = vec![("HttpMethod", "*".into()), ("ResourcePath", "/*".into())];
    let none = settings.len();
    if api.throttling.enabled {
        let burst = Value::from(api.throttling.burst).from_origin(origin.field("throttling.burst"));
        let rate = Value::from(api.throttling.rate).from_origin(origin.field("throttling.rate"));
        settings.extend([("ThrottlingBurstLimit", burst), ("ThrottlingRateLimit", rate)]);
    }
    if api.execution_logs != ExecutionLogs::Off {
        let level = Value::from(api.execution_logs.as_str()).from_origin(origin.field("executionLogs"));
        // Whole bodies in the logs would be a leak.
        settings.extend([("LoggingLevel", level), ("DataTraceEnabled", false.into())]);
    }
    if api.metrics {
        settings.push(("MetricsEnabled", Value::from(true).from_origin(origin.field("metrics"))));
    }
    (settings.len() > none).then(|| object(settings))
}
