//! What can be wrong with a task definition.

mod containers;
mod environment;
mod images;
mod limits;
mod network;
mod order;
mod platform;
mod roles;
mod volumes;

use serde_json::json;

use super::{Container, Port, TaskDefinition, cpu_label, memory_label, memory_sizes, places, size};
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
static EMPTY: Check = Check {
    code: "TSK001",
    severity: Severity::Error,
    aws: "ClientException: Container list cannot be empty.",
    doc: PARAMETERS_DOC,
};
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
    &images::BAD_IMAGE,
    &images::OTHER_REGION,
    &images::CREDENTIALS,
    &volumes::NO_SUCH,
    &volumes::UNUSED,
    &volumes::SAME_PATH,
    &volumes::SAME_NAME,
    &volumes::TWO_ROOTS,
    &volumes::NEEDS_ENCRYPTION,
    &volumes::NO_ROLE,
    &volumes::PLAIN,
    &volumes::HOST_PATH,
    &network::MODE,
    &network::OTHER_HOST_PORT,
    &network::RESERVED,
    &network::SAME_HOST_PORT,
    &network::FIXED,
    &network::SAME_NAME,
    &network::NO_NAME,
    &network::OVER_UDP,
    &limits::TIMEOUT,
    &limits::SOFT_ABOVE_HARD,
    &limits::LIMIT_TWICE,
    &limits::NO_MEMORY,
    &limits::INSTANCE_CPU,
    &limits::TOO_LARGE,
    &limits::TOO_MANY,
    &limits::LOGS_FOR_EVER,
    &limits::NO_BUFFER,
    &platform::WINDOWS_ARM,
    &platform::LACKS,
    &platform::WINDOWS_SIZE,
    &platform::WINDOWS_SPOT,
    &platform::NOT_ON_FARGATE,
    &platform::WINDOWS_MODE,
    &containers::NO_TOOL,
    &environment::TWO_VERSIONS,
    &environment::SECRET_ELSEWHERE,
    &UNUSED,
];

pub(super) static LINK_CHECKS: &[&Check] = &[&roles::TWO_FOR_ONE];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(task) = TaskDefinition::of(&node.props) else { return };
    let places = places(design, &node.id, task.mode());
    if places.fargate {
        check_size(node, task, out);
    }
    if task.containers.is_empty() {
        let app = Container {
            name: "app".to_owned(),
            ports: vec![Port { container_port: 80, ..Port::default() }],
            ..Container::default()
        };
        out.report(&EMPTY, &node.id).at("containers").fix(Edit::set(&node.id, "containers", json!([app])));
    } else {
        containers::check(node, task, out);
        network::check(node, task, places, out);
        limits::check(node, task, places, out);
        images::check(design, node, task, out);
        environment::check(design, node, task, out);
        order::check(node, task, out);
        volumes::check(design, node, task, places, out);
        platform::check(design, node, task, places, out);
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
