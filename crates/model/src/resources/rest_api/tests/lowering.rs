use serde_json::{Value, json};

use super::{api, guarded_shop, integration, only, private_shop, rest_shop};
use crate::Kind;
use crate::testing::Drawing;

const POOL: &str = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_a1B2c3D4e";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:autorizador";

/// The logical id of the API's deployment.
fn deployment(d: &Drawing) -> String {
    let stack = d.stack();
    let all = stack.as_object().unwrap();
    let found: Vec<_> = all.iter().filter(|(_, one)| one["Type"] == "AWS::ApiGateway::Deployment").collect();
    assert_eq!(found.len(), 1);
    found[0].0.clone()
}

#[test]
fn lowering_of_public_methods() {
    let mut d = rest_shop();
    let link = integration(&d);
    d.set(
        &link,
        "routes",
        json!([
            {"method": "GET", "path": "/productos"},
            {"method": "GET", "path": "/productos/{id}", "params": [{"location": "header", "name": "Accept", "required": false}]},
            {"method": "DELETE", "path": "/productos/{id}", "authorizer": "AWS_IAM"},
            {"method": "ANY", "path": "/fotos/{proxy+}", "backendPath": "/v1/fotos/{proxy}"},
            {"method": "GET", "path": "/"},
        ]),
    );
    d.set(
        &link,
        "requestParameters",
        json!([
            {"location": "header", "name": "x-request-id", "value": "context.requestId"},
            {"location": "header", "name": "x-producto", "value": "method.request.path.id"},
            {"location": "querystring", "name": "idioma", "value": "method.request.header.Accept-Language"},
        ]),
    );
    insta::assert_json_snapshot!(only(&d));
}

#[test]
fn lowering_of_a_private_api_with_everything() {
    let mut d = guarded_shop();
    let link = integration(&d);
    let schema = "{\"type\": \"object\", \"required\": [\"nombre\"], \"properties\": {\"precio\": {\"minimum\": 0.5}}}";
    d.set(&api(), "models", json!([{"name": "Producto", "schema": schema}]));
    d.set(
        &api(),
        "authorizers",
        json!([
            {"name": "clientes", "userPools": [POOL]},
            {"name": "socios", "type": "request", "functionArn": FUNCTION, "sources": ["method.request.header.x-socio"]},
        ]),
    );
    d.set(
        &link,
        "routes",
        json!([
            {"method": "GET", "path": "/productos", "apiKey": true, "validation": "params", "params": [{"name": "categoria"}]},
            {"method": "POST", "path": "/productos", "authorizer": "clientes", "scopes": ["tienda/escribir"], "validation": "body", "model": "Producto"},
            {"method": "GET", "path": "/socios/{id}", "authorizer": "socios", "backendPath": "/v1/{entorno}/socios/{id}"},
        ]),
    );
    d.set(
        &link,
        "requestParameters",
        json!([{"location": "path", "name": "entorno", "value": "stageVariables.entorno"}]),
    );
    d.set(&api(), "stageVariables", json!([{"name": "entorno", "value": "prod"}]));
    d.set(&api(), "throttling.enabled", true);
    d.set(&api(), "accessLogs.enabled", true);
    d.set(&api(), "executionLogs", "error");
    d.set(&api(), "metrics", true);
    d.set(&api(), "tracing", true);
    d.set(&api(), "cors", json!({"enabled": true, "origin": "https://tienda.example.com", "credentials": true}));
    d.set(&api(), "binaryMediaTypes", json!(["image/png"]));
    d.set(&api(), "minCompression", 1024);
    d.set(&api(), "tags", json!([{"key": "curso", "value": "PDA"}]));
    assert_eq!(d.codes(), super::NONE);
    insta::assert_json_snapshot!(only(&d));
    let ingress = &d.stack()["PublicoSecurityGroup"]["SecurityGroupIngress"];
    assert_eq!(ingress[0]["SourceSecurityGroupId"], "!GetAtt PortalPublicoVpcLinkSecurityGroup.GroupId");
    assert_eq!(ingress.as_array().unwrap().len(), 1, "the VPC link alone");
}

#[test]
fn a_change_of_what_is_live_makes_a_new_deployment() {
    let mut d = private_shop();
    let link = integration(&d);
    let before = deployment(&d);
    assert_eq!(deployment(&private_shop()), before, "the same design, the same deployment");
    for (path, value) in [("description", json!("otra")), ("tags", json!([{"key": "a", "value": "b"}]))] {
        d.set(&api(), path, value);
        assert_eq!(deployment(&d), before, "{path} is not part of it");
    }
    let mut seen = vec![before];
    for (path, value) in [
        ("timeoutMs", json!(5000)),
        ("routes.0.apiKey", json!(true)),
        ("routes.0.backendPath", json!("/v2/{proxy+}")),
        ("requestParameters", json!([{"name": "x-a", "value": "'b'"}])),
        ("routes", json!([{"method": "GET", "path": "/nuevo"}])),
    ] {
        d.set(&link, path, value);
        let id = deployment(&d);
        assert!(!seen.contains(&id), "{path}");
        seen.push(id);
    }
    d.set(&api(), "cors.enabled", true);
    assert!(!seen.contains(&deployment(&d)));
}

#[test]
fn a_deployment_comes_after_all_methods() {
    let mut d = rest_shop();
    d.set(&api(), "cors.enabled", true);
    let id = deployment(&d);
    let stack = d.stack();
    let methods = stack.as_object().unwrap().iter().filter(|(_, one)| one["Type"] == "AWS::ApiGateway::Method");
    let after = stack[&id]["DependsOn"].as_array().unwrap();
    let mut count = 0;
    for (method, _) in methods {
        assert!(after.contains(&Value::from(method.as_str())), "{method}");
        count += 1;
    }
    assert_eq!(count, 2, "the method and its OPTIONS");
}

#[test]
fn a_private_backend_does_not_get_the_stage() {
    let mut d = private_shop();
    let link = integration(&d);
    d.set(&link, "routes", json!([{"path": "/{proxy+}"}, {"method": "GET", "path": "/"}]));
    let stack = d.stack();
    let template = |method: &str| stack[method]["Integration"]["RequestTemplates"]["application/json"].clone();
    let proxy = "#set($context.requestOverride.path = \"/$input.params('proxy')\")\n$input.body";
    assert_eq!(template("PortalMethodAnyProxy"), proxy);
    assert_eq!(template("PortalMethodGetRoot"), "#set($context.requestOverride.path = \"/\")\n$input.body");
    assert_eq!(stack["PortalMethodAnyProxy"]["Integration"]["IntegrationTarget"], "!Ref PublicoLoadBalancer");
}

#[test]
fn broken_apis_are_lowered_all_the_same() {
    let mut d = rest_shop();
    let link = integration(&d);
    let names = json!([{"name": ""}, {"name": ""}, {"name": "a"}, {"name": "a", "schema": "{"}]);
    d.set(&api(), "models", names);
    d.set(&api(), "usagePlans", json!([{"name": ""}, {"name": "x"}, {"name": "x"}]));
    d.set(&api(), "apiKeys", json!([{"name": "", "plan": "nada"}, {"name": "", "plan": "x"}]));
    d.set(&api(), "authorizers", json!([{"name": ""}, {"name": "a", "type": "token"}, {"name": "a"}]));
    d.set(
        &link,
        "routes",
        json!([
            {"path": "//a//{+}"}, {"path": "$default"}, {"path": ""}, {"path": "{", "authorizer": "a", "model": "a"},
            {"path": "/ñ", "backendPath": "x{"}, {"path": "/ñ"},
        ]),
    );
    d.set(&api(), "executionLogs", "info");
    let stack = d.stack();
    let count = |kind: &str| stack.as_object().unwrap().values().filter(|one| one["Type"] == kind).count();
    assert_eq!(count("AWS::ApiGateway::Model"), 4);
    assert_eq!(count("AWS::ApiGateway::UsagePlan"), 3);
    assert_eq!(count("AWS::ApiGateway::UsagePlanKey"), 1);
    let authorizers = stack.as_object().unwrap().keys().filter(|id| id.starts_with("PortalAuthorizer"));
    assert_eq!(authorizers.filter(|id| !id.ends_with("Permission")).count(), 3);
    assert!(count("AWS::ApiGateway::Method") >= 4);
}

#[test]
fn two_apis_share_the_setting_of_the_account() {
    let mut d = rest_shop();
    let other = d.node(Kind::RestApi, "pagos");
    for api in [&api(), &other] {
        d.set(api, "executionLogs", "error");
    }
    let stack = d.stack();
    let accounts =
        stack.as_object().unwrap().values().filter(|one| one["Type"] == "AWS::ApiGateway::Account").count();
    assert_eq!(accounts, 1);
    assert_eq!(stack["PagosStage"]["DependsOn"], json!(["ApiGatewayAccount"]));
}

#[test]
fn lowering_of_methods_that_lead_to_a_function() {
    let mut d = Drawing::new();
    let api = d.node(Kind::RestApi, "portal");
    let function = d.node(Kind::LambdaFunction, "cupones");
    let link = d.link(&api, &function);
    d.set(&api, "authorizers", json!([{"name": "guardia", "type": "token", "function": function.as_str()}]));
    d.set(&link, "routes", json!([{"method": "GET", "path": "/cupones/{id}", "authorizer": "guardia"}]));
    assert_eq!(d.codes(), super::NONE);
    insta::assert_json_snapshot!(only(&d));
}
