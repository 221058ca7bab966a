//! What guards the methods of a REST API: authorizers, models and validators, API keys and usage plans.

use trazo_stack::{Expr, Object, Origin, Resource, Value, att, join, list, map, reference, sub};

use crate::lowering::node_origin;
use crate::resources::lambda_function;
use crate::resources::rest_api::integration::{IAM, RestRoute, Validation};
use crate::resources::rest_api::{Authorizer, AuthorizerType, RestApi, UsagePlan};
use crate::resources::routing::names::words;
use crate::{Kind, Lowering, Node, NodeId};

/// The logical id of one of a list, by its place: names may be alike, or empty.
fn nth(low: &Lowering<'_>, node: &Node, what: &str, index: usize, name: &str, same: bool) -> String {
    let number = if same || name.is_empty() { (index + 1).to_string() } else { String::new() };
    low.id(&node.id, &format!("{what}{}{number}", if name.is_empty() { String::new() } else { words(name) }))
}

/// The logical ids of the items of a list, by their names.
fn ids<'a>(low: &Lowering<'_>, node: &Node, what: &str, names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (index, name) in names.enumerate() {
        let plain = nth(low, node, what, index, name, false);
        let taken = all.contains(&plain);
        all.push(if taken { nth(low, node, what, index, name, true) } else { plain });
    }
    all
}

fn model_ids(low: &Lowering<'_>, node: &Node, api: &RestApi) -> Vec<String> {
    ids(low, node, "Model", api.models.iter().map(|model| &model.name))
}

fn authorizer_ids(low: &Lowering<'_>, node: &Node, api: &RestApi) -> Vec<String> {
    ids(low, node, "Authorizer", api.authorizers.iter().map(|authorizer| &authorizer.name))
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html>
pub(super) fn models(low: &mut Lowering<'_>, node: &Node, api: &RestApi) {
    let ids = model_ids(low, node, api);
    for (index, (model, id)) in api.models.iter().zip(ids).enumerate() {
        let mut resource = Resource::new("AWS::ApiGateway::Model", node_origin(&node.id).field(format!("models.{index}")));
        resource.set("RestApiId", reference(low.id(&node.id, "RestApi")));
        resource.set_from("Name", &format!("models.{index}.name"), model.name.as_str());
        resource.set_from("ContentType", &format!("models.{index}.contentType"), model.content_type.as_str());
        resource.set_from("Schema", &format!("models.{index}.schema"), schema(&model.schema));
        low.add(id, resource);
    }
}

/// A schema as an object; as text where it is no JSON, or where CloudFormation would take a name in it for a function.
fn schema(text: &str) -> Value {
    let function = ["\"Ref\"", "\"Fn::", "\"Condition\""].iter().any(|name| text.contains(name));
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(found @ serde_json::Value::Object(_)) if !function => from_json(&found),
        _ => text.into(),
    }
}

fn from_json(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Expr::Null.into(),
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Expr::Num(number.as_f64().unwrap_or_default()).into(), Value::from)
        }
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(from_json).collect::<Vec<Value>>().into(),
        Json::Object(entries) => {
            entries.iter().map(|(key, entry)| (key.clone(), from_json(entry))).collect::<Object>().into()
        }
    }
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html>
pub(super) fn authorizers(low: &mut Lowering<'_>, node: &Node, api: &RestApi) {
    let ids = authorizer_ids(low, node, api);
    for (index, (authorizer, id)) in api.authorizers.iter().zip(ids).enumerate() {
        let field = format!("authorizers.{index}");
        let mut resource = Resource::new("AWS::ApiGateway::Authorizer", node_origin(&node.id).field(field.as_str()));
        resource.set("RestApiId", reference(low.id(&node.id, "RestApi")));
        resource.set_from("Name", &format!("{field}.name"), authorizer.name.as_str());
        let kind = match authorizer.kind {
            AuthorizerType::Cognito => "COGNITO_USER_POOLS",
            AuthorizerType::Token => "TOKEN",
            AuthorizerType::Request => "REQUEST",
        };
        resource.set_from("Type", &format!("{field}.type"), kind);
        if let Some(source) = identity_source(authorizer) {
            resource.set_from("IdentitySource", &format!("{field}.header"), source);
        }
        if authorizer.kind == AuthorizerType::Cognito {
            let pools = authorizer.user_pools.iter().map(String::as_str);
            resource.set_from("ProviderARNs", &format!("{field}.userPools"), list(pools));
        } else {
            let (function, arn, from) = asked(low, authorizer);
            resource.set_from("AuthorizerUri", &format!("{field}.{from}"), function_uri(arn));
            resource.set_from("AuthorizerResultTtlInSeconds", &format!("{field}.ttl"), authorizer.ttl);
            let origin = resource.origin.field(format!("{field}.{from}"));
            let source = source(low, node, &format!("authorizers/${{{id}}}"));
            low.add(format!("{id}Permission"), lambda_function::lower::api_permission(function, source, origin));
        }
        low.add(id, resource);
    }
}

fn identity_source(authorizer: &Authorizer) -> Option<String> {
    if authorizer.kind == AuthorizerType::Request {
        return (!authorizer.sources.is_empty()).then(|| authorizer.sources.join(", "));
    }
    Some(format!("method.request.header.{}", authorizer.header))
}

/// How API Gateway names a function
/// (<https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>).
pub(super) fn function_uri(arn: Value) -> Value {
    let before = sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/");
    join("", vec![before, arn, "/invocations".into()])
}

/// What stands behind an API's ARN, as those who let it call them name it
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html>).
pub(super) fn source(low: &Lowering<'_>, node: &Node, within: &str) -> Value {
    let api = low.id(&node.id, "RestApi");
    sub(format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/{within}"))
}

/// The function that an authorizer asks: what names it, its ARN, and the field that says so.
fn asked(low: &Lowering<'_>, authorizer: &Authorizer) -> (Value, Value, &'static str) {
    let id = authorizer.function.as_deref().map(NodeId::new);
    let drawn = id.filter(|id| low.design.node(id).is_some_and(|node| node.kind() == Kind::LambdaFunction));
    let Some(function) = drawn else {
        let arn = Value::from(authorizer.function_arn.as_str());
        return (arn.clone(), arn, "functionArn");
    };
    let function = lambda_function::lower::id(low, &function);
    (reference(&function), att(function, "Arn"), "function")
}

/// What a method asks of a request before it passes it on. The validators are made where a method asks for them.
pub(super) fn guard(
    low: &mut Lowering<'_>,
    node: &Node,
    api: &RestApi,
    method: &mut Resource,
    field: &str,
    route: &RestRoute,
) {
    method.set_from("ApiKeyRequired", &format!("{field}.apiKey"), route.api_key);
    let from = format!("{field}.authorizer");
    let kind = match api.authorizer(&route.authorizer) {
        _ if route.authorizer == IAM => "AWS_IAM",
        None => "NONE",
        Some((_, authorizer)) if authorizer.kind == AuthorizerType::Cognito => "COGNITO_USER_POOLS",
        Some(_) => "CUSTOM",
    };
    method.set_from("AuthorizationType", &from, kind);
    if let Some((index, authorizer)) = api.authorizer(&route.authorizer) {
        method.set_from("AuthorizerId", &from, reference(authorizer_ids(low, node, api).swap_remove(index)));
        if authorizer.kind == AuthorizerType::Cognito && !route.scopes.is_empty() {
            let scopes = list(route.scopes.iter().map(String::as_str));
            method.set_from("AuthorizationScopes", &format!("{field}.scopes"), scopes);
        }
    }
    if let Some((index, model)) = api.model(&route.model) {
        let id = model_ids(low, node, api).swap_remove(index);
        let models = map([(model.content_type.as_str(), reference(id))]);
        method.set_from("RequestModels", &format!("{field}.model"), models);
    }
    if route.validation != Validation::None {
        let origin = method.origin.field(format!("{field}.validation"));
        let id = validator(low, node, route.validation, origin);
        method.set_from("RequestValidatorId", &format!("{field}.validation"), reference(id));
    }
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html>
fn validator(low: &mut Lowering<'_>, node: &Node, validation: Validation, origin: Origin) -> String {
    let (suffix, name) = match (validation.body(), validation.params()) {
        (true, true) => ("Validator", "all"),
        (true, false) => ("BodyValidator", "body"),
        (false, _) => ("ParamsValidator", "params"),
    };
    let id = low.id(&node.id, suffix);
    if !low.stack.resources.contains_key(&id) {
        let mut resource = Resource::new("AWS::ApiGateway::RequestValidator", origin);
        resource.set("RestApiId", reference(low.id(&node.id, "RestApi"))).set("Name", name);
        resource.set("ValidateRequestBody", validation.body());
        resource.set("ValidateRequestParameters", validation.params());
        low.add(&id, resource);
    }
    id
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html>
pub(super) fn keys_and_plans(low: &mut Lowering<'_>, node: &Node, api: &RestApi) {
    let plans = ids(low, node, "UsagePlan", api.usage_plans.iter().map(|plan| &plan.name));
    for (index, (plan, id)) in api.usage_plans.iter().zip(&plans).enumerate() {
        let resource = usage_plan(low, node, index, plan);
        low.add(id, resource);
    }
    let keys = ids(low, node, "ApiKey", api.api_keys.iter().map(|key| &key.name));
    for (index, (key, id)) in api.api_keys.iter().zip(keys).enumerate() {
        let field = format!("apiKeys.{index}");
        let mut resource = Resource::new("AWS::ApiGateway::ApiKey", node_origin(&node.id).field(field.as_str()));
        resource.set_from("Name", &format!("{field}.name"), key.name.as_str());
        resource.set_from("Enabled", &format!("{field}.enabled"), key.enabled);
        if let Some(tags) = low.tags(node) {
            resource.set("Tags", tags);
        }
        low.add(&id, resource);
        let plan = api.usage_plans.iter().zip(&plans).find(|(plan, _)| plan.name == key.plan && !key.plan.is_empty());
        if let Some((_, plan)) = plan {
            let origin = node_origin(&node.id).field(format!("{field}.plan"));
            let mut member = Resource::new("AWS::ApiGateway::UsagePlanKey", origin);
            member.set("KeyId", reference(&id)).set("KeyType", "API_KEY").set("UsagePlanId", reference(plan));
            low.add(format!("{id}Membership"), member);
        }
    }
}

fn usage_plan(low: &Lowering<'_>, node: &Node, index: usize, plan: &UsagePlan) -> Resource {
    let field = format!("usagePlans.{index}");
    let mut resource = Resource::new("AWS::ApiGateway::UsagePlan", node_origin(&node.id).field(field.as_str()));
    resource.set_from("UsagePlanName", &format!("{field}.name"), plan.name.as_str());
    let stage = map([
        ("ApiId", reference(low.id(&node.id, "RestApi"))),
        ("Stage", reference(low.id(&node.id, "Stage"))),
    ]);
    resource.set("ApiStages", list([stage]));
    let from = resource.origin.clone();
    let own = |part: &str, value: Value| value.from_origin(from.field(format!("{field}.{part}")));
    if plan.throttling.enabled {
        let limits = map([
            ("BurstLimit", own("throttling.burst", plan.throttling.burst.into())),
            ("RateLimit", own("throttling.rate", plan.throttling.rate.into())),
        ]);
        resource.set_from("Throttle", &format!("{field}.throttling.enabled"), limits);
    }
    if plan.quota.enabled {
        let quota = map([
            ("Limit", own("quota.limit", plan.quota.limit.into())),
            ("Period", own("quota.period", plan.quota.period.as_str().into())),
        ]);
        resource.set_from("Quota", &format!("{field}.quota.enabled"), quota);
    }
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    resource
}
