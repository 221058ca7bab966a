//! The fields of a REST API's links: its methods and what the integration carries.

use serde_json::Value;

use super::{api, named};
use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::resources::rest_api::integration::{IAM, OPEN};
use crate::resources::rest_api::mapping;
use crate::resources::routing::route::METHODS;

const METHOD: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html";
const ACCESS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html";
const VALIDATION: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html";
const HTTP: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html";
const PRIVATE: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html";
const LIMITS: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html";
const MAPPING: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html";

/// Nobody, IAM, or the authorizers of the API.
fn authorizers(place: &Place<'_>) -> Vec<Choice> {
    let mut all = vec![
        Choice { value: OPEN.into(), label: None },
        Choice { value: IAM.into(), label: Some("IAM".to_owned()) },
    ];
    let names = api(place).into_iter().flat_map(|api| api.authorizers.iter().map(|authorizer| &authorizer.name));
    all.extend(named(names).split_off(1));
    all
}

fn models(place: &Place<'_>) -> Vec<Choice> {
    named(api(place).into_iter().flat_map(|api| api.models.iter().map(|model| &model.name)))
}

fn has_authorizer(route: &Value) -> bool {
    route["authorizer"] != OPEN && route["authorizer"] != IAM && route["authorizer"].is_string()
}

const PARAM: &[Field] = &[
    Field::new("location", Control::Choice(&["header", "querystring"])).doc(VALIDATION),
    Field::new("name", Control::Text { rule: TextRule::some(128), example: "categoria" }).required().doc(VALIDATION),
    Field::new("required", Control::Toggle).doc(VALIDATION),
];

const VERB: Field = Field::new("method", Control::Choice(METHODS)).doc(METHOD);
const PATH: Field =
    Field::new("path", Control::Text { rule: TextRule::any(512), example: "/productos/{id}" }).required().doc(METHOD);
const TARGET: Field =
    Field::new("backendPath", Control::Text { rule: TextRule::any(512), example: "/v1/productos/{id}" }).doc(HTTP);
const KEY: Field = Field::new("apiKey", Control::Toggle).doc(super::PLANS);
const AUTHORIZER: Field = Field::new("authorizer", Control::ChoiceOf(authorizers)).doc(ACCESS);
const SCOPES: Field =
    Field::new("scopes", Control::Texts { rule: TextRule::some(256), example: "tienda/leer" })
        .when(has_authorizer)
        .doc(super::COGNITO);
const CHECKED: Field = Field::new("validation", Control::Choice(&["none", "body", "params", "all"])).doc(VALIDATION);
const MODEL: Field = Field::new("model", Control::ChoiceOf(models)).doc(VALIDATION);
const PARAMS: Field =
    Field::new("params", Control::Records { fields: PARAM, new: "{}", title: &["location", "name"] }).doc(VALIDATION);

/// A method that leads to a load balancer.
const ROUTE: &[Field] = &[VERB, PATH, TARGET, KEY, AUTHORIZER, SCOPES, CHECKED, MODEL, PARAMS];
/// A method that leads to a function, which is told the path of the request.
const FUNCTION_ROUTE: &[Field] = &[VERB, PATH, KEY, AUTHORIZER, SCOPES, CHECKED, MODEL, PARAMS];

/// A new method.
const NEW_ROUTE: &str = r#"{"authorizer": "open"}"#;

// AWS names no upper end; five minutes is what it has granted.
const TIMEOUT: Field = Field::new("timeoutMs", Control::Number { min: 50, max: 300_000, step: 1000 })
    .section("integration")
    .unit("milliseconds")
    .doc(LIMITS);

const REQUEST: &[Field] = &[
    Field::new("location", Control::Choice(&["header", "querystring", "path"])).doc(MAPPING),
    Field::new("name", Control::Text { rule: TextRule::any(256), example: "x-request-id" }).required().doc(MAPPING),
    Field::new("value", Control::Suggest { rule: TextRule::any(512), from: mapping::suggestions })
        .required()
        .doc(MAPPING),
];

pub(in crate::resources::rest_api) const INTEGRATION_FIELDS: &[Field] = &[
    Field::new("routes", Control::Records { fields: ROUTE, new: NEW_ROUTE, title: &["method", "path"] })
        .section("routes")
        .doc(METHOD),
    Field::new("connection", Control::Choice(&["public", "private"])).section("integration").doc(PRIVATE),
    Field::new("method", Control::Choice(METHODS)).section("integration").doc(HTTP),
    TIMEOUT,
    Field::new("serverName", Control::Text { rule: TextRule::any(253), example: "api.example.com" })
        .section("integration")
        .doc(PRIVATE),
    Field::new(
        "requestParameters",
        Control::Records { fields: REQUEST, new: "{}", title: &["location", "name"] },
    )
    .section("request_mapping")
    .doc(MAPPING),
];

pub(in crate::resources::rest_api) const FUNCTION_FIELDS: &[Field] = &[
    Field::new("routes", Control::Records { fields: FUNCTION_ROUTE, new: NEW_ROUTE, title: &["method", "path"] })
        .section("routes")
        .doc(METHOD),
    TIMEOUT,
];
