//! A task definition on AWS: `AWS::ECS::TaskDefinition` and the log group of its containers
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html>).

mod container;
mod part;

use trazo_stack::{Object, Resource, Value, att, list, map};

use super::links::usage;
use super::pulls::image_of;
use super::{Storage, TaskDefinition, Volume, places};
use crate::lowering::{link_origin, node_origin};
use crate::resources::role::{Role, arn_of};
use crate::resources::service::port_names;
use crate::{Lowering, Node, Typed};
use part::Part;

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(task) = TaskDefinition::of(&node.props) else { return };
    log_group(low, node, task);
    let mut resource = Resource::new("AWS::ECS::TaskDefinition", node_origin(&node.id));
    resource.set_from("Family", "name", node.name.as_str());
    // CloudFormation takes both as text.
    for (key, field, size) in [("Cpu", "cpu", task.cpu), ("Memory", "memory", task.memory)] {
        if size != 0 {
            resource.set_from(key, field, size.to_string());
        }
    }
    resource.set_from("NetworkMode", "networkMode", task.mode().word());
    let places = places(low.design, &node.id, task.mode());
    let words = [("EC2", places.instances), ("FARGATE", places.fargate)];
    resource.set("RequiresCompatibilities", list(words.into_iter().filter(|(_, used)| *used).map(|(word, _)| word)));
    let system = Value::from(task.os().word()).from_origin(resource.origin.field("os"));
    let platform = map([("CpuArchitecture", task.architecture.word().into()), ("OperatingSystemFamily", system)]);
    resource.set_from("RuntimePlatform", "architecture", platform);
    // Instances have disks of their own.
    if let Some(gib) = task.ephemeral_storage.filter(|_| places.fargate) {
        resource.set_from("EphemeralStorage", "ephemeralStorage", map([("SizeInGiB", gib.into())]));
    }
    roles(low, node, &mut resource);
    let (group, _) = log_group_of(low, node, task);
    let origin = resource.origin.clone();
    if !task.volumes.is_empty() {
        let volumes = task.volumes.iter().enumerate();
        let volumes = volumes.map(|(index, it)| volume(Part::new(&origin, format!("volumes.{index}")), it));
        resource.set_from("Volumes", "volumes", list(volumes));
    }
    let called = port_names(low.design, &node.id);
    let containers = task.containers.iter().enumerate().map(|(index, container)| {
        let part = Part::new(&origin, format!("containers.{index}"));
        container::definition(part, container, image_of(low, &node.id, container), &group, &called)
    });
    resource.set_from("ContainerDefinitions", "containers", list(containers));
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    low.add(low.id(&node.id, "TaskDefinition"), resource);
}

/// The logical id of the log group that a task definition writes to, and whether it makes it: the first of those that name
/// one group makes it for all.
fn log_group_of(low: &Lowering<'_>, node: &Node, task: &TaskDefinition) -> (String, bool) {
    let name = task.log_group_name(&node.name);
    let shares = |other: &&Node| {
        TaskDefinition::of(&other.props)
            .is_some_and(|task| task.has_logs() && task.log_group_name(&other.name) == name)
    };
    let first = low.design.nodes().find(shares).filter(|_| task.has_logs()).unwrap_or(node);
    (low.id(&first.id, "LogGroup"), first.id == node.id)
}

/// The log group that a task definition writes to, if it writes any logs.
pub(in crate::resources) fn log_group_arn(low: &Lowering<'_>, node: &Node, task: &TaskDefinition) -> Option<Value> {
    task.has_logs().then(|| att(log_group_of(low, node, task).0, "Arn"))
}

/// One log group for all its containers
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html>).
fn log_group(low: &mut Lowering<'_>, node: &Node, task: &TaskDefinition) {
    if !task.has_logs() || !log_group_of(low, node, task).1 {
        return;
    }
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id));
    let field = if task.log_group.trim().is_empty() { "name" } else { "logGroup" };
    group.set_from("LogGroupName", field, task.log_group_name(&node.name));
    if task.log_retention > 0 {
        group.set_from("RetentionInDays", "logRetention", task.log_retention);
    }
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(low.id(&node.id, "LogGroup"), group);
}

fn roles(low: &Lowering<'_>, node: &Node, resource: &mut Resource) {
    let design = low.design;
    for (link, role, _) in design.targets::<Role>(&node.id) {
        let (Some(usage), Some(arn)) = (usage(link), arn_of(low, role)) else { continue };
        let origin = link_origin(&link.id).field("use");
        for (key, used) in [("ExecutionRoleArn", usage.is_execution()), ("TaskRoleArn", usage.is_task())] {
            // The first role for a purpose holds; that there is a second is told.
            if used && !resource.properties.contains_key(key) {
                resource.set(key, arn.clone().from_origin(origin.clone()));
            }
        }
    }
}

/// A volume
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html>).
fn volume(mut part: Part<'_>, volume: &Volume) -> Value {
    part.set("Name", "name", volume.name.as_str());
    match volume.storage {
        // A volume of which nothing is said is in the task's own storage.
        Storage::Ephemeral => {}
        Storage::HostPath => {
            let path = Value::from(volume.source_path.trim());
            part.set("Host", "sourcePath", map([("SourcePath", path)]));
        }
        Storage::Efs => part.set("EFSVolumeConfiguration", "type", efs(volume)),
    }
    part.done()
}

fn efs(volume: &Volume) -> Value {
    let on_off = |on: bool| Value::from(if on { "ENABLED" } else { "DISABLED" });
    let mut efs = Object::new();
    efs.insert("FilesystemId".to_owned(), volume.file_system_id.trim().into());
    if volume.has_root_directory() {
        efs.insert("RootDirectory".to_owned(), volume.root_directory.trim().into());
    }
    efs.insert("TransitEncryption".to_owned(), on_off(volume.transit_encryption));
    let access_point = volume.access_point_id.trim();
    if volume.iam || !access_point.is_empty() {
        let mut authorization = Object::new();
        if !access_point.is_empty() {
            authorization.insert("AccessPointId".to_owned(), access_point.into());
        }
        authorization.insert("IAM".to_owned(), on_off(volume.iam));
        efs.insert("AuthorizationConfig".to_owned(), authorization.into());
    }
    efs.into()
}
