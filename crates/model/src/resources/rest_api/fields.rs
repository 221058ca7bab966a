//! The fields of a REST API.

mod route;

use serde_json::Value;

use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::{Kind, Target, Typed};

use super::RestApi;

pub(super) use route::{FUNCTION_FIELDS, INTEGRATION_FIELDS};

const ENDPOINT: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html";
const PRIVATE: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html";
const STAGES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html";
const THROTTLING: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html";
const LOGGING: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html";
const TRACING: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html";
const VARIABLES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html";
const CORS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html";
pub(super) const MODELS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html";
const COGNITO: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html";
const LAMBDA: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html";
pub(super) const PLANS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html";
const KEY_SOURCE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html";
const BINARY: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html";
const COMPRESSION: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html";
const DISABLE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html";

/// Letters, digits, hyphens and underscores
/// (<https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html>).
fn is_stage(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Letters, digits, hyphens and underscores; not the words that stand for no authorizer.
fn is_authorizer(text: &str) -> bool {
    is_stage(text) && text != super::integration::OPEN && text != super::integration::IAM
}

/// `arn:aws:cognito-idp:region:account:userpool/id`
/// (<https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>).
fn is_user_pool(text: &str) -> bool {
    text.starts_with("arn:") && text.contains(":cognito-idp:") && text.contains(":userpool/")
}

fn is_function(text: &str) -> bool {
    text.starts_with("arn:") && text.contains(":lambda:") && text.contains(":function:") && is_bare(text)
}

fn is_role(text: &str) -> bool {
    text.starts_with("arn:") && text.contains(":iam::") && text.contains(":role/") && is_bare(text)
}

fn is_bare(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic() && !b"{}$".contains(&b))
}

fn is_vpc_endpoint(text: &str) -> bool {
    text.strip_prefix("vpce-").is_some_and(|rest| !rest.is_empty() && is_alphanumeric(rest))
}

/// The name of a header (RFC 9110).
fn is_header(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// `type/subtype`; either may be `*`.
fn is_media_type(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"*.+-_".contains(&b));
    text.split_once('/').is_some_and(|(kind, rest)| part(kind) && part(rest))
}

/// A parameter of the request, or a variable of the context or the stage.
fn is_source(text: &str) -> bool {
    ["method.request.header.", "method.request.querystring.", "context.", "stageVariables."]
        .iter()
        .any(|beginning| text.strip_prefix(beginning).is_some_and(|rest| !rest.is_empty() && is_bare(rest)))
}

/// The API that a place is in, or that its link begins at.
fn api<'a>(place: &Place<'a>) -> Option<&'a RestApi> {
    let node = match place.target {
        Target::Node(id) => place.design.node(id)?,
        Target::Link(id) => place.design.node(&place.design.link(id)?.from)?,
        _ => return None,
    };
    RestApi::of(&node.props)
}

/// Names to choose from, none of them first.
fn named<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Choice> {
    let none = Choice { value: "".into(), label: Some("–".to_owned()) };
    let names = names.filter(|name| !name.is_empty());
    std::iter::once(none)
        .chain(names.map(|name| Choice { value: name.as_str().into(), label: Some(name.clone()) }))
        .collect()
}

fn plans(place: &Place<'_>) -> Vec<Choice> {
    named(api(place).into_iter().flat_map(|api| api.usage_plans.iter().map(|plan| &plan.name)))
}

/// Functions that may be asked: those of the design.
fn functions(place: &Place<'_>) -> Vec<Choice> {
    let all = place.design.nodes_of(Kind::LambdaFunction);
    all.map(|node| Choice { value: node.id.as_str().into(), label: Some(node.name.clone()) }).collect()
}

fn throttled(props: &Value) -> bool {
    props["throttling"]["enabled"] == true
}

fn logs(props: &Value) -> bool {
    props["accessLogs"]["enabled"] == true || props["executionLogs"] != "off"
}

fn cors(props: &Value) -> bool {
    props["cors"]["enabled"] == true
}

fn private(props: &Value) -> bool {
    props["endpoint"] == "PRIVATE"
}

fn cognito(authorizer: &Value) -> bool {
    authorizer["type"] == "cognito"
}

fn request(authorizer: &Value) -> bool {
    authorizer["type"] == "request"
}

fn quota(plan: &Value) -> bool {
    plan["quota"]["enabled"] == true
}

const NAME: TextRule = TextRule::some(128);
const HEADER: TextRule = TextRule::new(1, 128, "header", is_header);

const MODEL: &[Field] = &[
    Field::new("name", Control::Text { rule: TextRule::new(1, 128, "alphanumeric", is_alphanumeric), example: "Producto" })
        .required()
        .doc(MODELS),
    Field::new(
        "contentType",
        Control::Text { rule: TextRule::new(1, 128, "media_type", is_media_type), example: super::JSON },
    )
    .required()
    .doc(MODELS),
    Field::new("schema", Control::Lines { rule: TextRule::any(400_000) }).required().doc(MODELS),
];

const AUTHORIZER: &[Field] = &[
    Field::new("name", Control::Text { rule: TextRule::new(1, 128, "authorizer", is_authorizer), example: "clientes" })
        .required()
        .doc(LAMBDA),
    Field::new("type", Control::Choice(&["cognito", "token", "request"])).doc(LAMBDA),
    Field::new(
        "userPools",
        Control::Texts {
            rule: TextRule::new(1, 256, "user_pool", is_user_pool),
            example: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a1B2c3D4e",
        },
    )
    .required()
    .when(cognito)
    .doc(COGNITO),
    Field::new("function", Control::ChoiceOf(functions)).when(|authorizer| !cognito(authorizer)).doc(LAMBDA),
    Field::new(
        "functionArn",
        Control::Text {
            rule: TextRule::new(1, 256, "function_arn", is_function),
            example: "arn:aws:lambda:us-east-1:123456789012:function:autorizador",
        },
    )
    .required()
    .when(|authorizer| !cognito(authorizer) && authorizer["function"].is_null())
    .doc(LAMBDA),
    Field::new("header", Control::Text { rule: HEADER, example: "Authorization" })
        .required()
        .when(|authorizer| !request(authorizer))
        .doc(LAMBDA),
    Field::new(
        "sources",
        Control::Texts {
            rule: TextRule::new(1, 256, "identity_source", is_source),
            example: "method.request.header.Authorization",
        },
    )
    .when(request)
    .doc(LAMBDA),
    Field::new("ttl", Control::Number { min: 0, max: 3600, step: 60 })
        .unit("seconds")
        .when(|authorizer| !cognito(authorizer))
        .doc(LAMBDA),
];

const KEY: &[Field] = &[
    Field::new("name", Control::Text { rule: NAME, example: "tienda-movil" }).required().doc(PLANS),
    Field::new("plan", Control::ChoiceOf(plans)).doc(PLANS),
    Field::new("enabled", Control::Toggle).doc(PLANS),
];

const PLAN: &[Field] = &[
    Field::new("name", Control::Text { rule: NAME, example: "basico" }).required().doc(PLANS),
    Field::new("throttling.enabled", Control::Toggle).doc(PLANS),
    Field::new("throttling.rate", Control::Number { min: 1, max: 1_000_000, step: 1 })
        .unit("requests_per_second")
        .when(throttled)
        .doc(PLANS),
    Field::new("throttling.burst", Control::Number { min: 1, max: 1_000_000, step: 1 })
        .unit("requests")
        .when(throttled)
        .doc(PLANS),
    Field::new("quota.enabled", Control::Toggle).doc(PLANS),
    Field::new("quota.limit", Control::Number { min: 1, max: 2_000_000_000, step: 1000 })
        .unit("requests")
        .when(quota)
        .doc(PLANS),
    Field::new("quota.period", Control::Choice(&["DAY", "WEEK", "MONTH"])).when(quota).doc(PLANS),
];

pub(super) const FIELDS: &[Field] = &[
    Field::new("description", Control::Lines { rule: TextRule::any(1024) }),
    Field::new("endpoint", Control::Choice(&["REGIONAL", "EDGE", "PRIVATE"])).doc(ENDPOINT),
    Field::new(
        "vpcEndpoints",
        Control::Texts {
            rule: TextRule::new(1, 64, "vpc_endpoint", is_vpc_endpoint),
            example: "vpce-0123456789abcdef0",
        },
    )
    .required()
    .when(private)
    .doc(PRIVATE),
    Field::new("stageName", Control::Text { rule: TextRule::new(1, 128, "rest_stage", is_stage), example: "prod" })
        .section("stage")
        .required()
        .doc(STAGES),
    Field::new("throttling.enabled", Control::Toggle).section("stage").doc(THROTTLING),
    Field::new("throttling.rate", Control::Number { min: 1, max: 1_000_000, step: 10 })
        .section("stage")
        .unit("requests_per_second")
        .when(throttled)
        .doc(THROTTLING),
    Field::new("throttling.burst", Control::Number { min: 1, max: 1_000_000, step: 10 })
        .section("stage")
        .unit("requests")
        .when(throttled)
        .doc(THROTTLING),
    Field::new("stageVariables", Control::Env).section("stage").doc(VARIABLES),
    Field::new("models", Control::Records { fields: MODEL, new: "{}", title: &["name"] })
        .section("models")
        .doc(MODELS),
    Field::new("authorizers", Control::Records { fields: AUTHORIZER, new: "{}", title: &["name", "type"] })
        .section("authorizers")
        .doc(LAMBDA),
    Field::new("usagePlans", Control::Records { fields: PLAN, new: "{}", title: &["name"] })
        .section("keys")
        .doc(PLANS),
    Field::new("apiKeys", Control::Records { fields: KEY, new: "{}", title: &["name", "plan"] })
        .section("keys")
        .doc(PLANS),
    Field::new("keySource", Control::Choice(&["HEADER", "AUTHORIZER"])).section("keys").doc(KEY_SOURCE),
    Field::new("cors.enabled", Control::Toggle).section("cors").doc(CORS),
    Field::new("cors.origin", Control::Text { rule: TextRule::some(512), example: "https://tienda.example.com" })
        .section("cors")
        .required()
        .when(cors)
        .doc(CORS),
    Field::new("cors.headers", Control::Texts { rule: HEADER, example: "Content-Type" })
        .section("cors")
        .when(cors)
        .doc(CORS),
    Field::new("cors.maxAge", Control::Number { min: 0, max: 86_400, step: 60 })
        .section("cors")
        .unit("seconds")
        .when(cors)
        .doc(CORS),
    Field::new("cors.credentials", Control::Toggle).section("cors").when(cors).doc(CORS),
    Field::new("accessLogs.enabled", Control::Toggle).section("observability").doc(LOGGING),
    Field::new("accessLogs.retentionDays", Control::ChoiceOf(crate::retention::choices))
        .section("observability")
        .unit("days")
        .when(|props| props["accessLogs"]["enabled"] == true)
        .doc(LOGGING),
    Field::new("executionLogs", Control::Choice(&["off", "error", "info"])).section("observability").doc(LOGGING),
    Field::new("logsRole", Control::Choice(&["made", "existing", "account"]))
        .section("observability")
        .when(logs)
        .doc(LOGGING),
    Field::new(
        "logsRoleArn",
        Control::Text {
            rule: TextRule::new(1, 2048, "role_arn", is_role),
            example: "arn:aws:iam::123456789012:role/LabRole",
        },
    )
    .section("observability")
    .required()
    .when(|props| logs(props) && props["logsRole"] == "existing")
    .doc(LOGGING),
    Field::new("metrics", Control::Toggle).section("observability").doc(LOGGING),
    Field::new("tracing", Control::Toggle).section("observability").doc(TRACING),
    Field::new(
        "binaryMediaTypes",
        Control::Texts { rule: TextRule::new(1, 128, "media_type", is_media_type), example: "image/png" },
    )
    .section("advanced")
    .doc(BINARY),
    Field::new("minCompression", Control::Number { min: 0, max: 10_485_760, step: 1024 })
        .section("advanced")
        .unit("bytes")
        .doc(COMPRESSION),
    Field::new("disableExecuteApiEndpoint", Control::Toggle).section("advanced").doc(DISABLE),
];
