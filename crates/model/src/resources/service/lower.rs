//! A service on AWS: `AWS::ECS::Service`, the security group of its tasks, its scaling
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html>).

use trazo_stack::{Origin, Resource, Value, att, list, map, reference};

use super::{Deployment, Launch, Platform, PropagateTags, Service, scaling};
use crate::lowering::{link_origin, node_origin, short};
use crate::resources::cluster::cluster_of;
use crate::resources::load_balancer::links::{Forward, ports_called};
use crate::resources::load_balancer::lower::service_waits_for;
use crate::resources::task_definition::TaskDefinition;
use crate::resources::vpc::lower::network;
use crate::{Link, Lowering, Node, NodeId, Typed};

/// The links of load balancers that lead to a service, and the container and port that each leads to.
pub(super) fn entries<'a>(low: &Lowering<'a>, service: &'a NodeId) -> Vec<(&'a Link, String, i64)> {
    let design = low.design;
    let backend = |link: &'a Link| {
        let (container, port) = Forward::of(&link.props)?.backend(design, link)?;
        Some((link, container, port))
    };
    design.links_to(service).filter_map(backend).collect()
}

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(service) = Service::of(&node.props) else { return };
    // The node that the lowering's own design holds lives as long as what is borrowed from it.
    let Some(node) = low.design.node(&node.id) else { return };
    let entries = entries(low, &node.id);
    let net = network(low, &node.id);
    security_group(low, node, &entries, net.vpc);
    let mut resource = Resource::new("AWS::ECS::Service", node_origin(&node.id));
    resource.set_from("ServiceName", "name", node.name.as_str());
    if let Some(cluster) = cluster_of(low, &node.id) {
        resource.set("Cluster", cluster);
    }
    if let Some((link, task, _)) = low.design.targets::<TaskDefinition>(&node.id).next() {
        let value = reference(low.id(&task.id, "TaskDefinition")).from_origin(link_origin(&link.id));
        resource.set("TaskDefinition", value);
    }
    capacity(&mut resource, service);
    resource.set_from("DesiredCount", "desiredCount", service.desired_count);
    deployment(&mut resource, &service.deployment);
    let rebalancing = if service.zone_rebalancing { "ENABLED" } else { "DISABLED" };
    resource.set_from("AvailabilityZoneRebalancing", "zoneRebalancing", rebalancing);
    if !entries.is_empty() {
        resource.set("LoadBalancers", load_balancers(low, &entries));
    }
    if let Some(seconds) = service.health_check_grace_period_seconds.filter(|_| !entries.is_empty()) {
        resource.set_from("HealthCheckGracePeriodSeconds", "healthCheckGracePeriodSeconds", seconds);
    }
    let subnets = if service.private_subnets { net.private_subnets } else { net.public_subnets };
    let group = low.id(&node.id, "SecurityGroup");
    resource.set("NetworkConfiguration", network_configuration(&resource.origin, service, subnets, group));
    if service.enable_execute_command {
        resource.set_from("EnableExecuteCommand", "enableExecuteCommand", true);
    }
    propagate(&mut resource, service.propagate_tags);
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    // A service is refused while no listener leads to its target groups, and its tasks cannot pull their image before
    // their subnets have a route.
    for (link, ..) in &entries {
        resource.wait_for(service_waits_for(low, link));
    }
    for route in net.routes.into_iter().chain(net.endpoints) {
        resource.wait_for(route);
    }
    low.add(low.id(&node.id, "Service"), resource);
    scaling::lower(low, node, service, &entries);
}

fn capacity(resource: &mut Resource, service: &Service) {
    match service.launch {
        Launch::Fargate => resource.set_from("LaunchType", "launch", "FARGATE"),
        Launch::Spot => {
            let provider = map([("CapacityProvider", "FARGATE_SPOT".into()), ("Weight", 1.into())]);
            resource.set_from("CapacityProviderStrategy", "launch", list([provider]))
        }
    };
    let version = match service.platform_version {
        Platform::Latest => "LATEST",
        Platform::V1_4 => "1.4.0",
    };
    resource.set_from("PlatformVersion", "platformVersion", version);
}

fn deployment(resource: &mut Resource, deployment: &Deployment) {
    let from = |field: &str, value: Value| value.from_origin(resource.origin.field(format!("deployment.{field}")));
    let breaker = map([
        ("Enable", from("circuitBreaker", deployment.circuit_breaker.into())),
        // Without a breaker nothing is stopped that could be taken back.
        ("Rollback", from("rollback", (deployment.circuit_breaker && deployment.rollback).into())),
    ]);
    let configuration = map([
        ("MinimumHealthyPercent", from("minimumHealthyPercent", deployment.minimum_healthy_percent.into())),
        ("MaximumPercent", from("maximumPercent", deployment.maximum_percent.into())),
        ("DeploymentCircuitBreaker", breaker),
    ]);
    resource.set("DeploymentConfiguration", configuration);
}

fn propagate(resource: &mut Resource, propagate: PropagateTags) {
    let word = match propagate {
        PropagateTags::None => return,
        PropagateTags::Service => "SERVICE",
        PropagateTags::TaskDefinition => "TASK_DEFINITION",
    };
    resource.set_from("PropagateTags", "propagateTags", word);
}

fn load_balancers(low: &Lowering<'_>, entries: &[(&Link, String, i64)]) -> Value {
    list(entries.iter().map(|(link, container, port)| {
        let origin = link_origin(&link.id);
        map([
            ("ContainerName", Value::from(container.as_str()).from_origin(origin.field("container"))),
            ("ContainerPort", Value::from(*port).from_origin(origin.field("containerPort"))),
            ("TargetGroupArn", reference(low.link_id(&link.from, &link.to, "TargetGroup"))),
        ])
        .from_origin(origin)
    }))
}

fn network_configuration(origin: &Origin, service: &Service, subnets: Value, group: String) -> Value {
    let assign = if service.assign_public_ip { "ENABLED" } else { "DISABLED" };
    let configuration = map([
        ("AssignPublicIp", Value::from(assign).from_origin(origin.field("assignPublicIp"))),
        ("SecurityGroups", list([att(group, "GroupId")])),
        ("Subnets", subnets.from_origin(origin.field("privateSubnets"))),
    ]);
    map([("AwsvpcConfiguration", configuration)])
}

/// The tasks admit the load balancers that lead to them, on the port that these call, and nobody else
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html>).
fn security_group(low: &mut Lowering<'_>, node: &Node, entries: &[(&Link, String, i64)], vpc: Value) {
    let mut group = Resource::new("AWS::EC2::SecurityGroup", node_origin(&node.id));
    group.set("GroupDescription", short(&format!("Tasks of {}", node.name), 255)).set("VpcId", vpc);
    let mut admitted: Vec<(&NodeId, i64)> = Vec::new();
    let mut ingress: Vec<Value> = Vec::new();
    let called = |(link, _, port): &(&'_ Link, String, i64)| ports_called(link, *port);
    for (link, port, field) in entries.iter().flat_map(|entry| called(entry).map(|(port, field)| (entry.0, port, field))) {
        if admitted.contains(&(&link.from, port)) {
            continue;
        }
        admitted.push((&link.from, port));
        let rule = map([
            ("Description", "From the load balancer".into()),
            ("IpProtocol", "tcp".into()),
            ("FromPort", port.into()),
            ("ToPort", port.into()),
            ("SourceSecurityGroupId", att(low.id(&link.from, "SecurityGroup"), "GroupId")),
        ]);
        ingress.push(rule.from_origin(link_origin(&link.id).field(field)));
    }
    if !ingress.is_empty() {
        group.set("SecurityGroupIngress", ingress);
    }
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(low.id(&node.id, "SecurityGroup"), group);
}
