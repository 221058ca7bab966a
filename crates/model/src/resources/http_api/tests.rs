use serde_json::{Value, json};

use super::mapping::{Side, ValueProblem, is_reserved, path_variables, value_problem};
use super::route::{PathProblem, Route, path_problem};
use crate::testing::{Drawing, shop};
use crate::{Kind, LinkId, NodeId};

const NONE: [&str; 0] = [];

fn api() -> NodeId {
    "api1".into()
}

fn integration(d: &Drawing) -> LinkId {
    d.design.link_between(&api(), &"alb1".into()).unwrap().id.clone()
}

/// The shop whose load balancer is internal, reached by a VPC link.
fn private_shop() -> Drawing {
    let mut d = shop();
    let link = integration(&d);
    d.set(&NodeId::new("alb1"), "scheme", "internal");
    d.set(&link, "connection", "private");
    d
}

#[test]
fn values_of_mappings() {
    use Side::{Request, Response};
    let source = |text: &str| Some(ValueProblem::Source(text.into()));
    let name = |text: &str| Some(ValueProblem::Name(text.into()));
    for (value, side, problem) in [
        ("", Request, None),
        ("texto fijo", Request, None),
        ("cuesta 5$", Request, None),
        ("$request.header.x-id", Request, None),
        ("${request.header.x-id}", Request, None),
        ("a ${request.path.id} b ${context.requestId}", Request, None),
        ("$request.querystring.q", Request, None),
        ("$request.path", Request, None),
        ("$request.path.id", Request, None),
        ("$request.body", Request, None),
        ("$request.body.cliente.id", Request, None),
        ("$request.body.items[0]", Request, None),
        ("$context.identity.sourceIp", Request, None),
        ("$stageVariables.entorno", Request, None),
        ("$response.header.x-id", Response, None),
        ("$response.body.id", Response, None),
        ("$context.requestId", Response, None),
        ("$request.header", Request, name("$request.header")),
        ("$request.header.", Request, name("$request.header.")),
        ("$request.header.a b", Request, name("$request.header.a b")),
        ("$request.querystring", Request, name("$request.querystring")),
        ("$request.cookie.a", Request, source("$request.cookie.a")),
        ("$request", Request, source("$request")),
        ("$method.request.header.x", Request, source("$method.request.header.x")),
        ("$response.header.x", Request, source("$response.header.x")),
        ("$request.header.x", Response, source("$request.header.x")),
        ("$response.path", Response, source("$response.path")),
        ("$context", Request, name("$context")),
        ("$context.a-b", Request, name("$context.a-b")),
        ("$context.a..b", Request, name("$context.a..b")),
        ("$stageVariables.", Request, name("$stageVariables.")),
        ("$request.body..id", Request, Some(ValueProblem::JsonPath("$request.body..id".into()))),
        ("$request.body.a[?(@.b)]", Request, Some(ValueProblem::JsonPath("$request.body.a[?(@.b)]".into()))),
        ("/a/$request.path.id", Request, None),
        ("/a/$request.cookie.id", Request, source("$request.cookie.id")),
        ("$request.header.a b", Request, name("$request.header.a b")),
        ("a ${request.path.id", Request, Some(ValueProblem::Open)),
        ("${}", Request, source("$")),
        ("$", Request, source("$")),
    ] {
        assert_eq!(value_problem(value, side), problem, "{value} ({side:?})");
    }
    assert_eq!(path_variables("/${request.path.a}/${request.path}/${request.path.b}"), ["a", "b"]);
}

#[test]
fn reserved_headers() {
    for header in [
        "Authorization",
        "Access-Control-Allow-Origin",
        "apigw-requestid",
        "x-amz-date",
        "X-Amzn-Trace-Id",
        "X-Forwarded-For",
        "Via",
        "TE",
        "content-length",
    ] {
        assert!(is_reserved(header), "{header}");
    }
    for header in ["x-request-id", "Content-Type", "Accept", "x-forwarded-prefix", "xamz"] {
        assert!(!is_reserved(header), "{header}");
    }
}

#[test]
fn paths_of_routes() {
    use PathProblem::{GreedyNotLast, NoSlash, Segment, Twice};
    for (path, problem) in [
        ("$default", None),
        ("/", None),
        ("/productos", None),
        ("/productos/", None),
        ("/productos/{id}", None),
        ("/productos/{id}/fotos/{foto}", None),
        ("/{proxy+}", None),
        ("/a/{resto+}", None),
        ("productos", Some(NoSlash)),
        ("$otra", Some(NoSlash)),
        ("/productos//fotos", Some(Segment)),
        ("/productos/{id}.json", Some(Segment)),
        ("/productos/{}", Some(Segment)),
        ("/productos/{a b}", Some(Segment)),
        ("/a b", Some(Segment)),
        ("/a?b", Some(Segment)),
        ("/{proxy+}/fin", Some(GreedyNotLast)),
        ("/{id}/{id}", Some(Twice)),
    ] {
        assert_eq!(path_problem(path), problem, "{path}");
    }
    let route = |method: &str, path: &str| -> Route {
        serde_json::from_value(json!({"method": method, "path": path})).unwrap()
    };
    assert_eq!(route("GET", "/productos/{id}").key(), "GET /productos/{id}");
    assert_eq!(route("GET", "$default").key(), "$default");
}

#[test]
fn a_new_integration_takes_all_paths_that_are_left() {
    let mut d = shop();
    let second = d.node(Kind::LoadBalancer, "pagos");
    let link = d.link(&api(), &second);
    let routes = |link: &LinkId| d.design.link(link).unwrap().props.to_json()["routes"].clone();
    assert_eq!(routes(&integration(&d)), json!([{"method": "ANY", "path": "/{proxy+}"}]));
    assert_eq!(routes(&link), json!([{"method": "ANY", "path": "/pagos/{proxy+}"}]));
}

#[test]
fn an_internal_load_balancer_is_reached_privately_from_the_start() {
    let mut d = Drawing::new();
    let balancer = d.node(Kind::LoadBalancer, "interno");
    d.set(&balancer, "scheme", "internal");
    let api = d.node(Kind::HttpApi, "api");
    let link = d.link(&api, &balancer);
    assert_eq!(d.design.link(&link).unwrap().props.to_json()["connection"], "private");
}

#[test]
fn wrong_apis_are_told_and_mended() {
    for (path, value, code) in [
        ("throttling", json!({"enabled": true, "rate": 20_000, "burst": 100}), "API016"),
        ("disableExecuteApiEndpoint", json!(true), "API019"),
        ("cors", json!({"enabled": true, "allowCredentials": true}), "API015"),
        ("cors", json!({"enabled": true, "allowOrigins": ["tienda.example.com/"]}), "API020"),
    ] {
        let mut d = shop();
        d.set(&api(), path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
}

#[test]
fn an_api_alone_leads_nowhere() {
    let mut d = Drawing::new();
    d.node(Kind::HttpApi, "api");
    assert_eq!(d.codes(), ["API001"]);
}

#[test]
fn stages_have_names_that_aws_takes() {
    for (stage, codes) in [("$default", vec![]), ("prod", vec![]), ("pro d", vec!["FLD003"]), ("", vec!["FLD001"])] {
        let mut d = shop();
        d.set(&api(), "stageName", stage);
        assert_eq!(d.codes(), codes, "{stage}");
    }
}

#[test]
fn wrong_routes_are_told_and_mended() {
    let path = |path: &str| json!([{"method": "GET", "path": path}]);
    for (routes, code) in [
        (json!([]), "API002"),
        (path("productos"), "API003"),
        (path("/productos//fotos"), "API003"),
        (path("/{proxy+}/fin"), "API004"),
        (json!([{"path": "/a"}, {"path": "/a"}]), "API006"),
        (json!([{"path": "/{a}"}, {"path": "/{b}"}]), "API007"),
    ] {
        let mut d = shop();
        let link = integration(&d);
        d.set(&link, "routes", routes.clone());
        assert_eq!(d.codes(), [code], "{routes}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{routes}");
    }
    let mut d = shop();
    let link = integration(&d);
    d.set(&link, "routes", path("/{id}/{id}"));
    assert_eq!(d.codes(), ["API005"]);
}

#[test]
fn routes_are_one_of_a_kind_in_the_whole_api() {
    let mut d = shop();
    let second = d.node(Kind::LoadBalancer, "pagos");
    let link = d.link(&api(), &second);
    d.set(&link, "routes", json!([{"path": "/{proxy+}"}, {"path": "/pagos"}]));
    let found = d.found("API006");
    assert_eq!(found[0].link(), Some(&link), "the later one is told");
    assert_eq!(found[0].field, "routes.0.path");
    d.mend("API006");
}

#[test]
fn the_backend_has_time_until_thirty_seconds() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&link, "timeoutMs", 30_001);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn wrong_mappings_are_told() {
    let request = |mapping: Value| ("requestParameters", json!([mapping]));
    let response = |mapping: Value| ("responseParameters", json!([mapping]));
    for ((list, mappings), code, mendable) in [
        (request(json!({"action": "append", "location": "path", "value": "/a"})), "API009", true),
        (response(json!({"action": "append", "location": "statuscode", "value": "404"})), "API009", true),
        (request(json!({"name": "x-id", "value": "$request.cookie.id"})), "API010", false),
        (request(json!({"name": "x-id", "value": "$response.header.id"})), "API010", true),
        (request(json!({"name": "x-id", "value": "${context.requestId"})), "API010", true),
        (response(json!({"name": "x-id", "value": "$request.header.id"})), "API010", true),
        (request(json!({"name": "Authorization", "value": "a"})), "API011", false),
        (request(json!({"name": "x-id", "value": "$request.path.id"})), "API018", false),
        (request(json!({"name": "x-id", "value": "$context.requestId de ${context.stage}"})), "API010", true),
        (response(json!({"action": "overwrite", "location": "statuscode", "value": "bien"})), "API021", false),
        (request(json!({"name": "x id", "value": "a"})), "API022", false),
        (request(json!({"name": "", "value": "a"})), "FLD001", false),
        (request(json!({"name": "x-id", "value": ""})), "FLD001", false),
    ] {
        let mut d = shop();
        let link = integration(&d);
        d.set(&link, list, mappings.clone());
        assert_eq!(d.codes(), [code], "{mappings}");
        if mendable {
            d.mend(code);
            assert_eq!(d.codes(), NONE, "{mappings}");
        }
    }
}

#[test]
fn a_target_is_mapped_once() {
    let mut d = shop();
    let link = integration(&d);
    d.set(
        &link,
        "requestParameters",
        json!([
            {"name": "x-id", "value": "a"},
            {"name": "X-Id", "value": "b"},
        ]),
    );
    d.mend("API012");
    assert_eq!(d.codes(), NONE);
    d.set(
        &link,
        "responseParameters",
        json!([
            {"status": 200, "name": "x-id", "value": "a"},
            {"status": 404, "name": "x-id", "value": "b"},
        ]),
    );
    assert_eq!(d.codes(), NONE, "each status is a list of its own");
}

#[test]
fn an_internal_load_balancer_needs_a_private_connection() {
    let mut d = shop();
    d.set(&NodeId::new("alb1"), "scheme", "internal");
    assert_eq!(d.codes(), ["API013"]);
    d.mend("API013");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn the_stage_does_not_reach_the_backend() {
    let mut d = private_shop();
    assert_eq!(d.codes(), NONE);
    d.set(&api(), "stageName", "prod");
    assert_eq!(d.codes(), ["API014"]);
    d.mend("API014");
    assert_eq!(d.codes(), NONE);
    let stack = d.stack();
    assert_eq!(stack["ApiPublicoIntegration"]["RequestParameters"], json!({"overwrite:path": "$request.path"}));
}

#[test]
fn https_needs_the_name_in_the_certificate() {
    let mut d = shop();
    let balancer = NodeId::new("alb1");
    d.set(&balancer, "https.enabled", true);
    d.set(&balancer, "https.certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d");
    assert_eq!(d.codes(), ["API017"]);
    let link = integration(&d);
    d.set(&link, "serverName", "lb.example.com");
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["ApiPublicoIntegration"]["IntegrationUri"], "https://lb.example.com/{proxy}");
}

#[test]
fn lowering_of_public_routes() {
    let mut d = shop();
    let link = integration(&d);
    d.set(
        &link,
        "routes",
        json!([
            {"method": "ANY", "path": "/{proxy+}"},
            {"method": "GET", "path": "/productos/{id}"},
            {"method": "PUT", "path": "/productos/{id}"},
            {"path": "$default"},
        ]),
    );
    d.set(
        &link,
        "requestParameters",
        json!([
            {"action": "append", "location": "header", "name": "x-id", "value": "$context.requestId"},
            {"action": "remove", "location": "querystring", "name": "debug"},
        ]),
    );
    d.set(
        &link,
        "responseParameters",
        json!([
            {"status": 500, "action": "overwrite", "location": "statuscode", "value": "503"},
            {"status": 500, "action": "append", "location": "header", "name": "x-id", "value": "$context.requestId"},
        ]),
    );
    insta::assert_json_snapshot!(only(&d));
}

#[test]
fn lowering_of_a_private_api_with_everything() {
    let mut d = private_shop();
    d.set(&api(), "stageName", "prod");
    d.set(&api(), "autoDeploy", false);
    d.set(&api(), "throttling.enabled", true);
    d.set(&api(), "accessLogs.enabled", true);
    d.set(&api(), "cors", json!({"enabled": true, "allowOrigins": ["https://tienda.example.com"]}));
    d.set(&api(), "tags", json!([{"key": "curso", "value": "PDA"}]));
    insta::assert_json_snapshot!(only(&d));
    let ingress = &d.stack()["PublicoSecurityGroup"]["SecurityGroupIngress"];
    assert_eq!(ingress[0]["SourceSecurityGroupId"], "!GetAtt ApiPublicoVpcLinkSecurityGroup.GroupId");
    assert_eq!(ingress.as_array().unwrap().len(), 1, "the VPC link alone");
}

/// The API's part of the template.
fn only(d: &Drawing) -> Value {
    let Value::Object(mut all) = d.stack() else { panic!() };
    all.retain(|id, _| id.trim_start_matches("→ ").starts_with("Api"));
    Value::Object(all)
}

#[test]
fn mappings_that_do_something_else_than_what_was_meant_are_told() {
    let request = |mapping: Value| ("requestParameters", json!([mapping]));
    let path = |value: &str| request(json!({"action": "overwrite", "location": "path", "value": value}));
    let header = |value: &str| request(json!({"name": "x-id", "value": value}));
    for ((list, mappings), code, mendable) in [
        (path("tienda"), "MAP001", true),
        (path("tienda/${request.path.proxy}"), "MAP001", true),
        (path("$request.path.proxy"), "MAP001", true),
        (path("${request.path.proxy}/fin"), "MAP001", true),
        (header("$stageVariables.entorno"), "MAP003", false),
        (header("$context.identity.ip"), "MAP004", false),
        (header("id $context.requestId"), "MAP006", true),
        (request(json!({"name": "content-type", "value": "text/plain"})), "MAP007", true),
        (
            (
                "responseParameters",
                json!([{"status": 301, "action": "append", "name": "Location", "value": "/inicio"}]),
            ),
            "MAP007",
            true,
        ),
    ] {
        let mut d = shop();
        let link = integration(&d);
        d.set(&link, list, mappings.clone());
        assert_eq!(d.codes(), [code], "{mappings}");
        assert_eq!(d.found(code)[0].link(), Some(&link));
        if mendable {
            d.mend(code);
            assert_eq!(d.codes(), NONE, "{mappings}");
        }
    }
    for good in ["/", "/tienda${request.path}", "$request.path", "${request.path}", "$request.header.x-path"] {
        let mut d = shop();
        let link = integration(&d);
        let (list, mappings) = path(good);
        d.set(&link, list, mappings);
        assert_eq!(d.codes(), NONE, "{good}");
    }
}

#[test]
fn several_things_done_to_one_target_are_told() {
    let mut d = shop();
    let link = integration(&d);
    d.set(
        &link,
        "requestParameters",
        json!([
            {"action": "overwrite", "name": "x-id", "value": "a"},
            {"action": "append", "name": "X-Id", "value": "b"},
        ]),
    );
    assert_eq!(d.codes(), ["MAP002"]);
    assert_eq!(d.found("MAP002")[0].field, "requestParameters.1.action");
    d.set(&link, "requestParameters.1.name", "x-otro");
    assert_eq!(d.codes(), NONE);
    d.set(&link, "requestParameters.1", json!({"action": "append", "location": "querystring", "name": "x-id", "value": "b"}));
    assert_eq!(d.codes(), NONE, "a parameter is no header");
}

#[test]
fn a_body_is_read_only_where_there_may_be_one() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&link, "requestParameters", json!([{"name": "x-total", "value": "$request.body.total"}]));
    assert_eq!(d.codes(), NONE);
    d.set(&link, "routes", json!([{"method": "GET", "path": "/productos"}]));
    assert_eq!(d.codes(), ["MAP005"]);
}

#[test]
fn variables_of_a_stage_are_set_and_read() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&link, "requestParameters", json!([{"name": "x-env", "value": "$stageVariables.entorno"}]));
    d.set(&api(), "stageVariables", json!([{"name": "entorno", "value": "pruebas"}]));
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["ApiStage"]["StageVariables"], json!({"entorno": "pruebas"}));
    for (variables, code) in [
        (json!([{"name": "entorno", "value": "a"}, {"name": "mi-var", "value": "a"}]), "MAP008"),
        (json!([{"name": "entorno", "value": "¿cuál?"}]), "MAP009"),
        (json!([{"name": "entorno", "value": "a"}, {"name": "entorno", "value": "b"}]), "MAP010"),
    ] {
        d.set(&api(), "stageVariables", variables.clone());
        assert_eq!(d.codes(), [code], "{variables}");
    }
    d.mend("MAP010");
    assert_eq!(d.codes(), NONE);
}
