//! Container definitions.

use serde_json::{Map, Value as Json, json};

use super::parts::{As, Level, Props, Reading, Row};
use super::task::pairs;
use super::value::{Form, Val, base, places};
use trazo_model::Kind;

const ROWS: &[Row] = &[
    ("Name", "name", As::Text),
    ("Essential", "essential", As::Flag),
    ("EntryPoint", "entryPoint", As::Texts),
    ("Command", "command", As::Texts),
    ("WorkingDirectory", "workingDirectory", As::Text),
    ("User", "user", As::Text),
    ("ReadonlyRootFilesystem", "readonlyRootFilesystem", As::Flag),
    ("Cpu", "cpu", As::Int),
    ("Memory", "memory", As::Int),
    ("MemoryReservation", "memoryReservation", As::Int),
    ("StartTimeout", "startTimeout", As::Int),
    ("StopTimeout", "stopTimeout", As::Int),
    ("LinuxParameters.InitProcessEnabled", "initProcess", As::Flag),
    ("HealthCheck.Command", "healthCheck.command", As::Texts),
    ("HealthCheck.Interval", "healthCheck.interval", As::Int),
    ("HealthCheck.Timeout", "healthCheck.timeout", As::Int),
    ("HealthCheck.Retries", "healthCheck.retries", As::Int),
    ("HealthCheck.StartPeriod", "healthCheck.startPeriod", As::Int),
    ("RepositoryCredentials.CredentialsParameter", "repositoryCredentials", As::Text),
];

/// A container without its image.
pub(super) fn read(reading: &mut Reading<'_>, container: &Val) -> Map<String, Json> {
    let mut props = Props::default();
    props.copy(container, ROWS);
    // Nothing of CPU is no share.
    props.sets.retain(|(path, value, _)| path != "cpu" || *value != 0);
    let line = container.line;
    let list = |key: &str| container.get(key).map(Val::items).unwrap_or_default();
    for (key, field, each) in [
        ("PortMappings", "ports", port as fn(&Val) -> Option<Json>),
        ("MountPoints", "mountPoints", mount),
        ("Ulimits", "ulimits", ulimit),
        ("DependsOn", "dependsOn", dependency),
    ] {
        let items: Vec<Json> = list(key).iter().filter_map(each).collect();
        if !items.is_empty() {
            props.put(field, items, line);
        }
    }
    let environment = pairs(reading, list("Environment"), "Name", "Value");
    if !environment.is_empty() {
        props.put("environment", environment, line);
    }
    let mut secrets = Vec::new();
    for item in list("Secrets") {
        let name = item.get("Name").and_then(Val::text).unwrap_or_default();
        let source = item.get("ValueFrom").and_then(|value| reading.wording(value)).unwrap_or_default();
        secrets.push(secret(&name, &source));
    }
    if !secrets.is_empty() {
        props.put("secrets", secrets, line);
    }
    labels(container, &mut props);
    logs(reading, container, &mut props);
    match props.json() {
        Json::Object(all) => all,
        _ => Map::new(),
    }
}

fn port(port: &Val) -> Option<Json> {
    let mut props = Props::default();
    props.put("containerPort", port.get("ContainerPort")?.int()?, port.line);
    props.copy(
        port,
        &[
            ("HostPort", "hostPort", As::Int),
            ("Protocol", "protocol", As::Text),
            ("Name", "name", As::Text),
            ("AppProtocol", "appProtocol", As::Text),
        ],
    );
    Some(props.json())
}

fn mount(mount: &Val) -> Option<Json> {
    let mut props = Props::default();
    props.copy(
        mount,
        &[
            ("SourceVolume", "sourceVolume", As::Text),
            ("ContainerPath", "containerPath", As::Text),
            ("ReadOnly", "readOnly", As::Flag),
        ],
    );
    Some(props.json())
}

fn ulimit(limit: &Val) -> Option<Json> {
    let mut props = Props::default();
    let rows: &[Row] =
        &[("Name", "name", As::Text), ("SoftLimit", "softLimit", As::Int), ("HardLimit", "hardLimit", As::Int)];
    props.copy(limit, rows);
    Some(props.json())
}

fn dependency(other: &Val) -> Option<Json> {
    let mut props = Props::default();
    props.copy(other, &[("ContainerName", "container", As::Text), ("Condition", "condition", As::Text)]);
    Some(props.json())
}

/// The source of a secret, with key, stage and version behind the ARN of one of Secrets Manager.
pub(super) fn secret(name: &str, source: &str) -> Json {
    let parts: Vec<&str> = source.split(':').collect();
    if source.contains(":secretsmanager:") && parts.len() == 10 {
        let mut all = json!({ "name": name, "valueFrom": parts[..7].join(":") });
        for (field, part) in [("jsonKey", 7), ("versionStage", 8), ("versionId", 9)] {
            if !parts[part].is_empty() {
                all[field] = parts[part].into();
            }
        }
        return all;
    }
    json!({ "name": name, "valueFrom": source })
}

fn labels(container: &Val, props: &mut Props) {
    let Some(labels) = container.get("DockerLabels") else { return };
    let all: Vec<Json> =
        labels.entries().filter_map(|(name, value)| Some(json!({ "name": name, "value": value.text()? }))).collect();
    props.put("dockerLabels", all, labels.line);
}

fn logs(reading: &mut Reading<'_>, container: &Val, props: &mut Props) {
    let Some(logs) = container.get("LogConfiguration") else {
        props.put("logs", false, container.line);
        return;
    };
    let driver = logs.get("LogDriver").and_then(Val::text).unwrap_or_default();
    if driver != "awslogs" {
        logs.ignore();
        props.put("logs", false, logs.line);
        reading.tell(Level::Left, "import.note.log_driver", logs.line, vec![("driver", driver)]);
        return;
    }
    props.put("logs", true, logs.line);
    for usual in ["Options.awslogs-region", "Options.awslogs-create-group"] {
        logs.at(usual).map(Val::mark);
    }
    if let Some(prefix) = logs.at("Options.awslogs-stream-prefix").and_then(|prefix| reading.wording(prefix)) {
        props.put("logPrefix", prefix, logs.line);
    }
    props.copy(logs, &[("Options.mode", "logMode", As::Text)]);
    if let Some(buffer) = logs.at("Options.max-buffer-size").and_then(Val::text)
        && let Ok(mib) = buffer.trim_end_matches(['m', 'M']).parse::<i64>()
    {
        props.put("logBuffer", mib, logs.line);
    }
}

/// The repository of the template, or one in ECR of the same account, that an image comes from, and its tag.
pub(super) fn repository(reading: &Reading<'_>, image: &Val) -> Option<(usize, String)> {
    let text = match &image.form {
        Form::Sub(text) => text.clone(),
        Form::Att(id, attribute) => format!("${{{id}.{attribute}}}"),
        _ => return None,
    };
    let id = places(&text).map(base).find(|name| !name.starts_with("AWS::"))?;
    let node = reading.node_of(id, Kind::EcrRepository)?;
    let (_, behind) = text.rsplit_once('}')?;
    let tag = match behind.split_once('@') {
        Some((_, digest)) => digest,
        None => behind.rsplit_once(':').map_or("latest", |(_, tag)| tag),
    };
    Some((node, tag.to_owned()))
}
