//! The scaling of a service on AWS: a scalable target and a policy for each metric that is aimed at
//! (<https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-ecs.html>).

use trazo_stack::{Object, Resource, Value, att, list, map, reference, sub};

use super::super::{Direction, Schedule, Service, StepPolicy};
use crate::lowering::{node_origin, short};
use crate::{Kind, Link, Lowering, Node};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node, service: &Service, entries: &[(&Link, String, i64)]) {
    let scaling = &service.scaling;
    if !scaling.enabled {
        return;
    }
    let origin = node_origin(&node.id);
    let mut target = Resource::new("AWS::ApplicationAutoScaling::ScalableTarget", origin.field("scaling.enabled"));
    target.set("ServiceNamespace", "ecs").set("ScalableDimension", "ecs:service:DesiredCount");
    target.set("ResourceId", resource_id(low, node));
    target.set("MinCapacity", Value::from(scaling.min).from_origin(origin.field("scaling.min")));
    target.set("MaxCapacity", Value::from(scaling.max).from_origin(origin.field("scaling.max")));
    if !scaling.schedules.is_empty() {
        let all = scaling.schedules.iter().enumerate();
        let actions = list(all.map(|(at, one)| {
            let whole = origin.field(format!("scaling.schedules.{at}"));
            schedule(one, &|field| origin.field(format!("scaling.schedules.{at}.{field}"))).from_origin(whole)
        }));
        target.set("ScheduledActions", actions);
    }
    low.add(low.id(&node.id, "ScalableTarget"), target);
    for (at, policy) in scaling.steps.iter().enumerate() {
        steps(low, node, policy, at);
    }

    if let Some(percent) = scaling.target_cpu {
        let metric = metric("ECSServiceAverageCPUUtilization", None);
        policy(low, node, service, Aim { suffix: "Cpu", field: "scaling.targetCpu", value: percent, metric });
    }
    if let Some(percent) = scaling.target_memory {
        let metric = metric("ECSServiceAverageMemoryUtilization", None);
        policy(low, node, service, Aim { suffix: "Memory", field: "scaling.targetMemory", value: percent, metric });
    }
    // Requests are counted for one target group: that of the first load balancer.
    if let (Some(requests), Some((link, ..))) = (scaling.target_requests, entries.first()) {
        let balancer = low.id(&link.from, "LoadBalancer");
        let group = low.link_id(&link.from, &link.to, "TargetGroup");
        let label = sub(format!("${{{balancer}.LoadBalancerFullName}}/${{{group}.TargetGroupFullName}}"));
        let metric = metric("ALBRequestCountPerTarget", Some(label));
        policy(
            low,
            node,
            service,
            Aim { suffix: "Requests", field: "scaling.targetRequests", value: requests, metric },
        );
    }
}

/// `service/cluster/service`.
fn resource_id(low: &Lowering<'_>, node: &Node) -> Value {
    let service = low.id(&node.id, "Service");
    // A service that is told no cluster lies in the one called `default`.
    let cluster = match low.design.ancestor(&node.id, Kind::Cluster) {
        Some(cluster) => format!("${{{}}}", low.id(&cluster.id, "Cluster")),
        None => "default".to_owned(),
    };
    sub(format!("service/{cluster}/${{{service}.Name}}"))
}

fn metric(name: &str, label: Option<Value>) -> Value {
    let kind = ("PredefinedMetricType", name.into());
    match label {
        Some(label) => map([kind, ("ResourceLabel", label)]),
        None => map([kind]),
    }
}

/// What a policy aims at.
struct Aim {
    suffix: &'static str,
    field: &'static str,
    value: i64,
    metric: Value,
}

fn policy(low: &mut Lowering<'_>, node: &Node, service: &Service, aim: Aim) {
    let origin = node_origin(&node.id);
    let from = |field: &str, value: i64| Value::from(value).from_origin(origin.field(field));
    let mut policy = Resource::new("AWS::ApplicationAutoScaling::ScalingPolicy", origin.field(aim.field));
    policy.set("PolicyName", policy_name(node, &aim.suffix.to_lowercase()));
    policy.set("PolicyType", "TargetTrackingScaling");
    policy.set("ScalingTargetId", reference(low.id(&node.id, "ScalableTarget")));
    let configuration = map([
        ("PredefinedMetricSpecification", aim.metric),
        ("TargetValue", from(aim.field, aim.value)),
        ("ScaleInCooldown", from("scaling.scaleInCooldown", service.scaling.scale_in_cooldown)),
        ("ScaleOutCooldown", from("scaling.scaleOutCooldown", service.scaling.scale_out_cooldown)),
    ]);
    policy.set("TargetTrackingScalingPolicyConfiguration", configuration);
    low.add(low.id(&node.id, &format!("{}Scaling", aim.suffix)), policy);
}

/// AWS takes 256 characters, and a service's name may have 255.
fn policy_name(node: &Node, suffix: &str) -> String {
    format!("{}-{suffix}", short(&node.name, 240))
}

fn schedule(schedule: &Schedule, origin: &dyn Fn(&str) -> trazo_stack::Origin) -> Value {
    let mut action = Object::new();
    for (key, field, value) in
        [("MinCapacity", "min", schedule.min), ("MaxCapacity", "max", schedule.max)]
    {
        if let Some(number) = value {
            action.insert(key.to_owned(), Value::from(number).from_origin(origin(field)));
        }
    }
    let mut all = Object::new();
    let mut set = |key: &str, field: &str, text: &str| {
        if !text.is_empty() {
            all.insert(key.to_owned(), Value::from(text).from_origin(origin(field)));
        }
    };
    set("ScheduledActionName", "name", &schedule.name);
    set("Schedule", "when", &schedule.when);
    set("Timezone", "timezone", &schedule.timezone);
    all.insert("ScalableTargetAction".to_owned(), action.into());
    all.into()
}

/// A policy of steps, and the alarm that calls it
/// (<https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html>).
fn steps(low: &mut Lowering<'_>, node: &Node, policy: &StepPolicy, at: usize) {
    let origin = node_origin(&node.id).field(format!("scaling.steps.{at}"));
    let from = |field: &str, value: Value| {
        value.from_origin(node_origin(&node.id).field(format!("scaling.steps.{at}.{field}")))
    };
    let adjustments = policy.steps.iter().enumerate().map(|(index, step)| {
        let mut entry = Object::new();
        for (key, end) in [("MetricIntervalLowerBound", step.lower), ("MetricIntervalUpperBound", step.upper)] {
            if let Some(end) = end {
                entry.insert(key.to_owned(), end.into());
            }
        }
        entry.insert("ScalingAdjustment".to_owned(), step.change.into());
        from(&format!("steps.{index}"), entry.into())
    });
    let configuration = map([
        ("AdjustmentType", from("adjustment", policy.adjustment.word().into())),
        ("Cooldown", from("cooldown", policy.cooldown.into())),
        ("MetricAggregationType", "Average".into()),
        ("StepAdjustments", list(adjustments)),
    ]);
    let number = at + 1;
    let mut resource = Resource::new("AWS::ApplicationAutoScaling::ScalingPolicy", origin.clone());
    resource.set("PolicyName", policy_name(node, &format!("steps-{number}")));
    resource.set("PolicyType", "StepScaling");
    resource.set("ScalingTargetId", reference(low.id(&node.id, "ScalableTarget")));
    resource.set("StepScalingPolicyConfiguration", configuration);
    let id = low.id(&node.id, &format!("StepScaling{number}"));
    low.add(&id, resource);

    let comparison = match policy.when {
        Direction::Above => "GreaterThanOrEqualToThreshold",
        Direction::Below => "LessThanOrEqualToThreshold",
    };
    let dimension = |name: &str, value: Value| map([("Name", name.into()), ("Value", value)]);
    let cluster = low.design.ancestor(&node.id, Kind::Cluster).map(|cluster| reference(low.id(&cluster.id, "Cluster")));
    let mut alarm = Resource::new("AWS::CloudWatch::Alarm", origin);
    alarm.set("AlarmDescription", format!("Steps {number} of {}", node.name));
    alarm.set("Namespace", "AWS/ECS");
    alarm.set("MetricName", from("metric", policy.metric.name().into()));
    let service = dimension("ServiceName", att(low.id(&node.id, "Service"), "Name"));
    alarm.set("Dimensions", list([dimension("ClusterName", cluster.unwrap_or_else(|| "default".into())), service]));
    alarm.set("Statistic", "Average").set("Period", 60_i64);
    alarm.set("EvaluationPeriods", from("minutes", policy.minutes.into()));
    alarm.set("Threshold", from("threshold", policy.threshold.into()));
    alarm.set("ComparisonOperator", from("when", comparison.into()));
    alarm.set("AlarmActions", list([reference(id)]));
    low.add(low.id(&node.id, &format!("StepAlarm{number}")), alarm);
}
