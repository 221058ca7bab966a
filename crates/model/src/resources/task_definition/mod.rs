//! An ECS task definition: containers that run together, and what they get.

mod checks;
mod container;
mod fields;
pub mod links;
mod lower;
mod network;
mod platform;
mod pulls;
mod size;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_parts;
mod volume;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cluster::ECS_NAME;
use crate::spec::{Family, KindSpec, KindWork, Shape};
use crate::{Kind, Node, Phrase, Props, Typed};

pub(in crate::resources) use checks::{looks_secret, role_edit};
pub use container::{Condition, Container, Dependency, HealthCheck, LogMode, Secret, Ulimit, Variable};
pub use network::{AppProtocol, NetworkMode, Places, Port, Protocol, places};
pub(in crate::resources) use lower::log_group_arn;
pub use platform::{Architecture, Os};
pub(in crate::resources) use pulls::pull_of;
pub use size::{cpu_label, memory_label, memory_sizes};
pub use volume::{Mount, Storage, Volume};

/// The properties of a task definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TaskDefinition {
    /// CPU units of the whole task: 1024 are one vCPU. Fargate has sizes of its own, see [`memory_sizes`]; on instances 0
    /// is no limit.
    pub cpu: i64,
    /// MiB of memory of the whole task; on instances 0 is no limit but that of each container.
    pub memory: i64,
    /// How its containers reach the network; `None` is `awsvpc`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<NetworkMode>,
    /// The operating system that its images are built for; `None` is Linux.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<Os>,
    /// The processors that its images are built for.
    pub architecture: Architecture,
    /// GiB of disk, 21 to 200; `None` is the 20 GiB that cost nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<i64>,
    /// Days for which its logs are kept; 0 is for ever.
    pub log_retention: i64,
    /// The name of its log group; empty for `/ecs/` and its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub log_group: String,
    /// What its containers keep files in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// Its containers.
    pub containers: Vec<Container>,
}

impl Default for TaskDefinition {
    fn default() -> Self {
        Self {
            cpu: 256,
            memory: 512,
            network_mode: None,
            os: None,
            architecture: Architecture::X86,
            ephemeral_storage: None,
            log_retention: 30,
            log_group: String::new(),
            volumes: Vec::new(),
            containers: Vec::new(),
        }
    }
}

impl TaskDefinition {
    /// How its containers reach the network.
    pub fn mode(&self) -> NetworkMode {
        self.network_mode.unwrap_or_default()
    }

    /// The operating system.
    pub fn os(&self) -> Os {
        self.os.unwrap_or(Os::Linux)
    }

    /// Whether any of its containers writes to CloudWatch Logs.
    pub fn has_logs(&self) -> bool {
        self.containers.iter().any(|container| container.logs)
    }

    /// The name of its log group.
    pub fn log_group_name(&self, name: &str) -> String {
        let own = self.log_group.trim();
        if own.is_empty() { format!("/ecs/{name}") } else { own.to_owned() }
    }

    /// The container of a name, with its position.
    pub fn container(&self, name: &str) -> Option<(usize, &Container)> {
        self.containers.iter().enumerate().find(|(_, container)| container.name == name)
    }

    /// The container and port that a load balancer is led to where nothing else is said: the first port of the first
    /// essential container that has one, else of the first container that has one.
    pub fn main_port(&self) -> Option<(&Container, &Port)> {
        let with_port = |container: &&Container| !container.ports.is_empty();
        let essential = self.containers.iter().filter(|container| container.essential).find(with_port);
        let container = essential.or_else(|| self.containers.iter().find(with_port))?;
        Some((container, container.ports.first()?))
    }
}

/// A new task definition has one container, which has a port but no image yet: only the person who draws knows that.
fn new() -> Props {
    let container = Container {
        name: "app".to_owned(),
        ports: vec![Port { container_port: 80, ..Port::default() }],
        ..Container::default()
    };
    Props::TaskDefinition(Box::new(TaskDefinition { containers: vec![container], ..TaskDefinition::default() }))
}

fn settle(node: &Node, path: &str) -> Vec<(String, Value)> {
    let on_fargate = |task: &&TaskDefinition| task.mode() == NetworkMode::Awsvpc;
    let Some(task) = TaskDefinition::of(&node.props).filter(on_fargate) else { return Vec::new() };
    match (path, size::nearest_memory(task.cpu, task.memory)) {
        ("cpu", Some(memory)) if memory != task.memory => vec![("memory".into(), memory.into())],
        _ => Vec::new(),
    }
}

fn summary(node: &Node) -> Vec<Phrase> {
    let Some(task) = TaskDefinition::of(&node.props) else { return Vec::new() };
    // Nothing is no size, which only instances allow.
    let sizes = [(task.cpu, cpu_label as fn(i64) -> String), (task.memory, memory_label)];
    let sizes = sizes.into_iter().filter(|(size, _)| *size > 0).map(|(size, label)| Phrase::plain(label(size)));
    let mut phrases: Vec<Phrase> = sizes.collect();
    if task.containers.len() != 1 {
        let count = i64::try_from(task.containers.len()).unwrap_or(i64::MAX);
        phrases.push(Phrase::counted("summary.task_definition.containers", count));
    }
    phrases
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::TaskDefinition,
    key: "task_definition",
    id_prefix: "task",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
    name_rule: ECS_NAME,
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[&links::USES_ROLE, &links::PULLS],
    new,
    read: |json| Ok(Props::TaskDefinition(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| summary(node),
    settle,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
