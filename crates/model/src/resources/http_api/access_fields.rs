//! The fields of authorizers, and what links and routes may choose of them.

use serde_json::Value;

use super::HttpApi;
use super::access::{IAM, OPEN};
use super::links::backend;
use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::{Kind, Target};

const JWT: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html";
const LAMBDA: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html";

fn is_jwt(authorizer: &Value) -> bool {
    authorizer["type"] != "lambda"
}

fn is_lambda(authorizer: &Value) -> bool {
    authorizer["type"] == "lambda"
}

/// Functions that may be asked: those of the design.
fn functions(place: &Place<'_>) -> Vec<Choice> {
    let all = place.design.nodes_of(Kind::LambdaFunction);
    all.map(|node| Choice { value: node.id.as_str().into(), label: Some(node.name.clone()) }).collect()
}

pub(super) const AUTHORIZER_FIELDS: &[Field] = &[
    Field::new("name", Control::Text { rule: TextRule::some(128), example: "clientes" }).required().doc(JWT),
    Field::new("type", Control::Choice(&["jwt", "lambda"])),
    Field::new(
        "issuer",
        Control::Text { rule: TextRule::any(1024), example: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI" },
    )
    .required()
    .when(is_jwt)
    .doc(JWT),
    Field::new("audience", Control::Texts { rule: TextRule::some(1024), example: "tienda-web" })
        .required()
        .when(is_jwt)
        .doc(JWT),
    Field::new("function", Control::ChoiceOf(functions)).when(is_lambda).doc(LAMBDA),
    Field::new(
        "functionArn",
        Control::Text {
            rule: TextRule::any(256),
            example: "arn:aws:lambda:us-east-1:123456789012:function:autorizador",
        },
    )
    .required()
    .when(|authorizer| is_lambda(authorizer) && authorizer["function"].is_null())
    .doc(LAMBDA),
    Field::new("payload", Control::Choice(&["2.0", "1.0"])).when(is_lambda).doc(LAMBDA),
    // Yes and no are answers to the newer payload only.
    Field::new("simpleResponses", Control::Toggle)
        .when(|authorizer| is_lambda(authorizer) && authorizer["payload"] != "1.0")
        .doc(LAMBDA),
    Field::new("cacheSeconds", Control::Number { min: 0, max: 3600, step: 60 })
        .unit("seconds")
        .when(is_lambda)
        .doc(LAMBDA),
    Field::new(
        "identitySources",
        Control::Texts { rule: TextRule::some(512), example: "$request.header.Authorization" },
    )
    .doc(LAMBDA),
];

/// Whom a link may have asked.
pub(super) fn of_link(place: &Place<'_>) -> Vec<Choice> {
    choices(place, &[IAM])
}

/// Whom a route may have asked, and nobody, where its link asks somebody.
pub(super) fn of_route(place: &Place<'_>) -> Vec<Choice> {
    choices(place, &[IAM, OPEN])
}

fn choices(place: &Place<'_>, fixed: &[&str]) -> Vec<Choice> {
    let Target::Link(id) = place.target else { return Vec::new() };
    let Some(link) = place.design.link(id) else { return Vec::new() };
    let api = place.design.get::<HttpApi>(&link.from);
    let named = |name: &str| {
        let word = [IAM, OPEN].contains(&name);
        Choice { value: name.into(), label: (!word).then(|| name.to_owned()) }
    };
    let mut all: Vec<Choice> = Vec::new();
    all.extend(api.into_iter().flat_map(|(_, api)| &api.authorizers).map(|authorizer| named(&authorizer.name)));
    all.extend(fixed.iter().map(|word| named(word)));
    // What is set but not there is told by a check, which knows more than that it cannot be chosen.
    if let Some(backend) = backend(link) {
        let own = backend.routes.iter().filter_map(|route| route.authorizer.as_deref());
        for name in backend.authorizer.into_iter().chain(own) {
            if all.iter().all(|choice| choice.value != name) {
                all.push(named(name));
            }
        }
    }
    all
}
