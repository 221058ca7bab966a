//! Task definitions, with their roles, logs, volumes and the repositories that they pull from.

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::container;
use super::parts::{As, Level, Props, Reading};
use super::repository::Existing;
use super::roles::Roles;
use super::template::Resource;
use super::value::Val;

pub(super) fn read<'a>(reading: &mut Reading<'a>, roles: &mut Roles) {
    let template = reading.template;
    let mut existing = Existing::default();
    for task in template.of_type("AWS::ECS::TaskDefinition") {
        let node = reading.add(Kind::TaskDefinition, task, task.text("Family"));
        reading.tags(node, task, &[]);
        let mut props = Props::default();
        props.put("cpu", 0, task.line);
        props.put("memory", 0, task.line);
        size(reading, task, &mut props);
        // Instances have Docker's own network where nothing is said.
        let fargate =
            task.items("RequiresCompatibilities").iter().any(|word| word.text().as_deref() == Some("FARGATE"));
        let mode = task.text("NetworkMode").or_else(|| (!fargate).then(|| "bridge".to_owned()));
        if let Some(mode) = mode.filter(|mode| mode != "awsvpc") {
            props.put("networkMode", mode, task.line);
        }
        props.copy(
            &task.properties,
            &[
                ("RuntimePlatform.CpuArchitecture", "architecture", As::Text),
                ("EphemeralStorage.SizeInGiB", "ephemeralStorage", As::Int),
            ],
        );
        if let Some(os) = task.text("RuntimePlatform.OperatingSystemFamily").filter(|os| os != "LINUX") {
            props.put("os", os, task.line);
        }
        if let Some(places) = task.at("RequiresCompatibilities") {
            // Where its tasks run follows from its services.
            places.ignore();
        }
        volumes(task, &mut props);
        let pulled = containers(reading, &mut existing, task, node, &mut props);
        reading.nodes[node].props = props;
        for (container, repository, tag, line) in at_once(pulled) {
            let mut props = Props::default();
            props.put("container", container, line);
            props.put("tag", tag, line);
            reading.tie(node, repository, props, line);
        }
        uses_roles(reading, roles, task, node);
    }
}

/// Sizes are whole numbers, or texts such as `1 vCPU` and `2 GB`.
fn size(reading: &mut Reading<'_>, task: &Resource, props: &mut Props) {
    for (key, field) in [("Cpu", "cpu"), ("Memory", "memory")] {
        let Some(value) = task.at(key) else { continue };
        if let Some(number) = value.int() {
            props.put(field, number, value.line);
            continue;
        }
        let Some(text) = value.text() else { continue };
        let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        match digits.parse::<f64>() {
            #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
            Ok(number) if number < 1e6 => props.put(field, (number * 1024.0) as i64, value.line),
            _ => reading.tell(
                Level::Left,
                "import.note.value",
                value.line,
                vec![("path", format!("{}.{key}", task.id)), ("value", text)],
            ),
        }
    }
}

fn volumes(task: &Resource, props: &mut Props) {
    let volumes: Vec<Json> = task.items("Volumes").iter().filter_map(volume).collect();
    if !volumes.is_empty() {
        props.put("volumes", volumes, task.line);
    }
}

fn volume(volume: &Val) -> Option<Json> {
    let mut props = Props::default();
    props.put("name", volume.get("Name")?.text()?, volume.line);
    props.put("type", "ephemeral", volume.line);
    if let Some(path) = volume.at("Host.SourcePath").and_then(Val::text) {
        props.put("type", "host_path", volume.line);
        props.put("sourcePath", path, volume.line);
    }
    if let Some(efs) = volume.get("EFSVolumeConfiguration") {
        props.put("type", "efs", volume.line);
        let encrypted = efs.get("TransitEncryption").and_then(Val::text);
        props.put("transitEncryption", encrypted.as_deref() == Some("ENABLED"), efs.line);
        props.copy(
            efs,
            &[
                ("FilesystemId", "fileSystemId", As::Text),
                ("RootDirectory", "rootDirectory", As::Text),
                ("AuthorizationConfig.AccessPointId", "accessPointId", As::Text),
                ("AuthorizationConfig.IAM", "iam", As::Enabled),
            ],
        );
    }
    Some(props.json())
}

/// What a container pulls from a repository of the template: name, node of the repository, tag, line.
type Pulled = (String, usize, String, usize);

/// Where all containers pull the same, one link serves all that have no image of their own.
fn at_once(pulled: Vec<Pulled>) -> Vec<Pulled> {
    let Some((_, repository, tag, line)) = pulled.first().cloned() else { return pulled };
    if pulled.iter().all(|other| other.1 == repository && other.2 == tag) {
        return vec![(String::new(), repository, tag, line)];
    }
    pulled
}

fn containers<'a>(
    reading: &mut Reading<'a>,
    existing: &mut Existing,
    task: &'a Resource,
    node: usize,
    props: &mut Props,
) -> Vec<Pulled> {
    let (mut all, mut pulled) = (Vec::new(), Vec::new());
    let mut group: Option<&'a Val> = None;
    for container in task.items("ContainerDefinitions") {
        let name = container.get("Name").and_then(Val::text).unwrap_or_default();
        let mut made = container::read(reading, container);
        if let Some(image) = container.get("Image") {
            match container::repository(reading, image).or_else(|| existing.node(reading, image)) {
                Some((repository, tag)) => {
                    image.mark();
                    made.insert("image".to_owned(), "".into());
                    pulled.push((name, repository, tag, image.line));
                }
                None => {
                    if let Some(text) = reading.wording(image) {
                        made.insert("image".to_owned(), text.into());
                    }
                }
            }
        }
        group = group.or_else(|| container.at("LogConfiguration.Options.awslogs-group"));
        all.push(Json::Object(made));
    }
    props.put("containers", all, task.line);
    logs(reading, group, task, node, props);
    for container in task.items("ContainerDefinitions") {
        if let Some(group) = container.at("LogConfiguration.Options.awslogs-group") {
            group.mark();
        }
    }
    pulled
}

/// The log group: its name where that is not the usual one, and how long it keeps logs.
fn logs<'a>(reading: &mut Reading<'a>, group: Option<&'a Val>, task: &Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    let Some(group) = group else { return };
    let made = group.names().and_then(|id| template.get_of(id, "AWS::Logs::LogGroup"));
    let name = match made {
        Some(made) => made.at("LogGroupName").and_then(|name| reading_text(reading, name)),
        None => reading_text(reading, group),
    };
    let usual = format!("/ecs/{}", reading.nodes[node].name);
    if let Some(name) = name.filter(|name| *name != usual) {
        props.put("logGroup", name, group.line);
    }
    if let Some(made) = made {
        let days = made.at("RetentionInDays").and_then(Val::int).unwrap_or(0);
        props.put("logRetention", days, made.line);
        if let Some(tags) = made.at("Tags") {
            tags.ignore();
        }
        reading.own(made, node);
    } else if task.at("ContainerDefinitions").is_some() {
        props.put("logRetention", 0, group.line);
    }
}

/// The text of a name that may hold the name of the stack.
pub(super) fn reading_text(reading: &mut Reading<'_>, value: &Val) -> Option<String> {
    if let Some(text) = value.text() {
        return Some(text);
    }
    let mut text = reading.wording(value)?;
    for (place, with) in [("${AWS::StackName}", "app"), ("${AWS::AccountId}", "account")] {
        text = text.replace(place, with);
    }
    Some(text).filter(|text| !text.contains("${"))
}

fn uses_roles<'a>(reading: &mut Reading<'a>, roles: &mut Roles, task: &'a Resource, node: usize) {
    let mut found: Vec<(usize, &'static str, usize)> = Vec::new();
    for (key, usage) in [("ExecutionRoleArn", "execution"), ("TaskRoleArn", "task")] {
        let Some(value) = task.at(key) else { continue };
        let Some(role) = roles.node(reading, value) else { continue };
        match found.iter_mut().find(|(other, ..)| *other == role) {
            Some(both) => both.1 = "both",
            None => found.push((role, usage, value.line)),
        }
    }
    for (role, usage, line) in found {
        let mut props = Props::default();
        props.put("use", usage, line);
        reading.tie(node, role, props, line);
    }
}

/// Names and values as the manifest has them.
pub(super) fn pairs(reading: &mut Reading<'_>, list: &[Val], name: &str, value: &str) -> Vec<Json> {
    let mut all = Vec::new();
    for item in list {
        let (Some(key), Some(held)) = (item.get(name).and_then(Val::text), item.get(value)) else { continue };
        let text = reading.wording(held).or_else(|| {
            held.ignore();
            reading.tell(
                Level::Left,
                "import.note.value",
                held.line,
                vec![("path", key.clone()), ("value", held.json().to_string())],
            );
            Some(String::new())
        });
        all.push(json!({ "name": key, "value": text }));
    }
    all
}
