mod capacity;
mod connect;
mod deployment;
mod scaling;

use serde_json::{Value, json};

use crate::Kind;
use crate::testing::{Drawing, shop};

const CLEAN: [&str; 0] = [];

/// The shop in a new VPC, its service in private subnets behind NAT.
fn private_shop() -> Drawing {
    let mut d = shop();
    let vpc = d.node(Kind::Vpc, "red");
    d.choose(&vpc, "source", "new");
    d.choose(&vpc, "privateSubnets", true);
    d.choose(&vpc, "nat", "single");
    for id in ["cluster1", "alb1"] {
        let mut place = d.design.node(&id.into()).unwrap().place.clone();
        place.parent = Some(vpc.clone());
        d.apply(crate::Edit::Place { node: id.into(), place });
    }
    d.choose("service1", "privateSubnets", true);
    d
}

#[test]
fn a_good_design_has_no_finding() {
    assert_eq!(shop().codes(), CLEAN);
    assert_eq!(private_shop().codes(), CLEAN);
}

#[test]
fn it_needs_a_cluster() {
    let mut d = Drawing::new();
    let service = d.node(Kind::Service, "catalogo");
    assert!(d.codes().contains(&"SVC001"));
    // Without any cluster a new one is put around it, else it goes into the nearest.
    d.mend("SVC001");
    assert_eq!(d.design.ancestor(&service, Kind::Cluster).unwrap().name, "cluster-1");

    let mut d = Drawing::new();
    let far = crate::Node::new("cluster9".into(), Kind::Cluster, "lejos", 5000, 5000);
    d.apply(crate::Edit::add_node(far));
    let near = d.node(Kind::Cluster, "cerca");
    let service = d.node(Kind::Service, "catalogo");
    d.mend("SVC001");
    let node = d.design.node(&service).unwrap();
    assert_eq!(node.place.parent.as_ref(), Some(&near));
    assert_eq!((node.place.x, node.place.y), (0, 0));
}

#[test]
fn it_needs_a_task_definition() {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    let service = d.node_in(Kind::Service, "catalogo", &cluster);
    d.mend("SVC002");
    let made = d.design.links_from(&service).next().unwrap().to.clone();
    assert_eq!(d.design.node(&made).unwrap().name, "catalogo");
    // One that no service runs comes before those that others run.
    let second = d.node_in(Kind::Service, "pedidos", &cluster);
    let idle = d.node(Kind::TaskDefinition, "pedidos");
    d.mend("SVC002");
    assert!(d.design.link_between(&second, &idle).is_some());
    // Of several that others run, nobody can know which.
    d.node_in(Kind::Service, "pagos", &cluster);
    assert_eq!(d.found("SVC002")[0].fix, None);
}

#[test]
fn spot_is_for_clusters_that_offer_it_and_work_that_can_stop() {
    let mut d = shop();
    d.choose("service1", "launch", "spot");
    assert_eq!(d.codes(), ["SVC011"]);
    d.set("cluster1", "spot", false);
    assert_eq!(d.codes(), ["SVC003"]);
    d.mend("SVC003");
    d.mend("SVC011");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn tasks_need_a_way_to_their_image() {
    let mut d = shop();
    d.set("service1", "assignPublicIp", false);
    assert_eq!(d.codes(), ["SVC004"]);
    d.mend("SVC004");
    d.choose("service1", "privateSubnets", true);
    assert_eq!(d.get("service1", "assignPublicIp"), false);
    assert_eq!(d.codes(), ["SVC018"]);
    d.mend("SVC018");
    assert_eq!(d.codes(), CLEAN);

    let mut d = private_shop();
    d.choose("vpc1", "nat", "none");
    assert!(d.codes().contains(&"SVC005"));
    d.mend("SVC005");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn a_deployment_needs_room() {
    for (tasks, least, most, fits) in [
        (2, 100, 200, true),
        (2, 100, 150, true),
        (1, 100, 150, false),
        (2, 100, 140, false),
        (4, 100, 100, false),
        (2, 50, 100, true),
        (1, 50, 100, false),
        (1, 0, 100, true),
        (0, 100, 100, false),
        (0, 50, 100, true),
    ] {
        let mut d = shop();
        d.set("service1", "zoneRebalancing", false);
        d.set("service1", "desiredCount", tasks);
        d.set("service1", "deployment.minimumHealthyPercent", least);
        d.set("service1", "deployment.maximumPercent", most);
        assert_eq!(d.found("SVC006").is_empty(), fits, "{tasks} {least} {most}");
        if !fits {
            d.mend("SVC006");
        }
    }
}

#[test]
fn rebalancing_needs_room() {
    let mut d = shop();
    d.set("service1", "deployment.minimumHealthyPercent", 50);
    d.set("service1", "deployment.maximumPercent", 100);
    assert_eq!(d.codes(), ["SVC017"]);
    d.mend("SVC017");
    d.set("service1", "deployment.maximumPercent", 100);
    d.set("service1", "zoneRebalancing", false);
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn one_task_or_none_is_told_where_people_come() {
    let mut d = shop();
    d.set("service1", "desiredCount", 1);
    assert_eq!(d.codes(), ["SVC008"]);
    d.mend("SVC008");
    d.set("service1", "desiredCount", 0);
    assert_eq!(d.codes(), ["SVC019"]);
    d.mend("SVC019");
    assert_eq!(d.codes(), CLEAN);
    // Work that nobody waits for may be done by one.
    d.set("service1", "desiredCount", 1);
    d.remove("alb1");
    assert!(d.found("SVC008").is_empty());
}

#[test]
fn a_grace_period_is_for_the_checks_of_load_balancers_and_containers() {
    let mut d = shop();
    d.set("service1", "healthCheckGracePeriodSeconds", 60);
    assert_eq!(d.codes(), CLEAN);
    assert_eq!(d.stack()["CatalogoService"]["HealthCheckGracePeriodSeconds"], 60);
    d.remove("alb1");
    assert_eq!(d.stack()["CatalogoService"]["HealthCheckGracePeriodSeconds"], Value::Null);
    let mut checked = d.clone();
    checked.set("task1", "containers.0.healthCheck.command", json!(["CMD-SHELL", "true"]));
    assert!(checked.found("SVC009").is_empty());
    assert_eq!(checked.stack()["CatalogoService"]["HealthCheckGracePeriodSeconds"], 60);
    d.mend("SVC009");
}

#[test]
fn a_deployment_without_a_breaker_is_told() {
    let mut d = shop();
    d.set("service1", "deployment.circuitBreaker", false);
    assert_eq!(d.codes(), ["SVC010"]);
    d.mend("SVC010");
}

#[test]
fn exec_needs_a_task_role() {
    let mut d = shop();
    d.set("service1", "enableExecuteCommand", true);
    assert_eq!(d.codes(), ["SVC016"]);
    d.mend("SVC016");
    assert_eq!(d.codes(), CLEAN);
    // A role that exists in the account serves for both.
    let mut d = shop();
    d.set("role1", "source", "existing");
    d.set("role1", "arn", "LabRole");
    d.set("service1", "enableExecuteCommand", true);
    d.mend("SVC016");
    let task = &d.stack()["CatalogoTaskDefinition"];
    assert_eq!(task["TaskRoleArn"], task["ExecutionRoleArn"]);
}

#[test]
fn scaling_needs_limits_and_a_target() {
    let mut d = shop();
    d.set("service1", "scaling.enabled", true);
    assert_eq!(d.codes(), ["SVC014"]);
    d.mend("SVC014");
    d.set("service1", "scaling.min", 8);
    assert_eq!(d.codes(), ["SVC012"]);
    d.mend("SVC012");
    assert_eq!((d.get("service1", "scaling.min"), d.get("service1", "scaling.max")), (json!(6), json!(8)));
    assert_eq!(d.codes(), ["SVC013"]);
    d.mend("SVC013");
    assert_eq!(d.get("service1", "desiredCount"), 6);
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn requests_are_counted_by_a_load_balancer() {
    let mut d = shop();
    d.set("service1", "scaling.enabled", true);
    d.set("service1", "scaling.targetRequests", 1000);
    assert_eq!(d.codes(), CLEAN);
    d.remove("alb1");
    d.mend("SVC015");
    assert_eq!(d.get("service1", "scaling.targetRequests"), Value::Null);
    assert!(d.found("SVC014").is_empty());
}

#[test]
fn turning_scaling_on_gives_it_a_target() {
    let mut d = shop();
    d.set("service1", "desiredCount", 1);
    d.choose("service1", "scaling.enabled", true);
    assert_eq!(d.get("service1", "scaling.targetCpu"), 60);
    assert_eq!(d.get("service1", "desiredCount"), 2);
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn the_card_tells_how_many_tasks() {
    let mut d = shop();
    let told = |d: &Drawing| {
        let node = d.design.node(&"service1".into()).unwrap();
        let phrases = (node.kind().spec().summary)(&d.design, node);
        phrases.iter().map(|phrase| (phrase.key, phrase.count)).collect::<Vec<_>>()
    };
    assert_eq!(told(&d), [("summary.service.tasks", Some(2))]);
    d.choose("service1", "scaling.enabled", true);
    d.choose("service1", "launch", "spot");
    assert_eq!(told(&d), [("summary.service.range", None), ("plain", None)]);
}

#[test]
fn its_template() {
    let mut d = private_shop();
    d.choose("service1", "scaling.enabled", true);
    d.set("service1", "scaling.targetMemory", 70);
    d.set("service1", "scaling.targetRequests", 500);
    d.set("service1", "healthCheckGracePeriodSeconds", 30);
    d.set("service1", "tags", json!([{ "key": "curso", "value": "distribuida" }]));
    let stack = d.stack();
    let own = |(id, one): (&String, &Value)| id.starts_with("Catalogo").then(|| (id.clone(), one.clone()));
    let mut own: serde_json::Map<String, Value> = stack.as_object().unwrap().iter().filter_map(own).collect();
    own.retain(|_, one| {
        !["AWS::ECS::TaskDefinition", "AWS::IAM::Role", "AWS::Logs::LogGroup"].iter().any(|t| one["Type"] == *t)
    });
    insta::assert_json_snapshot!(own);
}

#[test]
fn spot_is_a_strategy_and_no_launch_type() {
    let mut d = shop();
    d.set("service1", "launch", "spot");
    let service = d.stack()["CatalogoService"].clone();
    assert_eq!(service["LaunchType"], Value::Null);
    assert_eq!(service["CapacityProviderStrategy"], json!([{ "CapacityProvider": "FARGATE_SPOT", "Weight": 1 }]));
}

#[test]
fn two_load_balancers_are_admitted_each_on_its_port() {
    let mut d = shop();
    let second = d.node(Kind::LoadBalancer, "interno");
    let link = d.link(&second, &"service1".into());
    d.set("task1", "containers.0.ports", json!([{ "containerPort": 80 }, { "containerPort": 9090 }]));
    d.set(&link, "containerPort", 9090);
    let stack = d.stack();
    let ingress = stack["CatalogoSecurityGroup"]["SecurityGroupIngress"].as_array().unwrap();
    let ports: Vec<_> = ingress.iter().map(|rule| (&rule["FromPort"], &rule["SourceSecurityGroupId"])).collect();
    assert_eq!(
        ports,
        [
            (&json!(80), &json!("!GetAtt PublicoSecurityGroup.GroupId")),
            (&json!(9090), &json!("!GetAtt InternoSecurityGroup.GroupId")),
        ]
    );
    assert_eq!(stack["CatalogoService"]["LoadBalancers"].as_array().unwrap().len(), 2);
}
