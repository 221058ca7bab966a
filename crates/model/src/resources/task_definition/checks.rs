//! What can be wrong with a task definition.

mod containers;
mod environment;
mod images;
mod order;
mod roles;

use serde_json::json;

use super::{Container, Port, TaskDefinition, cpu_label, memory_label, memory_sizes, size};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::Service;
use crate::{Design, Node, Typed};

pub(in crate::resources) use environment::looks_secret;
pub(super) use images::{PULL_CHECKS, check_pull};
pub(super) use roles::check_link;
pub(in crate::resources) use roles::role_edit;

const PARAMETERS_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html";

/// It has no container.
static EMPTY: Check = Check { code: "TSK001", severity: Severity::Error, aws: "", doc: PARAMETERS_DOC };
/// Fargate has no such size.
static SIZE: Check = Check {
    code: "TSK004",
    severity: Severity::Error,
    aws: "ClientException: No Fargate configuration exists for given values.",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
};
/// No service runs it.
static UNUSED: Check = Check {
    code: "TSK020",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
};

pub(super) static CHECKS: &[&Check] = &[
    &EMPTY,
    &containers::NONE_ESSENTIAL,
    &containers::SAME_NAME,
    &SIZE,
    &containers::SAME_PORT,
    &containers::TOO_MUCH_CPU,
    &containers::TOO_MUCH_MEMORY,
    &containers::SOFT_LIMIT,
    &roles::LOGS,
    &roles::ECR,
    &roles::SECRETS,
    &order::NO_SUCH,
    &order::CIRCLE,
    &order::NO_HEALTH,
    &order::NEVER_ENDS,
    &containers::HEALTH_COMMAND,
    &environment::NO_NAME,
    &environment::ODD_NAME,
    &environment::TWICE,
    &environment::PLAIN_AND_SECRET,
    &environment::IN_THE_OPEN,
    &environment::NO_SECRET,
    &images::LATEST,
    &images::NO_IMAGE,
    &UNUSED,
];

pub(super) static LINK_CHECKS: &[&Check] = &[&roles::TWO_FOR_ONE];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(task) = TaskDefinition::of(&node.props) else { return };
    check_size(node, task, out);
    if task.containers.is_empty() {
        let app = Container {
            name: "app".to_owned(),
            ports: vec![Port { container_port: 80, ..Port::default() }],
            ..Container::default()
        };
        out.report(&EMPTY, &node.id).at("containers").fix(Edit::set(&node.id, "containers", json!([app])));
    } else {
        containers::check(node, task, out);
        images::check(design, node, task, out);
        environment::check(node, task, out);
        order::check(node, task, out);
        roles::check(design, node, task, out);
    }
    if design.sources::<Service>(&node.id).next().is_none() {
        out.report(&UNUSED, &node.id);
    }
}

fn check_size(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    if memory_sizes(task.cpu).contains(&task.memory) {
        return;
    }
    let (cpu, memory) = size::nearest_size(task.cpu, task.memory);
    let fix = Edit::Batch(vec![Edit::set(&node.id, "cpu", cpu), Edit::set(&node.id, "memory", memory)]);
    out.report(&SIZE, &node.id)
        .at(if cpu == task.cpu { "memory" } else { "cpu" })
        .with("cpu", cpu_label(task.cpu))
        .with("memory", memory_label(task.memory))
        .with("new_cpu", cpu_label(cpu))
        .with("new_memory", memory_label(memory))
        .fix(fix);
}
