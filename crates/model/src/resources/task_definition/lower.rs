//! A task definition on AWS: `AWS::ECS::TaskDefinition` and the log group of its containers
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html>).

use trazo_stack::{Object, Origin, Resource, Value, list, map, reference};

use super::links::usage;
use super::pulls::image_of;
use super::{Container, HealthCheck, Port, TaskDefinition, places};
use crate::lowering::{link_origin, node_origin};
use crate::resources::role::{Role, arn_of};
use crate::{Lowering, Node, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(task) = TaskDefinition::of(&node.props) else { return };
    log_group(low, node, task);
    let mut resource = Resource::new("AWS::ECS::TaskDefinition", node_origin(&node.id));
    resource.set_from("Family", "name", node.name.as_str());
    // CloudFormation takes both as text.
    resource.set_from("Cpu", "cpu", task.cpu.to_string());
    resource.set_from("Memory", "memory", task.memory.to_string());
    resource.set_from("NetworkMode", "networkMode", task.mode().word());
    let places = places(low.design, &node.id, task.mode());
    let words = [("EC2", places.instances), ("FARGATE", places.fargate)];
    resource.set("RequiresCompatibilities", list(words.into_iter().filter(|(_, used)| *used).map(|(word, _)| word)));
    let platform =
        map([("CpuArchitecture", task.architecture.word().into()), ("OperatingSystemFamily", "LINUX".into())]);
    resource.set_from("RuntimePlatform", "architecture", platform);
    if let Some(gib) = task.ephemeral_storage {
        resource.set_from("EphemeralStorage", "ephemeralStorage", map([("SizeInGiB", gib.into())]));
    }
    roles(low, node, &mut resource);
    let group = low.id(&node.id, "LogGroup");
    let origin = resource.origin.clone();
    let containers = task.containers.iter().enumerate().map(|(index, container)| {
        let part = Part::new(&origin, format!("containers.{index}"));
        definition(part, container, image_of(low, &node.id, container), &group)
    });
    resource.set_from("ContainerDefinitions", "containers", list(containers));
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    low.add(low.id(&node.id, "TaskDefinition"), resource);
}

/// One log group for all its containers
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html>).
fn log_group(low: &mut Lowering<'_>, node: &Node, task: &TaskDefinition) {
    if !task.containers.iter().any(|container| container.logs) {
        return;
    }
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id));
    group.set_from("LogGroupName", "name", format!("/ecs/{}", node.name));
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

/// An object whose values know the fields below `at` that they came from.
struct Part<'a> {
    origin: &'a Origin,
    at: String,
    object: Object,
}

impl<'a> Part<'a> {
    fn new(origin: &'a Origin, at: String) -> Self {
        Self { origin, at, object: Object::new() }
    }

    fn set(&mut self, key: &str, field: &str, value: impl Into<Value>) {
        let value = value.into().from_origin(self.origin.field(format!("{}.{field}", self.at)));
        self.object.insert(key.to_owned(), value);
    }

    /// Sets a value that knows already where it came from.
    fn set_as_it_is(&mut self, key: &str, value: Value) {
        self.object.insert(key.to_owned(), value);
    }

    fn set_text(&mut self, key: &str, field: &str, text: &str) {
        if !text.is_empty() {
            self.set(key, field, text);
        }
    }

    fn set_number(&mut self, key: &str, field: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.set(key, field, number);
        }
    }

    /// A list of what `each` makes of the items; nothing where there is none.
    fn set_list<T>(&mut self, key: &str, field: &str, items: &[T], each: &dyn Fn(&T) -> Value) {
        if items.is_empty() {
            return;
        }
        let entry = |(index, item)| each(item).from_origin(self.origin.field(format!("{}.{field}.{index}", self.at)));
        let entries: Vec<Value> = items.iter().enumerate().map(entry).collect();
        self.set(key, field, entries);
    }

    fn done(self) -> Value {
        let whole = self.origin.field(self.at);
        Value::from(self.object).from_origin(whole)
    }
}

fn definition(mut part: Part<'_>, container: &Container, pulled: Option<Value>, log_group: &str) -> Value {
    part.set("Name", "name", container.name.as_str());
    match pulled {
        Some(image) => part.set_as_it_is("Image", image),
        None => part.set("Image", "image", container.image.trim()),
    }
    part.set("Essential", "essential", container.essential);
    part.set_list("PortMappings", "ports", &container.ports, &port_mapping);
    part.set_list("Environment", "environment", &container.environment, &|variable| {
        map([("Name", variable.name.as_str().into()), ("Value", variable.value.as_str().into())])
    });
    part.set_list("Secrets", "secrets", &container.secrets, &|secret| {
        map([("Name", secret.name.as_str().into()), ("ValueFrom", secret.value_from.as_str().into())])
    });
    let text = |text: &String| Value::from(text.as_str());
    part.set_list("EntryPoint", "entryPoint", &container.entry_point, &text);
    part.set_list("Command", "command", &container.command, &text);
    part.set_text("WorkingDirectory", "workingDirectory", &container.working_directory);
    part.set_text("User", "user", &container.user);
    if container.readonly_root_filesystem {
        part.set("ReadonlyRootFilesystem", "readonlyRootFilesystem", true);
    }
    part.set_number("Cpu", "cpu", container.cpu);
    part.set_number("Memory", "memory", container.memory);
    part.set_number("MemoryReservation", "memoryReservation", container.memory_reservation);
    if container.health_check.is_set() {
        let check = health_check(&part, &container.health_check);
        part.set("HealthCheck", "healthCheck", check);
    }
    part.set_list("DependsOn", "dependsOn", &container.depends_on, &|other| {
        map([("ContainerName", other.container.as_str().into()), ("Condition", other.condition.word().into())])
    });
    if container.logs {
        part.set("LogConfiguration", "logs", logs(&part, container, log_group));
    }
    part.done()
}

fn port_mapping(port: &Port) -> Value {
    let mut entries = Object::new();
    entries.insert("ContainerPort".to_owned(), port.container_port.into());
    if let Some(host) = port.host_port {
        entries.insert("HostPort".to_owned(), host.into());
    }
    entries.insert("Protocol".to_owned(), port.protocol.word().into());
    if !port.name.is_empty() {
        entries.insert("Name".to_owned(), port.name.as_str().into());
    }
    if let Some(protocol) = port.app_protocol {
        entries.insert("AppProtocol".to_owned(), protocol.word().into());
    }
    entries.into()
}

fn health_check(within: &Part<'_>, check: &HealthCheck) -> Value {
    let mut part = Part::new(within.origin, format!("{}.healthCheck", within.at));
    part.set_list("Command", "command", &check.command, &|text| text.as_str().into());
    part.set("Interval", "interval", check.interval);
    part.set("Timeout", "timeout", check.timeout);
    part.set("Retries", "retries", check.retries);
    part.set("StartPeriod", "startPeriod", check.start_period);
    part.done()
}

fn logs(within: &Part<'_>, container: &Container, group: &str) -> Value {
    let prefix = within.origin.field(format!("{}.logPrefix", within.at));
    let options = map([
        ("awslogs-group", reference(group)),
        ("awslogs-region", reference("AWS::Region")),
        ("awslogs-stream-prefix", Value::from(container.log_prefix.as_str()).from_origin(prefix)),
    ]);
    map([("LogDriver", "awslogs".into()), ("Options", options)])
}
