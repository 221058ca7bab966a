//! The scaling of a service on AWS: a scalable target and a policy for each metric that is aimed at
//! (<https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-ecs.html>).

use trazo_stack::{Resource, Value, map, reference, sub};

use super::Service;
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
    low.add(low.id(&node.id, "ScalableTarget"), target);

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
    policy.set("PolicyName", format!("{}-{}", short(&node.name, 240), aim.suffix.to_lowercase()));
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
