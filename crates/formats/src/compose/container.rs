//! An ECS service as services of Compose: one for each of its containers.

use trazo_stack::{Expr, Object, Resource, Value, list, map};

use super::{Project, literal, slug};
use crate::export::Written;

pub(super) fn add(project: &mut Project<'_>, id: &str, service: &Resource, written: &mut Written) {
    let stack = project.source.stack;
    let task = service.get("TaskDefinition").and_then(Value::names).and_then(|task| stack.resources.get(task));
    let Some(task) = task else {
        return written.note("compose_no_task", project.name(id), Some(&service.origin));
    };
    let containers = task.items("ContainerDefinitions");
    let Some(main) = main(service, containers) else { return };
    let service_name = project.name(id);
    let several = containers.len() > 1;
    if several && copies(service) > 1 {
        written.note("compose_one_copy", service_name.clone(), Some(&service.origin));
    }
    for container in containers {
        let own = text(container, "Name");
        let is_main = own == main;
        let key = if is_main { service_name.clone() } else { format!("{service_name}-{}", slug(own)) };
        let mut out = definition(project, &service_name, container, written);
        if let Some(waits) = depends(&service_name, main, container) {
            out.insert("depends_on".into(), waits);
        }
        if is_main {
            let aliases = aliases(service);
            if !aliases.is_empty() {
                let network = map([("aliases", list(aliases))]);
                out.insert("networks".into(), map([("default", network)]));
            }
        } else {
            // The containers of a task share one network: they reach each other at localhost.
            out.insert("network_mode".into(), format!("service:{service_name}").into());
        }
        let count = if several { 1 } else { copies(service) };
        let count = with_origin(count.into(), service.get("DesiredCount"));
        out.insert("deploy".into(), deploy(task, container, containers.len(), count));
        let origin = container.origin.clone().unwrap_or_else(|| task.origin.clone());
        project.services.insert(key, Value::from(out).from_origin(origin));
    }
    for volume in task.items("Volumes") {
        let own = slug(text(volume, "Name"));
        if volume.get("EFSVolumeConfiguration").is_some() {
            written.note("compose_efs", own.clone(), Some(&task.origin));
        }
        project.volumes.insert(own, map([]));
    }
}

/// How many tasks it runs: at least one, since one wants to see it.
pub(super) fn copies(service: &Resource) -> i64 {
    service.get("DesiredCount").and_then(Value::as_int).unwrap_or(1).clamp(1, 10)
}

/// The container that the load balancer sends to, or the first one.
fn main<'a>(service: &'a Resource, containers: &'a [Value]) -> Option<&'a str> {
    let balanced = service.items("LoadBalancers").first().and_then(|one| one.get("ContainerName")?.as_str());
    let is_there = |name: &&str| containers.iter().any(|one| text(one, "Name") == *name);
    balanced.filter(is_there).or_else(|| containers.first().map(|one| text(one, "Name")))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn definition(project: &mut Project<'_>, service: &str, container: &Value, written: &mut Written) -> Object {
    let mut out = Object::new();
    let origin = container.origin.clone();
    let image = match container.get("Image") {
        Some(Value { expr: Expr::Str(image), .. }) => literal(image),
        // The address of a repository is known to the account alone.
        other => {
            let from = other.and_then(|image| image.origin.clone()).or(origin);
            let asked = project.asked(&format!("{service}_{}_image", text(container, "Name")), from.as_ref());
            written.note("compose_image", text(container, "Name"), from.as_ref());
            asked.into()
        }
    };
    out.insert("image".into(), with_origin(image, container.get("Image")));
    for (from, to) in [("EntryPoint", "entrypoint"), ("Command", "command")] {
        copy_list(container, from, to, &mut out);
    }
    if let Some(variables) = environment(project, service, container) {
        out.insert("environment".into(), variables);
    }
    if let Some(check) = container.get("HealthCheck") {
        out.insert("healthcheck".into(), health(check));
    }
    let plain = [("User", "user"), ("WorkingDirectory", "working_dir"), ("ReadonlyRootFilesystem", "read_only")];
    for (from, to) in plain {
        if let Some(value) = container.get(from) {
            let value =
                if let Some(text) = value.as_str() { with_origin(literal(text), Some(value)) } else { value.clone() };
            out.insert(to.into(), value);
        }
    }
    if let Some(value @ Value { expr: Expr::Bool(_), .. }) = inner(container, "LinuxParameters", "InitProcessEnabled") {
        out.insert("init".into(), value.clone());
    }
    if let Some(value) = container.get("StopTimeout").and_then(Value::as_int) {
        out.insert("stop_grace_period".into(), with_origin(format!("{value}s").into(), container.get("StopTimeout")));
    }
    limits(container, &mut out);
    mounts(container, &mut out);
    out
}

fn inner<'a>(value: &'a Value, key: &str, below: &str) -> Option<&'a Value> {
    value.get(key).and_then(|value| value.get(below))
}

fn with_origin(value: Value, from: Option<&Value>) -> Value {
    match from.and_then(|value| value.origin.clone()) {
        Some(origin) => value.from_origin(origin),
        None => value,
    }
}

fn copy_list(container: &Value, from: &str, to: &str, out: &mut Object) {
    let Some(value) = container.get(from).filter(|value| !value.items().is_empty()) else { return };
    let words: Vec<Value> = value.items().iter().filter_map(Value::as_str).map(literal).collect();
    out.insert(to.into(), with_origin(words.into(), Some(value)));
}

/// Variables as they are; secrets and what only AWS knows come from `.env`.
fn environment(project: &mut Project<'_>, service: &str, container: &Value) -> Option<Value> {
    let mut all = Object::new();
    for variable in container.get("Environment").map(Value::items).unwrap_or_default() {
        let name = text(variable, "Name").to_owned();
        let value = match variable.get("Value") {
            Some(Value { expr: Expr::Str(value), .. }) => literal(value),
            other => project.asked(&format!("{service}_{name}"), other.and_then(|it| it.origin.as_ref())).into(),
        };
        all.insert(name, with_origin(value, Some(variable)));
    }
    for secret in container.get("Secrets").map(Value::items).unwrap_or_default() {
        let name = text(secret, "Name").to_owned();
        let asked = project.asked(&format!("{service}_{name}"), secret.origin.as_ref());
        all.insert(name, with_origin(asked.into(), Some(secret)));
    }
    let origin = container.get("Environment").and_then(|value| value.origin.clone());
    (!all.is_empty()).then(|| Value { expr: Expr::Map(all), origin })
}

fn health(check: &Value) -> Value {
    let mut out = Object::new();
    let words: Vec<Value> = check
        .get("Command")
        .map(Value::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .map(literal)
        .collect();
    out.insert("test".into(), words.into());
    for (from, to) in [("Interval", "interval"), ("Timeout", "timeout"), ("StartPeriod", "start_period")] {
        if let Some(seconds) = check.get(from).and_then(Value::as_int) {
            out.insert(to.into(), format!("{seconds}s").into());
        }
    }
    if let Some(retries) = check.get("Retries") {
        out.insert("retries".into(), retries.clone());
    }
    with_origin(out.into(), Some(check))
}

fn limits(container: &Value, out: &mut Object) {
    let mut all = Object::new();
    for limit in container.get("Ulimits").map(Value::items).unwrap_or_default() {
        let number = |key: &str| limit.get(key).and_then(Value::as_int).unwrap_or_default();
        let pair = map([("soft", number("SoftLimit").into()), ("hard", number("HardLimit").into())]);
        all.insert(text(limit, "Name").to_owned(), with_origin(pair, Some(limit)));
    }
    if !all.is_empty() {
        out.insert("ulimits".into(), all.into());
    }
    if let Some(Expr::Map(labels)) = container.get("DockerLabels").map(|labels| &labels.expr) {
        let labels: Object = labels
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.clone(), literal)))
            .collect();
        out.insert("labels".into(), labels.into());
    }
}

fn mounts(container: &Value, out: &mut Object) {
    let mounts = container.get("MountPoints").map(Value::items).unwrap_or_default();
    let all: Vec<Value> = mounts
        .iter()
        .map(|mount| {
            let mut entry = Object::new();
            entry.insert("type".into(), "volume".into());
            entry.insert("source".into(), slug(text(mount, "SourceVolume")).into());
            entry.insert("target".into(), literal(text(mount, "ContainerPath")));
            if let Some(value @ Value { expr: Expr::Bool(true), .. }) = mount.get("ReadOnly") {
                entry.insert("read_only".into(), value.clone());
            }
            with_origin(entry.into(), Some(mount))
        })
        .collect();
    if !all.is_empty() {
        out.insert("volumes".into(), all.into());
    }
}

/// What must have begun, be healthy or have ended before a container starts.
fn depends(service: &str, main: &str, container: &Value) -> Option<Value> {
    let mut all = Object::new();
    for wait in container.get("DependsOn").map(Value::items).unwrap_or_default() {
        let other = text(wait, "ContainerName");
        let key = if other == main { service.to_owned() } else { format!("{service}-{}", slug(other)) };
        let condition = match text(wait, "Condition") {
            "HEALTHY" => "service_healthy",
            "COMPLETE" | "SUCCESS" => "service_completed_successfully",
            _ => "service_started",
        };
        all.insert(key, with_origin(map([("condition", condition.into())]), Some(wait)));
    }
    (!all.is_empty()).then(|| all.into())
}

/// The names under which other services call it by Service Connect.
fn aliases(service: &Resource) -> Vec<String> {
    let mut all = Vec::new();
    for offer in service.items("ServiceConnectConfiguration.Services") {
        for alias in offer.get("ClientAliases").map(Value::items).unwrap_or_default() {
            let name = text(alias, "DnsName");
            if !name.is_empty() {
                all.push(name.to_owned());
            }
        }
    }
    all
}

/// Copies, and the share of the task's size: a container's own limits where it has some.
fn deploy(task: &Resource, container: &Value, containers: usize, copies: Value) -> Value {
    let alone = containers == 1;
    // The number, and the value that it stands in.
    let size = |key: &str| {
        let own = container.get(key).filter(|value| value.as_int().is_some_and(|number| number > 0));
        let from = own.or_else(|| task.get(key).filter(|_| alone))?;
        Some((from.as_int()?, from))
    };
    let mut limits = Object::new();
    if let Some((cpu, from)) = size("Cpu") {
        // 1,024 units are one core; Compose wants the number as text.
        let thousandths = cpu * 1000 / 1024;
        let cores = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        limits.insert("cpus".into(), with_origin(cores.into(), Some(from)));
    }
    if let Some((memory, from)) = size("Memory") {
        limits.insert("memory".into(), with_origin(format!("{memory}M").into(), Some(from)));
    }
    let mut out = Object::new();
    out.insert("replicas".into(), copies);
    if !limits.is_empty() {
        out.insert("resources".into(), map([("limits", limits.into())]));
    }
    out.into()
}
