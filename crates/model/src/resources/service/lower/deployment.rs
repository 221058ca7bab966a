//! How a service is deployed on AWS, and what moving requests between two versions takes
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html>).

use trazo_stack::{Object, Resource, Value, att, list, map, reference, sub};

use super::super::{Service, Strategy};
use crate::lowering::{link_origin, node_origin};
use crate::resources::load_balancer::lower::service_waits_for;
use crate::{Link, Lowering, Node, NodeId};

/// What ECS may do to move requests
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html>).
const ROLE_POLICY: &str = ":iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers";

/// Whether requests are moved between two versions of a service, so that it has two target groups.
pub(in crate::resources) fn shifts_traffic(design: &crate::Design, service: &NodeId) -> bool {
    design.get::<Service>(service).is_some_and(|(_, service)| service.deployment.shifts())
}

pub(super) fn configuration(resource: &mut Resource, service: &Service) {
    let deployment = &service.deployment;
    let origin = resource.origin.clone();
    let mut all = Object::new();
    let mut set = |key: &str, field: &str, value: Value| {
        all.insert(key.to_owned(), value.from_origin(origin.field(format!("deployment.{field}"))));
    };
    if let Some(strategy) = deployment.strategy {
        set("Strategy", "strategy", strategy.word().into());
    }
    if deployment.shifts() {
        if let Some(minutes) = deployment.bake_time {
            set("BakeTimeInMinutes", "bakeTime", minutes.into());
        }
        let (key, percent, bake) = match deployment.strategy {
            Some(Strategy::Linear) => ("LinearConfiguration", "StepPercent", "StepBakeTimeInMinutes"),
            Some(Strategy::Canary) => ("CanaryConfiguration", "CanaryPercent", "CanaryBakeTimeInMinutes"),
            _ => ("", "", ""),
        };
        let mut steps = Object::new();
        for (key, number) in [(percent, deployment.step_percent), (bake, deployment.step_bake_time)] {
            if let (false, Some(number)) = (key.is_empty(), number) {
                steps.insert(key.to_owned(), number.into());
            }
        }
        if !steps.is_empty() {
            set(key, "stepPercent", steps.into());
        }
    }
    // ECS itself replaces the one task of each instance.
    if !service.daemon {
        set("MinimumHealthyPercent", "minimumHealthyPercent", deployment.minimum_healthy_percent.into());
        set("MaximumPercent", "maximumPercent", deployment.maximum_percent.into());
    }
    let from = |field: &str, value: Value| value.from_origin(origin.field(format!("deployment.{field}")));
    let breaker = map([
        ("Enable", from("circuitBreaker", deployment.circuit_breaker.into())),
        // Without a breaker nothing is stopped that could be taken back.
        ("Rollback", from("rollback", (deployment.circuit_breaker && deployment.rollback).into())),
    ]);
    set("DeploymentCircuitBreaker", "circuitBreaker", breaker);
    if !deployment.alarms.is_empty() {
        let names = list(deployment.alarms.iter().map(String::as_str));
        let alarms = map([("AlarmNames", names), ("Enable", true.into()), ("Rollback", true.into())]);
        set("Alarms", "alarms", alarms);
    }
    resource.set("DeploymentConfiguration", Value::from(all));
}

/// The second target group, the rule and the role that moving requests takes; `None` where none are moved.
pub(super) fn advanced(low: &Lowering<'_>, link: &Link, service: &Service) -> Option<Value> {
    if !service.deployment.shifts() {
        return None;
    }
    let origin = node_origin(&link.to).field("deployment.role");
    let role = match (service.deployment.role.as_str(), low.lab_role(origin.clone())) {
        ("", Some(arn)) => arn,
        ("", None) => att(low.id(&link.to, "DeploymentRole"), "Arn"),
        (arn, _) => arn.into(),
    };
    let configuration = map([
        ("AlternateTargetGroupArn", reference(low.link_id(&link.from, &link.to, "GreenTargetGroup"))),
        ("ProductionListenerRule", reference(service_waits_for(low, link))),
        ("RoleArn", role.from_origin(origin)),
    ]);
    Some(configuration.from_origin(link_origin(&link.id)))
}

/// The role with which ECS moves requests, unless one exists.
pub(super) fn role(low: &mut Lowering<'_>, node: &Node, service: &Service) {
    if !service.deployment.shifts() || !service.deployment.role.is_empty() || low.design.is_learner_lab() {
        return;
    }
    let mut role = Resource::new("AWS::IAM::Role", node_origin(&node.id).field("deployment.strategy"));
    let statement = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "ecs.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    role.set("AssumeRolePolicyDocument", map([("Version", "2012-10-17".into()), ("Statement", list([statement]))]));
    role.set("ManagedPolicyArns", list([sub(format!("arn:${{AWS::Partition}}{ROLE_POLICY}"))]));
    if let Some(tags) = low.tags(node) {
        role.set("Tags", tags);
    }
    low.add(low.id(&node.id, "DeploymentRole"), role);
}
