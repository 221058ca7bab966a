//! Service Connect on AWS: what a service offers under which names, and the way in for those who call it
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-serviceconnectconfiguration.html>).

use trazo_stack::{Object, Resource, Value, att, list, map, reference};

use super::super::Service;
use super::super::connect::{alias, calls_from, calls_to, discovery_name, port_name, port_of, reaches, takes_part};
use super::instances::{ports_of, tasks_group};
use crate::lowering::{link_origin, node_origin, short};
use crate::resources::cluster::namespace_of;
use crate::{Lowering, Node};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node, service: &Service, resource: &mut Resource) {
    if !takes_part(low.design, &node.id) {
        return;
    }
    let mut all = Object::new();
    all.insert("Enabled".to_owned(), true.into());
    if let Some(namespace) = namespace_of(low, &node.id) {
        all.insert("Namespace".to_owned(), namespace);
    }
    let offered = offered(low, node);
    if !offered.is_empty() {
        all.insert("Services".to_owned(), offered.into());
    }
    if service.connect_logs {
        let logs = logs(low, node).from_origin(resource.origin.field("connectLogs"));
        all.insert("LogConfiguration".to_owned(), logs);
    }
    resource.set("ServiceConnectConfiguration", Value::from(all));
    for (link, _) in calls_from(low.design, &node.id) {
        // A client learns of those that are there when it is deployed. Those that call each other cannot all wait.
        if !reaches(low.design, &link.to, &node.id) {
            resource.wait_for(low.id(&link.to, "Service"));
        }
    }
    admit(low, node);
}

/// Each port once, with the names that the first link to it gives.
fn offered(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let design = low.design;
    let (mut ports, mut offered) = (Vec::<String>::new(), Vec::new());
    for (link, call) in calls_to(design, &node.id) {
        let Some((container, port)) = port_of(design, link) else { continue };
        let name = port_name(container, port);
        if ports.contains(&name) {
            continue;
        }
        let origin = link_origin(&link.id);
        let from = |field: &str, value: Value| value.from_origin(origin.field(field));
        let mut entry = Object::new();
        entry.insert("PortName".to_owned(), from("portName", name.as_str().into()));
        entry.insert("DiscoveryName".to_owned(), from("discoveryName", discovery_name(design, link).into()));
        if let Some((dns, number)) = alias(design, link) {
            let alias = map([("DnsName", from("dnsName", dns.into())), ("Port", from("port", number.into()))]);
            entry.insert("ClientAliases".to_owned(), list([alias]));
        }
        let mut timeout = Object::new();
        for (key, field, seconds) in [
            ("IdleTimeoutSeconds", "idleTimeout", call.idle_timeout),
            ("PerRequestTimeoutSeconds", "requestTimeout", call.request_timeout),
        ] {
            if let Some(seconds) = seconds {
                timeout.insert(key.to_owned(), from(field, seconds.into()));
            }
        }
        if !timeout.is_empty() {
            entry.insert("Timeout".to_owned(), timeout.into());
        }
        offered.push(Value::from(entry).from_origin(origin));
        ports.push(name);
    }
    offered
}

/// A log group for what the proxies write
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html>).
fn logs(low: &mut Lowering<'_>, node: &Node) -> Value {
    let id = low.id(&node.id, "ConnectLogGroup");
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id).field("connectLogs"));
    group.set("LogGroupName", short(&format!("/ecs/service-connect/{}", node.name), 512)).set("RetentionInDays", 30_i64);
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(&id, group);
    let options = map([
        ("awslogs-group", reference(id)),
        ("awslogs-region", reference("AWS::Region")),
        ("awslogs-stream-prefix", "connect".into()),
    ]);
    map([("LogDriver", "awslogs".into()), ("Options", options)])
}

/// The tasks admit those of each client on the port that these call. As resources of their own: services that call each
/// other would else wait for each other's groups
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html>).
fn admit(low: &mut Lowering<'_>, node: &Node) {
    let design = low.design;
    for (link, _) in calls_to(design, &node.id) {
        let Some((_, port)) = port_of(design, link) else { continue };
        let (Some(own), Some(callers)) = (tasks_group(low, &link.to), tasks_group(low, &link.from)) else { continue };
        let (first, last) = ports_of(design, &link.to, port.container_port, port.host_port);
        let mut rule = Resource::new("AWS::EC2::SecurityGroupIngress", link_origin(&link.id));
        rule.set("Description", "By Service Connect").set("IpProtocol", "tcp");
        rule.set("GroupId", att(own, "GroupId")).set("SourceSecurityGroupId", att(callers, "GroupId"));
        rule.set_from("FromPort", "portName", first).set_from("ToPort", "portName", last);
        low.add(low.link_id(&link.from, &link.to, "ConnectIngress"), rule);
    }
}
