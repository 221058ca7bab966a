//! The fields of an HTTP API, and of its links to load balancers.

use serde_json::Value;

use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::resources::routing::route::METHODS;

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
const ROUTES: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html";
pub(super) const MAPPING: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html";

/// The days that CloudWatch Logs can keep logs for, up to two years
/// (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>).
const RETENTION: [i64; 14] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 731];

fn retention(_: &Place<'_>) -> Vec<Choice> {
    RETENTION.iter().map(|days| Choice { value: (*days).into(), label: Some(days.to_string()) }).collect()
}

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
    Field::new("accessLogs.retentionDays", Control::ChoiceOf(retention))
        .section("stage")
        .unit("days")
        .when(logged)
        .doc(LOGGING),
    Field::new("cors.enabled", Control::Toggle).section("cors").doc(CORS),
    Field::new("cors.allowOrigins", Control::Texts { rule: TextRule::any(512), example: "https://tienda.example.com" })
        .section("cors")
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

const ROUTE_FIELDS: &[Field] = &[
    Field::new("method", Control::Choice(METHODS)).when(has_method).doc(ROUTES),
    Field::new("path", Control::Text { rule: TextRule::any(512), example: "/{proxy+}" }).required().doc(ROUTES),
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
    Field::new("routes", Control::Records { fields: ROUTE_FIELDS, new: "{}", title: &["method", "path"] })
        .section("routes")
        .doc(ROUTES),
    Field::new("connection", Control::Choice(&["public", "private"])).section("integration").doc(PRIVATE),
    Field::new("method", Control::Choice(METHODS)).section("integration").doc(HTTP),
    Field::new("timeoutMs", Control::Number { min: 50, max: 30_000, step: 1000 })
        .section("integration")
        .unit("milliseconds")
        .doc("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"),
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
];
