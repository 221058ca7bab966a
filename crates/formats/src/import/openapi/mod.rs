//! OpenAPI 3 and Swagger 2 (<https://spec.openapis.org/oas/v3.0.4.html>), with or without what API Gateway adds to them
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html>): an API with its routes, and
//! load balancers and functions for what they lead to.

mod access;
mod backend;
mod mapping;
mod operation;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::{Draft, Handle, LinkHandle, Node, Tree};

pub(super) fn recognises(tree: &Tree) -> bool {
    let root = tree.root();
    (root.has("openapi") || root.has("swagger")) && (root.has("paths") || root.has("info"))
}

/// An API while it is read.
struct Api<'a> {
    draft: &'a mut Draft,
    handle: Handle,
    /// Whether it is a REST API; else an HTTP API.
    is_rest: bool,
    /// What routes lead to, by what the file calls it.
    backends: BTreeMap<String, Backend>,
    /// What validators look at, by their names.
    validators: BTreeMap<String, &'static str>,
    /// The names of authorizers.
    authorizers: Vec<String>,
    /// The names of schemes that ask for an API key.
    keys: Vec<String>,
}

/// Something that routes lead to.
struct Backend {
    link: LinkHandle,
    routes: Vec<Json>,
    /// What its first route says of the integration.
    settings: Json,
    line: usize,
}

pub(super) fn read(tree: &Tree, draft: &mut Draft) {
    let root = tree.root();
    let title = root.at("info.title").and_then(Node::text).unwrap_or_default().to_owned();
    draft.name(&title);
    let is_rest = is_rest(root);
    let line = root.get("info").map_or(1, Node::line);
    let handle = draft.add(if is_rest { Kind::RestApi } else { Kind::HttpApi }, &title, line);
    let users = draft.add(Kind::Users, "", 0);
    draft.link(users, handle, line);
    let mut api = Api {
        draft,
        handle,
        is_rest,
        backends: BTreeMap::new(),
        validators: BTreeMap::new(),
        authorizers: Vec::new(),
        keys: Vec::new(),
    };
    api.top(root);
    api.access(root);
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        if path.key().starts_with("x-") {
            continue;
        }
        api.path(root, path.key(), &path.value);
    }
    for (_, backend) in std::mem::take(&mut api.backends) {
        api.draft.set_link(backend.link, "routes", backend.routes, backend.line);
        if let Json::Object(settings) = backend.settings {
            for (key, value) in settings {
                api.draft.set_link(backend.link, key, value, backend.line);
            }
        }
    }
}

/// Whether API Gateway would make a REST API of it: only those have validators, keys, mapping templates and Swagger 2.
fn is_rest(root: &Node) -> bool {
    let of_rest = |integration: &Node| {
        [
            "passthroughBehavior",
            "integrationTarget",
            "requestTemplates",
            "responses",
            "cacheNamespace",
            "contentHandling",
        ]
        .iter()
        .any(|key| integration.has(key))
    };
    let of_http = |integration: &Node| integration.has("payloadFormatVersion") || integration.has("responseParameters");
    let mut seen = None;
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        for operation in path.value.entries() {
            let Some(integration) = operation.value.get("x-amazon-apigateway-integration") else { continue };
            if of_http(integration) {
                return false;
            }
            seen = Some(seen.unwrap_or(false) || of_rest(integration));
        }
    }
    seen.unwrap_or(false)
        || root.has("x-amazon-apigateway-request-validators")
        || (seen.is_some() && root.has("swagger"))
}

impl Api<'_> {
    /// What stands beside the paths.
    fn top(&mut self, root: &Node) {
        for entry in root.entries() {
            let (key, line, value) = (entry.key(), entry.line(), &entry.value);
            match key {
                "openapi" | "swagger" | "jsonSchemaDialect" => value.skip(),
                "info" => self.info(value, line),
                "servers" | "host" | "basePath" | "schemes" => {
                    value.skip();
                    self.draft.left("import.note.openapi.address", &[("key", key)], line);
                }
                "tags" | "externalDocs" | "produces" | "consumes" | "webhooks" | "parameters" | "responses" => {
                    value.skip();
                    self.draft.left("import.note.openapi.documentation", &[("key", key)], line);
                }
                "definitions" => self.models(value, line),
                "components" => self.components(value),
                "x-amazon-apigateway-cors" => self.cors(value, line),
                "x-amazon-apigateway-request-validators" => self.validators(value),
                "x-amazon-apigateway-request-validator" | "security" | "securityDefinitions" | "paths" => {}
                _ => {}
            }
        }
    }

    fn info(&mut self, info: &Node, line: usize) {
        info.text_of("title");
        if let Some(text) = info.text_of("description") {
            self.draft.set(self.handle, "description", text, line);
        }
        let mut others =
            info.entries().iter().filter(|entry| !matches!(entry.key(), "title" | "description" | "version"));
        if others.next().is_some() {
            self.draft.left("import.note.openapi.documentation", &[("key", "info")], line);
        }
        info.skip();
    }

    fn components(&mut self, components: &Node) {
        for entry in components.entries() {
            match entry.key() {
                "securitySchemes" => {}
                "schemas" => self.models(&entry.value, entry.line()),
                key => {
                    entry.value.skip();
                    self.draft.left("import.note.openapi.documentation", &[("key", key)], entry.line());
                }
            }
        }
    }

    /// A REST API keeps schemas as models; to an HTTP API they say nothing.
    fn models(&mut self, schemas: &Node, line: usize) {
        if !self.is_rest {
            schemas.skip();
            self.draft.left("import.note.openapi.schemas", &[], line);
            return;
        }
        let models: Vec<Json> = schemas
            .entries()
            .iter()
            .take(200)
            .map(|entry| {
                let name: String = entry.key().chars().filter(char::is_ascii_alphanumeric).collect();
                let schema = serde_json::to_string_pretty(&entry.value.json()).unwrap_or_default();
                json!({ "name": name, "contentType": "application/json", "schema": schema })
            })
            .collect();
        self.draft.set(self.handle, "models", models, line);
    }

    /// Which pages may call an HTTP API.
    fn cors(&mut self, cors: &Node, line: usize) {
        self.draft.set(self.handle, "cors.enabled", true, line);
        for key in ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] {
            if let Some(list) = cors.get(key) {
                self.draft.set(self.handle, format!("cors.{key}"), words(list), list.line());
            } else {
                self.draft.set(self.handle, format!("cors.{key}"), json!([]), line);
            }
        }
        if let Some(age) = cors.get("maxAge").and_then(Node::int) {
            self.draft.set(self.handle, "cors.maxAge", age, line);
        }
        if let Some(flag) = cors.get("allowCredentials").and_then(Node::flag) {
            self.draft.set(self.handle, "cors.allowCredentials", flag, line);
        }
    }

    fn validators(&mut self, all: &Node) {
        for entry in all.entries() {
            let flag = |key: &str| entry.value.get(key).and_then(Node::flag).unwrap_or(false);
            let looks = match (flag("validateRequestBody"), flag("validateRequestParameters")) {
                (true, true) => "all",
                (true, false) => "body",
                (false, true) => "params",
                (false, false) => "none",
            };
            self.validators.insert(entry.key().to_owned(), looks);
        }
    }
}

/// The texts of a list, or of one that commas part.
fn words(node: &Node) -> Vec<String> {
    if node.is_list() {
        return node.items().iter().filter_map(Node::text).map(str::to_owned).collect();
    }
    let text = node.text().unwrap_or_default();
    text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}
