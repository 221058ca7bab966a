//! Conditions, target groups and attributes beyond the usual.

use serde_json::json;

use super::{NONE, alb, only, two_services};
use crate::testing::{Drawing, shop};
use crate::{Edit, Kind, LinkId, NodeId};

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d";

/// The two services behind HTTPS, to which HTTP is redirected.
fn with_https() -> (Drawing, LinkId, LinkId) {
    let (mut d, first, second) = two_services();
    // An API calls it by its own address, for which no certificate is made out.
    d.remove("api1");
    d.remove("users1");
    d.set(&alb(), "https.enabled", true);
    d.set(&alb(), "https.certificateArn", CERTIFICATE);
    assert_eq!(d.codes(), NONE);
    (d, first, second)
}

#[test]
fn wrong_targets_are_told_and_mended() {
    for (path, value, code) in [
        ("stickiness", json!({ "enabled": true, "cookie": "AWSALB" }), "ALB043"),
        ("stickiness", json!({ "enabled": true, "cookie": "mi cookie" }), "ALB043"),
        ("healthCheck.path", json!("/salud"), "ALB051"),
        ("sources", json!(["203.0.113.7"]), "ALB052"),
        ("header", json!({ "name": "Host", "values": ["api.example.com"] }), "ALB053"),
        ("anomalyMitigation", json!(true), "ALB067"),
    ] {
        let (mut d, _, second) = two_services();
        d.set(&second, path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
}

#[test]
fn wrong_targets_that_only_a_person_can_mend() {
    for (path, value, code) in [
        ("sources", json!(["203.0.113.*"]), "ALB052"),
        ("sources", json!(["2001:db8::/129"]), "ALB052"),
        ("query", json!([{ "key": "version", "value": "" }]), "ALB055"),
        ("sources", json!(["10.0.0.0/8", "192.168.1.0/24"]), "ALB056"),
        ("paths", json!(["/a*b*", "/c*d*", "/e*f*", "/g*"]), "ALB054"),
    ] {
        let (mut d, _, second) = two_services();
        d.set(&second, path, value);
        assert_eq!(d.codes(), [code], "{path}");
    }
}

#[test]
fn health_is_checked_where_requests_come() {
    let (mut d, first, second) = two_services();
    d.set(&second, "healthCheck.path", "/salud");
    d.mend("ALB051");
    assert_eq!(d.get(&second, "healthCheck.path"), "/pedidos/salud");
    // All requests come to the default service, and the root is what most containers answer at.
    d.set(&first, "healthCheck.path", "/salud");
    d.set(&second, "healthCheck.path", "/");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn good_conditions_have_no_finding() {
    let (mut d, _, second) = two_services();
    d.set(&second, "sources", json!(["203.0.113.0/24", "2001:db8::/32"]));
    d.set(&second, "query", json!([{ "key": "version", "value": "beta*" }, { "value": "x" }]));
    assert_eq!(d.codes(), NONE);
    d.set(&second, "methods", json!(["GET"]));
    assert_eq!(d.codes(), ["ALB008"], "six values are too many");
}

#[test]
fn grpc_needs_https_and_codes_of_its_own() {
    let (mut d, _, second) = with_https();
    d.set(&second, "protocolVersion", "GRPC");
    assert_eq!(d.codes(), ["ALB041"]);
    d.mend("ALB041");
    assert_eq!(d.codes(), NONE);
    assert_eq!(d.stack()["PublicoPedidosTargetGroup"]["Matcher"]["GrpcCode"], "0");
    d.set(&second, "healthCheck.matcher", "0-99,12");
    assert_eq!(d.codes(), NONE);
    d.set(&alb(), "http1Only", true);
    d.mend("ALB042");
    d.set(&alb(), "https.redirectHttp", false);
    assert_eq!(d.codes(), ["ALB040"]);
    d.mend("ALB040");
    assert_eq!(d.get(&second, "listener"), "https");
    assert_eq!(d.codes(), NONE);
    d.set(&alb(), "https.enabled", false);
    assert_eq!(d.codes(), ["ALB057"]);
    d.mend("ALB057");
    assert_eq!(d.codes(), ["ALB040"]);
}

#[test]
fn a_rule_may_be_on_one_listener() {
    let (mut d, first, second) = with_https();
    d.set(&alb(), "https.redirectHttp", false);
    d.set(&first, "listener", "https");
    d.set(&second, "listener", "http");
    d.set(&second, "default", true);
    assert_eq!(d.codes(), NONE, "each is the default of its own listener");
    let stack = d.stack();
    let group = |listener: &str| stack[listener]["DefaultActions"][0]["TargetGroupArn"].clone();
    assert_eq!(group("PublicoHttpsListener"), "!Ref PublicoCatalogoTargetGroup");
    assert_eq!(group("PublicoHttpListener"), "!Ref PublicoPedidosTargetGroup");
    assert_eq!(stack["PedidosService"]["DependsOn"], json!(["PublicoHttpListener"]));
    d.set(&second, "default", false);
    let stack = d.stack();
    assert_eq!(stack["PedidosService"]["DependsOn"], json!(["PublicoPedidosHttpRule"]));
    assert!(stack.get("PublicoPedidosRule").is_none());
    // One priority may be used once on each listener.
    d.set(&first, "default", false);
    d.set(&first, "paths", json!(["/*"]));
    assert_eq!(d.get(&first, "priority"), d.get(&second, "priority"));
    assert_eq!(d.codes(), NONE);
    d.choose(&second, "listener", serde_json::Value::Null);
    assert_eq!(d.codes(), ["ALB006"]);
}

#[test]
fn a_wider_rule_takes_queries_and_sources_of_a_narrower_one() {
    let (mut d, first, second) = two_services();
    d.set(&first, "default", false);
    d.set(&first, "priority", 1);
    d.set(&second, "priority", 2);
    let none: [&str; 0] = [];
    d.set(&second, "paths", json!(none));
    for (field, wide, narrow) in [
        ("sources", json!(["203.0.0.0/16"]), json!(["203.0.113.0/24"])),
        ("query", json!([{ "value": "b*" }]), json!([{ "key": "v", "value": "Beta" }])),
    ] {
        d.set(&first, field, wide.clone());
        d.set(&second, field, narrow.clone());
        assert_eq!(d.codes(), ["ALB010"], "{field}");
        d.set(&first, field, narrow);
        d.set(&second, field, wide);
        assert_eq!(d.codes(), NONE, "{field}");
        d.set(&first, field, json!(none));
        d.set(&second, field, json!(none));
    }
}

#[test]
fn wrong_attributes_are_told_and_mended() {
    for (path, value, code) in [
        ("https.sslPolicy", json!("ELBSecurityPolicy-2016-08"), "ALB044"),
        ("accessLogs", json!({ "bucket": "tienda-logs" }), "ALB046"),
        ("https.certificates", json!([CERTIFICATE]), "ALB068"),
    ] {
        let (mut d, _, _) = with_https();
        d.set(&alb(), path, value);
        assert_eq!(d.codes(), [code], "{path}");
        d.mend(code);
        assert_eq!(d.codes(), NONE, "{path}");
    }
    for prefix in ["/alb", "alb/", "AWSLogs/alb"] {
        let mut d = shop();
        d.set(&alb(), "accessLogs", json!({ "bucket": "tienda-logs", "prefix": prefix }));
        assert_eq!(d.codes(), ["ALB062"], "{prefix}");
        d.mend("ALB062");
        assert_eq!(d.get(&alb(), "accessLogs.prefix"), "alb");
    }
}

#[test]
fn further_certificates_are_checked_as_the_first() {
    let (mut d, _, _) = with_https();
    d.set(&alb(), "https.certificates", json!(["arn:aws:acm:eu-west-1:111122223333:certificate/0a"]));
    assert_eq!(d.codes(), ["ALB022"]);
    let many: Vec<String> = (0..26).map(|n| format!("{CERTIFICATE}{n}")).collect();
    d.set(&alb(), "https.certificates", json!(many));
    assert_eq!(d.codes(), ["ALB069"]);
}

#[test]
fn people_reach_it_and_are_led_to_https() {
    let (mut d, _, _) = with_https();
    let users = d.node(Kind::Users, "clientes");
    d.link(&users, &alb());
    assert_eq!(d.codes(), NONE);
    d.set(&alb(), "https.redirectHttp", false);
    d.mend("ALB073");
    d.set(&alb(), "scheme", "internal");
    assert_eq!(d.codes(), ["ALB047"]);
    d.mend("ALB047");
}

#[test]
fn ipv6_needs_subnets_that_have_it() {
    let mut d = shop();
    d.set(&alb(), "ipAddressType", "dualstack");
    assert_eq!(d.codes(), NONE, "the default VPC may have it");
    let ingress = &d.stack()["PublicoSecurityGroup"]["SecurityGroupIngress"];
    assert_eq!(ingress[1]["CidrIpv6"], "::/0");
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    for id in ["alb1", "cluster1"] {
        let mut place = d.design.node(&NodeId::new(id)).unwrap().place.clone();
        place.parent = Some(vpc.clone());
        d.apply(Edit::Place { node: id.into(), place });
    }
    assert_eq!(d.codes(), ["ALB064"]);
    d.mend("ALB064");
}

#[test]
fn a_health_check_on_a_port_of_its_own_is_let_in() {
    let (mut d, _, second) = two_services();
    d.set(&second, "healthCheck.port", 9000);
    assert_eq!(d.codes(), ["ALB058"]);
    let stack = d.stack();
    let ports = |group: &str| {
        let rules = stack[group]["SecurityGroupIngress"].as_array().unwrap();
        rules.iter().map(|rule| rule["FromPort"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ports("PedidosSecurityGroup"), [json!(80), json!(9000)]);
    d.set("task1", "containers.0.ports", json!([{ "containerPort": 80 }, { "containerPort": 9000 }]));
    assert_eq!(d.codes(), NONE);
    d.set("task1", "containers.0.ports", json!([{ "containerPort": 80 }]));
    d.mend("ALB058");
    assert_eq!(d.get(&second, "healthCheck.port"), serde_json::Value::Null);
}

#[test]
fn a_fixed_port_is_none_where_each_task_has_another() {
    let (mut d, _, second) = two_services();
    d.set("task1", "networkMode", "bridge");
    assert!(d.found("ALB060").is_empty());
    d.set(&second, "healthCheck.port", 80);
    assert_eq!(d.found("ALB060").len(), 1);
    d.set("task1", "containers.0.ports.0.hostPort", 8080);
    assert!(d.found("ALB060").is_empty());
    d.set("task1", "containers.0.ports.0.hostPort", 0);
    d.mend("ALB060");
}

#[test]
fn a_rule_is_on_the_listener_that_the_api_calls() {
    let (mut d, _, second) = two_services();
    d.set(&alb(), "https.enabled", true);
    d.set(&alb(), "https.certificateArn", CERTIFICATE);
    d.set(&alb(), "https.redirectHttp", false);
    d.set(&second, "listener", "https");
    assert_eq!(d.codes(), ["ALB059"]);
    d.mend("ALB059");
    assert_eq!(d.codes(), NONE);
}

#[test]
fn a_load_balancer_has_a_hundred_rules() {
    let mut d = Drawing::new();
    let balancer = d.node(Kind::LoadBalancer, "publico");
    for n in 0..101 {
        let service = d.node(Kind::Service, &format!("s{n}"));
        d.link(&balancer, &service);
    }
    assert!(d.found("ALB050").is_empty(), "the first is the default");
    let service = d.node(Kind::Service, "ultimo");
    d.link(&balancer, &service);
    assert_eq!(d.found("ALB050").len(), 1);
}

#[test]
fn lowering_of_all_that_is_unusual() {
    let (mut d, _, second) = with_https();
    d.set(&alb(), "https.certificates", json!(["arn:aws:acm:us-east-1:111122223333:certificate/ff"]));
    for (path, value) in [
        ("clientKeepAlive", json!(600)),
        ("ipAddressType", json!("dualstack")),
        ("http1Only", json!(true)),
        ("preserveHost", json!(true)),
        ("xff", json!("preserve")),
        ("xffClientPort", json!(true)),
        ("tlsHeaders", json!(true)),
        ("desync", json!("strictest")),
        ("wafFailOpen", json!(true)),
    ] {
        d.set(&alb(), path, value);
    }
    for (path, value) in [
        ("query", json!([{ "key": "version", "value": "beta*" }, { "value": "x" }])),
        ("sources", json!(["203.0.113.0/24"])),
        ("protocol", json!("HTTPS")),
        ("healthCheck.port", json!(8080)),
        ("healthCheck.protocol", json!("HTTP")),
        ("stickiness", json!({ "enabled": true, "cookie": "SESION", "duration": 60 })),
        ("algorithm", json!("weighted_random")),
        ("anomalyMitigation", json!(true)),
        ("zonal", json!(true)),
    ] {
        d.set(&second, path, value);
    }
    insta::assert_json_snapshot!(only(
        &d,
        &["PublicoLoadBalancer", "PublicoHttpsCertificate", "PublicoPedidosRule", "PublicoPedidosTargetGroup"]
    ));
}
