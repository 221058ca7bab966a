//! What can be wrong with the limits of containers and of the task definition itself.

use serde_json::json;

use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{Container, LogMode, Places, TaskDefinition, size};

const CONTAINER_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html";
const ULIMIT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html";
const QUOTAS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html";
const LOGS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// Fargate waits for two minutes at most.
pub(super) static TIMEOUT: Check = error("TSK063", "", CONTAINER_DOC);
/// The limit that holds first is above the one that holds at last.
pub(super) static SOFT_ABOVE_HARD: Check =
    error("TSK065", "ClientException: Soft limit exceeds hard limit for ulimit", ULIMIT_DOC);
/// One limit is set twice.
pub(super) static LIMIT_TWICE: Check = error("TSK066", "", ULIMIT_DOC);
/// On instances nothing says how much memory a container gets.
pub(super) static NO_MEMORY: Check = error(
    "TSK068",
    "ClientException: At least one of 'memory' or 'memoryReservation' must be specified.",
    CONTAINER_DOC,
);
/// On instances a task may not have so much CPU, or so little.
pub(super) static INSTANCE_CPU: Check = error(
    "TSK069",
    "",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
);
/// The task definition is larger than ECS takes.
pub(super) static TOO_LARGE: Check = error("TSK079", "", QUOTAS_DOC);
/// It has more containers than ECS takes.
pub(super) static TOO_MANY: Check = error("TSK080", "", QUOTAS_DOC);
/// Logs are kept, and paid for, for ever.
pub(super) static LOGS_FOR_EVER: Check = Check {
    code: "TSK085",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
};
/// Who waits while logs cannot be delivered needs no buffer.
pub(super) static NO_BUFFER: Check = Check { code: "TSK087", severity: Severity::Warning, aws: "", doc: LOGS_DOC };

/// The most containers of a task definition, and its most bytes.
const MOST: (usize, usize) = (10, 64 * 1024);

pub(super) fn check(node: &Node, task: &TaskDefinition, places: Places, out: &mut Findings) {
    check_whole(node, task, out);
    if !places.fargate {
        check_on_instances(node, task, out);
    }
    for (index, container) in task.containers.iter().enumerate() {
        if places.fargate {
            check_timeouts(node, index, container, out);
        }
        check_ulimits(node, index, container, out);
        if container.logs && container.log_buffer.is_some() && container.log_mode == Some(LogMode::Blocking) {
            let field = format!("containers.{index}.logBuffer");
            let fix = Edit::Set { target: (&node.id).into(), path: field.clone(), value: None };
            out.report(&NO_BUFFER, &node.id).at(field).with("container", &container.name).fix(fix);
        }
    }
}

fn check_whole(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    let count = task.containers.len();
    if count > MOST.0 {
        out.report(&TOO_MANY, &node.id).at("containers").with("count", count).with("most", MOST.0);
    }
    // What is written is near to what ECS is sent.
    let bytes = json!(task.containers).to_string().len();
    if bytes > MOST.1 {
        out.report(&TOO_LARGE, &node.id).at("containers").with("size", bytes / 1024).with("most", MOST.1 / 1024);
    }
    if task.log_retention == 0 && task.containers.iter().any(|container| container.logs) {
        let fix = Edit::set(&node.id, "logRetention", 30);
        out.report(&LOGS_FOR_EVER, &node.id).at("logRetention").fix(fix);
    }
}

fn check_on_instances(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    if task.cpu != 0 && !size::INSTANCE_CPU_RANGE.contains(&task.cpu) {
        let near = task.cpu.clamp(*size::INSTANCE_CPU_RANGE.start(), *size::INSTANCE_CPU_RANGE.end());
        out.report(&INSTANCE_CPU, &node.id).at("cpu").with("cpu", task.cpu).fix(Edit::set(&node.id, "cpu", near));
    }
    if task.memory != 0 {
        return;
    }
    for (index, container) in task.containers.iter().enumerate() {
        if container.memory.is_none() && container.memory_reservation.is_none() {
            let field = format!("containers.{index}.memoryReservation");
            let finding = out.report(&NO_MEMORY, &node.id);
            finding.at(&field).with("container", &container.name).fix(Edit::set(&node.id, field, 256));
        }
    }
}

fn check_timeouts(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    for (name, seconds) in [("startTimeout", container.start_timeout), ("stopTimeout", container.stop_timeout)] {
        if let Some(seconds) = seconds.filter(|seconds| *seconds > 120) {
            let field = format!("containers.{index}.{name}");
            let finding = out.report(&TIMEOUT, &node.id);
            finding.at(&field).with("container", &container.name).with("seconds", seconds);
            finding.fix(Edit::set(&node.id, field, 120));
        }
    }
}

fn check_ulimits(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    let list = format!("containers.{index}.ulimits");
    // -1 is no limit at all.
    let endless = |limit: i64| if limit < 0 { i64::MAX } else { limit };
    for (at, limit) in container.ulimits.iter().enumerate() {
        if endless(limit.soft_limit) > endless(limit.hard_limit) {
            out.report(&SOFT_ABOVE_HARD, &node.id)
                .at(format!("{list}.{at}.softLimit"))
                .with("name", &limit.name)
                .with("soft", limit.soft_limit)
                .with("hard", limit.hard_limit)
                .fix(Edit::set(&node.id, format!("{list}.{at}.softLimit"), limit.hard_limit));
        }
        if container.ulimits[..at].iter().any(|earlier| earlier.name == limit.name) {
            let mut rest = container.ulimits.clone();
            rest.remove(at);
            let finding = out.report(&LIMIT_TWICE, &node.id);
            finding.at(format!("{list}.{at}.name")).with("name", &limit.name).with("container", &container.name);
            finding.fix(Edit::set(&node.id, list.clone(), json!(rest)));
        }
    }
}
