use serde_json::{Value, json};

use super::{NONE, api, guarded_shop, integration, private_shop, rest_shop};
use crate::testing::Drawing;
use crate::{Kind, LinkId, NodeId};

#[test]
fn a_shop_behind_a_rest_api_has_no_finding() {
    assert_eq!(rest_shop().codes(), NONE);
    assert_eq!(private_shop().codes(), NONE);
    assert_eq!(guarded_shop().codes(), NONE);
}

#[test]
fn an_api_alone_cannot_be_deployed() {
    let mut d = Drawing::new();
    d.node(Kind::RestApi, "api");
    assert_eq!(d.codes(), ["RST001"]);
}

#[test]
fn a_new_integration_takes_all_paths_that_are_left() {
    let mut d = rest_shop();
    let second = d.node(Kind::LoadBalancer, "pagos");
    let link = d.link(&api(), &second);
    let path = |link: &LinkId| d.get(link, "routes.0.path");
    assert_eq!(path(&integration(&d)), "/{proxy+}");
    assert_eq!(path(&link), "/pagos/{proxy+}");
    assert_eq!(d.found("RST007"), [], "both fit into one tree");
}

#[test]
fn an_internal_load_balancer_is_reached_privately_from_the_start() {
    let mut d = Drawing::new();
    let balancer = d.node(Kind::LoadBalancer, "interno");
    d.set(&balancer, "scheme", "internal");
    let api = d.node(Kind::RestApi, "api");
    let link = d.link(&api, &balancer);
    assert_eq!(d.get(&link, "connection"), "private");
}

#[test]
fn wrong_methods_are_told_and_mended() {
    let path = |path: &str| json!([{"method": "GET", "path": path}]);
    for (routes, code, mendable) in [
        (json!([]), "RST002", true),
        (path("productos"), "RST003", true),
        (path("/productos/"), "RST003", true),
        (path("$default"), "RST003", true),
        (path("/{proxy+}/fin"), "RST004", true),
        (path("/{id}/{id}"), "RST005", false),
        (json!([{"path": "/a"}, {"path": "/a"}]), "RST006", true),
        (json!([{"path": "/{a}"}, {"path": "/{b}/c"}]), "RST007", true),
        (json!([{"path": "/{a}"}, {"path": "/{proxy+}"}]), "RST007", false),
        (json!([{"path": "/a", "validation": "body"}]), "RST019", true),
        (json!([{"path": "/a", "params": [{"name": "q"}]}]), "RST021", true),
        (json!([{"path": "/a", "backendPath": "/v1/{id}"}]), "RST038", false),
        (json!([{"path": "/a", "backendPath": "v1"}]), "RST040", true),
        (json!([{"path": ""}]), "FLD001", false),
        (json!([{"path": "/a", "authorizer": "nadie"}]), "FLD004", false),
        (json!([{"path": "/a", "model": "Nada", "validation": "body"}]), "FLD004", false),
    ] {
        let mut d = private_shop();
        let link = integration(&d);
        d.set(&link, "routes", routes.clone());
        assert_eq!(d.codes(), [code], "{routes}");
        if mendable {
            d.mend(code);
            assert_eq!(d.codes(), NONE, "{routes}");
        }
    }
}

#[test]
fn methods_are_one_of_a_kind_in_the_whole_api() {
    let mut d = rest_shop();
    let second = d.node(Kind::LoadBalancer, "pagos");
    let link = d.link(&api(), &second);
    d.set(&link, "routes", json!([{"path": "/{proxy+}"}]));
    let found = d.found("RST006");
    assert_eq!(found[0].link(), Some(&link), "the later one is told");
    assert_eq!(found[0].field, "routes.0.path");
    d.set(&link, "routes", json!([{"method": "GET", "path": "/{proxy+}"}]));
    assert_eq!(d.found("RST006"), [], "another method of the same resource");
}

#[test]
fn wrong_mappings_are_told() {
    let value = |value: &str| json!([{"location": "header", "name": "x-id", "value": value}]);
    for (mappings, code, mendable) in [
        (value("tienda"), "RST010", true),
        (value("$request.header.id"), "RST010", true),
        (value("method.request.header."), "RST010", false),
        (json!([{"name": "x id", "value": "'a'"}]), "RST011", false),
        (json!([{"name": "x-id", "value": "'a'"}, {"name": "X-Id", "value": "'b'"}]), "RST012", true),
        (value("method.request.path.id"), "RST013", false),
        (json!([{"name": "", "value": "'a'"}]), "FLD001", false),
        (value(""), "FLD001", false),
    ] {
        let mut d = rest_shop();
        let link = integration(&d);
        d.set(&link, "requestParameters", mappings.clone());
        assert_eq!(d.codes(), [code], "{mappings}");
        if mendable {
            d.mend(code);
            assert_eq!(d.codes(), NONE, "{mappings}");
        }
    }
    let mut d = rest_shop();
    let link = integration(&d);
    d.set(&link, "requestParameters", value("method.request.path.proxy"));
    assert_eq!(d.codes(), NONE);
}

#[test]
fn the_backend_has_twenty_nine_seconds() {
    let mut d = rest_shop();
    let link = integration(&d);
    d.set(&link, "timeoutMs", 60_000);
    assert_eq!(d.codes(), ["RST008"]);
    d.set(&api(), "endpoint", "EDGE");
    assert_eq!(d.codes(), ["RST009"]);
    d.mend("RST009");
    assert_eq!(d.codes(), NONE);
    d.set(&link, "timeoutMs", 49);
    assert_eq!(d.codes(), ["FLD002"]);
}

#[test]
fn connections_fit_the_load_balancer() {
    let balancer = NodeId::new("alb1");
    let mut d = rest_shop();
    d.set(&balancer, "scheme", "internal");
    assert_eq!(d.codes(), ["RST028"]);
    d.mend("RST028");
    assert_eq!(d.codes(), NONE);

    d.set(&balancer, "scheme", "internet-facing");
    assert_eq!(d.codes(), ["RST030"]);
    d.mend("RST030");
    assert_eq!(d.codes(), NONE);

    let mut d = rest_shop();
    d.set(&balancer, "https.enabled", true);
    d.set(&balancer, "https.certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d");
    assert_eq!(d.codes(), ["RST029"]);
    let link = integration(&d);
    d.set(&link, "serverName", "lb.example.com");
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["PortalMethodAnyProxy"]["Integration"]["Uri"], "https://lb.example.com/{proxy}");
}

#[test]
fn keys_are_of_no_use_where_the_load_balancer_is_open() {
    let mut d = guarded_shop();
    let link = integration(&d);
    d.set(&NodeId::new("alb1"), "scheme", "internet-facing");
    d.set(&link, "connection", "public");
    assert_eq!(d.codes(), ["RST042"]);
    d.mend("RST042");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn wrong_apis_are_told_and_mended() {
    for (path, value, code) in [
        ("throttling", json!({"enabled": true, "rate": 20_000, "burst": 100}), "RST033"),
        ("disableExecuteApiEndpoint", json!(true), "RST032"),
        ("cors", json!({"enabled": true, "credentials": true}), "RST035"),
        ("cors", json!({"enabled": true, "origin": "tienda.example.com/"}), "RST036"),
        ("keySource", json!("AUTHORIZER"), "RST039"),
    ] {
        let mut d = private_shop();
        d.set(&api(), path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
}

#[test]
fn stage_variables_have_names_and_values_that_aws_takes() {
    for (variables, codes) in [
        (json!([{"name": "entorno", "value": "prod"}]), vec![]),
        (json!([{"name": "url_1", "value": "https://a.example.com/x?y=1"}]), vec![]),
        (json!([{"name": "mi-entorno", "value": "prod"}]), vec!["RST034"]),
        (json!([{"name": "entorno", "value": "en pruebas"}]), vec!["RST034"]),
        (json!([{"name": "entorno", "value": ""}]), vec!["RST034"]),
        (json!([{"name": "a", "value": "1"}, {"name": "a", "value": "2"}]), vec!["RST034"]),
    ] {
        let mut d = rest_shop();
        d.set(&api(), "stageVariables", variables.clone());
        assert_eq!(d.codes(), codes, "{variables}");
    }
}

#[test]
fn a_private_api_is_called_from_vpcs() {
    let mut d = rest_shop();
    d.set(&api(), "endpoint", "PRIVATE");
    assert_eq!(d.codes(), ["FLD001", "RST031"]);
    d.set(&api(), "vpcEndpoints", json!(["vpce-0123456789abcdef0"]));
    d.remove(&NodeId::new("users1"));
    assert_eq!(d.codes(), NONE);
    let policy = d.stack()["PortalRestApi"]["Policy"].clone();
    let only = &policy["Statement"][1]["Condition"]["StringNotEquals"]["aws:SourceVpce"];
    assert_eq!(only, &Value::from(vec!["vpce-0123456789abcdef0"]));
}

#[test]
fn a_function_is_done_while_somebody_waits() {
    let mut d = Drawing::new();
    let api = d.node(Kind::RestApi, "portal");
    let function = d.node(Kind::LambdaFunction, "cupones");
    let link = d.link(&api, &function);
    assert_eq!(d.codes(), NONE);
    d.set(&function, "timeout", 60);
    assert_eq!(d.codes(), ["RST043"]);
    d.mend("RST043");
    assert_eq!(d.get(&function, "timeout"), 29);
    d.set(&link, "routes", json!([]));
    assert_eq!(d.codes(), ["RST002"]);
}
