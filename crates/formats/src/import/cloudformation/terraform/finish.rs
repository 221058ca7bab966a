//! What Terraform cuts otherwise than CloudFormation: parts that are resources of their own there, and attributes.

use super::links::Links;
use super::values::{put, text};
use super::{Block, entries};
use crate::import::Node;
use crate::import::cloudformation::template::Resource;
use crate::import::cloudformation::value::{Entries, Form, Val};
use crate::terraform::reverse;

/// Types that are parts of another resource.
const PARTS: [(&str, &str); 11] = [
    ("aws_iam_role_policy_attachment", "role"),
    ("aws_iam_role_policy", "role"),
    ("aws_ecr_lifecycle_policy", "repository"),
    ("aws_ecr_repository_policy", "repository"),
    ("aws_appautoscaling_scheduled_action", "resource_id"),
    ("aws_lb_target_group_attachment", "target_group_arn"),
    ("aws_api_gateway_integration", "resource_id"),
    ("aws_api_gateway_method_response", "resource_id"),
    ("aws_api_gateway_integration_response", "resource_id"),
    ("aws_api_gateway_method_settings", "stage_name"),
    ("aws_security_group_rule", "security_group_id"),
];

/// Whether a type stands for no resource of its own.
pub(super) fn is_part(kind: &str) -> bool {
    PARTS.iter().any(|(part, _)| *part == kind)
}

/// Makes whole what is in parts.
pub(super) fn all(resources: &mut [Resource], blocks: &[Block<'_>], data: &[(&str, &Node)], links: &Links<'_, '_>) {
    for block in blocks {
        if let Some(resource) = resources.iter_mut().find(|resource| resource.id == block.id) {
            one(resource, block, data, blocks);
        }
    }
    for block in blocks.iter().filter(|block| is_part(block.kind)) {
        part(resources, block, blocks, links);
    }
}

fn one(resource: &mut Resource, block: &Block<'_>, data: &[(&str, &Node)], blocks: &[Block<'_>]) {
    let line = block.line;
    let Some(entries) = entries(resource) else { return };
    match block.kind {
        "aws_ecs_service" => service(entries, line),
        "aws_lb" => {
            let is_internal = entries.shift_remove("Internal").and_then(|it| it.flag()) == Some(true);
            let scheme = if is_internal { "internal" } else { "internet-facing" };
            entries.insert("Scheme".into(), text(scheme, line));
            attributes(entries, block, "LoadBalancerAttributes");
        }
        "aws_lb_target_group" => {
            attributes(entries, block, "TargetGroupAttributes");
            health(entries);
        }
        "aws_lb_listener" | "aws_lb_listener_certificate" => {
            if let Some(arn) = entries.shift_remove("CertificateArn") {
                let one = Val::new(Form::Map(Entries::from_iter([("CertificateArn".to_owned(), arn)])), line);
                entries.insert("Certificates".into(), Val::new(Form::List(vec![one]), line));
            }
        }
        "aws_ecs_cluster_capacity_providers" => {
            let name = block.values.text_of("cluster_name");
            let is_it = |other: &&Block<'_>| other.kind == "aws_ecs_cluster" && other.values.text_of("name") == name;
            if let Some(cluster) = blocks.iter().find(is_it) {
                entries.insert("Cluster".into(), Val::new(Form::Ref(cluster.id.clone()), line));
            }
        }
        "aws_lb_listener_rule" => conditions(entries),
        "aws_lambda_function" => code(entries, block, data),
        "aws_appautoscaling_target" => scaled(entries, blocks, line),
        "aws_appautoscaling_policy" => policy(entries, block, blocks),
        "aws_apigatewayv2_integration" => by_key(entries, "ResponseParameters", "StatusCode", true),
        "aws_apigatewayv2_stage" => by_key(entries, "RouteSettings", "RouteKey", false),
        _ => {}
    }
}

/// Some of the deployment's settings stand on the service itself.
fn service(entries: &mut Entries, line: usize) {
    for (from, to) in [
        ("DeploymentMinimumHealthyPercent", "MinimumHealthyPercent"),
        ("DeploymentMaximumPercent", "MaximumPercent"),
        ("DeploymentCircuitBreaker", "DeploymentCircuitBreaker"),
        ("Alarms", "Alarms"),
    ] {
        if let Some(value) = entries.shift_remove(from) {
            put(entries, &format!("DeploymentConfiguration.{to}"), value);
        }
    }
    let public = "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp";
    let network = entries.get("NetworkConfiguration").and_then(|it| it.at("AwsvpcConfiguration.AssignPublicIp"));
    if let Some(on) = network.and_then(Val::flag) {
        put(entries, public, text(if on { "ENABLED" } else { "DISABLED" }, line));
    }
    for usual in ["WaitForSteadyState", "ForceDelete", "ForceNewDeployment", "SigintRollback", "Triggers", "IamRole"] {
        entries.shift_remove(usual);
    }
}

/// Arguments that CloudFormation has in a list of attributes.
fn attributes(entries: &mut Entries, block: &Block<'_>, list: &str) {
    let mut all = Vec::new();
    for (key, place) in reverse::attributes(block.kind) {
        let (argument, inner) = place.split_once('.').map_or((*place, None), |(outer, inner)| (outer, Some(inner)));
        let said = entries.get(&reverse::pascal(argument)).and_then(|value| match inner {
            Some(inner) => value.get(&reverse::pascal(inner)),
            None => Some(value),
        });
        let is_cookie = key.contains("app_cookie");
        let kind = entries.get("Stickiness").and_then(|it| it.get("Type")?.text());
        if key.contains("_cookie.") && is_cookie != (kind.as_deref() == Some("app_cookie")) {
            continue;
        }
        if let Some(value) = said.cloned() {
            let line = value.line;
            let value = value.text().map_or(value, |word| text(&word, line));
            let pair = [("Key".to_owned(), text(key, line)), ("Value".to_owned(), value)];
            all.push(Val::new(Form::Map(Entries::from_iter(pair)), line));
        }
    }
    for (_, place) in reverse::attributes(block.kind) {
        entries.shift_remove(&reverse::pascal(place.split('.').next().unwrap_or(place)));
    }
    if !all.is_empty() {
        entries.insert(list.to_owned(), Val::new(Form::List(all), block.line));
    }
}

fn health(entries: &mut Entries) {
    let Some(Val { form: Form::Map(check), .. }) = entries.shift_remove("HealthCheck") else { return };
    for (name, value) in check {
        let to = match name.as_str() {
            "HealthyThreshold" => "HealthyThresholdCount".to_owned(),
            "UnhealthyThreshold" => "UnhealthyThresholdCount".to_owned(),
            "Interval" | "Timeout" => format!("HealthCheck{name}Seconds"),
            "Matcher" => {
                let grpc = entries.get("ProtocolVersion").and_then(Val::text).as_deref() == Some("GRPC");
                put(entries, if grpc { "Matcher.GrpcCode" } else { "Matcher.HttpCode" }, value);
                continue;
            }
            _ => format!("HealthCheck{name}"),
        };
        entries.insert(to, value);
    }
}

/// Each condition says of what it is.
fn conditions(entries: &mut Entries) {
    const FIELDS: [(&str, &str); 6] = [
        ("PathPatternConfig", "path-pattern"),
        ("HostHeaderConfig", "host-header"),
        ("HttpHeaderConfig", "http-header"),
        ("HttpRequestMethodConfig", "http-request-method"),
        ("SourceIpConfig", "source-ip"),
        ("QueryStringConfig", "query-string"),
    ];
    let Some(Form::List(items)) = entries.get_mut("Conditions").map(|list| &mut list.form) else { return };
    for item in items {
        let line = item.line;
        let Form::Map(condition) = &mut item.form else { continue };
        if let Some(question) = condition.shift_remove("QueryString") {
            let items = question.items().to_vec();
            put(condition, "QueryStringConfig.Values", Val::new(Form::List(items), line));
        }
        if let Some((_, field)) = FIELDS.iter().find(|(config, _)| condition.contains_key(*config)) {
            condition.insert("Field".into(), text(field, line));
        }
    }
}

/// Code that was packed from the configuration stands with what packed it.
fn code(entries: &mut Entries, block: &Block<'_>, data: &[(&str, &Node)]) {
    let file = block.values.text_of("filename");
    let packed = data.iter().filter(|(kind, _)| *kind == "archive_file").map(|(_, values)| *values);
    let mut packed = packed.filter(|values| file.is_some() && values.text_of("output_path") == file);
    let content =
        packed.next().and_then(|values| values.at("source.0.content").or_else(|| values.get("source_content")));
    if let Some(content) = content.and_then(Node::text) {
        put(entries, "Code.ZipFile", text(content, block.line));
    }
    for (from, to) in [("ImageUri", "ImageUri"), ("S3Bucket", "S3Bucket"), ("S3Key", "S3Key")] {
        if let Some(value) = entries.shift_remove(from) {
            put(entries, &format!("Code.{to}"), value);
        }
    }
    for usual in ["Filename", "SourceCodeHash", "SourceCodeSize", "LastModified", "CodeSha256"] {
        entries.shift_remove(usual);
    }
}

/// `service/CLUSTER/SERVICE`: the service is known by its name.
fn scaled(entries: &mut Entries, blocks: &[Block<'_>], line: usize) {
    let Some(whole) = entries.get("ResourceId").and_then(Val::text) else { return };
    let name = whole.rsplit('/').next().unwrap_or_default();
    let is_it = |block: &&Block<'_>| block.kind == "aws_ecs_service" && block.values.text_of("name") == Some(name);
    if let Some(service) = blocks.iter().find(is_it) {
        let cluster = whole.split('/').nth(1).unwrap_or_default();
        let place = format!("service/{cluster}/${{{}.Name}}", service.id);
        entries.insert("ResourceId".into(), Val::new(Form::Sub(place), line));
    }
}

/// A policy names what it scales as its target does.
fn policy(entries: &mut Entries, block: &Block<'_>, blocks: &[Block<'_>]) {
    if let Some(target) = target(block, blocks) {
        entries.insert("ScalingTargetId".into(), Val::new(Form::Ref(target.id.clone()), block.line));
    }
    for known in ["ResourceId", "ScalableDimension", "ServiceNamespace", "AlarmArns"] {
        entries.shift_remove(known);
    }
}

fn target<'b, 'a>(block: &Block<'_>, blocks: &'b [Block<'a>]) -> Option<&'b Block<'a>> {
    let whole = block.values.text_of("resource_id")?;
    let is_it = |other: &&Block<'_>| {
        other.kind == "aws_appautoscaling_target" && other.values.text_of("resource_id") == Some(whole)
    };
    blocks.iter().find(is_it)
}

/// A list of blocks that name their key as a map by it.
fn by_key(entries: &mut Entries, list: &str, key: &str, pairs: bool) {
    let Some(value) = entries.shift_remove(list) else { return };
    let line = value.line;
    let mut all = Entries::new();
    for item in value.items() {
        let Form::Map(mut inner) = item.form.clone() else { continue };
        let Some(name) = inner.shift_remove(key).and_then(|it| it.text()) else { continue };
        if pairs {
            let Some(mappings) = inner.shift_remove("Mappings") else { continue };
            let pair = |(to, from): (&String, &Val)| {
                let pair = [("Destination".to_owned(), text(to, line)), ("Source".to_owned(), from.clone())];
                Val::new(Form::Map(Entries::from_iter(pair)), line)
            };
            let mappings: Vec<Val> = mappings.entries().map(pair).collect();
            inner = Entries::from_iter([("ResponseParameters".to_owned(), Val::new(Form::List(mappings), line))]);
        }
        all.insert(name, Val::new(Form::Map(inner), item.line));
    }
    entries.insert(list.to_owned(), Val::new(Form::Map(all), line));
}

/// Puts a part where it belongs.
fn part(resources: &mut [Resource], block: &Block<'_>, blocks: &[Block<'_>], links: &Links<'_, '_>) {
    let line = block.line;
    let said = super::values::properties(block, links);
    let get = |key: &str| said.get(key).cloned();
    let map = |entries: Entries| Val::new(Form::Map(entries), line);
    let of = |pairs: Vec<(&str, Option<Val>)>| {
        Entries::from_iter(pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))))
    };
    match block.kind {
        "aws_iam_role_policy_attachment" => {
            let whole = owner(resources, blocks, block, "aws_iam_role", "role", "name", links);
            push(whole, "ManagedPolicyArns", get("PolicyArn"), line);
        }
        "aws_iam_role_policy" => {
            let document = block.values.text_of("policy").and_then(|text| serde_json::from_str(text).ok());
            let document = document.map(|json| super::values::document(block, links, &json));
            let policy = of(vec![("PolicyName", get("Name")), ("PolicyDocument", document.flatten())]);
            let whole = owner(resources, blocks, block, "aws_iam_role", "role", "name", links);
            push(whole, "Policies", Some(map(policy)), line);
        }
        "aws_ecr_lifecycle_policy" => {
            let whole = owner(resources, blocks, block, "aws_ecr_repository", "repository", "name", links);
            let rules = block.values.text_of("policy").map(|policy| text(policy, line));
            if let (Some(whole), Some(rules)) = (whole.and_then(entries), rules) {
                put(whole, "LifecyclePolicy.LifecyclePolicyText", rules);
            }
        }
        "aws_appautoscaling_scheduled_action" => {
            let mut action = said.clone();
            for known in ["ResourceId", "ScalableDimension", "ServiceNamespace"] {
                action.shift_remove(known);
            }
            if let Some(name) = action.shift_remove("Name") {
                action.insert("ScheduledActionName".into(), name);
            }
            let id = target(block, blocks).map(|it| it.id.clone());
            let whole = resources.iter_mut().find(|it| Some(&it.id) == id.as_ref());
            push(whole, "ScheduledActions", Some(map(action)), line);
        }
        "aws_lb_target_group_attachment" => {
            let whole = owner(resources, blocks, block, "aws_lb_target_group", "target_group_arn", "arn", links);
            let target = of(vec![("Id", get("TargetId")), ("Port", get("Port"))]);
            push(whole, "Targets", Some(map(target)), line);
        }
        _ => method(resources, block, said),
    }
}

fn push(resource: Option<&mut Resource>, list: &str, value: Option<Val>, line: usize) {
    let (Some(entries), Some(value)) = (resource.and_then(entries), value) else { return };
    let all = entries.entry(list.to_owned()).or_insert_with(|| Val::new(Form::List(Vec::new()), line));
    if let Form::List(items) = &mut all.form {
        items.push(value);
    }
}

/// The resource that a part belongs to: by the value that it names, or by what the configuration says.
fn owner<'r>(
    resources: &'r mut [Resource],
    blocks: &[Block<'_>],
    block: &Block<'_>,
    kind: &str,
    argument: &str,
    attribute: &str,
    links: &Links<'_, '_>,
) -> Option<&'r mut Resource> {
    let named = block.values.text_of(argument);
    let by_value =
        |other: &&Block<'_>| other.kind == kind && named.is_some() && other.values.text_of(attribute) == named;
    let id = blocks.iter().find(by_value).map(|other| other.id.clone()).or_else(|| {
        let said = links.said(block, block.expressions?.get(argument)?)?;
        Val::new(said, 0).names().map(str::to_owned)
    })?;
    resources.iter_mut().find(|resource| resource.id == id)
}

/// What belongs to a method or a stage of a REST API.
fn method(resources: &mut [Resource], block: &Block<'_>, mut said: Entries) {
    let line = block.line;
    let json = |entries: &Entries, key: &str| entries.get(key).map(Val::json);
    let keys: &[&str] = match block.kind {
        "aws_api_gateway_method_settings" => &["RestApiId"],
        _ => &["RestApiId", "ResourceId", "HttpMethod"],
    };
    let type_name = if keys.len() == 1 { "AWS::ApiGateway::Stage" } else { "AWS::ApiGateway::Method" };
    // What is written by Trazo names the method itself.
    let named = said.get("RestApiId").and_then(Val::names).map(str::to_owned);
    let is_it = |resource: &&mut Resource| {
        let Form::Map(own) = &resource.properties.form else { return false };
        if Some(&resource.id) == named.as_ref() && resource.type_name == type_name {
            return true;
        }
        resource.type_name == type_name && keys.iter().all(|key| json(own, key) == json(&said, key))
    };
    let Some(whole) = resources.iter_mut().find(is_it) else { return };
    for key in keys {
        said.shift_remove(*key);
    }
    match block.kind {
        "aws_api_gateway_integration" => {
            if let Some(time) = said.shift_remove("TimeoutMilliseconds") {
                said.insert("TimeoutInMillis".into(), time);
            }
            let Some(entries) = entries(whole) else { return };
            let answers = entries.get("Integration").and_then(|it| it.get("IntegrationResponses")).cloned();
            answers.map(|answers| said.insert("IntegrationResponses".into(), answers));
            entries.insert("Integration".into(), Val::new(Form::Map(said), line));
        }
        "aws_api_gateway_method_response" => {
            push(Some(whole), "MethodResponses", Some(Val::new(Form::Map(said), line)), line);
        }
        "aws_api_gateway_integration_response" => {
            let Some(entries) = entries(whole) else { return };
            let around =
                entries.entry("Integration".into()).or_insert_with(|| Val::new(Form::Map(Entries::new()), line));
            let Form::Map(around) = &mut around.form else { return };
            let all =
                around.entry("IntegrationResponses".into()).or_insert_with(|| Val::new(Form::List(Vec::new()), line));
            if let Form::List(items) = &mut all.form {
                items.push(Val::new(Form::Map(said), line));
            }
        }
        "aws_api_gateway_method_settings" => {
            let path = said.shift_remove("MethodPath").and_then(|it| it.text()).unwrap_or_default();
            let (path, verb) = path.rsplit_once('/').unwrap_or(("*", "*"));
            let settings = said
                .shift_remove("Settings")
                .and_then(|it| if let Form::List(all) = it.form { all.into_iter().next() } else { Some(it) });
            let Some(Val { form: Form::Map(mut one), .. }) = settings else { return };
            one.insert("HttpMethod".into(), text(verb, line));
            one.insert("ResourcePath".into(), text(&format!("/{}", path.replace('/', "~1")), line));
            push(Some(whole), "MethodSettings", Some(Val::new(Form::Map(one), line)), line);
        }
        _ => {}
    }
}
