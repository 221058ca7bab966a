//! The way in to tasks that share the network of their instance
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html>).

use trazo_stack::{Resource, att};

use super::super::mode_of;
use crate::lowering::link_origin;
use crate::resources::cluster::{cluster_around, instances_group};
use crate::resources::task_definition::{NetworkMode, TaskDefinition};
use crate::{Design, Link, Lowering, Node, NodeId};

/// The ports from which Docker takes one where the task names none
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>).
const FREE_PORTS: (i64, i64) = (32_768, 65_535);

/// The logical id of the security group that the tasks of a service are in; `None` where nothing makes one.
pub(super) fn tasks_group(low: &Lowering<'_>, service: &NodeId) -> Option<String> {
    if mode_of(low.design, service) == NetworkMode::Awsvpc {
        return Some(low.id(service, "SecurityGroup"));
    }
    let (node, cluster) = cluster_around(low.design, service)?;
    cluster.ec2.enabled.then(|| instances_group(low, &node.id))
}

/// The first and the last port under which a port of a container is reached.
pub(super) fn ports_of(design: &Design, service: &NodeId, container: i64, host: Option<i64>) -> (i64, i64) {
    match (mode_of(design, service), host) {
        (NetworkMode::Bridge, None | Some(0)) => FREE_PORTS,
        (NetworkMode::Bridge, Some(host)) => (host, host),
        _ => (container, container),
    }
}

/// The instances admit the load balancers that lead to a service. As resources of their own: several services share them
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html>).
pub(super) fn admit(low: &mut Lowering<'_>, node: &Node, entries: &[(&Link, String, i64)]) {
    let Some(group) = tasks_group(low, &node.id) else { return };
    let task = low.design.targets::<TaskDefinition>(&node.id).next().map(|(_, _, task)| task);
    for (link, container, number) in entries {
        let own = task.and_then(|task| task.container(container));
        let port = own.and_then(|(_, own)| own.ports.iter().find(|port| port.container_port == *number));
        let (first, last) = ports_of(low.design, &node.id, *number, port.and_then(|port| port.host_port));
        let mut rule = Resource::new("AWS::EC2::SecurityGroupIngress", link_origin(&link.id));
        rule.set("Description", "From the load balancer").set("IpProtocol", "tcp");
        rule.set("GroupId", att(group.clone(), "GroupId"));
        rule.set("SourceSecurityGroupId", att(low.id(&link.from, "SecurityGroup"), "GroupId"));
        rule.set_from("FromPort", "containerPort", first).set_from("ToPort", "containerPort", last);
        low.add(low.link_id(&link.from, &link.to, "Ingress"), rule);
    }
}
