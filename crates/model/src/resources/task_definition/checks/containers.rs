//! What can be wrong with containers: their names, ports, limits, health checks and images.

use serde_json::json;

use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{Container, NetworkMode, TaskDefinition, size};

const CONTAINER_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html";
const PORT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html";
const HEALTH_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// No container is essential.
pub(super) static NONE_ESSENTIAL: Check = error("TSK002", "", CONTAINER_DOC);
/// Two containers have one name.
pub(super) static SAME_NAME: Check = error("TSK003", "ClientException: Container names must be unique within a task definition", CONTAINER_DOC);
/// Two containers listen on one port: they share one network interface.
pub(super) static SAME_PORT: Check = error("TSK005", "ClientException: container port is used multiple times in task", PORT_DOC);
/// The containers are given more CPU than the task has.
pub(super) static TOO_MUCH_CPU: Check = error("TSK006", "", CONTAINER_DOC);
/// The containers are given more memory than the task has.
pub(super) static TOO_MUCH_MEMORY: Check = error("TSK025", "", CONTAINER_DOC);
/// The soft limit of memory is not below the hard one.
pub(super) static SOFT_LIMIT: Check = error("TSK007", "ClientException: 'memory' must be greater than or equal to 'memoryReservation'", CONTAINER_DOC);
/// The command of a health check does not say how it is to be run.
pub(super) static HEALTH_COMMAND: Check = error("TSK013", "", HEALTH_DOC);

/// The image lacks the tool that its health check calls.
pub(super) static NO_TOOL: Check = Check { code: "TSK077", severity: Severity::Hint, aws: "", doc: HEALTH_DOC };

pub(super) fn check(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    if !task.containers.iter().any(|container| container.essential) {
        let fix = Edit::set(&node.id, "containers.0.essential", true);
        out.report(&NONE_ESSENTIAL, &node.id).at("containers.0.essential").fix(fix);
    }
    check_names(node, task, out);
    // In `bridge` mode each container has ports of its own.
    if task.mode() != NetworkMode::Bridge {
        check_ports(node, task, out);
    }
    check_limits(node, task, out);
    for (index, container) in task.containers.iter().enumerate() {
        let at = |field: &str| format!("containers.{index}.{field}");
        if let (Some(hard), Some(soft)) = (container.memory, container.memory_reservation)
            && soft > hard
        {
            out.report(&SOFT_LIMIT, &node.id)
                .at(at("memoryReservation"))
                .with("container", &container.name)
                .with("soft", soft)
                .with("hard", hard)
                .fix(Edit::Set { target: (&node.id).into(), path: at("memoryReservation"), value: None });
        }
        if container.health_check.is_set() {
            check_health_command(node, container, &at("healthCheck.command"), out);
        }
    }
}

fn check_names(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    for (index, container) in task.containers.iter().enumerate() {
        let name = &container.name;
        if name.is_empty() || task.containers[..index].iter().all(|earlier| earlier.name != *name) {
            continue;
        }
        let free = (2..).map(|n| format!("{name}-{n}")).find(|name| task.container(name).is_none());
        let field = format!("containers.{index}.name");
        let finding = out.report(&SAME_NAME, &node.id);
        finding.at(&field).with("name", name);
        if let Some(free) = free {
            finding.fix(Edit::set(&node.id, field, free));
        }
    }
}

/// All containers of a task share one network interface, so a port is taken by the first that listens on it
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html>).
fn check_ports(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    let mut taken = Vec::new();
    for (index, container) in task.containers.iter().enumerate() {
        for (at, port) in container.ports.iter().enumerate() {
            let key = (port.container_port, port.protocol);
            let Some((other, _)) = taken.iter().find(|(_, taken)| *taken == key) else {
                taken.push((index, key));
                continue;
            };
            let finding = out.report(&SAME_PORT, &node.id);
            finding
                .at(format!("containers.{index}.ports.{at}.containerPort"))
                .with("port", port.container_port)
                .with("container", &task.containers[*other].name);
            // Twice in one container is once too often; which of two containers shall move nobody can know.
            if *other == index {
                let mut rest = container.ports.clone();
                rest.remove(at);
                finding.fix(Edit::set(&node.id, format!("containers.{index}.ports"), json!(rest)));
            }
        }
    }
}

fn check_limits(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    let sum = |of: fn(&Container) -> Option<i64>| task.containers.iter().filter_map(of).fold(0, i64::saturating_add);
    let cpu = sum(|container| container.cpu);
    let reserved = sum(|container| container.memory_reservation.or(container.memory));
    let memory = task.containers.iter().filter_map(|container| container.memory).fold(reserved, i64::max);
    let fix = size::fitting(task.cpu.max(cpu), task.memory.max(memory))
        .map(|(cpu, memory)| Edit::Batch(vec![Edit::set(&node.id, "cpu", cpu), Edit::set(&node.id, "memory", memory)]));
    let last = |of: fn(&Container) -> bool| task.containers.iter().rposition(of).unwrap_or_default();
    let mut report = |check: &'static Check, field: String, asked: i64, has: i64| {
        let finding = out.report(check, &node.id);
        finding.at(field).with("asked", asked).with("has", has);
        if let Some(edit) = fix.clone() {
            finding.fix(edit);
        }
    };
    if cpu > task.cpu && task.cpu > 0 {
        let index = last(|container| container.cpu.is_some());
        report(&TOO_MUCH_CPU, format!("containers.{index}.cpu"), cpu, task.cpu);
    }
    if memory > task.memory && task.memory > 0 {
        let index = last(|container| container.memory.or(container.memory_reservation).is_some());
        let hard = task.containers.get(index).is_some_and(|container| container.memory.is_some());
        let field = if hard { "memory" } else { "memoryReservation" };
        report(&TOO_MUCH_MEMORY, format!("containers.{index}.{field}"), memory, task.memory);
    }
}

fn check_health_command(node: &Node, container: &Container, field: &str, out: &mut Findings) {
    let command = &container.health_check.command;
    let well_formed = match command.first().map(String::as_str) {
        Some("CMD-SHELL") => command.len() == 2,
        Some("CMD") => command.len() >= 2,
        _ => false,
    };
    if well_formed {
        check_tool(node, container, field, out);
        return;
    }
    let finding = out.report(&HEALTH_COMMAND, &node.id);
    finding.at(field).with("container", &container.name);
    // One line for the shell: what was written, without the beginning that AWS's console shows before a comma.
    let line = command.join(" ");
    let line = line.strip_prefix("CMD-SHELL").or_else(|| line.strip_prefix("CMD")).unwrap_or(&line);
    let line = line.trim_start_matches(',').trim();
    if !line.is_empty() {
        finding.fix(Edit::set(&node.id, field, json!(["CMD-SHELL", line])));
    }
}

/// Small images come without what is not needed to run them: `alpine` has `wget` and no `curl`, `slim` and `distroless`
/// have neither. Those of nginx are known to have `curl`.
fn check_tool(node: &Node, container: &Container, field: &str, out: &mut Findings) {
    let image = container.image.to_lowercase();
    let name = image.rsplit('/').next().unwrap_or_default();
    let bare = ["slim", "distroless", "scratch", "static"].iter().any(|word| image.contains(word));
    let small = bare || image.contains("alpine") || image.contains("busybox");
    let lacks = |tool: &str| match tool {
        "curl" => bare || (small && !name.starts_with("nginx")),
        _ => bare,
    };
    let line = container.health_check.command.join(" ");
    let calls = |tool: &str| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == tool);
    if let Some(tool) = ["curl", "wget"].into_iter().find(|tool| calls(tool) && lacks(tool)) {
        let finding = out.report(&NO_TOOL, &node.id);
        finding.at(field).with("container", &container.name).with("image", &container.image).with("tool", tool);
    }
}
