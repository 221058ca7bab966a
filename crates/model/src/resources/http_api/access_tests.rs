//! Functions behind an API, who may call its routes, its logs.

use serde_json::{Value, json};

use crate::testing::{Drawing, shop};
use crate::{Kind, LinkId, NodeId, Target};

const NONE: [&str; 0] = [];
const ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI";

fn api() -> NodeId {
    "api1".into()
}

fn to_balancer(d: &Drawing) -> LinkId {
    d.design.link_between(&api(), &"alb1".into()).unwrap().id.clone()
}

/// The shop with a function beside the load balancer: `fn1`, `POST /confirmaciones`.
fn with_function() -> (Drawing, LinkId) {
    let mut d = shop();
    let function = d.node(Kind::LambdaFunction, "confirmaciones");
    let link = d.link(&api(), &function);
    d.set(&link, "routes", json!([{"method": "POST", "path": "/confirmaciones"}]));
    (d, link)
}

fn jwt() -> Value {
    json!({"name": "clientes", "type": "jwt", "issuer": ISSUER, "audience": ["tienda-web"]})
}

/// A Lambda authorizer that asks `fn1`.
fn lambda() -> Value {
    json!({"name": "porteria", "type": "lambda", "function": "fn1"})
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

/// The API's part of the template, and what belongs to the function's link.
fn only(d: &Drawing) -> Value {
    let Value::Object(mut all) = d.stack() else { panic!() };
    all.retain(|id, _| id.starts_with("Api"));
    Value::Object(all)
}

#[test]
fn a_new_link_to_a_function_takes_the_paths_that_are_left() {
    let mut d = shop();
    let function = d.node(Kind::LambdaFunction, "confirmaciones");
    let link = d.link(&api(), &function);
    assert_eq!(d.get(&link, "routes"), json!([{"method": "ANY", "path": "/confirmaciones/{proxy+}"}]));
    assert_eq!(d.codes(), NONE);
    let mut d = Drawing::new();
    let (api, function) = (d.node(Kind::HttpApi, "api"), d.node(Kind::LambdaFunction, "todo"));
    let link = d.link(&api, &function);
    assert_eq!(d.get(&link, "routes.0.path"), "/{proxy+}");
    assert_eq!(d.codes(), NONE, "an API with a function alone leads somewhere");
}

#[test]
fn lowering_of_a_function() {
    let (mut d, link) = with_function();
    d.set(&link, "payload", "1.0");
    d.set(&link, "timeoutMs", 12_000);
    assert_eq!(d.codes(), NONE);
    insta::assert_json_snapshot!(only(&d));
}

#[test]
fn routes_are_one_of_a_kind_over_balancers_and_functions() {
    let (mut d, link) = with_function();
    for (routes, code) in [
        (json!([{"path": "/{proxy+}"}]), "API006"),
        (json!([{"path": "/{resto+}"}]), "API007"),
        (json!([{"path": "confirmaciones"}]), "API003"),
        (json!([]), "API002"),
        (json!([{"path": "$default"}, {"path": "$default"}]), "API006"),
    ] {
        d.set(&link, "routes", routes.clone());
        assert_eq!(d.codes(), [code], "{routes}");
        assert_eq!(d.found(code)[0].link(), Some(&link));
        d.mend(code);
    }
}

#[test]
fn a_function_has_no_more_time_than_the_api() {
    let (mut d, link) = with_function();
    let function = NodeId::new("fn1");
    d.set(&function, "timeout", 31);
    assert_eq!(d.codes(), ["API040"]);
    d.mend("API040");
    assert_eq!(d.get(&function, "timeout"), 30);
    d.set(&link, "timeoutMs", 2_500);
    d.mend("API040");
    assert_eq!(d.get(&function, "timeout"), 2);
    d.set(&link, "timeoutMs", 30_001);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn lowering_of_tokens() {
    let (mut d, link) = with_function();
    d.set(&api(), "authorizers", json!([jwt()]));
    d.set(&link, "authorizer", "clientes");
    d.set(&link, "scopes", json!(["pedidos/escribir"]));
    d.set(
        &link,
        "routes",
        json!([
            {"method": "POST", "path": "/confirmaciones"},
            {"method": "GET", "path": "/confirmaciones/{id}", "scopes": ["pedidos/leer"]},
            {"method": "GET", "path": "/estado", "authorizer": "open"},
            {"method": "DELETE", "path": "/confirmaciones/{id}", "authorizer": "AWS_IAM"},
        ]),
    );
    assert_eq!(d.codes(), NONE);
    insta::assert_json_snapshot!(only(&d));
}

#[test]
fn lowering_of_a_function_that_is_asked() {
    let (mut d, _) = with_function();
    let guard = d.node(Kind::LambdaFunction, "porteria");
    assert_eq!(d.codes(), ["FUN001"]);
    let asks = with(with(lambda(), "function", json!(guard.as_str())), "cacheSeconds", json!(60));
    d.set(&api(), "authorizers", json!([asks]));
    assert_eq!(d.codes(), ["API044"], "the function is asked, but no route says so");
    let link = to_balancer(&d);
    d.set(&link, "authorizer", "porteria");
    assert_eq!(d.codes(), NONE);
    let stack = d.stack();
    insta::assert_json_snapshot!([
        &stack["ApiAuthorizerPorteria"],
        &stack["ApiAuthorizerPorteriaPermission"],
        &stack["ApiRouteAnyProxy"]
    ]);
    assert_eq!(stack["ApiRoutePostConfirmaciones"]["AuthorizationType"], Value::Null);
}

#[test]
fn a_function_elsewhere_is_asked_by_its_arn() {
    let (mut d, link) = with_function();
    d.set(&link, "authorizer", "porteria");
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:porteria";
    let asks = |arn: &str| json!([{"name": "porteria", "type": "lambda", "functionArn": arn}]);
    d.set(&api(), "authorizers", asks(""));
    assert_eq!(d.codes(), ["FLD001"]);
    d.set(&api(), "authorizers", asks("porteria"));
    assert_eq!(d.codes(), ["API043"]);
    d.set(&api(), "authorizers", asks(arn));
    assert_eq!(d.codes(), NONE);
    let stack = d.stack();
    let uri = stack["ApiAuthorizerPorteria"]["AuthorizerUri"].as_str().unwrap();
    assert!(uri.ends_with(&format!("/functions/{arn}/invocations")), "{uri}");
    assert_eq!(stack["ApiAuthorizerPorteriaPermission"]["FunctionName"], arn);
}

#[test]
fn wrong_authorizers_are_told() {
    for (authorizer, code, mendable) in [
        (with(jwt(), "issuer", json!("")), "FLD001", false),
        (with(jwt(), "audience", json!([])), "FLD001", false),
        (with(jwt(), "issuer", json!("http://id.example.com")), "API042", true),
        (with(jwt(), "identitySources", json!(["Authorization"])), "API048", true),
        (with(jwt(), "identitySources", json!(["$context.identity.sourceIp"])), "API048", false),
        (with(jwt(), "identitySources", json!(["$request.header.A", "$request.querystring.a"])), "API056", true),
        (
            json!({"name": "clientes", "type": "lambda", "function": "fn1", "cacheSeconds": 60, "identitySources": []}),
            "API049",
            true,
        ),
        (with(jwt(), "identitySources", json!([])), "API056", true),
        (with(with(lambda(), "name", json!("clientes")), "cacheSeconds", json!(3601)), "FLD002", false),
        (with(with(lambda(), "name", json!("clientes")), "function", json!("fn9")), "FLD004", false),
    ] {
        let (mut d, link) = with_function();
        d.set(&api(), "authorizers", json!([authorizer]));
        d.set(&link, "authorizer", "clientes");
        assert_eq!(d.codes(), [code], "{authorizer}");
        if mendable {
            d.mend(code);
            assert_eq!(d.codes(), NONE, "{authorizer}");
        }
    }
}

#[test]
fn a_simple_response_answers_the_newer_payload() {
    let (mut d, link) = with_function();
    d.set(&link, "authorizer", "porteria");
    let simple = |d: &Drawing| d.stack()["ApiAuthorizerPorteria"]["EnableSimpleResponses"].clone();
    d.set(&api(), "authorizers", json!([lambda()]));
    assert_eq!(simple(&d), true);
    d.set(&api(), "authorizers.0.payload", "1.0");
    assert_eq!((simple(&d), d.codes()), (Value::Null, vec![]));
}

#[test]
fn authorizers_have_names_of_their_own_and_are_used() {
    let (mut d, link) = with_function();
    d.set(&api(), "authorizers", json!([jwt()]));
    assert_eq!(d.codes(), ["API044"]);
    d.set(&link, "routes.0.authorizer", "clientes");
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "authorizers", json!([jwt(), jwt()]));
    assert_eq!(d.codes(), ["API045"]);
    d.mend("API045");
    assert_eq!(d.codes(), NONE);
    let many: Vec<Value> = (0..11).map(|n| with(jwt(), "name", json!(format!("a{n}")))).collect();
    d.set(&api(), "authorizers", json!(many));
    assert_eq!(d.found("API055").len(), 1);
}

#[test]
fn an_authorizer_that_is_not_there_closes_the_route() {
    let (mut d, link) = with_function();
    let balancer = to_balancer(&d);
    d.set(&balancer, "authorizer", "nadie");
    d.set(&link, "routes.0.authorizer", "nadie");
    assert_eq!(d.codes(), ["API041"]);
    assert_eq!(d.found("API041").len(), 2);
    let stack = d.stack();
    assert_eq!(stack["ApiRoutePostConfirmaciones"]["AuthorizationType"], "AWS_IAM");
    assert_eq!(stack["ApiRouteAnyProxy"]["AuthorizationType"], "AWS_IAM");
    for found in d.found("API041") {
        d.apply(found.fix.unwrap().edit);
    }
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["ApiRouteAnyProxy"]["AuthorizationType"], Value::Null);
}

#[test]
fn scopes_need_tokens() {
    for authorizer in [Value::Null, json!("AWS_IAM"), json!("porteria")] {
        let (mut d, link) = with_function();
        d.set(&api(), "authorizers", json!([lambda()]));
        let balancer = to_balancer(&d);
        d.set(&balancer, "authorizer", "porteria");
        d.choose(&link, "authorizer", authorizer.clone());
        d.set(&link, "scopes", json!(["pedidos/leer"]));
        assert_eq!(d.codes(), ["API046"], "{authorizer}");
        d.mend("API046");
        d.set(&link, "routes.0.scopes", json!(["pedidos/leer"]));
        assert_eq!(d.codes(), ["API046"], "{authorizer}");
        d.mend("API046");
        assert_eq!(d.codes(), NONE);
    }
}

#[test]
fn preflight_requests_have_no_token() {
    let (mut d, link) = with_function();
    d.set(&api(), "authorizers", json!([jwt()]));
    d.set(&link, "authorizer", "clientes");
    d.set(&api(), "cors.enabled", true);
    assert_eq!(d.codes(), NONE, "a route for POST takes no preflight request");
    d.set(&link, "routes", json!([{"path": "$default"}]));
    assert_eq!(d.codes(), NONE, "all paths are taken by an open route before the catch-all is reached");
    let balancer = to_balancer(&d);
    d.set(&balancer, "routes", json!([{"path": "/catalogo"}]));
    for (path, options) in [("/pedidos/{id}", "/pedidos/{id}"), ("$default", "/{proxy+}")] {
        d.set(&link, "routes", json!([{"path": path}]));
        assert_eq!(d.codes(), ["API050"], "{path}");
        d.mend("API050");
        assert_eq!(d.codes(), NONE, "{path}");
        assert_eq!(d.get(&link, "routes.1.path"), options);
        assert_eq!(d.get(&link, "routes.1.method"), "OPTIONS");
    }
}

#[test]
fn limits_of_single_routes_come_after_the_routes() {
    let (mut d, link) = with_function();
    d.set(&link, "routes.0.rate", 5);
    d.set(&api(), "detailedMetrics", true);
    d.set(&api(), "throttling", json!({"enabled": true, "rate": 100, "burst": 50}));
    assert_eq!(d.codes(), NONE);
    let stage = &d.stack()["ApiStage"];
    assert_eq!(
        stage["RouteSettings"],
        json!({"POST /confirmaciones": {
            "ThrottlingBurstLimit": 50, "ThrottlingRateLimit": 5, "DetailedMetricsEnabled": true,
        }})
    );
    assert_eq!(stage["DefaultRouteSettings"]["DetailedMetricsEnabled"], true);
    assert_eq!(stage["DependsOn"], json!(["ApiRouteAnyProxy", "ApiRoutePostConfirmaciones"]));
    for (field, value) in [("rate", 0), ("burst", 0)] {
        d.set(&link, &format!("routes.0.{field}"), value);
        assert_eq!(d.codes(), ["FLD002"], "{field}");
        d.set(&link, &format!("routes.0.{field}"), 1);
    }
}

#[test]
fn stage_limits_have_ranges() {
    for throttling in [json!({"enabled": true, "burst": 0}), json!({"enabled": true, "rate": 0})] {
        let mut d = shop();
        d.set(&api(), "throttling", throttling);
        assert_eq!(d.codes(), ["FLD002"]);
    }
}

#[test]
fn lines_of_the_access_log() {
    let mut d = shop();
    d.set(&api(), "accessLogs.enabled", true);
    let line = |d: &Drawing| d.stack()["ApiStage"]["AccessLogSettings"]["Format"].as_str().unwrap().to_owned();
    assert!(line(&d).starts_with('{'));
    d.set(&api(), "accessLogs.format", "clf");
    assert!(line(&d).starts_with("$context.identity.sourceIp - - ["));
    d.set(&api(), "accessLogs.format", "custom");
    assert_eq!(d.codes(), ["FLD001"]);
    for (format, code, mendable) in [
        ("$context.status", "API051", true),
        ("$context.requestIdentity $context.requestId\n$context.path", "API052", true),
        ("$context.requestId $context.Status", "API053", false),
    ] {
        d.set(&api(), "accessLogs.customFormat", format);
        assert!(d.codes().contains(&code), "{format}");
        if mendable {
            d.mend(code);
        }
    }
    d.set(&api(), "accessLogs.customFormat", "$context.requestTimeEpoch $context.requestId $context.path");
    assert_eq!(d.codes(), NONE);
    assert_eq!(line(&d), "$context.requestTimeEpoch $context.requestId $context.path");
}

#[test]
fn logs_may_be_kept_for_ever() {
    let mut d = shop();
    d.set(&api(), "accessLogs", json!({"enabled": true, "retentionDays": 0}));
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["ApiAccessLogs"]["RetentionInDays"], Value::Null);
}

#[test]
fn stars_and_credentials_do_not_go_together() {
    let mut d = shop();
    let origin = json!(["https://tienda.example.com"]);
    d.set(&api(), "cors", json!({"enabled": true, "allowOrigins": origin, "allowCredentials": true}));
    assert_eq!(d.codes(), ["API054"]);
    assert_eq!(d.found("API054").len(), 2, "methods and headers");
    d.set(&api(), "cors.allowMethods", json!(["GET", "POST"]));
    d.set(&api(), "cors.allowHeaders", json!(["authorization", "content-type"]));
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "cors.allowOrigins", json!([]));
    assert_eq!(d.codes(), ["FLD001"]);
    d.set(&api(), "cors.allowOrigins", json!(["https://tienda.example.com"]));
    d.set(&api(), "cors.maxAge", 86_401);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn in_a_learner_lab_functions_take_on_its_role() {
    let (mut d, _) = with_function();
    d.set(Target::Design, "account", "learner-lab");
    let stack = d.stack();
    let role = &stack["ConfirmacionesFunction"]["Role"];
    assert_eq!(role, "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole");
    assert_eq!(stack["ConfirmacionesFunctionRole"], Value::Null);
}
