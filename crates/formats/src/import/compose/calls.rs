//! Which services call which: by what they wait for, by links, and by the names that stand in their variables.

use std::collections::BTreeMap;

use super::{Reader, Service, Wait};
use crate::import::Node;

impl Reader<'_> {
    /// `depends_on` as a list or a map, and the `links` of old files.
    pub(super) fn depends(&mut self, service: &mut Service<'_>, node: &Node) {
        for item in node.items() {
            let Some(text) = self.text(item) else { continue };
            let (name, alias) = text.split_once(':').unwrap_or((&text, ""));
            let alias = (!alias.is_empty()).then(|| alias.to_owned());
            service.depends.push(Wait { service: name.to_owned(), condition: "START", alias, line: item.line() });
        }
        for entry in node.entries() {
            let condition = match entry.value.text_of("condition") {
                Some("service_healthy") => "HEALTHY",
                Some("service_completed_successfully") => "SUCCESS",
                _ => "START",
            };
            // What Compose does when the other one is made anew, and whether it has to be there.
            for key in ["restart", "required"] {
                if let Some(value) = entry.value.get(key) {
                    value.skip();
                }
            }
            service.depends.push(Wait { service: entry.key().to_owned(), condition, alias: None, line: entry.line() });
        }
    }

    /// Networks mean nothing on AWS, but the names that they give are called.
    pub(super) fn networks(&mut self, service: &mut Service<'_>, node: &Node) {
        for name in node.items() {
            name.text();
        }
        for entry in node.entries() {
            entry.value.entries();
            for alias in entry.value.get("aliases").map(Node::items).unwrap_or_default() {
                service.names.extend(self.text(alias));
            }
        }
    }
}

/// The names of services, and of which service they are.
pub(super) fn names(services: &[Service<'_>]) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (at, service) in services.iter().enumerate().filter(|(_, service)| !service.proxy) {
        for name in &service.names {
            all.entry(name.to_ascii_lowercase()).or_insert(at);
        }
    }
    all
}

/// The services that the variables of one name as a host: position, the name that they use, and the line.
pub(super) fn named(service: &Service<'_>, names: &BTreeMap<String, usize>) -> Vec<(usize, String, usize)> {
    let mut found: Vec<(usize, String, usize)> = Vec::new();
    for (variable, value, line) in &service.variables {
        let asks = asks_for_host(variable);
        for (before, word, after) in hosts(value) {
            let Some(at) = names.get(&word.to_ascii_lowercase()) else { continue };
            let is_host =
                before.ends_with("//") || before.ends_with('@') || is_port(after) || (asks && before.is_empty());
            if is_host && !found.iter().any(|(known, ..)| known == at) {
                found.push((*at, word.to_owned(), *line));
            }
        }
    }
    found
}

fn is_port(after: &str) -> bool {
    after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
}

fn asks_for_host(variable: &str) -> bool {
    let name = variable.to_ascii_uppercase();
    ["HOST", "URL", "URI", "ADDR", "SERVER", "ENDPOINT", "BROKER", "SERVICE", "NODES", "CONTACT"]
        .iter()
        .any(|word| name.contains(word))
}

/// The words of a value that may be hosts, with what stands before and behind each.
fn hosts(value: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_' || sign == '.';
    let mut at = 0;
    // More words than this are in no address.
    std::iter::from_fn(move || {
        let rest = value.get(at..)?;
        let start = at + rest.find(fits)?;
        let length = value.get(start..)?.find(|sign| !fits(sign)).unwrap_or(value.len() - start);
        at = start + length;
        Some((value.get(..start)?, value.get(start..at)?, value.get(at..)?))
    })
    .take(64)
}
