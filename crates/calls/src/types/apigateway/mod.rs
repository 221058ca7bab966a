//! API Gateway: REST APIs.

mod method;
mod plan;
mod stage;

use trazo_stack::{Expr, Stack, Value, join, reference};

use crate::Service::ApiGateway as Gateway;
use crate::find::Find;
use crate::json_text::json_text;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;
use crate::wording::{camel, renamed};

pub(super) use method::method;
pub(super) use plan::{api_key, usage_plan, usage_plan_key};
pub(super) use stage::{deployment, stage};

const GONE: &[&str] = &["NotFoundException"];
const EXISTS: Repeat = Repeat::Refused(&["ConflictException"]);
/// The most items that an answer may have.
const PAGE: i64 = 500;

/// A property as it stands.
fn property(m: &Maker<'_>, name: &str) -> Value {
    m.resource.properties.get(name).cloned().unwrap_or_else(|| Expr::Null.into())
}

/// The API that something is a part of.
fn api(m: &Maker<'_>) -> Value {
    property(m, "RestApiId")
}

/// A question for the things of one sort in an API.
fn listed(m: &Maker<'_>, operation: &'static str) -> Find {
    Find::new(Gateway, operation, [("restApiId", api(m)), ("limit", PAGE.into())], "items").missing(GONE)
}

/// `AWS::ApiGateway::RestApi`. All that is in it goes with it.
pub(crate) fn rest_api(m: &mut Maker<'_>) {
    let mut input = camel(m.rest(), &["Policy"]);
    renamed(&mut input, "apiKeySourceType", "apiKeySource");
    if let Some(policy) = input.get_mut("policy") {
        *policy = json_text(policy.clone());
    }
    input.insert("tags".to_owned(), tags::entries(m.tags()));
    let find = Find::new(Gateway, "GetRestApis", [("limit", PAGE.into())], "items").tagged(m.tagged("tags"));
    let undo = Undo::new(Gateway, "DeleteRestApi", [("restApiId", m.own())]).gone(GONE);
    m.make("", Gateway, "CreateRestApi", input)
        .gives("", "id")
        .gives("RestApiId", "id")
        .gives("RootResourceId", "rootResourceId")
        .undo(undo)
        .find(Repeat::Again, find);
}

/// `AWS::ApiGateway::Resource`.
pub(crate) fn resource(m: &mut Maker<'_>) {
    let find = listed(m, "GetResources")
        .matching("parentId", property(m, "ParentId"))
        .matching("pathPart", property(m, "PathPart"));
    let input = camel(m.rest(), &[]);
    m.make("", Gateway, "CreateResource", input).gives("", "id").gives("ResourceId", "id").find(EXISTS, find);
}

/// `AWS::ApiGateway::Model`.
pub(crate) fn model(m: &mut Maker<'_>) {
    let name = m.name("Name", 128);
    let mut input = camel(m.rest(), &["Schema"]);
    if let Some(schema) = input.get_mut("schema") {
        *schema = json_text(schema.clone());
    }
    input.insert("name".to_owned(), name.clone());
    let find = Find::new(Gateway, "GetModel", [("restApiId", api(m)), ("modelName", name)], "").missing(GONE);
    m.make("", Gateway, "CreateModel", input).gives("", "name").find(EXISTS, find);
}

/// `AWS::ApiGateway::RequestValidator`.
pub(crate) fn request_validator(m: &mut Maker<'_>) {
    named_part(m, "CreateRequestValidator", "GetRequestValidators", "RequestValidatorId");
}

/// `AWS::ApiGateway::Authorizer`.
pub(crate) fn authorizer(m: &mut Maker<'_>) {
    named_part(m, "CreateAuthorizer", "GetAuthorizers", "AuthorizerId");
}

fn named_part(m: &mut Maker<'_>, operation: &'static str, question: &'static str, attribute: &'static str) {
    let find = listed(m, question).matching("name", property(m, "Name"));
    let input = camel(m.rest(), &[]);
    m.make("", Gateway, operation, input).gives("", "id").gives(attribute, "id").find(Repeat::Again, find);
}

/// `AWS::ApiGateway::GatewayResponse`. Each API has one of each type; this sets it.
pub(crate) fn gateway_response(m: &mut Maker<'_>) {
    let input = camel(m.rest(), &["ResponseParameters", "ResponseTemplates"]);
    m.make("", Gateway, "PutGatewayResponse", input);
}

/// `AWS::ApiGateway::Account`: a setting of the account for the region, which stays.
pub(crate) fn account(m: &mut Maker<'_>) {
    let Some(role) = m.take("CloudWatchRoleArn") else { return };
    let patch = patch("replace", "/cloudwatchRoleArn", role);
    let input = members([("patchOperations", Expr::List(vec![patch]).into())]);
    m.make("", Gateway, "UpdateAccount", input)
        // The role was made a moment ago.
        .patience("BadRequestException", "role ARN does not have required permissions");
}

/// One change of a setting.
///
/// <https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html>
fn patch(operation: &str, path: &str, value: Value) -> Value {
    let origin = value.origin.clone();
    let change = trazo_stack::map([("op", operation.into()), ("path", path.into()), ("value", worded(value))]);
    Value { expr: change.expr, origin }
}

/// A value as text: changes hold nothing else.
fn worded(value: Value) -> Value {
    let expr = match value.expr {
        Expr::Bool(flag) => Expr::Str(flag.to_string()),
        Expr::Int(number) => Expr::Str(number.to_string()),
        Expr::Num(number) => Expr::Str(number.to_string()),
        other => other,
    };
    Value { expr, origin: value.origin }
}

/// The ARN of a log group as API Gateway takes it: without the `:*` for its streams, with which `Fn::GetAtt` gives it
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html>).
pub(super) fn destination(stack: &Stack, arn: Value) -> Value {
    let expr = match arn.expr {
        Expr::Att(id, attribute) if attribute == "Arn" && is_log_group(stack, &id) => {
            let at = |id: &str| reference(format!("AWS::{id}"));
            let place = join(":", vec!["arn".into(), at("Partition"), "logs".into(), at("Region"), at("AccountId")]);
            join(":", vec![place, "log-group".into(), reference(id)]).expr
        }
        Expr::Str(text) => Expr::Str(text.trim_end_matches(":*").to_owned()),
        other => other,
    };
    Value { expr, origin: arn.origin }
}

fn is_log_group(stack: &Stack, id: &str) -> bool {
    stack.resources.get(id).is_some_and(|resource| resource.type_name == "AWS::Logs::LogGroup")
}
