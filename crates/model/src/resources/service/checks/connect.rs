//! What can be wrong with a call by Service Connect.

use super::error;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::cluster::{Cluster, cluster_around};
use crate::resources::service::connect::{
    alias, calls_to, discovery_name, namespace_name, port_name, port_of, ports, reaches, slug,
};
use crate::resources::service::links::ServiceConnect;
use crate::resources::service::mode_of;
use crate::resources::task_definition::{NetworkMode, Protocol, TaskDefinition};
use crate::resources::vpc::new_vpc_of;
use crate::{Design, Kind, Link, Node, NodeId, Typed, commands};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html";
const API: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html";
const TASK: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html";

/// The task definition has no port of this name.
static UNKNOWN_PORT: Check = error("SCN001", "", API);
/// Nothing in the called service listens.
static NO_PORT: Check = error("SCN002", "", TASK);
/// The two look for names in different namespaces.
static NAMESPACES: Check = error("SCN003", "", DOC);
/// One port is called by two names.
static TWO_NAMES: Check = error("SCN004", "", API);
/// Two services have one name in a namespace.
static SAME_DISCOVERY: Check = error("SCN005", "", API);
/// Two services are called by one name and port.
static SAME_ALIAS: Check =
    error("SCN006", "", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html");
/// Services call each other, so none can be deployed after all that it calls.
static CYCLE: Check = Check { code: "SCN007", severity: Severity::Hint, aws: "", doc: DOC };
/// A task that shares the network of its instance has no room for the proxy.
static HOST_MODE: Check = error("SCN008", "", TASK);
/// The port speaks UDP.
static UDP: Check = error("SCN009", "", TASK);
/// The proxy takes more than the smallest task has to spare.
static PROXY: Check = Check { code: "SCN010", severity: Severity::Hint, aws: "", doc: DOC };
/// The time for an answer is limited where the proxy does not know what an answer is.
static TIMEOUT: Check =
    error("SCN011", "", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html");
/// The two lie in different networks.
static NETWORKS: Check = error("SCN012", "", TASK);

pub(in crate::resources::service) static CHECKS: &[&Check] = &[
    &UNKNOWN_PORT,
    &NO_PORT,
    &NAMESPACES,
    &TWO_NAMES,
    &SAME_DISCOVERY,
    &SAME_ALIAS,
    &CYCLE,
    &HOST_MODE,
    &UDP,
    &PROXY,
    &TIMEOUT,
    &NETWORKS,
];

pub(in crate::resources::service) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(call) = ServiceConnect::of(&link.props) else { return };
    let (Some(client), Some(server)) = (design.node(&link.from), design.node(&link.to)) else { return };
    check_port(design, link, call, server, out);
    check_place(design, link, client, server, out);
    check_names(design, link, call, server, out);
    check_tasks(design, link, [client, server], out);
    if reaches(design, &link.to, &link.from) {
        out.report(&CYCLE, &link.id).with("client", &client.name).with("server", &server.name);
    }
}

fn check_port(design: &Design, link: &Link, call: &ServiceConnect, server: &Node, out: &mut Findings) {
    // A service that runs nothing is told by itself.
    let Some((_, task_node, task)) = design.targets::<TaskDefinition>(&link.to).next() else { return };
    let all = ports(task);
    let tcp = all.iter().find(|(_, port)| port.protocol == Protocol::Tcp);
    if tcp.is_none() {
        out.report(&NO_PORT, &link.id).at("portName").with("service", &server.name).with("task", &task_node.name);
        return;
    }
    let first = Edit::set(&link.id, "portName", "");
    let Some((container, port)) = port_of(design, link) else {
        out.report(&UNKNOWN_PORT, &link.id)
            .at("portName")
            .with("port", &call.port_name)
            .with("task", &task_node.name)
            .fix(first);
        return;
    };
    if port.protocol == Protocol::Udp {
        out.report(&UDP, &link.id).at("portName").with("port", port_name(container, port)).fix(first);
    }
    if call.request_timeout.is_some_and(|seconds| seconds > 0) && port.app_protocol.is_none() {
        let at = |(index, own): (usize, &crate::resources::task_definition::Container)| {
            let number = own.ports.iter().position(|other| std::ptr::eq(other, port))?;
            Some(format!("containers.{index}.ports.{number}"))
        };
        let finding = out.report(&TIMEOUT, &link.id).at("requestTimeout");
        finding.with("port", port_name(container, port)).with("task", &task_node.name);
        if let Some(path) = task.containers.iter().enumerate().find_map(at) {
            // A port that says what it speaks needs a name as well.
            finding.fix(Edit::Batch(vec![
                Edit::set(&task_node.id, format!("{path}.name"), port_name(container, port)),
                Edit::set(&task_node.id, format!("{path}.appProtocol"), "http"),
            ]));
        }
    }
}

fn check_place(design: &Design, link: &Link, client: &Node, server: &Node, out: &mut Findings) {
    let (Some(own), Some(theirs)) = (namespace_name(design, &client.id), namespace_name(design, &server.id)) else {
        return;
    };
    if own != theirs {
        let finding = out.report(&NAMESPACES, &link.id);
        finding.with("client", &client.name).with("server", &server.name).with("own", own).with("theirs", theirs);
        if let (Some((own, _)), Some((other, _))) = (cluster_around(design, &client.id), cluster_around(design, &server.id))
        {
            // Both clusters name the namespace, so that neither has one of its own.
            finding.fix(Edit::Batch(vec![
                Edit::set(&own.id, "namespace", theirs),
                Edit::set(&other.id, "namespace", theirs),
            ]));
        }
    }
    let network = |id: &NodeId| new_vpc_of(design, id).map(|(node, _)| node.id.clone());
    if network(&client.id) != network(&server.id) {
        out.report(&NETWORKS, &link.id).with("client", &client.name).with("server", &server.name);
    }
}

/// The names of a port are those that the first link to it gives; in a namespace each belongs to one service.
fn check_names(design: &Design, link: &Link, call: &ServiceConnect, server: &Node, out: &mut Findings) {
    let Some((own_name, own_number)) = alias(design, link) else { return };
    let discovery = discovery_name(design, link);
    let same_port = |other: &Link| {
        let name = |link| port_of(design, link).map(|(container, port)| port_name(container, port));
        name(other) == name(link)
    };
    let first = calls_to(design, &server.id).find(|(other, _)| same_port(other));
    if let Some((first, leads)) = first.filter(|(first, _)| first.id != link.id) {
        let differs = alias(design, first) != Some((own_name, own_number))
            || discovery_name(design, first) != discovery
            || (leads.idle_timeout, leads.request_timeout) != (call.idle_timeout, call.request_timeout);
        if differs {
            let other = design.node(&first.from).map_or("", |node| node.name.as_str());
            let all = serde_json::to_value(leads).unwrap_or_default();
            let keys = ["portName", "discoveryName", "dnsName", "port", "idleTimeout", "requestTimeout"];
            let edits = keys.into_iter().map(|key| {
                let value = all.get(key).cloned();
                Edit::Set { target: (&link.id).into(), path: key.to_owned(), value }
            });
            out.report(&TWO_NAMES, &link.id)
                .at("dnsName")
                .with("server", &server.name)
                .with("other", other)
                .fix(Edit::Batch(edits.collect()));
        }
        return;
    }
    let Some(namespace) = namespace_name(design, &server.id) else { return };
    let mut clash = (None, None);
    for other in in_namespace(design, namespace) {
        // Of those that are called by their own names, few have names that come to the same.
        let alike = other.id == server.id || slug(&other.name) == slug(&server.name);
        for (second, theirs) in calls_to(design, &other.id) {
            let given = |call: &ServiceConnect| !call.discovery_name.is_empty() || !call.dns_name.is_empty();
            if !(alike || given(call) || given(theirs)) || (second.to == link.to && same_port(second)) {
                continue;
            }
            if discovery_name(design, second) == discovery {
                clash.0.get_or_insert(other);
            }
            if alias(design, second).is_some_and(|(name, number)| name == own_name && number == own_number) {
                clash.1.get_or_insert(other);
            }
        }
    }
    if let Some(other) = clash.0 {
        out.report(&SAME_DISCOVERY, &link.id)
            .at("discoveryName")
            .with("name", &discovery)
            .with("other", &other.name)
            .with("namespace", namespace);
    }
    if let Some(other) = clash.1 {
        out.report(&SAME_ALIAS, &link.id)
            .at("dnsName")
            .with("alias", format!("{own_name}:{own_number}"))
            .with("other", &other.name);
    }
}

/// The services whose cluster has a namespace.
fn in_namespace<'a>(design: &'a Design, name: &'a str) -> impl Iterator<Item = &'a Node> {
    let clusters = design.nodes_of(Kind::Cluster).filter(move |cluster| {
        Cluster::of(&cluster.props).is_some_and(|own| own.namespace_name(cluster) == name)
    });
    clusters.flat_map(|cluster| design.children(&cluster.id))
}

fn check_tasks(design: &Design, link: &Link, ends: [&Node; 2], out: &mut Findings) {
    for end in ends {
        let Some((_, task_node, task)) = design.targets::<TaskDefinition>(&end.id).next() else { continue };
        if mode_of(design, &end.id) == NetworkMode::Host {
            let fix = Edit::set(&task_node.id, "networkMode", "awsvpc");
            out.report(&HOST_MODE, &link.id).with("task", &task_node.name).fix(fix);
        }
        if task.cpu > 0 && task.cpu < 512 {
            let fix = commands::set_field(design, &(&task_node.id).into(), "cpu", Some(512.into()));
            out.report(&PROXY, &link.id).with("task", &task_node.name).fix(fix);
        }
    }
}
