//! A service on AWS: `AWS::ECS::Service`, the security group of its tasks, its scaling
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html>).

mod connect;
mod deployment;
mod instances;
mod scaling;

use trazo_stack::{Origin, Resource, Value, att, list, map, reference};

use super::{Launch, Platform, PropagateTags, Service, has_health_checks};
use crate::lowering::{link_origin, node_origin, short};
use crate::resources::cluster::{Cluster, Provider, cluster_around, cluster_of, services_wait_for, strategy};
use crate::resources::load_balancer::links::{Forward, ports_called};
use crate::resources::load_balancer::lower::service_waits_for;
use crate::resources::task_definition::{NetworkMode, TaskDefinition};
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

pub(in crate::resources) use deployment::shifts_traffic;

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(service) = Service::of(&node.props) else { return };
    // The node that the lowering's own design holds lives as long as what is borrowed from it.
    let Some(node) = low.design.node(&node.id) else { return };
    let entries = entries(low, &node.id);
    let net = network(low, &node.id);
    let has_interface = super::mode_of(low.design, &node.id) == NetworkMode::Awsvpc;
    if has_interface {
        security_group(low, node, &entries, net.vpc);
    } else {
        instances::admit(low, node, &entries);
    }
    let mut resource = Resource::new("AWS::ECS::Service", node_origin(&node.id));
    resource.set_from("ServiceName", "name", node.name.as_str());
    if let Some(cluster) = cluster_of(low, &node.id) {
        resource.set("Cluster", cluster);
    }
    if let Some((link, task, _)) = low.design.targets::<TaskDefinition>(&node.id).next() {
        let value = reference(low.id(&task.id, "TaskDefinition")).from_origin(link_origin(&link.id));
        resource.set("TaskDefinition", value);
    }
    capacity(low, node, &mut resource, service);
    placement(&mut resource, service);
    deployment::configuration(&mut resource, service);
    let rebalancing = if service.zone_rebalancing && !service.daemon { "ENABLED" } else { "DISABLED" };
    resource.set_from("AvailabilityZoneRebalancing", "zoneRebalancing", rebalancing);
    if !entries.is_empty() {
        resource.set("LoadBalancers", load_balancers(low, &entries, service));
        deployment::role(low, node, service);
    }
    let has_checks = !entries.is_empty() || has_health_checks(low.design, &node.id);
    if let Some(seconds) = service.health_check_grace_period_seconds.filter(|_| has_checks) {
        resource.set_from("HealthCheckGracePeriodSeconds", "healthCheckGracePeriodSeconds", seconds);
    }
    if has_interface {
        let subnets = if service.private_subnets { net.private_subnets } else { net.public_subnets };
        let group = low.id(&node.id, "SecurityGroup");
        resource.set("NetworkConfiguration", network_configuration(&resource.origin, service, subnets, group));
    }
    if service.enable_execute_command {
        resource.set_from("EnableExecuteCommand", "enableExecuteCommand", true);
    }
    connect::lower(low, node, service, &mut resource);
    if service.managed_tags {
        resource.set_from("EnableECSManagedTags", "managedTags", true);
    }
    propagate(&mut resource, service.propagate_tags);
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    // A service is refused while no listener leads to its target groups, and its tasks cannot pull their image before
    // their subnets have a route. Where requests are moved, the service names the rule itself.
    for (link, ..) in entries.iter().filter(|_| !service.deployment.shifts()) {
        resource.wait_for(service_waits_for(low, link));
    }
    for route in net.routes.into_iter().chain(net.endpoints) {
        resource.wait_for(route);
    }
    if let Some(offered) = services_wait_for(low, &node.id) {
        resource.wait_for(offered);
    }
    low.add(low.id(&node.id, "Service"), resource);
    scaling::lower(low, node, service, &entries);
}

fn capacity(low: &Lowering<'_>, node: &Node, resource: &mut Resource, service: &Service) {
    let around = cluster_around(low.design, &node.id);
    let (id, cluster): (Option<&NodeId>, Option<&Cluster>) = (around.map(|a| &a.0.id), around.map(|a| a.1));
    let one = |provider| [super::Share { provider, ..super::Share::default() }];
    let origin = resource.origin.clone();
    match service.launch {
        Launch::Fargate => resource.set_from("LaunchType", "launch", "FARGATE"),
        Launch::Spot => {
            let shares = strategy(low, id, &one(Provider::FargateSpot), &origin, "launch");
            resource.set_from("CapacityProviderStrategy", "launch", shares)
        }
        Launch::Ec2 if cluster.is_some_and(|cluster| cluster.offers(Provider::Ec2)) => {
            let shares = strategy(low, id, &one(Provider::Ec2), &origin, "launch");
            resource.set_from("CapacityProviderStrategy", "launch", shares)
        }
        Launch::Ec2 => resource.set_from("LaunchType", "launch", "EC2"),
        Launch::Strategy if !service.strategy.is_empty() => {
            let shares = strategy(low, id, &service.strategy, &origin, "strategy");
            resource.set_from("CapacityProviderStrategy", "strategy", shares)
        }
        Launch::Strategy | Launch::ClusterDefault => resource,
    };
    if !service.is_on_instances(cluster) {
        let version = match service.platform_version {
            Platform::Latest => "LATEST",
            Platform::V1_4 => "1.4.0",
        };
        resource.set_from("PlatformVersion", "platformVersion", version);
    }
    if service.daemon {
        resource.set_from("SchedulingStrategy", "daemon", "DAEMON");
    } else {
        resource.set_from("DesiredCount", "desiredCount", service.desired_count);
    }
}

fn placement(resource: &mut Resource, service: &Service) {
    let origin = resource.origin.clone();
    if !service.placement.is_empty() {
        let all = service.placement.iter().enumerate().map(|(at, spread)| {
            let kind = ("Type", spread.kind.word().into());
            let entry = match spread.field.as_str() {
                "" => map([kind]),
                field => map([kind, ("Field", field.into())]),
            };
            entry.from_origin(origin.field(format!("placement.{at}")))
        });
        resource.set_from("PlacementStrategies", "placement", list(all));
    }
    if !service.constraints.is_empty() {
        let all = service.constraints.iter().enumerate().map(|(at, constraint)| {
            let kind = ("Type", constraint.kind.word().into());
            let entry = match constraint.expression.as_str() {
                "" => map([kind]),
                expression => map([kind, ("Expression", expression.into())]),
            };
            entry.from_origin(origin.field(format!("constraints.{at}")))
        });
        resource.set_from("PlacementConstraints", "constraints", list(all));
    }
}

fn propagate(resource: &mut Resource, propagate: PropagateTags) {
    let word = match propagate {
        PropagateTags::None => return,
        PropagateTags::Service => "SERVICE",
        PropagateTags::TaskDefinition => "TASK_DEFINITION",
    };
    resource.set_from("PropagateTags", "propagateTags", word);
}

fn load_balancers(low: &Lowering<'_>, entries: &[(&Link, String, i64)], service: &Service) -> Value {
    list(entries.iter().map(|(link, container, port)| {
        let origin = link_origin(&link.id);
        let name = ("ContainerName", Value::from(container.as_str()).from_origin(origin.field("container")));
        let port = ("ContainerPort", Value::from(*port).from_origin(origin.field("containerPort")));
        let group = ("TargetGroupArn", reference(low.link_id(&link.from, &link.to, "TargetGroup")));
        let entry = match deployment::advanced(low, link, service) {
            Some(advanced) => map([name, port, group, ("AdvancedConfiguration", advanced)]),
            None => map([name, port, group]),
        };
        entry.from_origin(origin)
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
