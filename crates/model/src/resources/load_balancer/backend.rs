//! Which container and port of a service a load balancer sends requests to.

use super::forward::Forward;
use crate::field::Place;
use crate::resources::task_definition::{Protocol, TaskDefinition};
use crate::{Design, Link, NodeId, Target};

/// A container of a task definition, as far as a load balancer looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Whether the task ends with it.
    pub essential: bool,
    /// The ports that it publishes by TCP.
    pub ports: Vec<i64>,
}

/// The containers that a service runs; `None` where it runs no task definition.
pub fn containers(design: &Design, service: &NodeId) -> Option<Vec<Container>> {
    let (_, _, task) = design.targets::<TaskDefinition>(service).next()?;
    let all = task.containers.iter().map(|container| Container {
        name: container.name.clone(),
        essential: container.essential,
        ports: container
            .ports
            .iter()
            .filter(|port| port.protocol == Protocol::Tcp)
            .map(|port| port.container_port)
            .collect(),
    });
    Some(all.collect())
}

/// The container and port that answer where none is named: the first essential container that has a port.
pub fn first_port(design: &Design, service: &NodeId) -> Option<(String, i64)> {
    let all = containers(design, service)?;
    let with_port = |container: &&Container| !container.ports.is_empty();
    let first = all.iter().filter(with_port).find(|container| container.essential);
    let first = first.or_else(|| all.iter().find(with_port))?;
    Some((first.name.clone(), *first.ports.first()?))
}

impl Forward {
    /// The container and port that its target group sends requests to; `None` where nothing names them. What is named holds,
    /// also where the task definition has no such thing: the findings say so.
    pub fn backend(&self, design: &Design, link: &Link) -> Option<(String, i64)> {
        let all = containers(design, &link.to).unwrap_or_default();
        match (self.container.as_str(), self.container_port) {
            ("", None) => first_port(design, &link.to),
            ("", Some(port)) => {
                let by_port = all.iter().find(|container| container.ports.contains(&port));
                let name = by_port.map(|container| container.name.clone());
                name.or_else(|| first_port(design, &link.to).map(|(name, _)| name)).map(|name| (name, port))
            }
            (name, None) => {
                let container = all.iter().find(|container| container.name == name)?;
                Some((name.to_owned(), *container.ports.first()?))
            }
            (name, Some(port)) => Some((name.to_owned(), port)),
        }
    }
}

/// The containers that may be chosen for a link.
pub(super) fn container_names(place: &Place<'_>) -> Vec<String> {
    let Target::Link(id) = place.target else { return Vec::new() };
    let Some(link) = place.design.link(id) else { return Vec::new() };
    let all = containers(place.design, &link.to).unwrap_or_default();
    all.into_iter().filter(|container| !container.ports.is_empty()).map(|container| container.name).collect()
}
