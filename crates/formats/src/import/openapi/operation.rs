//! Paths and their operations: routes.

use serde_json::{Map, Value as Json, json};

use super::Api;
use crate::import::Node;

const INTEGRATION: &str = "x-amazon-apigateway-integration";

/// The method of an operation's key.
fn method(key: &str) -> Option<&'static str> {
    Some(match key {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "x-amazon-apigateway-any-method" => "ANY",
        _ => return None,
    })
}

/// What describes an operation for those who call it.
const DESCRIPTION: &[&str] = &[
    "summary",
    "description",
    "operationId",
    "tags",
    "deprecated",
    "externalDocs",
    "produces",
    "consumes",
    "schemes",
    "servers",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
];

impl Api<'_> {
    pub(super) fn path(&mut self, root: &Node, path: &str, node: &Node) {
        for entry in node.entries() {
            let (key, line, value) = (entry.key(), entry.line(), &entry.value);
            match method(key) {
                Some(method) => self.operation(root, method, path, value, line),
                None if matches!(key, "summary" | "description" | "parameters" | "servers") => {
                    value.skip();
                    self.draft.left("import.note.openapi.described", &[("route", path)], line);
                }
                None => {}
            }
        }
    }

    fn operation(&mut self, root: &Node, method: &str, path: &str, node: &Node, line: usize) {
        let is_default = node.get("isDefaultRoute").and_then(Node::flag).unwrap_or(false) || path == "/$default";
        let name = if is_default { "$default".to_owned() } else { format!("{method} {path}") };
        let mut route = Map::new();
        route.insert("method".into(), method.into());
        route.insert("path".into(), if is_default { "$default" } else { path }.into());
        self.asked(node, &mut route, &name);
        if self.is_rest {
            self.checks(root, node, &mut route);
        }
        let described = node.entries().iter().filter(|entry| DESCRIPTION.contains(&entry.key()));
        let mut is_described = false;
        for entry in described {
            is_described |= tells(entry.key(), &entry.value);
            entry.value.skip();
        }
        if is_described {
            self.draft.left("import.note.openapi.described", &[("route", &name)], line);
        }
        match node.get(INTEGRATION) {
            Some(integration) if self.is_preflight(method, integration) => self.preflight(integration, line),
            Some(integration) => self.lead(integration, route, &name, line),
            None => self.lead_anywhere(route, &name, line),
        }
    }

    /// What a REST API looks at before it lets a request through.
    fn checks(&mut self, root: &Node, node: &Node, route: &mut Map<String, Json>) {
        let usual = root.text_of("x-amazon-apigateway-request-validator");
        let validator = node.text_of("x-amazon-apigateway-request-validator").or(usual);
        if let Some(looks) = validator.and_then(|name| self.validators.get(name)) {
            route.insert("validation".into(), (*looks).into());
        }
        let mut params = Vec::new();
        for item in node.get("parameters").map(Node::items).unwrap_or_default() {
            let location = match item.text_of("in") {
                Some("query") => "querystring",
                Some("header") => "header",
                Some("body") => {
                    self.model(item.at("schema.$ref"), route);
                    continue;
                }
                _ => continue,
            };
            let required = item.get("required").and_then(Node::flag).unwrap_or(false);
            params.push(json!({ "location": location, "name": item.text_of("name"), "required": required }));
        }
        if !params.is_empty() {
            route.insert("params".into(), params.into());
        }
        for content in node.at("requestBody.content").map(Node::entries).unwrap_or_default() {
            self.model(content.value.at("schema.$ref"), route);
        }
    }

    fn model(&mut self, reference: Option<&Node>, route: &mut Map<String, Json>) {
        if let Some(name) = reference.and_then(Node::text).and_then(|text| text.rsplit('/').next()) {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            route.insert("model".into(), name.into());
        }
    }

    /// Whether an operation does nothing but answer browsers that ask before they call.
    fn is_preflight(&self, method: &str, integration: &Node) -> bool {
        self.is_rest
            && method == "OPTIONS"
            && integration.text_of("type").is_some_and(|kind| kind.eq_ignore_ascii_case("mock"))
    }

    fn preflight(&mut self, integration: &Node, line: usize) {
        self.draft.set(self.handle, "cors.enabled", true, line);
        for answer in integration.get("responses").map(Node::entries).unwrap_or_default() {
            for entry in answer.value.get("responseParameters").map(Node::entries).unwrap_or_default() {
                let value = entry.value.text().unwrap_or_default().trim_matches('\'');
                match entry.key().rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "access-control-allow-origin" => self.draft.set(self.handle, "cors.origin", value, entry.line()),
                    "access-control-allow-headers" => {
                        let headers: Vec<&str> = value.split(',').map(str::trim).collect();
                        self.draft.set(self.handle, "cors.headers", headers, entry.line());
                    }
                    "access-control-max-age" => {
                        if let Ok(age) = value.parse::<i64>() {
                            self.draft.set(self.handle, "cors.maxAge", age, entry.line());
                        }
                    }
                    _ => {}
                }
            }
        }
        integration.skip();
        self.draft.kept("import.note.openapi.preflight", &[], line);
    }
}

/// Whether a part of the description says something that the design does not: an export of Trazo's own says nothing.
fn tells(key: &str, value: &Node) -> bool {
    match key {
        "responses" => {
            let is_empty = |answer: &crate::import::Entry| {
                let others = answer.value.entries().iter().any(|entry| entry.key() != "description");
                answer.value.is_map() && !others && answer.value.text_of("description").unwrap_or_default().is_empty()
            };
            !value.entries().iter().all(is_empty)
        }
        "parameters" => value.items().iter().any(|item| {
            let plain = item.at("schema.type").and_then(Node::text) == Some("string");
            !plain || item.entries().iter().any(|entry| !matches!(entry.key(), "name" | "in" | "required" | "schema"))
        }),
        "requestBody" => value.has("description"),
        _ => true,
    }
}
