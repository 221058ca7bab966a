//! Docker Compose files (<https://github.com/compose-spec/compose-spec/blob/main/spec.md>): a service becomes an ECS service with a
//! task definition; services that share another one's network are containers of its task.

mod calls;
mod container;
mod health;
mod images;
mod limits;
mod make;
mod ports;
mod proxy;
mod storage;
mod values;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{Draft, Entry, Node, Tree};
use ports::Port;
use values::Words;

pub(super) fn recognises(tree: &Tree) -> bool {
    let root = tree.root();
    // Swagger, Kubernetes and the like have no services that are maps of maps.
    let services = root.get("services");
    let described = |service: &Node| service.is_map() || service.is_null();
    services.is_some_and(|all| !all.entries().is_empty() && all.entries().iter().all(|entry| described(&entry.value)))
        && !root.has("Resources")
}

/// Each makes two nodes of a design.
const MOST_SERVICES: usize = 900;

/// A service of the file.
struct Service<'a> {
    key: &'a str,
    line: usize,
    /// The service whose network it shares, and so whose task it belongs to.
    host: Option<String>,
    /// The container as the manifest has it.
    container: Map<String, Json>,
    ports: Vec<Port>,
    /// Names by which others call it.
    names: Vec<String>,
    /// Variables, for what they say of other services.
    variables: Vec<(String, String, usize)>,
    depends: Vec<Wait>,
    replicas: Option<(i64, usize)>,
    limits: limits::Limits,
    is_arm: bool,
    /// The line of `build`, where the image is not said.
    build: Option<usize>,
    volumes: Vec<Json>,
    tags: Vec<(String, String)>,
    proxy: bool,
}

/// That a service waits for another, or calls it.
struct Wait {
    service: String,
    condition: &'static str,
    /// The name by which it calls it, where it is another.
    alias: Option<String>,
    line: usize,
}

/// What is read and what is told of it.
struct Reader<'a> {
    draft: &'a mut Draft,
    words: Words,
    subject: String,
}

pub(super) fn read(tree: &Tree, draft: &mut Draft) {
    let root = tree.root();
    let mut reader = Reader { draft, words: Words::default(), subject: String::new() };
    if let Some(name) = root.get("name").and_then(|node| reader.text(node)) {
        reader.draft.name(&name);
    }
    reader.top(root);
    let mut services = Vec::new();
    let all = root.get("services").map(Node::entries).unwrap_or_default();
    let (taken, beyond) = all.split_at(all.len().min(MOST_SERVICES));
    beyond.iter().for_each(|entry| entry.value.skip());
    reader.draft.beyond(beyond.len());
    for entry in taken {
        services.push(reader.service(entry.key(), entry.line(), &entry.value));
    }
    reader.tell_variables();
    make::design(&mut reader, &services);
}

impl<'a> Reader<'a> {
    /// A text with its variables filled in.
    fn text(&mut self, node: &Node) -> Option<String> {
        Some(self.words.fill(node.text()?, node.line()))
    }

    fn text_of(&mut self, node: &Node, key: &str) -> Option<String> {
        self.text(node.get(key)?)
    }

    fn left(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        let subject = self.subject.clone();
        let all: Vec<(&'static str, &str)> =
            std::iter::once(("subject", subject.as_str())).chain(args.iter().copied()).collect();
        self.draft.left(key, &all, line);
    }

    fn guessed(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        let subject = self.subject.clone();
        let all: Vec<(&'static str, &str)> =
            std::iter::once(("subject", subject.as_str())).chain(args.iter().copied()).collect();
        self.draft.guessed(key, &all, line);
    }

    fn kept(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        let subject = self.subject.clone();
        let all: Vec<(&'static str, &str)> =
            std::iter::once(("subject", subject.as_str())).chain(args.iter().copied()).collect();
        self.draft.kept(key, &all, line);
    }

    /// What stands beside the services.
    fn top(&mut self, root: &Node) {
        for entry in root.entries() {
            let (key, line, value) = (entry.key(), entry.line(), &entry.value);
            match key {
                // The first says nothing any more, and extensions only serve to be repeated elsewhere.
                "version" => value.skip(),
                _ if key.starts_with("x-") => value.skip(),
                "volumes" => {
                    value.entries().iter().for_each(|volume| self.volume(volume));
                }
                "networks" => {
                    value.skip();
                    self.draft.kept("import.note.compose.networks", &[], line);
                }
                "secrets" | "configs" => {
                    value.skip();
                    self.draft.left("import.note.compose.secrets", &[("key", key)], line);
                }
                "include" => {
                    value.skip();
                    self.draft.left("import.note.compose.include", &[], line);
                }
                _ => {}
            }
        }
    }

    fn volume(&mut self, volume: &Entry) {
        let options = volume.value.entries();
        let is_plain = options.iter().all(|entry| matches!(entry.key(), "driver" | "name" | "labels"));
        if !is_plain {
            self.draft.left("import.note.compose.volume_options", &[("volume", volume.key())], volume.line());
        }
        options.iter().for_each(|entry| entry.value.skip());
    }

    fn tell_variables(&mut self) {
        for (name, line) in std::mem::take(&mut self.words.missing) {
            self.draft.guessed("import.note.compose.variable", &[("variable", &name)], line);
        }
    }

    fn service<'n>(&mut self, key: &'n str, line: usize, node: &'n Node) -> Service<'n> {
        key.clone_into(&mut self.subject);
        let mut service = Service {
            key,
            line,
            host: None,
            container: Map::new(),
            ports: Vec::new(),
            names: vec![key.to_owned()],
            variables: Vec::new(),
            depends: Vec::new(),
            replicas: None,
            limits: limits::Limits::default(),
            is_arm: false,
            build: None,
            volumes: Vec::new(),
            tags: Vec::new(),
            proxy: proxy::is_own(node),
        };
        service.container.insert("name".into(), ecs_name(key).into());
        for entry in node.entries() {
            if !self.container_key(&mut service, entry.key(), entry.line(), &entry.value) {
                self.service_key(&mut service, entry.key(), entry.line(), &entry.value);
            }
        }
        self.settle_ports(&mut service);
        service
    }

    /// What a service says beside its container.
    fn service_key(&mut self, service: &mut Service<'_>, key: &str, line: usize, node: &Node) {
        match key {
            "ports" => self.ports(service, node),
            "expose" => self.expose(service, node),
            "depends_on" | "links" => self.depends(service, node),
            "deploy" => self.deploy(service, node),
            "scale" => service.replicas = node.int().map(|count| (count, line)),
            "mem_limit" | "mem_reservation" | "cpus" => self.old_limit(service, key, node),
            "networks" => self.networks(service, node),
            "container_name" | "hostname" => {
                if let Some(name) = self.text(node)
                    && name != service.key
                {
                    service.names.push(name);
                }
            }
            "network_mode" => match node.text().and_then(|mode| mode.strip_prefix("service:")) {
                Some(host) => service.host = Some(host.to_owned()),
                None => {
                    node.skip();
                    self.left("import.note.compose.no_counterpart", &[("key", key)], line);
                }
            },
            "platform" => match node.text() {
                Some(platform) if platform.contains("arm64") || platform.contains("aarch64") => service.is_arm = true,
                Some(platform) if platform.starts_with("linux") => {}
                _ => self.left("import.note.compose.no_counterpart", &[("key", key)], line),
            },
            "restart" => self.restart(node, line),
            _ if key.starts_with("x-") => node.skip(),
            _ => {
                if let Some(note) = told(key) {
                    node.skip();
                    self.left(note, &[("key", key)], line);
                }
            }
        }
    }

    /// An ECS service always starts tasks again, whatever they end with.
    fn restart(&mut self, node: &Node, line: usize) {
        match node.flag().map(|_| "no").or_else(|| node.text()) {
            Some(policy @ ("no" | "false")) => self.kept("import.note.compose.restart", &[("policy", policy)], line),
            Some(policy) if policy.starts_with("on-failure") => {
                self.kept("import.note.compose.restart", &[("policy", policy)], line);
            }
            _ => {}
        }
    }
}

/// What is said of a key of a service that the design cannot hold; `None` for one that is not known.
fn told(key: &str) -> Option<&'static str> {
    Some(match key {
        "env_file" => "import.note.compose.env_file",
        "extends" => "import.note.compose.extends",
        "secrets" | "configs" => "import.note.compose.secret",
        "logging" => "import.note.compose.logging",
        "profiles" => "import.note.compose.profiles",
        "develop" => "import.note.compose.develop",
        "privileged"
        | "cap_add"
        | "cap_drop"
        | "devices"
        | "device_cgroup_rules"
        | "security_opt"
        | "userns_mode"
        | "pid"
        | "ipc"
        | "uts"
        | "cgroup"
        | "cgroup_parent"
        | "sysctls"
        | "runtime"
        | "gpus"
        | "blkio_config" => "import.note.compose.not_on_fargate",
        "tty" | "stdin_open" | "pull_policy" | "dns" | "dns_opt" | "dns_search" | "domainname" | "extra_hosts"
        | "external_links" | "group_add" | "isolation" | "mac_address" | "memswap_limit" | "mem_swappiness"
        | "oom_kill_disable" | "oom_score_adj" | "pids_limit" | "shm_size" | "stop_signal" | "storage_opt"
        | "tmpfs" | "volumes_from" | "cpu_count" | "cpu_percent" | "cpu_shares" | "cpu_period" | "cpu_quota"
        | "cpu_rt_runtime" | "cpu_rt_period" | "cpuset" | "credential_spec" | "post_start" | "pre_stop"
        | "annotations" | "attach" | "label_file" | "provider" | "models" | "use_api_socket" => {
            "import.note.compose.no_counterpart"
        }
        _ => return None,
    })
}

/// A name as ECS takes it: letters, digits, `-` and `_`.
fn ecs_name(name: &str) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '_' { sign } else { '-' };
    name.chars().map(plain).take(120).collect()
}

/// Services by their keys.
fn index(services: &[Service<'_>]) -> BTreeMap<String, usize> {
    services.iter().enumerate().map(|(at, service)| (service.key.to_owned(), at)).collect()
}

#[cfg(test)]
mod tests;
