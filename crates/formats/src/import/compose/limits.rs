//! How much a service may take, how many copies of it there are.

use trazo_model::resources::task_definition::memory_sizes;

use super::values::{mebibytes, whole};
use super::{Reader, Service};
use crate::import::Node;

/// What a container may take; `None` where nothing is said.
#[derive(Clone, Copy, Default)]
pub(super) struct Limits {
    /// Units of CPU: 1024 are one.
    pub(super) cpu: Option<i64>,
    /// MiB.
    pub(super) memory: Option<i64>,
    /// MiB that are kept free for it.
    pub(super) reserved: Option<i64>,
    /// Where the first of them stands.
    pub(super) line: usize,
}

const SIZES: [i64; 8] = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

/// The smallest task of Fargate that has so much.
pub(super) fn task_size(cpu: i64, memory: i64) -> (i64, i64) {
    let fits = SIZES.into_iter().filter(|units| *units >= cpu).find_map(|units| {
        let enough = memory_sizes(units).into_iter().find(|mib| *mib >= memory)?;
        Some((units, enough))
    });
    fits.unwrap_or((32_768, 249_856))
}

impl Reader<'_> {
    pub(super) fn deploy(&mut self, service: &mut Service<'_>, node: &Node) {
        for entry in node.entries() {
            let (key, line, value) = (entry.key(), entry.line(), &entry.value);
            match key {
                "replicas" => {
                    if let Some(count) = self.text(value).and_then(|text| text.trim().parse().ok()) {
                        service.replicas = Some((count, line));
                    } else {
                        self.unclear(key, value);
                    }
                }
                "resources" => self.resources(service, value),
                "labels" => {
                    let labels = value
                        .entries()
                        .iter()
                        .filter_map(|entry| Some((entry.key().to_owned(), entry.value.text()?.to_owned())));
                    service.tags.extend(labels.collect::<Vec<_>>());
                    for item in value.items() {
                        if let Some((name, text)) = item.text().and_then(|text| text.split_once('=')) {
                            service.tags.push((name.to_owned(), text.to_owned()));
                        }
                    }
                }
                "mode" if matches!(value.text(), Some("replicated")) => {}
                "restart_policy" | "update_config" | "rollback_config" | "endpoint_mode" | "placement" | "mode" => {
                    value.skip();
                    self.left("import.note.compose.no_counterpart", &[("key", &format!("deploy.{key}"))], line);
                }
                _ => {}
            }
        }
    }

    fn resources(&mut self, service: &mut Service<'_>, node: &Node) {
        for (part, is_limit) in [("limits", true), ("reservations", false)] {
            let Some(part) = node.get(part) else { continue };
            let line = part.line();
            let cpu = self.text_of(part, "cpus").and_then(|text| units(&text));
            let memory = self.text_of(part, "memory").and_then(|text| mebibytes(&text));
            let limits = &mut service.limits;
            limits.line = if limits.line == 0 { line } else { limits.line };
            limits.cpu = limits.cpu.or(cpu);
            if is_limit {
                limits.memory = memory;
            } else {
                limits.reserved = memory;
            }
        }
    }

    /// What stood beside the image before there was `deploy`.
    pub(super) fn old_limit(&mut self, service: &mut Service<'_>, key: &str, node: &Node) {
        let Some(text) = self.text(node) else { return };
        let limits = &mut service.limits;
        limits.line = if limits.line == 0 { node.line() } else { limits.line };
        let read = match key {
            "cpus" => units(&text).map(|cpu| limits.cpu = Some(cpu)),
            "mem_limit" => mebibytes(&text).map(|memory| limits.memory = Some(memory)),
            _ => mebibytes(&text).map(|memory| limits.reserved = Some(memory)),
        };
        if read.is_none() {
            self.unclear(key, node);
        }
    }
}

/// Units of CPU of a number of them (`0.5`).
fn units(text: &str) -> Option<i64> {
    whole(text.trim().parse::<f64>().ok()? * 1024.0).filter(|units| *units > 0)
}
