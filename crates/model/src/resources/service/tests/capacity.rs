use serde_json::{Value, json};

use super::CLEAN;
use crate::Kind;
use crate::testing::{Drawing, shop};

/// The shop on instances of its cluster, in bridge mode.
pub(super) fn on_instances() -> Drawing {
    let mut d = shop();
    d.set("cluster1", "ec2.enabled", true);
    d.choose("service1", "launch", "ec2");
    d.set("task1", "networkMode", "bridge");
    d
}

fn shares(all: &[(&str, i64, i64)]) -> Value {
    all.iter().map(|(provider, weight, base)| json!({ "provider": provider, "weight": weight, "base": base })).collect()
}

#[test]
fn instances_are_a_good_place() {
    let d = on_instances();
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    let service = &stack["CatalogoService"];
    assert_eq!(
        service["CapacityProviderStrategy"],
        json!([{ "CapacityProvider": "!Ref TiendaCapacityProvider", "Weight": 1 }])
    );
    for absent in ["LaunchType", "PlatformVersion", "NetworkConfiguration"] {
        assert_eq!(service[absent], Value::Null, "{absent}");
    }
    assert!(service["DependsOn"].as_array().unwrap().contains(&json!("TiendaCapacityProviders")));
    assert_eq!(stack["PublicoCatalogoTargetGroup"]["TargetType"], "instance");
    // Docker takes a free port, so the instances admit the load balancer on all of these.
    let rule = &stack["PublicoCatalogoIngress"];
    assert_eq!(rule["GroupId"], "!GetAtt TiendaInstanceSecurityGroup.GroupId");
    assert_eq!((&rule["FromPort"], &rule["ToPort"]), (&json!(32_768), &json!(65_535)));
    assert_eq!(stack["CatalogoSecurityGroup"], Value::Null);
}

#[test]
fn a_strategy_names_what_the_cluster_offers() {
    let mut d = shop();
    d.choose("service1", "launch", "strategy");
    assert_eq!(d.codes(), ["SVC040"]);
    d.mend("SVC040");
    d.set("service1", "strategy", shares(&[("FARGATE", 1, 1), ("FARGATE_SPOT", 3, 0)]));
    assert_eq!(d.codes(), CLEAN);
    let strategy = d.stack()["CatalogoService"]["CapacityProviderStrategy"].clone();
    assert_eq!(
        strategy,
        json!([
            { "CapacityProvider": "FARGATE", "Weight": 1, "Base": 1 },
            { "CapacityProvider": "FARGATE_SPOT", "Weight": 3 },
        ])
    );
    d.set("cluster1", "spot", false);
    d.mend("SVC044");
    assert_eq!(d.get("cluster1", "spot"), true);
}

#[test]
fn what_aws_refuses_in_a_strategy_is_told() {
    for (all, code) in [
        (&[("FARGATE", 0, 0), ("FARGATE_SPOT", 0, 0)][..], "SVC041"),
        (&[("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)], "SVC042"),
        (&[("FARGATE", 1, 1), ("EC2", 1, 0)], "SVC043"),
        (&[("FARGATE", 1, 1), ("FARGATE", 2, 0)], "SVC045"),
        (&[("FARGATE", 1, 0), ("FARGATE_SPOT", 3, 0)], "SVC059"),
        (&[("FARGATE_SPOT", 1, 0)], "SVC059"),
    ] {
        let mut d = shop();
        d.set("cluster1", "ec2.enabled", true);
        d.choose("service1", "launch", "strategy");
        d.set("service1", "strategy", shares(all));
        assert!(d.codes().contains(&code), "{code}: {:?}", d.codes());
        d.mend(code);
    }
}

#[test]
fn the_cluster_may_decide() {
    let mut d = shop();
    d.choose("service1", "launch", "cluster_default");
    assert_eq!(d.codes(), ["SVC084"]);
    d.set("cluster1", "defaultStrategy", shares(&[("FARGATE", 1, 0)]));
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    assert_eq!(stack["CatalogoService"]["LaunchType"], Value::Null);
    assert_eq!(stack["TiendaCluster"]["DefaultCapacityProviderStrategy"][0]["CapacityProvider"], "FARGATE");
    d.set("cluster1", "defaultStrategy", json!([]));
    d.mend("SVC084");
}

#[test]
fn instances_have_to_be_there_and_large_enough() {
    let mut d = on_instances();
    d.set("cluster1", "ec2.enabled", false);
    assert_eq!(d.codes(), ["SVC046"]);
    d.mend("SVC046");
    d.set("task1", "cpu", 4096);
    d.set("task1", "memory", 8192);
    assert!(d.codes().contains(&"SVC047"));
    d.mend("SVC047");
    assert_eq!(d.get("cluster1", "ec2.instanceType"), "t3.xlarge");
    d.set("cluster1", "ec2.instanceType", "m7g.2xlarge");
    d.mend("SVC048");
    assert_eq!(d.get("task1", "architecture"), "ARM64");
    // Of types that are not common nothing is known.
    d.set("cluster1", "ec2.instanceType", "u7i-6tb.112xlarge");
    assert!(d.found("SVC047").is_empty());
}

#[test]
fn a_network_interface_for_each_task_is_a_lot() {
    let mut d = on_instances();
    d.set("task1", "networkMode", Value::Null);
    d.set("service1", "desiredCount", 7);
    let found = d.found("SVC049");
    assert_eq!(found[0].args[1], ("room", "6".to_owned()));
    d.set("cluster1", "ec2.max", 4);
    assert!(d.found("SVC049").is_empty());
}

#[test]
fn a_fixed_port_is_taken_once_on_each_instance() {
    let mut d = on_instances();
    d.set("task1", "containers.0.ports.0.hostPort", 8080);
    assert!(d.found("SVC079").is_empty());
    assert_eq!(d.stack()["PublicoCatalogoIngress"]["FromPort"], 8080);
    d.set("service1", "desiredCount", 5);
    d.mend("SVC079");
    assert_eq!(d.get("cluster1", "ec2.max"), 5);
}

#[test]
fn tasks_on_instances_get_no_public_address() {
    let mut d = on_instances();
    assert_eq!(d.get("service1", "assignPublicIp"), false);
    d.set("task1", "networkMode", Value::Null);
    assert_eq!(d.codes(), ["SVC078"]);
    d.set("service1", "assignPublicIp", true);
    d.mend("SVC050");
    d.set("service1", "privateSubnets", true);
    d.mend("SVC018");
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    d.choose(&vpc, "privateSubnets", true);
    let mut place = d.design.node(&"cluster1".into()).unwrap().place.clone();
    place.parent = Some(vpc);
    d.apply(crate::Edit::Place { node: "cluster1".into(), place });
    d.mend("SVC078");
    assert!(d.found("SVC018").is_empty());
}

#[test]
fn placement_is_for_instances() {
    let mut d = on_instances();
    let by_zone = json!([{ "type": "spread", "field": "attribute:ecs.availability-zone" }, { "type": "binpack", "field": "cpu" }]);
    d.set("service1", "placement", by_zone);
    d.set("service1", "constraints", json!([{ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*" }]));
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(d.stack()["CatalogoService"]["PlacementStrategies"][1]["Field"], "cpu");
    d.choose("service1", "launch", "fargate");
    d.set("task1", "networkMode", Value::Null);
    assert!(d.codes().contains(&"SVC054"));
    d.mend("SVC054");
    assert_eq!(d.get("service1", "constraints"), Value::Null);
}

#[test]
fn placement_rules_have_their_form() {
    for (rule, good) in [
        (json!({ "type": "spread", "field": "instanceId" }), true),
        (json!({ "type": "spread", "field": "cpu" }), false),
        (json!({ "type": "spread", "field": "attribute:" }), false),
        (json!({ "type": "binpack", "field": "memory" }), true),
        (json!({ "type": "binpack", "field": "" }), false),
        (json!({ "type": "random", "field": "" }), true),
        (json!({ "type": "random", "field": "cpu" }), false),
    ] {
        let mut d = on_instances();
        d.set("service1", "zoneRebalancing", false);
        d.set("service1", "placement", json!([rule]));
        assert_eq!(d.found("SVC055").is_empty(), good, "{rule}");
        if !good {
            d.mend("SVC055");
        }
    }
    let mut d = on_instances();
    d.set("service1", "placement", json!([{ "type": "random", "field": "" }]));
    d.mend("SVC057");
    d.set("service1", "constraints", json!([{ "type": "memberOf" }]));
    assert_eq!(d.found("SVC056").len(), 1);
    d.set("service1", "constraints", json!([{ "type": "distinctInstance", "expression": "x" }]));
    d.mend("SVC056");
}

#[test]
fn one_task_on_each_instance() {
    let mut d = on_instances();
    d.set("service1", "daemon", true);
    assert_eq!(d.codes(), CLEAN);
    let service = d.stack()["CatalogoService"].clone();
    assert_eq!(service["SchedulingStrategy"], "DAEMON");
    assert_eq!(service["DesiredCount"], Value::Null);
    assert_eq!(service["DeploymentConfiguration"]["MaximumPercent"], Value::Null);
    d.choose("service1", "scaling.enabled", true);
    d.mend("SVC052");
    d.set("service1", "placement", json!([{ "type": "random", "field": "" }]));
    d.mend("SVC053");
    d.choose("service1", "launch", "fargate");
    d.set("task1", "networkMode", Value::Null);
    d.mend("SVC051");
}
