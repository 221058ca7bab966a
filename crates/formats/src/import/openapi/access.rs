//! Who may call: authorizers and API keys.

use serde_json::{Value as Json, json};

use super::{Api, words};
use crate::import::Node;

/// What a scheme stands for.
pub(super) const EXTENSION: &str = "x-amazon-apigateway-authorizer";

impl Api<'_> {
    /// Reads the security schemes.
    pub(super) fn access(&mut self, root: &Node) {
        let schemes = root.at("components.securitySchemes").or_else(|| root.get("securityDefinitions"));
        let mut all: Vec<Json> = Vec::new();
        for entry in schemes.map(Node::entries).unwrap_or_default() {
            let (name, scheme, line) = (entry.key(), &entry.value, entry.line());
            match scheme.get(EXTENSION) {
                Some(settings) => {
                    let one = if self.is_rest { rest(name, scheme, settings) } else { http(name, settings) };
                    self.authorizers.push(name.to_owned());
                    all.push(one);
                    // How documents name the way says nothing more.
                    for key in ["type", "in", "name", "flows", "x-amazon-apigateway-authtype", "description"] {
                        if let Some(value) = scheme.get(key) {
                            value.skip();
                        }
                    }
                }
                None if self.is_rest && is_key(scheme) => {
                    self.keys.push(name.to_owned());
                    scheme.skip();
                }
                None => {
                    scheme.skip();
                    self.draft.left("import.note.openapi.scheme", &[("name", name)], line);
                }
            }
        }
        if !all.is_empty() {
            let line = schemes.map_or(0, Node::line);
            self.draft.set(self.handle, "authorizers", all, line);
        }
    }

    /// What a route asks for: whether a key, and the authorizer with its scopes.
    pub(super) fn asked(&mut self, operation: &Node, route: &mut serde_json::Map<String, Json>, name: &str) {
        if let Some(auth) = operation.get("x-amazon-apigateway-auth")
            && let Some(kind) = auth.text_of("type")
            && kind.eq_ignore_ascii_case("AWS_IAM")
        {
            route.insert("authorizer".into(), "AWS_IAM".into());
        }
        for choice in operation.get("security").map(Node::items).unwrap_or_default() {
            for entry in choice.entries() {
                let scopes = words(&entry.value);
                if self.keys.iter().any(|key| key == entry.key()) {
                    route.insert("apiKey".into(), true.into());
                } else if self.authorizers.iter().any(|one| one == entry.key()) {
                    route.insert("authorizer".into(), entry.key().into());
                    if !scopes.is_empty() {
                        route.insert("scopes".into(), scopes.into());
                    }
                } else {
                    let args = [("route", name), ("name", entry.key())];
                    self.draft.left("import.note.openapi.security", &args, entry.line());
                }
            }
        }
    }
}

fn is_key(scheme: &Node) -> bool {
    scheme.text_of("type") == Some("apiKey")
        && scheme.text_of("name").is_some_and(|name| name.eq_ignore_ascii_case("x-api-key"))
}

/// An authorizer of an HTTP API.
fn http(name: &str, settings: &Node) -> Json {
    let mut one = json!({ "name": name });
    let is_jwt = settings.text_of("type") == Some("jwt");
    one["type"] = if is_jwt { "jwt" } else { "lambda" }.into();
    if let Some(sources) = settings.get("identitySource") {
        one["identitySources"] = words(sources).into();
    }
    if let Some(jwt) = settings.get("jwtConfiguration") {
        one["issuer"] = jwt.text_of("issuer").into();
        one["audience"] = jwt.get("audience").map(words).into();
    }
    one["functionArn"] = settings.text_of("authorizerUri").map(super::backend::function_arn).into();
    one["payload"] = settings.text_of("authorizerPayloadFormatVersion").into();
    one["simpleResponses"] = settings.get("enableSimpleResponses").and_then(Node::flag).into();
    one["cacheSeconds"] = settings.get("authorizerResultTtlInSeconds").and_then(Node::int).into();
    one
}

/// An authorizer of a REST API.
fn rest(name: &str, scheme: &Node, settings: &Node) -> Json {
    let mut one = json!({ "name": name });
    one["type"] = match settings.text_of("type") {
        Some("cognito_user_pools") => "cognito",
        Some("request") => "request",
        _ => "token",
    }
    .into();
    one["header"] = scheme.text_of("name").into();
    one["userPools"] = settings.get("providerARNs").map(words).into();
    one["functionArn"] = settings.text_of("authorizerUri").map(super::backend::function_arn).into();
    one["ttl"] = settings.get("authorizerResultTtlInSeconds").and_then(Node::int).into();
    if one["type"] == "request" {
        one["sources"] = settings.get("identitySource").map(words).into();
    }
    one
}
