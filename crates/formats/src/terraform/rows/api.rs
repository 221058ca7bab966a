//! API Gateway: HTTP APIs and REST APIs.

use trazo_stack::{Expr, Object, Resource, Value, map};

use super::{Row, Rule, plain};
use crate::terraform::Writer;
use crate::terraform::arguments::Rule::{By, Json, Plain, Skip, To};

pub(super) static ROWS: &[Row] = &[
    Row { attributes: &[("ApiId", "id")], ..plain("AWS::ApiGatewayV2::Api", "aws_apigatewayv2_api", &[]) },
    plain(
        "AWS::ApiGatewayV2::Integration",
        "aws_apigatewayv2_integration",
        &[
            ("TimeoutInMillis", To("timeout_milliseconds")),
            ("RequestParameters", Plain("request_parameters")),
            ("ResponseParameters", By(answers)),
        ],
    ),
    plain("AWS::ApiGatewayV2::Route", "aws_apigatewayv2_route", &[]),
    Row {
        reference: "name",
        ..plain(
            "AWS::ApiGatewayV2::Stage",
            "aws_apigatewayv2_stage",
            &[("StageName", To("name")), ("StageVariables", Plain("stage_variables")), ("RouteSettings", By(routes))],
        )
    },
    plain("AWS::ApiGatewayV2::VpcLink", "aws_apigatewayv2_vpc_link", &[]),
    Row {
        attributes: &[("AuthorizerId", "id")],
        ..plain(
            "AWS::ApiGatewayV2::Authorizer",
            "aws_apigatewayv2_authorizer",
            &[("IdentitySource", To("identity_sources"))],
        )
    },
    plain("AWS::ApiGatewayV2::Deployment", "aws_apigatewayv2_deployment", &[]),
    plain(
        "AWS::ApiGateway::RestApi",
        "aws_api_gateway_rest_api",
        &[("ApiKeySourceType", To("api_key_source")), ("Policy", Json("policy"))],
    ),
    plain("AWS::ApiGateway::Resource", "aws_api_gateway_resource", &[]),
    Row { finish: Some(method), ..plain("AWS::ApiGateway::Method", "aws_api_gateway_method", METHOD) },
    Row { finish: Some(before_the_old), ..plain("AWS::ApiGateway::Deployment", "aws_api_gateway_deployment", &[]) },
    Row {
        reference: "stage_name",
        ..plain(
            "AWS::ApiGateway::Stage",
            "aws_api_gateway_stage",
            &[
                ("AccessLogSetting", To("access_log_settings")),
                ("TracingEnabled", To("xray_tracing_enabled")),
                ("Variables", Plain("variables")),
                ("MethodSettings", By(method_settings)),
            ],
        )
    },
    plain(
        "AWS::ApiGateway::UsagePlan",
        "aws_api_gateway_usage_plan",
        &[
            ("UsagePlanName", To("name")),
            ("Throttle", To("throttle_settings")),
            ("Quota", To("quota_settings")),
            ("ApiStages.Throttle", By(throttles)),
        ],
    ),
    plain("AWS::ApiGateway::UsagePlanKey", "aws_api_gateway_usage_plan_key", &[]),
    plain("AWS::ApiGateway::ApiKey", "aws_api_gateway_api_key", &[("StageKeys", Skip), ("GenerateDistinctId", Skip)]),
    plain("AWS::ApiGateway::RequestValidator", "aws_api_gateway_request_validator", &[]),
    Row {
        reference: "name",
        ..plain("AWS::ApiGateway::Model", "aws_api_gateway_model", &[("Schema", Json("schema"))])
    },
    plain(
        "AWS::ApiGateway::Authorizer",
        "aws_api_gateway_authorizer",
        &[("ProviderARNs", To("provider_arns")), ("AuthType", Skip)],
    ),
    plain(
        "AWS::ApiGateway::GatewayResponse",
        "aws_api_gateway_gateway_response",
        &[("ResponseParameters", Plain("response_parameters")), ("ResponseTemplates", Plain("response_templates"))],
    ),
    plain("AWS::ApiGateway::Account", "aws_api_gateway_account", &[("CloudWatchRoleArn", To("cloudwatch_role_arn"))]),
];

const METHOD: &[(&str, Rule)] = &[
    ("AuthorizationType", To("authorization")),
    ("RequestParameters", Plain("request_parameters")),
    ("RequestModels", Plain("request_models")),
    ("Integration", Skip),
    ("MethodResponses", Skip),
];

static INTEGRATION: Row = plain(
    "",
    "aws_api_gateway_integration",
    &[
        ("TimeoutInMillis", To("timeout_milliseconds")),
        ("RequestParameters", Plain("request_parameters")),
        ("RequestTemplates", Plain("request_templates")),
        ("IntegrationResponses", Skip),
    ],
);

static ANSWER: Row = plain(
    "",
    "",
    &[
        ("ResponseParameters", Plain("response_parameters")),
        ("ResponseTemplates", Plain("response_templates")),
        ("ResponseModels", Plain("response_models")),
    ],
);

/// What a method does and answers are resources of their own.
fn method(writer: &mut Writer<'_>, resource: &Resource, _: &mut Object) {
    let address = writer.address(&writer.id).unwrap_or_default();
    let place = |attribute: &str| (attribute.to_owned(), Value::from(format!("${{{address}.{attribute}}}")));
    let whole = || Object::from_iter(["rest_api_id", "resource_id", "http_method"].map(place));
    if let Some(Value { expr: Expr::Map(entries), origin }) = resource.get("Integration") {
        let mut body = whole();
        writer.arguments(&INTEGRATION, "", entries, &mut body);
        writer.beside(INTEGRATION.to, "", body, origin.as_ref());
    }
    let sides = [
        ("MethodResponses", "aws_api_gateway_method_response"),
        ("Integration.IntegrationResponses", "aws_api_gateway_integration_response"),
    ];
    for (path, kind) in sides {
        for item in resource.items(path) {
            let Expr::Map(entries) = &item.expr else { continue };
            let mut body = whole();
            writer.arguments(&ANSWER, "", entries, &mut body);
            // AWS refuses the answer of an integration whose method does not know it.
            if kind.ends_with("integration_response") {
                let before = writer.beside.clone().into_iter();
                let before = before.filter(|it| !it.starts_with("aws_api_gateway_integration_response"));
                body.insert("depends_on".into(), trazo_stack::list(before));
            }
            let status = item.get("StatusCode").map(|it| it.as_int().unwrap_or_default().to_string());
            writer.beside(kind, &status.unwrap_or_default(), body, item.origin.as_ref());
        }
    }
}

/// A stage never stands without a deployment.
fn before_the_old(_: &mut Writer<'_>, _: &Resource, body: &mut Object) {
    body.insert("lifecycle".into(), map([("create_before_destroy", true.into())]));
}

fn answers(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let Expr::Map(by_status) = &value.expr else { return };
    let mut all = Vec::new();
    for (status, held) in by_status {
        let pairs = held.get("ResponseParameters").map(|it| writer.pairs(it, "Destination", "Source"));
        let mappings = pairs.unwrap_or_else(|| Object::new().into());
        let one = map([("status_code", status.as_str().into()), ("mappings", mappings)]);
        all.push(Value { origin: held.origin.clone(), ..one });
    }
    out.insert("response_parameters".into(), Value { origin: value.origin.clone(), ..all.into() });
}

/// A map by a key as blocks that name it.
fn keyed(writer: &mut Writer<'_>, value: &Value, key: &str) -> Value {
    let row = plain("", "", &[]);
    let Expr::Map(entries) = &value.expr else { return writer.value(value) };
    let mut all = Vec::new();
    for (name, held) in entries {
        let mut one = Object::from_iter([(key.to_owned(), crate::terraform::expression::literal(name).into())]);
        if let Expr::Map(settings) = &held.expr {
            writer.arguments(&row, "", settings, &mut one);
        }
        all.push(Value { origin: held.origin.clone(), ..one.into() });
    }
    Value { origin: value.origin.clone(), ..all.into() }
}

fn routes(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let all = keyed(writer, value, "route_key");
    out.insert("route_settings".into(), all);
}

fn throttles(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let all = keyed(writer, value, "path");
    out.insert("throttle".into(), all);
}

/// What methods of a stage are allowed is a resource of its own.
fn method_settings(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let row = plain(
        "",
        "",
        &[("HttpMethod", Skip), ("ResourcePath", Skip), ("CacheTtlInSeconds", To("cache_ttl_in_seconds"))],
    );
    let address = writer.address(&writer.id).unwrap_or_default();
    for item in value.items() {
        let Expr::Map(entries) = &item.expr else { continue };
        let mut settings = Object::new();
        writer.arguments(&row, "", entries, &mut settings);
        let part = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("*").to_owned();
        let path = part("ResourcePath");
        let path = path.trim_start_matches('/').trim_start_matches("~1");
        let place = |attribute: &str| Value::from(format!("${{{address}.{attribute}}}"));
        let method_path = format!("{path}/{}", part("HttpMethod"));
        let name = method_path.replace('*', "all");
        let body = Object::from_iter([
            ("rest_api_id".to_owned(), place("rest_api_id")),
            ("stage_name".to_owned(), place("stage_name")),
            ("method_path".to_owned(), method_path.into()),
            ("settings".to_owned(), settings.into()),
        ]);
        let origin = item.origin.as_ref().or(value.origin.as_ref());
        writer.beside("aws_api_gateway_method_settings", &name, body, origin);
    }
}
