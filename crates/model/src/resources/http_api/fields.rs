//! The fields of an HTTP API, and of its links to load balancers.

use serde_json::Value;

use super::access::{IAM, OPEN};
use super::access_fields::{self, AUTHORIZER_FIELDS};
use crate::field::{Control, Field, TextRule};
use crate::resources::routing::route::METHODS;
use crate::retention;

const STAGES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html";
pub(super) const STAGE_VARIABLES: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html";
const THROTTLING: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html";
const LOGGING: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html";
const CORS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html";
const ENDPOINT: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html";
const HTTP: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html";
const PRIVATE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html";
pub(super) const ACCESS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html";
const ROUTES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html";
pub(super) const MAPPING: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html";

/// `$default`, or letters, digits, hyphens and underscores
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html>).
fn is_stage(text: &str) -> bool {
    text == super::DEFAULT_STAGE || text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A method, or `*` (RFC 9110).
fn is_method(text: &str) -> bool {
    text == "*" || text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The name of a header (RFC 9110).
pub(super) fn is_header(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn throttled(props: &Value) -> bool {
    props["throttling"]["enabled"] == true
}

fn logged(props: &Value) -> bool {
    props["accessLogs"]["enabled"] == true
}

fn cors(props: &Value) -> bool {
    props["cors"]["enabled"] == true
}

const HEADER: TextRule = TextRule::new(1, 128, "header", is_header);

pub(super) const FIELDS: &[Field] = &[
    Field::new("description", Control::Lines { rule: TextRule::any(1024) }),
    Field::new("stageName", Control::Text { rule: TextRule::new(1, 128, "stage", is_stage), example: "$default" })
        .section("stage")
        .required()
        .doc(STAGES),
    Field::new("autoDeploy", Control::Toggle).section("stage").doc(STAGES),
    Field::new("stageVariables", Control::Env).section("stage").doc(STAGE_VARIABLES),
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
    Field::new("accessLogs.enabled", Control::Toggle).section("stage").doc(LOGGING),
    Field::new("accessLogs.retentionDays", Control::ChoiceOf(retention::choices))
        .section("stage")
        .unit("days")
        .when(logged)
        .doc(LOGGING),
    Field::new("accessLogs.format", Control::Choice(&["json", "clf", "custom"]))
        .section("stage")
        .when(logged)
        .doc(LOGGING),
    Field::new("accessLogs.customFormat", Control::Lines { rule: TextRule::any(3000) })
        .section("stage")
        .required()
        .when(|props| logged(props) && props["accessLogs"]["format"] == "custom")
        .doc("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html"),
    Field::new("detailedMetrics", Control::Toggle)
        .section("stage")
        .doc("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html"),
    Field::new(
        "authorizers",
        Control::Records { fields: AUTHORIZER_FIELDS, new: "{}", title: &["name", "type"] },
    )
    .section("access")
    .doc(ACCESS),
    Field::new("cors.enabled", Control::Toggle).section("cors").doc(CORS),
    Field::new("cors.allowOrigins", Control::Texts { rule: TextRule::any(512), example: "https://tienda.example.com" })
        .section("cors")
        .required()
        .when(cors)
        .doc(CORS),
    Field::new("cors.allowMethods", Control::Texts { rule: TextRule::new(1, 32, "method", is_method), example: "GET" })
        .section("cors")
        .when(cors)
        .doc(CORS),
    Field::new("cors.allowHeaders", Control::Texts { rule: HEADER, example: "content-type" })
        .section("cors")
        .when(cors)
        .doc(CORS),
    Field::new("cors.exposeHeaders", Control::Texts { rule: HEADER, example: "x-request-id" })
        .section("cors")
        .when(cors)
        .doc(CORS),
    Field::new("cors.maxAge", Control::Number { min: -1, max: 86_400, step: 60 })
        .section("cors")
        .unit("seconds")
        .when(cors)
        .doc(CORS),
    Field::new("cors.allowCredentials", Control::Toggle).section("cors").when(cors).doc(CORS),
    Field::new("disableExecuteApiEndpoint", Control::Toggle).section("advanced").doc(ENDPOINT),
];

fn needs_name(mapping: &Value) -> bool {
    mapping["location"] == "header" || mapping["location"] == "querystring"
}

fn needs_value(mapping: &Value) -> bool {
    mapping["action"] != "remove"
}

fn has_method(route: &Value) -> bool {
    route["path"] != super::route::DEFAULT_ROUTE
}

/// Whether a token may be asked for: that of the link counts where a route says nothing.
fn has_authorizer(props: &Value) -> bool {
    let name = props["authorizer"].as_str();
    name.is_some_and(|name| ![OPEN, IAM].contains(&name)) || props["scopes"].as_array().is_some_and(|all| !all.is_empty())
}

const SCOPES: Control = Control::Texts { rule: TextRule::some(128), example: "pedidos/leer" };

const ROUTE_FIELDS: &[Field] = &[
    Field::new("method", Control::Choice(METHODS)).when(has_method).doc(ROUTES),
    Field::new("path", Control::Text { rule: TextRule::any(512), example: "/{proxy+}" }).required().doc(ROUTES),
    Field::new("authorizer", Control::ChoiceOf(access_fields::of_route)).doc(ACCESS),
    Field::new("scopes", SCOPES).when(has_authorizer).doc(ACCESS),
    Field::new("rate", Control::Number { min: 1, max: 1_000_000, step: 10 }).unit("requests_per_second").doc(THROTTLING),
    Field::new("burst", Control::Number { min: 1, max: 1_000_000, step: 10 }).unit("requests").doc(THROTTLING),
];

/// Routes, as the links to load balancers and to functions carry them.
const LINK_ROUTES: Field =
    Field::new("routes", Control::Records { fields: ROUTE_FIELDS, new: "{}", title: &["method", "path"] })
        .section("routes")
        .doc(ROUTES);
const LINK_TIMEOUT: Field = Field::new("timeoutMs", Control::Number { min: 50, max: 30_000, step: 1000 })
    .section("integration")
    .unit("milliseconds")
    .doc("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html");
const LINK_AUTHORIZER: Field =
    Field::new("authorizer", Control::ChoiceOf(access_fields::of_link)).section("access").doc(ACCESS);
const LINK_SCOPES: Field = Field::new("scopes", SCOPES).section("access").when(has_authorizer).doc(ACCESS);

pub(super) const FUNCTION_FIELDS: &[Field] = &[
    LINK_ROUTES,
    Field::new("payload", Control::Choice(&["2.0", "1.0"]))
        .section("integration")
        .doc("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"),
    LINK_TIMEOUT,
    LINK_AUTHORIZER,
    LINK_SCOPES,
];

const REQUEST_FIELDS: &[Field] = &[
    Field::new("action", Control::Choice(&["append", "overwrite", "remove"])).doc(MAPPING),
    Field::new("location", Control::Choice(&["header", "querystring", "path"])).doc(MAPPING),
    Field::new("name", Control::Text { rule: TextRule::any(256), example: "x-request-id" })
        .required()
        .when(needs_name)
        .doc(MAPPING),
    Field::new("value", Control::Suggest { rule: TextRule::any(512), from: super::mapping::request_suggestions })
        .required()
        .when(needs_value)
        .doc(MAPPING),
];

const RESPONSE_FIELDS: &[Field] = &[
    Field::new("status", Control::Number { min: 200, max: 599, step: 1 }).doc(MAPPING),
    Field::new("action", Control::Choice(&["append", "overwrite", "remove"])).doc(MAPPING),
    Field::new("location", Control::Choice(&["header", "statuscode"])).doc(MAPPING),
    Field::new("name", Control::Text { rule: TextRule::any(256), example: "x-request-id" })
        .required()
        .when(needs_name)
        .doc(MAPPING),
    Field::new("value", Control::Suggest { rule: TextRule::any(512), from: super::mapping::response_suggestions })
        .required()
        .when(needs_value)
        .doc(MAPPING),
];

pub(super) const INTEGRATION_FIELDS: &[Field] = &[
    LINK_ROUTES,
    Field::new("connection", Control::Choice(&["public", "private"])).section("integration").doc(PRIVATE),
    Field::new("method", Control::Choice(METHODS)).section("integration").doc(HTTP),
    LINK_TIMEOUT,
    Field::new("serverName", Control::Text { rule: TextRule::any(253), example: "api.example.com" })
        .section("integration")
        .doc(PRIVATE),
    Field::new(
        "requestParameters",
        Control::Records { fields: REQUEST_FIELDS, new: "{}", title: &["action", "location", "name"] },
    )
    .section("request_mapping")
    .doc(MAPPING),
    Field::new(
        "responseParameters",
        Control::Records { fields: RESPONSE_FIELDS, new: "{}", title: &["status", "action", "location", "name"] },
    )
    .section("response_mapping")
    .doc(MAPPING),
    LINK_AUTHORIZER,
    LINK_SCOPES,
];
