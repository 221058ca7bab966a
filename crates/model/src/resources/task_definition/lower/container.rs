//! A container definition
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-containerdefinition.html>).

use trazo_stack::{Object, Value, map, reference};

use super::part::Part;
use crate::resources::task_definition::{Container, HealthCheck, LogMode, Port};

pub(super) fn definition(
    mut part: Part<'_>,
    container: &Container,
    pulled: Option<Value>,
    log_group: &str,
    called: &[(String, i64, String)],
) -> Value {
    part.set("Name", "name", container.name.as_str());
    match pulled {
        Some(image) => part.set_as_it_is("Image", image),
        None => part.set("Image", "image", container.image.trim()),
    }
    let credentials = container.repository_credentials.trim();
    if !credentials.is_empty() {
        let value = map([("CredentialsParameter", credentials.into())]);
        part.set("RepositoryCredentials", "repositoryCredentials", value);
    }
    part.set("Essential", "essential", container.essential);
    part.set_list("PortMappings", "ports", &container.ports, &|port| {
        let is_own = |(name, number, _): &&(String, i64, String)| *name == container.name && *number == port.container_port;
        port_mapping(port, called.iter().find(is_own).map_or(&port.name, |(_, _, name)| name))
    });
    part.set_list("Environment", "environment", &container.environment, &|variable| {
        map([("Name", variable.name.as_str().into()), ("Value", variable.value.as_str().into())])
    });
    part.set_list("Secrets", "secrets", &container.secrets, &|secret| {
        map([("Name", secret.name.as_str().into()), ("ValueFrom", secret.source().into())])
    });
    let text = |text: &String| Value::from(text.as_str());
    part.set_list("EntryPoint", "entryPoint", &container.entry_point, &text);
    part.set_list("Command", "command", &container.command, &text);
    part.set_text("WorkingDirectory", "workingDirectory", &container.working_directory);
    part.set_list("MountPoints", "mountPoints", &container.mount_points, &|mount| {
        map([
            ("SourceVolume", mount.source_volume.as_str().into()),
            ("ContainerPath", mount.container_path.trim().into()),
            ("ReadOnly", mount.read_only.into()),
        ])
    });
    part.set_text("User", "user", &container.user);
    if container.readonly_root_filesystem {
        part.set("ReadonlyRootFilesystem", "readonlyRootFilesystem", true);
    }
    limits(&mut part, container);
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
    if !container.docker_labels.is_empty() {
        let labels = container.docker_labels.iter().filter(|label| !label.name.is_empty());
        let labels: Object = labels.map(|label| (label.name.clone(), label.value.as_str().into())).collect();
        part.set("DockerLabels", "dockerLabels", labels);
    }
    part.done()
}

fn limits(part: &mut Part<'_>, container: &Container) {
    part.set_number("Cpu", "cpu", container.cpu);
    part.set_number("Memory", "memory", container.memory);
    part.set_number("MemoryReservation", "memoryReservation", container.memory_reservation);
    part.set_number("StartTimeout", "startTimeout", container.start_timeout);
    part.set_number("StopTimeout", "stopTimeout", container.stop_timeout);
    part.set_list("Ulimits", "ulimits", &container.ulimits, &|limit| {
        map([
            ("Name", limit.name.as_str().into()),
            ("SoftLimit", limit.soft_limit.into()),
            ("HardLimit", limit.hard_limit.into()),
        ])
    });
    if container.init_process {
        part.set("LinuxParameters", "initProcess", map([("InitProcessEnabled", true.into())]));
    }
}

/// A port, with the name by which Service Connect knows it.
fn port_mapping(port: &Port, name: &str) -> Value {
    let mut entries = Object::new();
    entries.insert("ContainerPort".to_owned(), port.container_port.into());
    // A port of 0 is one that is free, as where none is said.
    if let Some(host) = port.host_port.filter(|host| *host != 0) {
        entries.insert("HostPort".to_owned(), host.into());
    }
    entries.insert("Protocol".to_owned(), port.protocol.word().into());
    if !name.is_empty() {
        entries.insert("Name".to_owned(), name.into());
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
    let from = |field: &str, value: Value| value.from_origin(within.origin.field(format!("{}.{field}", within.at)));
    let mut options = Object::new();
    options.insert("awslogs-group".to_owned(), reference(group));
    options.insert("awslogs-region".to_owned(), reference("AWS::Region"));
    options.insert("awslogs-stream-prefix".to_owned(), from("logPrefix", container.log_prefix.as_str().into()));
    if let Some(mode) = container.log_mode {
        options.insert("mode".to_owned(), from("logMode", mode.word().into()));
    }
    // A buffer is only for what does not block.
    if let Some(mib) = container.log_buffer.filter(|_| container.log_mode != Some(LogMode::Blocking)) {
        options.insert("max-buffer-size".to_owned(), from("logBuffer", format!("{mib}m").into()));
    }
    map([("LogDriver", "awslogs".into()), ("Options", options.into())])
}
