//! Parameter mappings.

use serde_json::{Value as Json, json};

use crate::import::Node;

/// Changes of requests of an HTTP API: `append:header.x-id` and its value.
pub(super) fn http_requests(node: &Node, is_private: bool) -> Vec<Json> {
    let all = node.entries().iter().filter_map(|entry| {
        let (action, rest) = entry.key().split_once(':')?;
        let (location, name) = rest.split_once('.').unwrap_or((rest, ""));
        let value = entry.value.text()?;
        // Behind a VPC link Trazo itself keeps the stage out of the path.
        if is_private && rest == "path" && value == "$request.path" {
            return None;
        }
        Some(json!({ "action": action, "location": location, "name": name, "value": value }))
    });
    all.collect()
}

/// Changes of responses of an HTTP API, by status.
pub(super) fn http_responses(node: &Node) -> Vec<Json> {
    let mut all = Vec::new();
    for status in node.entries() {
        for entry in status.value.entries() {
            let Some((action, rest)) = entry.key().split_once(':') else { continue };
            let (location, name) = rest.split_once('.').unwrap_or((rest, ""));
            if let (Some(value), Ok(number)) = (entry.value.text(), status.key().parse::<i64>()) {
                let one =
                    json!({ "status": number, "action": action, "location": location, "name": name, "value": value });
                all.push(one);
            }
        }
    }
    all
}

/// Parameters of a REST API's requests: `integration.request.header.x` and its value. Variables of the path go along by themselves.
pub(super) fn rest_requests(node: &Node) -> Vec<Json> {
    let all = node.entries().iter().filter_map(|entry| {
        let (location, name) = entry.key().strip_prefix("integration.request.")?.split_once('.')?;
        let value = entry.value.text()?;
        let goes_along = location == "path" && value == format!("method.request.path.{name}");
        (!goes_along).then(|| json!({ "location": location, "name": name, "value": value }))
    });
    all.collect()
}
