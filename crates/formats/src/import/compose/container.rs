//! What a service says of its container.

use serde_json::{Value as Json, json};

use super::values::{list, seconds, split};
use super::{Reader, Service, images};
use crate::import::Node;

/// A task definition of 64 KiB holds no more variables
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html>); those beyond stay unread.
const MOST_PAIRS: usize = 2000;

impl Reader<'_> {
    /// Reads a key that is about the container; false for another.
    pub(super) fn container_key(&mut self, service: &mut Service<'_>, key: &str, line: usize, node: &Node) -> bool {
        match key {
            "image" => self.image(service, node),
            // An image that is built comes from a repository; where `image` names it too, it is pushed there under that name.
            "build" => {
                service.build = Some(line);
                node.skip();
            }
            "command" => self.command(service, "command", node),
            "entrypoint" => self.command(service, "entryPoint", node),
            "environment" => self.environment(service, node),
            "labels" => self.labels(service, node),
            "healthcheck" => self.health(service, node),
            "ulimits" => self.ulimits(service, node),
            "volumes" => self.mounts(service, node),
            "user" => self.plain(service, "user", node),
            "working_dir" => self.plain(service, "workingDirectory", node),
            "read_only" => self.flag(service, "readonlyRootFilesystem", node),
            "init" => self.flag(service, "initProcess", node),
            "stop_grace_period" => {
                if let Some(duration) = node.text().and_then(seconds) {
                    // Fargate waits no longer.
                    let taken = duration.clamp(2, 120);
                    if taken != duration {
                        self.adjusted(key, duration, taken, line);
                    }
                    service.container.insert("stopTimeout".into(), taken.into());
                } else {
                    self.unclear(key, node);
                }
            }
            _ => return false,
        }
        true
    }

    /// A number that AWS does not take became another.
    pub(super) fn adjusted(&mut self, key: &str, old: i64, new: i64, line: usize) {
        let (old, new) = (old.to_string(), new.to_string());
        self.kept("import.note.compose.adjusted", &[("key", key), ("old", &old), ("new", &new)], line);
    }

    /// A value that is none of those that the key has.
    pub(super) fn unclear(&mut self, key: &str, node: &Node) {
        node.skip();
        self.left("import.note.compose.unclear", &[("key", key)], node.line());
    }

    fn plain(&mut self, service: &mut Service<'_>, property: &str, node: &Node) {
        if let Some(text) = self.text(node) {
            service.container.insert(property.to_owned(), text.into());
        }
    }

    fn flag(&mut self, service: &mut Service<'_>, property: &str, node: &Node) {
        if let Some(flag) = node.flag() {
            service.container.insert(property.to_owned(), flag.into());
        }
    }

    fn image(&mut self, service: &mut Service<'_>, node: &Node) {
        let Some(written) = node.text() else { return };
        let mut image = self.words.fill(written, node.line());
        // `shop/web:${TAG}`: of the tag nothing is known.
        if image.ends_with(':') {
            image.push_str("latest");
        }
        if image.is_empty() || image.starts_with([':', '/', '-', '@']) {
            self.guessed("import.note.compose.image", &[("image", written)], node.line());
            image.clear();
        }
        service.container.insert("image".into(), image.into());
    }

    fn command(&mut self, service: &mut Service<'_>, property: &str, node: &Node) {
        let words: Vec<String> = if node.is_list() {
            node.items().iter().filter_map(|word| self.text(word)).collect()
        } else {
            self.text(node).map(|line| split(&line)).unwrap_or_default()
        };
        service.container.insert(property.to_owned(), words.into());
    }

    /// `NAME: value`, or a list of `NAME=value`.
    fn pairs(&mut self, node: &Node, missing: &'static str) -> Vec<(String, String, usize)> {
        let mut all = Vec::new();
        for entry in node.entries().iter().take(MOST_PAIRS) {
            match self.text(&entry.value) {
                Some(value) => all.push((entry.key().to_owned(), value, entry.line())),
                None if entry.value.is_null() && !missing.is_empty() => {
                    self.guessed(missing, &[("variable", entry.key())], entry.line());
                    all.push((entry.key().to_owned(), String::new(), entry.line()));
                }
                None if entry.value.is_null() => all.push((entry.key().to_owned(), String::new(), entry.line())),
                None => {}
            }
        }
        for item in node.items().iter().take(MOST_PAIRS) {
            let Some(text) = self.text(item) else { continue };
            match text.split_once('=') {
                Some((name, value)) => all.push((name.trim().to_owned(), value.to_owned(), item.line())),
                None => {
                    if !missing.is_empty() {
                        self.guessed(missing, &[("variable", &text)], item.line());
                    }
                    all.push((text, String::new(), item.line()));
                }
            }
        }
        all
    }

    fn environment(&mut self, service: &mut Service<'_>, node: &Node) {
        let all = self.pairs(node, "import.note.compose.host_variable");
        service.container.insert("environment".into(), named(&all));
        service.variables.extend(all);
    }

    fn labels(&mut self, service: &mut Service<'_>, node: &Node) {
        let all = self.pairs(node, "");
        service.container.insert("dockerLabels".into(), named(&all));
    }

    fn ulimits(&mut self, service: &mut Service<'_>, node: &Node) {
        let mut all = Vec::new();
        for entry in node.entries() {
            let both = entry.value.int();
            let soft = both.or_else(|| entry.value.get("soft")?.int());
            let hard = both.or_else(|| entry.value.get("hard")?.int());
            if let (Some(soft), Some(hard)) = (soft.or(hard), hard.or(soft)) {
                all.push(json!({ "name": entry.key(), "softLimit": soft, "hardLimit": hard }));
            }
        }
        service.container.insert("ulimits".into(), all.into());
    }

    /// Ports that only others of the file reach.
    pub(super) fn expose(&mut self, service: &mut Service<'_>, node: &Node) {
        for item in list(node) {
            let Some(text) = self.text(item) else { continue };
            match super::ports::exposed(&text) {
                Some((port, udp)) => super::ports::add(service, port, udp, None, item.line()),
                None => self.unclear("expose", item),
            }
        }
    }

    /// A container without ports has those that its image is known to listen on.
    pub(super) fn settle_ports(&mut self, service: &mut Service<'_>) {
        if service.ports.is_empty() {
            let image = service.container.get("image").and_then(Json::as_str).unwrap_or_default();
            if let Some(port) = images::port(image) {
                super::ports::add(service, port, false, None, service.line);
                self.guessed("import.note.compose.known_port", &[("port", &port.to_string())], service.line);
            }
        }
        let ports: Vec<Json> = service
            .ports
            .iter()
            .map(|port| json!({ "containerPort": port.container, "protocol": if port.udp { "udp" } else { "tcp" } }))
            .collect();
        service.container.insert("ports".into(), ports.into());
    }
}

fn named(all: &[(String, String, usize)]) -> Json {
    all.iter().map(|(name, value, _)| json!({ "name": name, "value": value })).collect()
}
