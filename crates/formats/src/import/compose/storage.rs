//! Volumes: named ones are volumes of the task, which go with it; directories of one's own machine are nowhere on AWS.

use serde_json::{Value as Json, json};

use super::values::list;
use super::{Reader, Service, ecs_name};
use crate::import::Node;

impl Reader<'_> {
    pub(super) fn mounts(&mut self, service: &mut Service<'_>, node: &Node) {
        let mut mounts: Vec<Json> = Vec::new();
        for item in list(node) {
            let line = item.line();
            let (source, target, read_only, is_volume) = if item.is_map() {
                let source = self.text_of(item, "source").unwrap_or_default();
                let target = self.text_of(item, "target").unwrap_or_default();
                let read_only = item.get("read_only").and_then(Node::flag).unwrap_or(false);
                let is_volume = item.text_of("type").unwrap_or("volume") == "volume";
                (source, target, read_only, is_volume)
            } else {
                let Some(text) = self.text(item) else { continue };
                let (source, target, read_only, is_volume) = short(&text);
                // What a variable names that has no value is hardly ever a volume.
                let is_named = !text.starts_with(':');
                (source, target, read_only, is_volume && is_named)
            };
            if service.proxy {
                // The proxy becomes a load balancer, which has no files.
                continue;
            }
            if !is_volume || is_path(&source) {
                let shown = if source.is_empty() { target } else { source };
                self.left("import.note.compose.bind", &[("path", &shown)], line);
                continue;
            }
            let name = if source.is_empty() { format!("data-{}", mounts.len() + 1) } else { ecs_name(&source) };
            if !service.volumes.iter().any(|known| known["name"] == name.as_str()) {
                service.volumes.push(json!({ "name": name, "type": "ephemeral" }));
                self.guessed("import.note.compose.volume", &[("volume", &name)], line);
            }
            mounts.push(json!({ "sourceVolume": name, "containerPath": target, "readOnly": read_only }));
        }
        service.container.insert("mountPoints".into(), mounts.into());
    }
}

/// `source:target:options`, or a target alone; last, whether it is a volume.
fn short(text: &str) -> (String, String, bool, bool) {
    // `C:\data:/data`: the first colon belongs to the drive.
    let drive =
        text.as_bytes().get(1) == Some(&b':') && text.as_bytes().get(2).is_some_and(|byte| b"\\/".contains(byte));
    let (head, rest) = if drive { text.split_at(2) } else { ("", text) };
    let mut parts = rest.split(':');
    let first = parts.next().unwrap_or_default();
    match parts.next() {
        None => (String::new(), format!("{head}{first}"), false, true),
        Some(target) => {
            let read_only = parts.next().is_some_and(|options| options.split(',').any(|option| option == "ro"));
            let source = format!("{head}{first}");
            (source, target.to_owned(), read_only, !drive)
        }
    }
}

fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\', '$']) || source.contains('/')
}
