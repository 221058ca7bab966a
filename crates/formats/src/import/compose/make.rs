//! The design: a cluster in the account's own network, a load balancer for what is published.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::limits::task_size;
use super::{Reader, Service, calls, ecs_name, images, index, proxy};
use crate::import::Handle;

/// What was made of the services.
struct Made {
    cluster: Handle,
    vpc: Handle,
    role: Handle,
    /// By the position of the service; sidecars have that of the service whose task they are in.
    services: BTreeMap<usize, Handle>,
}

pub(super) fn design(reader: &mut Reader<'_>, services: &[Service<'_>]) {
    let homes = homes(services);
    let vpc = reader.draft.add(Kind::Vpc, "", 0);
    let name = ecs_name(reader.draft.title());
    let cluster = reader.draft.add(Kind::Cluster, &name, 0);
    reader.draft.inside(cluster, vpc);
    let role = reader.draft.add(Kind::Role, "ecs-execution", 0);
    let mut made = Made { cluster, vpc, role, services: BTreeMap::new() };
    let mains: Vec<usize> = (0..services.len()).filter(|at| homes[*at] == *at && !services[*at].proxy).collect();
    for at in &mains {
        let parts: Vec<&Service<'_>> =
            (0..services.len()).filter(|other| homes[*other] == *at).map(|other| &services[other]).collect();
        let handle = service(reader, &made, &services[*at], &parts);
        for other in (0..services.len()).filter(|other| homes[*other] == *at) {
            made.services.insert(other, handle);
        }
    }
    publish(reader, &made, services);
    connect(reader, &made, services, &homes);
}

/// For each service the one in whose task it runs.
fn homes(services: &[Service<'_>]) -> Vec<usize> {
    let by_key = index(services);
    let next = |at: usize| {
        services.get(at).and_then(|it| by_key.get(it.host.as_deref()?)).copied().filter(|to| !services[*to].proxy)
    };
    (0..services.len())
        .map(|start| {
            let mut at = start;
            // A circle is left where it was entered.
            for _ in 0..services.len() {
                match next(at) {
                    Some(to) if to != start => at = to,
                    _ => break,
                }
            }
            if next(at).is_some() { start } else { at }
        })
        .collect()
}

/// An ECS service with its task definition.
fn service(reader: &mut Reader<'_>, made: &Made, main: &Service<'_>, parts: &[&Service<'_>]) -> Handle {
    main.key.clone_into(&mut reader.subject);
    let name = ecs_name(main.key);
    let handle = reader.draft.add(Kind::Service, &name, main.line);
    reader.draft.inside(handle, made.cluster);
    let (count, line) = main.replicas.unwrap_or((1, main.line));
    reader.draft.set(handle, "desiredCount", count, line);
    for (key, value) in &main.tags {
        reader.draft.tag(handle, key, value);
    }
    let task = reader.draft.add(Kind::TaskDefinition, &name, main.line);
    reader.draft.link(handle, task, main.line);
    let runs = reader.draft.link(task, made.role, main.line);
    reader.draft.set_link(runs, "use", "execution", main.line);
    size(reader, task, parts);
    if main.is_arm {
        reader.draft.set(task, "architecture", "ARM64", main.line);
    }
    let volumes: Vec<Json> = unique(parts.iter().flat_map(|part| part.volumes.clone()));
    reader.draft.set(task, "volumes", volumes, main.line);
    reader.draft.set(task, "containers", json!([]), main.line);
    for (at, part) in parts.iter().enumerate() {
        container(reader, task, at, part, parts);
    }
    let image = main.container.get("image").and_then(Json::as_str).unwrap_or_default();
    if images::keeps_data(image) {
        reader.guessed("import.note.compose.data", &[("image", images::base(image))], main.line);
    }
    handle
}

fn unique(volumes: impl Iterator<Item = Json>) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::new();
    for volume in volumes {
        if !all.iter().any(|known| known["name"] == volume["name"]) {
            all.push(volume);
        }
    }
    all
}

fn container(reader: &mut Reader<'_>, task: Handle, at: usize, part: &Service<'_>, parts: &[&Service<'_>]) {
    part.key.clone_into(&mut reader.subject);
    let mut container = part.container.clone();
    let waits: Vec<Json> = part
        .depends
        .iter()
        .filter(|wait| parts.iter().any(|other| other.key == wait.service && other.key != part.key))
        .map(|wait| json!({ "container": ecs_name(&wait.service), "condition": wait.condition }))
        .collect();
    container.insert("dependsOn".into(), waits.into());
    if parts.len() > 1 {
        container.insert("cpu".into(), part.limits.cpu.into());
        container.insert("memory".into(), part.limits.memory.into());
    }
    container.insert("memoryReservation".into(), part.limits.reserved.into());
    let has_image = container.get("image").and_then(Json::as_str).is_some_and(|image| !image.is_empty());
    match part.build {
        Some(line) if !has_image => {
            let repository = reader.draft.add(Kind::EcrRepository, &repository_name(part.key), line);
            let pulls = reader.draft.link(task, repository, line);
            reader.draft.set_link(pulls, "container", ecs_name(part.key), line);
            reader.guessed("import.note.compose.build", &[("repository", &repository_name(part.key))], line);
        }
        Some(line) => reader.left("import.note.compose.build_image", &[], line),
        None if !has_image => reader.left("import.note.compose.no_image", &[], part.line),
        None => {}
    }
    reader.draft.set(task, format!("containers.{at}"), Json::Object(container), part.line);
}

/// A name as ECR takes it.
fn repository_name(key: &str) -> String {
    let name: String = ecs_name(key).to_lowercase();
    let name = name.trim_matches(['-', '_']).to_owned();
    if name.len() < 2 { format!("app-{name}") } else { name }
}

/// The smallest task that has what its containers may take.
fn size(reader: &mut Reader<'_>, task: Handle, parts: &[&Service<'_>]) {
    let sum =
        |of: fn(&Service<'_>) -> Option<i64>| parts.iter().filter_map(|part| of(part)).fold(0_i64, i64::saturating_add);
    let cpu = sum(|part| part.limits.cpu);
    let memory = sum(|part| part.limits.memory.or(part.limits.reserved));
    if cpu == 0 && memory == 0 {
        return;
    }
    let line = parts.iter().map(|part| part.limits.line).find(|line| *line > 0).unwrap_or_default();
    let (units, mib) = task_size(cpu, memory);
    reader.draft.set(task, "cpu", units, line);
    reader.draft.set(task, "memory", mib, line);
    if (units, mib) != (cpu, memory) {
        let size = format!(
            "{} · {}",
            trazo_model::resources::task_definition::cpu_label(units),
            trazo_model::resources::task_definition::memory_label(mib)
        );
        reader.kept("import.note.compose.size", &[("size", &size)], line);
    }
}

/// A load balancer for the ports that speak HTTP and are published; one that stood in the file is taken for it.
fn publish(reader: &mut Reader<'_>, made: &Made, services: &[Service<'_>]) {
    let by_key = index(services);
    let own: Vec<&Service<'_>> = services.iter().filter(|service| service.proxy).collect();
    for proxy in &own {
        proxy.key.clone_into(&mut reader.subject);
        let balancer = balancer(reader, made, proxy.key, proxy.line);
        reader.draft.set(balancer, "http.port", proxy::listener(proxy), proxy.line);
        reader.guessed("import.note.compose.proxy", &[], proxy.line);
        for wait in &proxy.depends {
            if let Some(to) = by_key.get(&wait.service).and_then(|at| made.services.get(at)) {
                reader.draft.link(balancer, *to, wait.line);
            }
        }
    }
    let mut balancer: Option<Handle> = None;
    for (at, service) in services.iter().enumerate().filter(|(_, service)| !service.proxy) {
        service.key.clone_into(&mut reader.subject);
        let image = service.container.get("image").and_then(Json::as_str).unwrap_or_default();
        let published = || service.ports.iter().filter(|port| port.published.is_some());
        let speaks = |container: i64, udp: bool| !udp && images::speaks_http(image, container);
        let chosen =
            published().filter(|port| speaks(port.container, port.udp)).min_by_key(|port| port.container == 443);
        for port in
            published().filter(|port| chosen.is_none_or(|chosen| chosen.container != port.container || port.udp))
        {
            let key = if speaks(port.container, port.udp) {
                "import.note.compose.further_port"
            } else {
                "import.note.compose.not_http"
            };
            reader.left(key, &[("port", &port.container.to_string())], port.line);
        }
        let (Some(port), Some(handle)) = (chosen, made.services.get(&at)) else { continue };
        let name = format!("{}-alb", reader.draft.title());
        let line = port.line;
        let from = *balancer.get_or_insert_with(|| self::balancer(reader, made, &name, line));
        service.key.clone_into(&mut reader.subject);
        let link = reader.draft.link(from, *handle, line);
        reader.draft.set_link(link, "container", ecs_name(service.key), line);
        reader.draft.set_link(link, "containerPort", port.container, line);
        if port.container == 443 {
            reader.draft.set_link(link, "protocol", "HTTPS", line);
        }
        reader.guessed("import.note.compose.published", &[("port", &port.container.to_string())], line);
    }
}

fn balancer(reader: &mut Reader<'_>, made: &Made, name: &str, line: usize) -> Handle {
    let plain: String = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').take(32).collect();
    let balancer = reader.draft.add(Kind::LoadBalancer, plain.trim_matches('-'), line);
    reader.draft.inside(balancer, made.vpc);
    let users = reader.draft.add(Kind::Users, "", 0);
    reader.draft.link(users, balancer, line);
    balancer
}

/// Services that wait for others, or name them, call them by Service Connect.
fn connect(reader: &mut Reader<'_>, made: &Made, services: &[Service<'_>], homes: &[usize]) {
    let (by_key, names) = (index(services), calls::names(services));
    let mut done: Vec<(Handle, Handle)> = Vec::new();
    for (at, service) in services.iter().enumerate().filter(|(_, service)| !service.proxy) {
        service.key.clone_into(&mut reader.subject);
        let named = calls::named(service, &names);
        let mut all: Vec<(usize, Option<String>, usize, bool)> = Vec::new();
        for wait in &service.depends {
            match by_key.get(&wait.service) {
                Some(to) => {
                    let used = named.iter().find(|(other, ..)| other == to).map(|(_, name, _)| name.clone());
                    all.push((*to, wait.alias.clone().or(used), wait.line, false));
                }
                None => reader.left("import.note.compose.unknown_service", &[("other", &wait.service)], wait.line),
            }
        }
        all.extend(named.into_iter().map(|(to, name, line)| (to, Some(name), line, true)));
        for (to, name, line, is_guess) in all {
            let (Some(from), Some(target)) = (made.services.get(&at), made.services.get(&to)) else { continue };
            if homes.get(at) == homes.get(to) || done.contains(&(*from, *target)) {
                continue;
            }
            let other = services[to].key;
            if !services[to].ports.iter().any(|port| !port.udp) {
                reader.left("import.note.compose.no_port", &[("other", other)], line);
                continue;
            }
            done.push((*from, *target));
            let link = reader.draft.link(*from, *target, line);
            if let Some(name) = name.filter(|name| name != other) {
                reader.draft.set_link(link, "dnsName", name, line);
            }
            if is_guess {
                reader.guessed("import.note.compose.calls", &[("other", other)], line);
            } else {
                reader.kept("import.note.compose.waits", &[("other", other)], line);
            }
        }
    }
}
