//! An HTTP API's part of the stack: itself, its stage and logs; for each load balancer and function the integrations and routes,
//! and a VPC link where the connection is private.

mod authorizers;
mod routes;

use trazo_stack::{DeletionPolicy, Object, Origin, Resource, Value, att, join, list, map, reference, sub};

use super::integration::{Action, Connection, Integration};
use super::links::{FunctionIntegration, backends};
use super::{Cors, DEFAULT_STAGE, HttpApi};
use routes::Wiring;
use crate::lowering::{link_origin, node_origin};
use crate::resources::load_balancer::{Listener, LoadBalancer};
use crate::resources::routing::backend;
use crate::resources::routing::names::{free_id, tag_object, words};
use crate::resources::routing::vpc_link::vpc_link;
use crate::{Link, Lowering, Node, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(api) = HttpApi::of(&node.props) else { return };
    low.add(low.id(&node.id, "Api"), api_resource(node, api));
    let design = low.design;
    let authorizers = authorizers::authorizers(low, node, api);
    for (link, backend) in backends(design, &node.id) {
        let wiring = Wiring { node, link, backend, authorizers: &authorizers };
        if let Some(integration) = Integration::of(&link.props) {
            if integration.connection == Connection::Private {
                vpc_link(low, node, link);
            }
            integrations_and_routes(low, &wiring, integration);
        } else if let Some(integration) = FunctionIntegration::of(&link.props) {
            routes::function(low, &wiring, integration);
        }
    }
    let deployment = (!api.auto_deploy).then(|| deployment(low, node));
    let logs = api.access_logs.enabled.then(|| log_group(low, node, api));
    stage(low, node, api, deployment, logs);
    let endpoint = att(low.id(&node.id, "Api"), "ApiEndpoint");
    let url = if api.stage_name == DEFAULT_STAGE {
        endpoint
    } else {
        join("/", vec![endpoint, api.stage_name.as_str().into()])
    };
    let origin = node_origin(&node.id);
    low.output(low.id(&node.id, "ApiUrl"), &format!("Address of the API {}", node.name), url, origin);
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html>
fn api_resource(node: &Node, api: &HttpApi) -> Resource {
    let mut resource = Resource::new("AWS::ApiGatewayV2::Api", node_origin(&node.id));
    resource.set_from("Name", "name", node.name.as_str());
    resource.set("ProtocolType", "HTTP");
    if !api.description.is_empty() {
        resource.set_from("Description", "description", api.description.as_str());
    }
    if api.cors.enabled {
        let cors = cors(&api.cors, &resource.origin);
        resource.set_from("CorsConfiguration", "cors.enabled", cors);
    }
    if api.disable_execute_api_endpoint {
        resource.set_from("DisableExecuteApiEndpoint", "disableExecuteApiEndpoint", true);
    }
    if let Some(tags) = tag_object(node) {
        resource.set("Tags", tags);
    }
    resource
}

fn cors(cors: &Cors, origin: &Origin) -> Object {
    let mut config = Object::new();
    for (key, field, values) in [
        ("AllowOrigins", "cors.allowOrigins", &cors.allow_origins),
        ("AllowMethods", "cors.allowMethods", &cors.allow_methods),
        ("AllowHeaders", "cors.allowHeaders", &cors.allow_headers),
        ("ExposeHeaders", "cors.exposeHeaders", &cors.expose_headers),
    ] {
        if !values.is_empty() {
            let items = values.iter().enumerate().map(|(index, value)| {
                Value::from(value.as_str()).from_origin(origin.field(format!("{field}.{index}")))
            });
            config.insert(key.to_owned(), list(items).from_origin(origin.field(field)));
        }
    }
    config.insert("MaxAge".to_owned(), Value::from(cors.max_age).from_origin(origin.field("cors.maxAge")));
    if cors.allow_credentials {
        let allow = Value::from(true).from_origin(origin.field("cors.allowCredentials"));
        config.insert("AllowCredentials".to_owned(), allow);
    }
    config
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html>
fn stage(low: &mut Lowering<'_>, node: &Node, api: &HttpApi, deployment: Option<String>, logs: Option<String>) {
    let mut stage = Resource::new("AWS::ApiGatewayV2::Stage", node_origin(&node.id));
    stage.set("ApiId", reference(low.id(&node.id, "Api")));
    stage.set_from("StageName", "stageName", api.stage_name.as_str());
    stage.set_from("AutoDeploy", "autoDeploy", api.auto_deploy);
    if let Some(deployment) = deployment {
        stage.set_from("DeploymentId", "autoDeploy", reference(deployment));
    }
    if !api.stage_variables.is_empty() {
        let origin = stage.origin.clone();
        let entries = api.stage_variables.iter().enumerate().map(|(index, variable)| {
            let value = Value::from(variable.value.as_str());
            (variable.name.clone(), value.from_origin(origin.field(format!("stageVariables.{index}"))))
        });
        stage.set_from("StageVariables", "stageVariables", entries.collect::<Object>());
    }
    limits(low, node, api, &mut stage);
    if let Some(logs) = logs {
        let line = Value::from(api.access_logs.line()).from_origin(stage.origin.field("accessLogs.format"));
        let settings = map([("DestinationArn", att(logs, "Arn")), ("Format", line)]);
        stage.set_from("AccessLogSettings", "accessLogs.enabled", settings);
    }
    if let Some(tags) = tag_object(node) {
        stage.set("Tags", tags);
    }
    low.add(low.id(&node.id, "Stage"), stage);
}

/// What holds for all routes, and what for single ones: these have to exist before the stage may name them.
fn limits(low: &Lowering<'_>, node: &Node, api: &HttpApi, stage: &mut Resource) {
    let origin = stage.origin.clone();
    let mut settings = Object::new();
    if api.throttling.enabled {
        let burst = Value::from(api.throttling.burst).from_origin(origin.field("throttling.burst"));
        let rate = Value::from(api.throttling.rate).from_origin(origin.field("throttling.rate"));
        settings.insert("ThrottlingBurstLimit".to_owned(), burst);
        settings.insert("ThrottlingRateLimit".to_owned(), rate);
    }
    if api.detailed_metrics {
        let on = Value::from(true).from_origin(origin.field("detailedMetrics"));
        settings.insert("DetailedMetricsEnabled".to_owned(), on);
    }
    if !settings.is_empty() {
        let field = if api.throttling.enabled { "throttling.enabled" } else { "detailedMetrics" };
        stage.set_from("DefaultRouteSettings", field, settings);
    }
    if let Some(limits) = routes::limits(low, node, api) {
        stage.set("RouteSettings", limits);
        for route in routes::made(low, node) {
            stage.wait_for(route);
        }
    }
}

/// A log group whose name begins with `/aws/vendedlogs/` does not count against the size of the account's log policy
/// (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html>).
fn log_group(low: &mut Lowering<'_>, node: &Node, api: &HttpApi) -> String {
    let id = low.id(&node.id, "AccessLogs");
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id).field("accessLogs.enabled"));
    group.set("LogGroupName", sub(format!("/aws/vendedlogs/${{AWS::StackName}}/{}", low.id(&node.id, "Api"))));
    if api.access_logs.retention_days > 0 {
        group.set_from("RetentionInDays", "accessLogs.retentionDays", api.access_logs.retention_days);
    }
    group.deletion_policy = Some(DeletionPolicy::Delete);
    low.add(&id, group);
    id
}

/// A stage that does not deploy by itself shows a deployment, which must come after all routes.
fn deployment(low: &mut Lowering<'_>, node: &Node) -> String {
    let id = low.id(&node.id, "Deployment");
    let mut deployment = Resource::new("AWS::ApiGatewayV2::Deployment", node_origin(&node.id).field("autoDeploy"));
    deployment.set("ApiId", reference(low.id(&node.id, "Api")));
    for route in routes::made(low, node) {
        deployment.wait_for(route);
    }
    low.add(&id, deployment);
    id
}

/// An integration for each address that the routes need, and the routes.
fn integrations_and_routes(low: &mut Lowering<'_>, wiring: &Wiring<'_>, integration: &Integration) {
    let (node, link) = (wiring.node, wiring.link);
    let balancer = low.design.get::<LoadBalancer>(&link.to).and_then(|(_, alb)| integration.listener(alb));
    let listener = balancer.unwrap_or(Listener { https: false, port: 80 });
    // Each address and the integration that has it, in the order of the routes.
    let mut made: Vec<(String, String)> = Vec::new();
    for (index, route) in integration.routes.iter().enumerate() {
        let path = integration.path_behind(route);
        let found = made.iter().find(|(known, _)| *known == path).map(|(_, id)| id.clone());
        let id = found.unwrap_or_else(|| {
            let suffix = if made.is_empty() { String::new() } else { words(&path) };
            let id = free_id(low, low.link_id(&node.id, &link.to, &format!("Integration{suffix}")));
            let resource = integration_resource(low, node, link, integration, listener, &path);
            low.add(&id, resource);
            made.push((path, id.clone()));
            id
        });
        routes::route(low, wiring, index, route, &id);
    }
    if integration.routes.is_empty() {
        let resource = integration_resource(low, node, link, integration, listener, "");
        low.add(low.link_id(&node.id, &link.to, "Integration"), resource);
    }
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html>
fn integration_resource(
    low: &Lowering<'_>,
    node: &Node,
    link: &Link,
    integration: &Integration,
    listener: Listener,
    path: &str,
) -> Resource {
    let mut resource = Resource::new("AWS::ApiGatewayV2::Integration", link_origin(&link.id));
    resource.set("ApiId", reference(low.id(&node.id, "Api")));
    resource.set("IntegrationType", "HTTP_PROXY");
    resource.set_from("IntegrationMethod", "method", integration.method.as_str());
    if integration.connection == Connection::Private {
        resource.set_from("ConnectionType", "connection", "VPC_LINK");
        let vpc_link = low.link_id(&node.id, &link.to, "VpcLink");
        resource.set_from("ConnectionId", "connection", reference(vpc_link));
        // The reference of a listener is its ARN.
        resource.set("IntegrationUri", reference(low.id(&link.to, listener.suffix())));
        if listener.https && !integration.server_name.is_empty() {
            let name = map([("ServerNameToVerify", integration.server_name.as_str().into())]);
            resource.set_from("TlsConfig", "serverName", name);
        }
    } else {
        resource.set_from("ConnectionType", "connection", "INTERNET");
        resource.set("IntegrationUri", backend::uri(low, &link.to, listener, &integration.server_name, path));
    }
    resource.set("PayloadFormatVersion", "1.0");
    resource.set_from("TimeoutInMillis", "timeoutMs", integration.timeout_ms);
    if let Some(parameters) = request_parameters(link, integration) {
        resource.set_from("RequestParameters", "requestParameters", parameters);
    }
    if let Some(parameters) = response_parameters(link, integration) {
        resource.set_from("ResponseParameters", "responseParameters", parameters);
    }
    resource
}

/// What `remove` has for a value: it needs one, and means nothing.
const NOTHING: &str = "''";

fn request_parameters(link: &Link, integration: &Integration) -> Option<Object> {
    let origin = link_origin(&link.id);
    let entries = integration.request_parameters.iter().enumerate().map(|(index, mapping)| {
        let value = if mapping.action == Action::Remove { NOTHING } else { &mapping.value };
        (mapping.key(), Value::from(value).from_origin(origin.field(format!("requestParameters.{index}"))))
    });
    let entries: Object = entries.collect();
    (!entries.is_empty()).then_some(entries)
}

fn response_parameters(link: &Link, integration: &Integration) -> Option<Object> {
    let origin = link_origin(&link.id);
    let mut by_status: Vec<(String, Vec<Value>)> = Vec::new();
    for (index, mapping) in integration.response_parameters.iter().enumerate() {
        let source = if mapping.action == Action::Remove { NOTHING } else { &mapping.value };
        let entry = map([("Destination", mapping.key().into()), ("Source", source.into())])
            .from_origin(origin.field(format!("responseParameters.{index}")));
        let status = mapping.status.to_string();
        match by_status.iter_mut().find(|(known, _)| *known == status) {
            Some((_, entries)) => entries.push(entry),
            None => by_status.push((status, vec![entry])),
        }
    }
    let all: Object = by_status
        .into_iter()
        .map(|(status, entries)| (status, map([("ResponseParameters", entries.into())])))
        .collect();
    (!all.is_empty()).then_some(all)
}

/// The ARN of a part of an API, as those who call on its behalf are known by.
fn execute_api(part: &str) -> Value {
    sub(format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:{part}"))
}
