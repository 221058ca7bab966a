//! Service Connect: which port of a service a link leads to, and by what names it is called
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html>).

use super::links::ServiceConnect;
use crate::resources::cluster::cluster_around;
use crate::resources::task_definition::{Container, Port, Protocol, TaskDefinition};
use crate::{Design, Link, NodeId};

/// The links that call a service by Service Connect.
pub(super) fn calls_to<'a>(design: &'a Design, server: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a ServiceConnect)> {
    design.links_to(server).filter_map(|link| ServiceConnect::of(&link.props).map(|call| (link, call)))
}

/// The links by which a service calls others.
pub(super) fn calls_from<'a>(
    design: &'a Design,
    client: &'a NodeId,
) -> impl Iterator<Item = (&'a Link, &'a ServiceConnect)> {
    design.links_from(client).filter_map(|link| ServiceConnect::of(&link.props).map(|call| (link, call)))
}

/// Whether a service calls others, or is called.
pub(in crate::resources) fn takes_part(design: &Design, service: &NodeId) -> bool {
    design.links_of(service).any(|link| ServiceConnect::of(&link.props).is_some())
}

/// A text as Service Connect takes names: small letters, digits, `_` and `-`, at most 64, not beginning with `-`
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html>).
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let plain = crate::lowering::pascal_case(&c.to_string()).to_ascii_lowercase();
        match (plain.as_str(), c) {
            ("", '_') => out.push('_'),
            ("", _) if out.is_empty() || out.ends_with('-') => {}
            ("", _) => out.push('-'),
            (letter, _) => out.push_str(letter),
        }
    }
    out.truncate(64);
    out.trim_end_matches('-').to_owned()
}

/// The name of a port: its own, or one made of its container and number.
pub(super) fn port_name(container: &Container, port: &Port) -> String {
    if !port.name.is_empty() {
        return port.name.clone();
    }
    let number = format!("-{}", port.container_port);
    let mut name = slug(&container.name);
    name.truncate(64 - number.len().min(64));
    slug(&format!("{name}{number}"))
}

/// All ports of a task definition with their containers, those of essential containers first.
pub(super) fn ports(task: &TaskDefinition) -> Vec<(&Container, &Port)> {
    let of = |essential: bool| {
        let containers = task.containers.iter().filter(move |container| container.essential == essential);
        containers.flat_map(|container| container.ports.iter().map(move |port| (container, port)))
    };
    of(true).chain(of(false)).collect()
}

/// The port that a link leads to: the one that it names, or else the first that speaks TCP. `None` where there is none.
pub(super) fn port_of<'a>(design: &'a Design, link: &'a Link) -> Option<(&'a Container, &'a Port)> {
    let call = ServiceConnect::of(&link.props)?;
    let (_, _, task) = design.targets::<TaskDefinition>(&link.to).next()?;
    let all = ports(task);
    if call.port_name.is_empty() {
        all.into_iter().find(|(_, port)| port.protocol == Protocol::Tcp)
    } else {
        all.into_iter().find(|(container, port)| port_name(container, port) == call.port_name)
    }
}

/// The names of the ports of a task definition that others call by Service Connect: container, number, name.
pub(in crate::resources) fn port_names(design: &Design, task: &NodeId) -> Vec<(String, i64, String)> {
    let mut names = Vec::new();
    for (_, service, _) in design.sources::<super::Service>(task) {
        for (link, _) in calls_to(design, &service.id) {
            if let Some((container, port)) = port_of(design, link) {
                names.push((container.name.clone(), port.container_port, port_name(container, port)));
            }
        }
    }
    names
}

/// The name under which the namespace knows what a link leads to: its own, or that of the service, with that of the port
/// where it is not the first.
pub(super) fn discovery_name(design: &Design, link: &Link) -> String {
    let own = ServiceConnect::of(&link.props).map_or("", |call| call.discovery_name.as_str());
    if !own.is_empty() {
        return own.to_owned();
    }
    let service = slug(design.node(&link.to).map_or("", |node| node.name.as_str()));
    let first = design.targets::<TaskDefinition>(&link.to).next().and_then(|(_, _, task)| {
        ports(task).into_iter().find(|(_, port)| port.protocol == Protocol::Tcp).map(|(c, port)| port_name(c, port))
    });
    match port_of(design, link).map(|(container, port)| port_name(container, port)) {
        Some(name) if first.as_ref() != Some(&name) => slug(&format!("{service}-{name}")),
        _ if service.is_empty() => "service".to_owned(),
        _ => service,
    }
}

/// What the client calls: a name and a port.
pub(super) fn alias(design: &Design, link: &Link) -> Option<(String, i64)> {
    let call = ServiceConnect::of(&link.props)?;
    let name = if call.dns_name.is_empty() { discovery_name(design, link) } else { call.dns_name.clone() };
    let port = call.port.or_else(|| port_of(design, link).map(|(_, port)| port.container_port))?;
    Some((name, port))
}

/// The name of the namespace that a service finds others in.
pub(super) fn namespace_name<'a>(design: &'a Design, service: &NodeId) -> Option<&'a str> {
    cluster_around(design, service).map(|(node, cluster)| cluster.namespace_name(node))
}

/// Whether a service calls, perhaps through others, another.
pub(super) fn reaches(design: &Design, from: &NodeId, to: &NodeId) -> bool {
    let (mut seen, mut next) = (vec![from], vec![from]);
    while let Some(service) = next.pop() {
        for (link, _) in calls_from(design, service) {
            if &link.to == to {
                return true;
            }
            if !seen.contains(&&link.to) {
                seen.push(&link.to);
                next.push(&link.to);
            }
        }
    }
    false
}
