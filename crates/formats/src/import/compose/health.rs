//! Health checks: those of ECS have the same form with narrower ranges
//! (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>).

use serde_json::{Map, Value as Json};

use super::values::seconds;
use super::{Reader, Service};
use crate::import::Node;

/// Key of Compose, property, least and most of ECS.
const TIMES: [(&str, &str, i64, i64); 3] =
    [("interval", "interval", 5, 300), ("timeout", "timeout", 2, 60), ("start_period", "startPeriod", 0, 300)];

impl Reader<'_> {
    pub(super) fn health(&mut self, service: &mut Service<'_>, node: &Node) {
        let is_off = node.get("disable").and_then(Node::flag).unwrap_or(false);
        let test = node.get("test").map(|test| self.test(test)).unwrap_or_default();
        if is_off || test.first().is_some_and(|word| word == "NONE") {
            return;
        }
        if test.is_empty() {
            self.left("import.note.compose.health_of_image", &[], node.line());
            return;
        }
        let mut check = Map::new();
        check.insert("command".into(), test.into());
        for (key, property, least, most) in TIMES {
            let Some(value) = node.get(key) else { continue };
            match self.text(value).as_deref().and_then(seconds) {
                Some(duration) => {
                    let taken = duration.clamp(least, most);
                    if taken != duration {
                        self.adjusted(key, duration, taken, value.line());
                    }
                    check.insert(property.into(), taken.into());
                }
                None => self.unclear(key, value),
            }
        }
        if let Some(value) = node.get("retries") {
            match self.text(value).and_then(|text| text.trim().parse::<i64>().ok()) {
                Some(retries) => {
                    let taken = retries.clamp(1, 10);
                    if taken != retries {
                        self.adjusted("retries", retries, taken, value.line());
                    }
                    check.insert("retries".into(), taken.into());
                }
                None => self.unclear("retries", value),
            }
        }
        service.container.insert("healthCheck".into(), Json::Object(check));
    }

    /// A text is a line for the shell.
    fn test(&mut self, node: &Node) -> Vec<String> {
        if node.is_list() {
            let words: Vec<String> = node.items().iter().filter_map(|word| self.text(word)).collect();
            return match words.first().map(String::as_str) {
                Some("CMD" | "CMD-SHELL" | "NONE") => words,
                Some(_) => std::iter::once("CMD".to_owned()).chain(words).collect(),
                None => words,
            };
        }
        self.text(node).map(|line| vec!["CMD-SHELL".to_owned(), line]).unwrap_or_default()
    }
}
