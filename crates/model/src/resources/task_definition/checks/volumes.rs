//! What can be wrong with volumes and where they are mounted.

use serde_json::json;

use super::super::links::{Usage, usage};
use super::roles::role_edit;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{Places, Storage, TaskDefinition, Volume};
use crate::{Design, Node};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html";
const EFS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// A container mounts a volume that there is not.
pub(super) static NO_SUCH: Check = error("TSK044", "ClientException: Unknown volume", DOC);
/// No container mounts a volume.
pub(super) static UNUSED: Check = Check { code: "TSK045", severity: Severity::Warning, aws: "", doc: DOC };
/// A container mounts two volumes at one path.
pub(super) static SAME_PATH: Check = error("TSK046", "", DOC);
/// Two volumes have one name.
pub(super) static SAME_NAME: Check = error("TSK047", "", DOC);
/// An access point says which directory is seen, and so does the volume.
pub(super) static TWO_ROOTS: Check = error(
    "TSK048",
    "ClientException: When using an EFS access point, the root directory must either be set to \"/\" or be omitted",
    EFS_DOC,
);
/// An access point or the task role is asked for, but nothing is encrypted on its way.
pub(super) static NEEDS_ENCRYPTION: Check =
    error("TSK049", "ClientException: EFS IAM authorization requires TransitEncryption to be enabled", EFS_DOC);
/// The task role is asked for, but there is none.
pub(super) static NO_ROLE: Check = error("TSK050", "", EFS_DOC);
/// What is written to a file system can be read on its way.
pub(super) static PLAIN: Check = Check {
    code: "TSK051",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html",
};
/// Fargate has no instance whose directory could be mounted.
pub(super) static HOST_PATH: Check = error(
    "TSK052",
    "ClientException: Fargate compatible task definitions do not support sourcePath",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html",
);

pub(super) fn check(design: &Design, node: &Node, task: &TaskDefinition, places: Places, out: &mut Findings) {
    check_mounts(node, task, out);
    for (index, volume) in task.volumes.iter().enumerate() {
        check_name(node, task, index, volume, out);
        match volume.storage {
            Storage::Efs => check_efs(design, node, index, volume, out),
            Storage::HostPath if places.fargate => {
                let field = format!("volumes.{index}.type");
                let finding = out.report(&HOST_PATH, &node.id);
                finding.at(&field).with("volume", &volume.name).fix(Edit::set(&node.id, field, "ephemeral"));
            }
            _ => {}
        }
    }
}

fn check_mounts(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    for (index, container) in task.containers.iter().enumerate() {
        for (at, mount) in container.mount_points.iter().enumerate() {
            let list = format!("containers.{index}.mountPoints");
            let name = mount.source_volume.as_str();
            if !name.is_empty() && task.volumes.iter().all(|volume| volume.name != name) {
                let finding = out.report(&NO_SUCH, &node.id);
                finding.at(format!("{list}.{at}.sourceVolume")).with("volume", name).with("container", &container.name);
                finding.fix(known_volume(node, task, &format!("{list}.{at}.sourceVolume"), name));
            }
            let path = mount.container_path.trim();
            let earlier = container.mount_points[..at].iter().any(|other| other.container_path.trim() == path);
            if earlier && !path.is_empty() {
                let mut rest = container.mount_points.clone();
                rest.remove(at);
                out.report(&SAME_PATH, &node.id)
                    .at(format!("{list}.{at}.containerPath"))
                    .with("path", path)
                    .with("container", &container.name)
                    .fix(Edit::set(&node.id, list, json!(rest)));
            }
        }
    }
}

/// Names the only volume that there is, or adds one of the name that is asked for.
fn known_volume(node: &Node, task: &TaskDefinition, field: &str, name: &str) -> Edit {
    if let [only] = &task.volumes[..]
        && !only.name.is_empty()
    {
        return Edit::set(&node.id, field, only.name.as_str());
    }
    let mut volumes = task.volumes.clone();
    volumes.push(Volume { name: name.to_owned(), ..Volume::default() });
    Edit::set(&node.id, "volumes", json!(volumes))
}

fn check_name(node: &Node, task: &TaskDefinition, index: usize, volume: &Volume, out: &mut Findings) {
    if volume.name.is_empty() {
        return;
    }
    let without = || {
        let mut rest = task.volumes.clone();
        rest.remove(index);
        Edit::set(&node.id, "volumes", json!(rest))
    };
    if task.volumes[..index].iter().any(|earlier| earlier.name == volume.name) {
        let finding = out.report(&SAME_NAME, &node.id);
        finding.at(format!("volumes.{index}.name")).with("volume", &volume.name).fix(without());
        return;
    }
    let mounted = task.containers.iter().flat_map(|container| &container.mount_points);
    if mounted.into_iter().all(|mount| mount.source_volume != volume.name) {
        let finding = out.report(&UNUSED, &node.id);
        finding.at(format!("volumes.{index}.name")).with("volume", &volume.name).fix(without());
    }
}

fn check_efs(design: &Design, node: &Node, index: usize, volume: &Volume, out: &mut Findings) {
    let field = |name: &str| format!("volumes.{index}.{name}");
    let has_access_point = !volume.access_point_id.trim().is_empty();
    if has_access_point && volume.has_root_directory() {
        let finding = out.report(&TWO_ROOTS, &node.id);
        finding.at(field("rootDirectory")).with("volume", &volume.name);
        finding.fix(Edit::set(&node.id, field("rootDirectory"), ""));
    }
    if !volume.transit_encryption {
        let check = if volume.iam || has_access_point { &NEEDS_ENCRYPTION } else { &PLAIN };
        let finding = out.report(check, &node.id);
        finding.at(field("transitEncryption")).with("volume", &volume.name);
        finding.fix(Edit::set(&node.id, field("transitEncryption"), true));
    }
    let has_role = design.links_from(&node.id).filter_map(usage).any(Usage::is_task);
    if volume.iam && !has_role {
        let finding = out.report(&NO_ROLE, &node.id);
        finding.at(field("iam")).with("volume", &volume.name);
        if let Some(edit) = role_edit(design, node, Usage::Task) {
            finding.fix(edit);
        }
    }
}
