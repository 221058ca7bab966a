mod targets;

use serde_json::{Value, json};

use crate::testing::{Drawing, shop};
use crate::{Kind, LinkId, NodeId};

fn alb() -> NodeId {
    "alb1".into()
}

/// The shop with a second service, `pedidos`, behind the same load balancer.
fn two_services() -> (Drawing, LinkId, LinkId) {
    let mut d = shop();
    let cluster = NodeId::new("cluster1");
    let service = d.node_in(Kind::Service, "pedidos", &cluster);
    d.link(&service, &"task1".into());
    let second = d.link(&alb(), &service);
    let first = d.design.link_between(&alb(), &"service1".into()).unwrap().id.clone();
    (d, first, second)
}

fn props(d: &Drawing, link: &LinkId) -> Value {
    d.design.link(link).unwrap().props.to_json()
}

const NONE: [&str; 0] = [];

#[test]
fn the_first_service_is_the_default_and_the_next_gets_a_path() {
    let (d, first, second) = two_services();
    assert_eq!(props(&d, &first)["default"], true);
    assert_eq!(props(&d, &second)["default"], false);
    assert_eq!(props(&d, &second)["paths"], json!(["/pedidos*"]));
    assert_eq!(props(&d, &second)["priority"], 1);
    assert_eq!(d.codes(), NONE);
}

#[test]
fn a_path_is_made_of_any_name() {
    for (name, path) in [
        ("Catálogo", "/catalogo*"),
        ("service-pagos", "/pagos*"),
        ("envío y cobro", "/envio-y-cobro*"),
        ("ñ", "/n*"),
        ("¿?", "/*"),
    ] {
        let mut d = shop();
        let service = d.node(Kind::Service, name);
        assert_eq!(super::links::path_of(&d.design, &service), path, "{name}");
    }
}

#[test]
fn a_new_link_finds_the_container_and_its_port() {
    let (d, first, _) = two_services();
    let container = d.design.node(&"task1".into()).unwrap().props.to_json()["containers"][0].clone();
    assert_eq!(props(&d, &first)["container"], container["name"]);
    assert_eq!(props(&d, &first)["containerPort"], container["ports"][0]["containerPort"]);
}

#[test]
fn wrong_load_balancers_are_told_and_mended() {
    for (path, value, code) in
        [("http.enabled", json!(false), "ALB003"), ("fixedResponse.statusCode", json!(301), "ALB023")]
    {
        let mut d = shop();
        d.set(&alb(), path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
}

#[test]
fn names_that_aws_refuses_are_told() {
    for name in ["internal-web", "-web", "web-", "tienda_web", "a-name-that-is-longer-than-32-characters"] {
        let mut d = shop();
        d.set(&alb(), "name", name);
        assert_eq!(d.codes(), ["FLD005"], "{name}");
    }
}

#[test]
fn https_needs_a_certificate_of_the_region() {
    let mut d = shop();
    d.set(&alb(), "https.enabled", true);
    d.set(&alb(), "https.redirectHttp", false);
    assert_eq!(d.codes(), ["ALB002"]);
    for (arn, good) in [
        ("arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d", true),
        ("arn:aws:iam::111122223333:server-certificate/web", true),
        ("arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d", false),
        ("arn:aws:acm:us-east-1:1111:certificate/0a1b2c3d", false),
        ("0a1b2c3d", false),
    ] {
        d.set(&alb(), "https.certificateArn", arn);
        assert_eq!(d.codes(), if good { vec![] } else { vec!["ALB022"] }, "{arn}");
    }
}

#[test]
fn two_listeners_have_two_ports() {
    let mut d = shop();
    d.set(&alb(), "https.enabled", true);
    d.set(&alb(), "https.redirectHttp", false);
    d.set(&alb(), "https.certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d");
    d.set(&alb(), "http.port", 443);
    assert_eq!(d.codes(), ["ALB021"]);
    d.mend("ALB021");
}

#[test]
fn a_load_balancer_alone_leads_nowhere() {
    let mut d = Drawing::new();
    d.node(Kind::LoadBalancer, "publico");
    assert_eq!(d.codes(), ["ALB001"]);
}

#[test]
fn people_should_not_call_it_unencrypted() {
    let mut d = shop();
    d.link(&"users1".into(), &alb());
    assert_eq!(d.codes(), ["ALB004"]);
}

#[test]
fn wrong_rules_are_told_and_mended() {
    for (path, value, code) in [
        ("default", json!(true), "ALB005"),
        ("paths", json!([]), "ALB007"),
        ("paths", json!(["pedidos*"]), "ALB009"),
        ("healthCheck.path", json!("pedidos/salud"), "ALB011"),
        ("healthCheck.timeout", json!(30), "ALB012"),
        ("healthCheck.matcher", json!("2xx"), "ALB013"),
        ("container", json!("otro"), "ALB014"),
        ("containerPort", json!(8443), "ALB015"),
        ("slowStart", json!(10), "ALB017"),
        ("methods", json!(["get"]), "ALB020"),
    ] {
        let (mut d, _, second) = two_services();
        d.set(&second, path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
}

#[test]
fn wrong_rules_that_only_a_person_can_mend() {
    let six: Vec<String> = (1..=6).map(|n| format!("/{n}")).collect();
    for (path, value, code) in [
        ("paths", json!(six), "ALB008"),
        ("paths", json!(["/a,/b"]), "ALB009"),
        ("hosts", json!(["localhost"]), "ALB019"),
        ("header", json!({"name": "X-Version", "values": []}), "ALB024"),
        ("priority", json!(50_001), "FLD002"),
        ("healthCheck.interval", json!(301), "FLD002"),
    ] {
        let (mut d, _, second) = two_services();
        d.set(&second, path, value);
        assert_eq!(d.codes(), [code], "{path}");
    }
}

#[test]
fn slow_start_knows_one_algorithm() {
    let (mut d, _, second) = two_services();
    d.set(&second, "slowStart", 60);
    assert_eq!(d.codes(), NONE);
    d.set(&second, "algorithm", "least_outstanding_requests");
    d.mend("ALB018");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn priorities_do_not_clash() {
    let (mut d, first, second) = two_services();
    d.set(&first, "default", false);
    d.set(&first, "paths", json!(["/catalogo*"]));
    d.set(&first, "priority", 1);
    let found = d.found("ALB006");
    assert_eq!(found[0].link(), Some(&second), "the later one is told");
    d.mend("ALB006");
    assert_eq!(props(&d, &second)["priority"], 2);
    assert_eq!(d.codes(), NONE);
}

#[test]
fn a_rule_behind_a_wider_one_never_applies() {
    let (mut d, first, second) = two_services();
    d.set(&first, "default", false);
    d.set(&first, "paths", json!(["/*"]));
    d.set(&first, "priority", 1);
    d.set(&second, "priority", 2);
    assert_eq!(d.codes(), ["ALB010"]);
    d.mend("ALB010");
    assert_eq!(props(&d, &second)["priority"], 1);
    assert_eq!(d.codes(), NONE);
    // A further condition of the earlier rule leaves the later one its share.
    d.set(&first, "priority", 1);
    d.set(&second, "priority", 2);
    d.set(&first, "methods", json!(["GET"]));
    assert_eq!(d.codes(), NONE);
}

#[test]
fn a_service_without_any_port_cannot_be_reached() {
    let mut d = shop();
    d.set(&NodeId::new("task1"), "containers.0.ports", json!([]));
    assert_eq!(d.found("ALB025").len(), 1);
}

#[test]
fn both_lie_in_one_network() {
    let mut d = shop();
    let vpc = d.node(Kind::Vpc, "red");
    assert!(d.found("ALB016").is_empty());
    d.set(&vpc, "source", "new");
    assert!(d.found("ALB016").is_empty(), "an empty new VPC parts nobody");
    let apart = d.node_in(Kind::LoadBalancer, "aparte", &vpc);
    d.link(&apart, &"service1".into());
    assert_eq!(d.found("ALB016").len(), 1);
}

#[test]
fn what_answers_where_nothing_is_named() {
    let (mut d, first, _) = two_services();
    d.set(
        &NodeId::new("task1"),
        "containers",
        json!([
            {"name": "proxy", "image": "nginx", "ports": []},
            {"name": "extra", "image": "nginx", "essential": false, "ports": [{"containerPort": 1}]},
            {"name": "app", "image": "nginx", "ports": [{"containerPort": 9000}, {"containerPort": 9001}]},
        ]),
    );
    let backend = |d: &Drawing, container: &str, port: Option<i64>| {
        let mut link = d.design.link(&first).unwrap().clone();
        let forward = super::links::Forward { container: container.into(), container_port: port, ..Default::default() };
        link.props = crate::LinkProps::Forward(Box::new(forward.clone()));
        forward.backend(&d.design, &link)
    };
    assert_eq!(backend(&d, "", None), Some(("app".into(), 9000)));
    assert_eq!(backend(&d, "", Some(9001)), Some(("app".into(), 9001)));
    assert_eq!(backend(&d, "extra", None), Some(("extra".into(), 1)));
    assert_eq!(backend(&d, "proxy", None), None);
    assert_eq!(backend(&d, "proxy", Some(80)), Some(("proxy".into(), 80)));
}

#[test]
fn lowering_of_two_services() {
    let (d, _, _) = two_services();
    insta::assert_json_snapshot!(only(&d, &["Publico"]));
}

#[test]
fn lowering_with_https_and_everything() {
    let (mut d, _, second) = two_services();
    d.set(&alb(), "https.enabled", true);
    d.set(&alb(), "https.certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d");
    d.set(&alb(), "idleTimeout", 120);
    d.set(&alb(), "accessLogs", json!({"bucket": "tienda-logs", "prefix": "alb"}));
    d.set(&second, "stickiness.enabled", true);
    d.set(&second, "slowStart", 60);
    d.set(&second, "header", json!({"name": "X-Version", "values": ["beta*"]}));
    d.set(&second, "methods", json!(["GET"]));
    insta::assert_json_snapshot!(only(&d, &["PublicoHttp", "PublicoLoadBalancer", "PublicoPedidos"]));
}

#[test]
fn an_internal_one_admits_its_network_alone() {
    let mut d = shop();
    d.remove(&NodeId::new("api1"));
    d.set(&alb(), "scheme", "internal");
    let stack = d.stack();
    let ingress = &stack["PublicoSecurityGroup"]["SecurityGroupIngress"];
    assert_eq!(ingress[0]["CidrIp"], "172.31.0.0/16");
    assert_eq!(ingress.as_array().unwrap().len(), 1);
}

/// The part of the template whose names begin with one of these.
fn only(d: &Drawing, beginnings: &[&str]) -> Value {
    let Value::Object(mut all) = d.stack() else { panic!() };
    all.retain(|id, _| beginnings.iter().any(|beginning| id.trim_start_matches("→ ").starts_with(beginning)));
    Value::Object(all)
}
