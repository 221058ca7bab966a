use serde_json::{Value, json};

use crate::Kind;
use crate::testing::{Drawing, shop};

#[test]
fn an_empty_cluster_is_told() {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    assert_eq!(d.codes(), ["CLU001"]);
    d.node_in(Kind::Service, "catalogo", &cluster);
    assert!(d.found("CLU001").is_empty());
}

#[test]
fn names_are_those_that_ecs_takes() {
    let mut d = shop();
    let cluster = d.design.nodes().find(|node| node.kind() == Kind::Cluster).unwrap().id.clone();
    for name in ["tienda virtual", "tiénda", "", &"a".repeat(256)] {
        d.set(&cluster, "name", name);
        assert_eq!(d.codes(), ["FLD005"], "{name}");
    }
    d.set(&cluster, "name", "Tienda_virtual-2");
    assert!(d.codes().is_empty());
}

#[test]
fn its_template() {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    d.set(&cluster, "spot", false);
    d.set(&cluster, "containerInsights", "enhanced");
    d.set(&cluster, "tags", json!([{ "key": "curso", "value": "distribuida" }]));
    insta::assert_json_snapshot!(d.stack());
}

fn with_instances() -> Drawing {
    let mut d = shop();
    d.set("cluster1", "ec2.enabled", true);
    d.choose("service1", "launch", "ec2");
    d.set("task1", "networkMode", "bridge");
    d
}

#[test]
fn instances_make_a_capacity_provider() {
    let mut d = with_instances();
    d.set("cluster1", "defaultStrategy", json!([{ "provider": "EC2", "weight": 1, "base": 2 }]));
    d.set("cluster1", "tags", json!([{ "key": "curso", "value": "distribuida" }, { "key": "vacia", "value": "" }]));
    d.set("cluster1", "ec2.desired", 2);
    d.set("cluster1", "execLog", "own_log");
    assert_eq!(d.codes(), [""; 0]);
    let stack = d.stack();
    let own = |(id, one): (&String, &Value)| id.starts_with("Tienda").then(|| (id.clone(), one.clone()));
    let own: serde_json::Map<String, Value> = stack.as_object().unwrap().iter().filter_map(own).collect();
    insta::assert_json_snapshot!(own);
}

#[test]
fn the_image_fits_the_type_and_the_system() {
    let mut d = with_instances();
    for (kind, image, parameter) in [
        ("t3.small", "al2023", "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"),
        ("t4g.small", "al2023", "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"),
        ("t3.small", "bottlerocket", "/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id"),
        ("m7g.large", "bottlerocket", "/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id"),
    ] {
        d.set("cluster1", "ec2.instanceType", kind);
        d.set("cluster1", "ec2.image", image);
        let data = d.stack()["TiendaLaunchTemplate"]["LaunchTemplateData"].clone();
        assert_eq!(data["ImageId"], format!("{{{{resolve:ssm:{parameter}}}}}"));
    }
}

#[test]
fn a_profile_that_exists_is_used() {
    let mut d = with_instances();
    let profile = |d: &Drawing| d.stack()["TiendaLaunchTemplate"]["LaunchTemplateData"]["IamInstanceProfile"].clone();
    assert_eq!(profile(&d), json!({ "Arn": "!GetAtt TiendaInstanceProfile.Arn" }));
    d.set("cluster1", "ec2.instanceProfile", "EcsInstances");
    assert_eq!(profile(&d), json!({ "Name": "EcsInstances" }));
    assert_eq!(d.stack()["TiendaInstanceRole"], Value::Null);
    let arn = "arn:aws:iam::123456789012:instance-profile/EcsInstances";
    d.set("cluster1", "ec2.instanceProfile", arn);
    assert_eq!(profile(&d), json!({ "Arn": arn }));
    d.set("cluster1", "ec2.instanceProfile", "");
    d.set(crate::Target::Design, "account", "learner-lab");
    assert_eq!(profile(&d), json!({ "Name": "LabInstanceProfile" }));
    assert_eq!(d.stack()["TiendaInstanceRole"], Value::Null);
}

#[test]
fn the_number_of_instances_has_limits() {
    let mut d = with_instances();
    d.set("cluster1", "ec2.min", 5);
    assert_eq!(d.codes(), ["CLU010"]);
    d.mend("CLU010");
    d.set("cluster1", "ec2.desired", 9);
    assert_eq!(d.codes(), ["CLU011"]);
    d.mend("CLU011");
    assert_eq!(d.get("cluster1", "ec2.desired"), 5);
    d.choose("cluster1", "ec2.desired", Value::Null);
    d.set("cluster1", "ec2.min", 0);
    d.set("cluster1", "ec2.max", 0);
    assert_eq!(d.codes(), ["CLU023"]);
    d.mend("CLU023");
}

#[test]
fn instances_need_a_way_to_ecs() {
    let mut d = with_instances();
    d.set("cluster1", "ec2.privateSubnets", true);
    d.mend("CLU013");
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    d.choose(&vpc, "privateSubnets", true);
    for id in ["cluster1", "alb1"] {
        let mut place = d.design.node(&id.into()).unwrap().place.clone();
        place.parent = Some(vpc.clone());
        d.apply(crate::Edit::Place { node: id.into(), place });
    }
    d.set("cluster1", "ec2.privateSubnets", true);
    assert_eq!(d.found("CLU013"), []);
    d.mend("CLU012");
    assert_eq!(d.get(&vpc, "nat"), "single");
}

#[test]
fn instances_that_nobody_uses_are_told() {
    let mut d = shop();
    d.set("cluster1", "ec2.enabled", true);
    assert_eq!(d.codes(), ["CLU014"]);
    d.mend("CLU014");
    let mut d = with_instances();
    d.set("cluster1", "ec2.terminationProtection", true);
    assert_eq!(d.codes(), ["CLU022"]);
    d.mend("CLU022");
}

#[test]
fn a_default_strategy_is_one_that_aws_takes() {
    let share = |provider: &str, weight: i64, base: i64| json!({ "provider": provider, "weight": weight, "base": base });
    for (all, code) in [
        (json!([share("FARGATE", 0, 0)]), "CLU015"),
        (json!([share("FARGATE", 1, 1), share("FARGATE_SPOT", 1, 1)]), "CLU016"),
        (json!([share("EC2", 1, 0), share("FARGATE", 1, 0)]), "CLU017"),
        (json!([share("FARGATE", 1, 0), share("FARGATE", 1, 0)]), "CLU018"),
    ] {
        let mut d = with_instances();
        d.set("cluster1", "defaultStrategy", all);
        assert_eq!(d.codes(), [code]);
        d.mend(code);
        assert_eq!(d.codes(), [""; 0]);
    }
    let mut d = shop();
    d.set("cluster1", "spot", false);
    d.set("cluster1", "defaultStrategy", json!([share("FARGATE_SPOT", 1, 0)]));
    assert_eq!(d.codes(), ["CLU019"]);
    d.mend("CLU019");
}

#[test]
fn a_learner_lab_has_small_instances_and_few() {
    let mut d = with_instances();
    d.set(crate::Target::Design, "account", "learner-lab");
    d.set("cluster1", "ec2.instanceType", "m7i.2xlarge");
    d.mend("CLU020");
    d.set("cluster1", "ec2.max", 20);
    d.mend("CLU021");
    assert_eq!(d.get("cluster1", "ec2.max"), 9);
}

#[test]
fn the_card_tells_what_its_services_run_on() {
    let d = with_instances();
    let node = d.design.node(&"cluster1".into()).unwrap();
    let told = (node.kind().spec().summary)(&d.design, node);
    assert_eq!(told.iter().map(|phrase| phrase.args[0].1.as_str()).collect::<Vec<_>>(), ["1–3 × t3.medium"]);
}

#[test]
fn sessions_are_recorded_where_tasks_may_write() {
    let mut d = shop();
    d.set("service1", "enableExecuteCommand", true);
    d.mend("SVC016");
    let actions = |d: &Drawing| {
        let stack = d.stack();
        let roles = stack.as_object().unwrap().values().filter(|one| one["Type"] == "AWS::IAM::Role");
        roles.map(Value::to_string).collect::<String>()
    };
    assert!(!actions(&d).contains("logs:DescribeLogStreams"));
    d.set("cluster1", "execLog", "own_log");
    assert!(actions(&d).contains("logs:DescribeLogStreams"));
    assert!(actions(&d).contains("!GetAtt TiendaExecLogGroup.Arn"));
}
