//! What can be wrong with operating system and processors: Windows lacks much that Linux has.

use serde_json::{Value, json};

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::{Launch, Service};
use crate::resources::task_definition::{
    Architecture, Container, NetworkMode, Os, Places, Storage, TaskDefinition, cpu_label, memory_label, size,
};
use crate::{Design, Node};

const WINDOWS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html";
const FARGATE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";
const SPOT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html";
const VERSIONS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-windows-fargate.html";

const fn error(code: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws: "", doc }
}

/// There is no Windows for ARM.
pub(super) static WINDOWS_ARM: Check = error("TSK070", WINDOWS_DOC);
/// Windows has not what a container asks for.
pub(super) static LACKS: Check = error("TSK071", WINDOWS_DOC);
/// Fargate has no such size for Windows.
pub(super) static WINDOWS_SIZE: Check = error("TSK072", FARGATE_DOC);
/// Fargate Spot has no Windows.
pub(super) static WINDOWS_SPOT: Check = error("TSK073", SPOT_DOC);
/// Fargate has not this Windows.
pub(super) static NOT_ON_FARGATE: Check = error("TSK074", VERSIONS_DOC);
/// Windows has no such network mode.
pub(super) static WINDOWS_MODE: Check = error("TSK075", WINDOWS_DOC);

pub(super) fn check(design: &Design, node: &Node, task: &TaskDefinition, places: Places, out: &mut Findings) {
    let os = task.os();
    if !os.is_windows() {
        return;
    }
    if task.architecture == Architecture::Arm {
        let fix = Edit::set(&node.id, "architecture", Architecture::X86.word());
        out.report(&WINDOWS_ARM, &node.id).at("architecture").fix(fix);
    }
    if places.fargate {
        check_fargate(design, node, task, os, out);
    } else if task.mode() == NetworkMode::Host {
        out.report(&WINDOWS_MODE, &node.id).at("networkMode").fix(Edit::set(&node.id, "networkMode", "awsvpc"));
    }
    for (index, volume) in task.volumes.iter().enumerate() {
        let parameter = match volume.storage {
            Storage::Efs => "efsVolumeConfiguration",
            Storage::Ephemeral if places.fargate => "volumes",
            _ => continue,
        };
        let finding = out.report(&LACKS, &node.id);
        finding.at(format!("volumes.{index}.type")).with("parameter", parameter);
    }
    for (index, container) in task.containers.iter().enumerate() {
        check_container(node, index, container, out);
    }
}

fn check_fargate(design: &Design, node: &Node, task: &TaskDefinition, os: Os, out: &mut Findings) {
    if !os.is_on_fargate() {
        let known = if os == Os::Core2025 { Os::Core2022 } else { Os::Full2022 };
        let fix = Edit::set(&node.id, "os", known.word());
        out.report(&NOT_ON_FARGATE, &node.id).at("os").with("os", os.word()).fix(fix);
    }
    if !size::WINDOWS_CPU.contains(&task.cpu) && size::CPU_SIZES.contains(&task.cpu) {
        let cpu = task.cpu.clamp(1024, 4096);
        let memory = size::nearest_memory(cpu, task.memory).unwrap_or(task.memory);
        out.report(&WINDOWS_SIZE, &node.id)
            .at("cpu")
            .with("cpu", cpu_label(task.cpu))
            .with("new_cpu", cpu_label(cpu))
            .with("new_memory", memory_label(memory))
            .fix(Edit::Batch(vec![Edit::set(&node.id, "cpu", cpu), Edit::set(&node.id, "memory", memory)]));
    }
    let spot = design.sources::<Service>(&node.id).find(|(_, _, service)| service.launch == Launch::Spot);
    if let Some((_, service, _)) = spot {
        let finding = out.report(&WINDOWS_SPOT, &node.id);
        finding.at("os").with("service", &service.name).fix(Edit::set(&service.id, "launch", "fargate"));
    }
}

/// What containers of Windows cannot have
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>).
fn check_container(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    let lacks: [(bool, &str, &str, Value); 4] = [
        (container.init_process, "initProcess", "linuxParameters", json!(false)),
        (!container.ulimits.is_empty(), "ulimits", "ulimits", json!([])),
        (container.readonly_root_filesystem, "readonlyRootFilesystem", "readonlyRootFilesystem", json!(false)),
        (!container.user.is_empty(), "user", "user", json!("")),
    ];
    for (set, field, parameter, clear) in lacks {
        if set {
            let field = format!("containers.{index}.{field}");
            let finding = out.report(&LACKS, &node.id);
            finding.at(&field).with("parameter", parameter).fix(Edit::set(&node.id, field, clear));
        }
    }
}
