//! What a link from an HTTP API to a load balancer carries: the integration, its routes and its parameter mappings.

use serde::{Deserialize, Serialize};

use super::route::{DEFAULT_ROUTE, Method, Route};
use crate::resources::load_balancer::{Listener, LoadBalancer};
use crate::resources::routing::backend;

/// How API Gateway reaches the load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Connection {
    /// By its public address.
    #[default]
    Public,
    /// By a VPC link.
    Private,
}

/// What a mapping does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Adds a value to those that are there.
    #[default]
    Append,
    /// Puts a value in the place of those that are there.
    Overwrite,
    /// Takes away what is there.
    Remove,
}

impl Action {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Append => "append",
            Self::Overwrite => "overwrite",
            Self::Remove => "remove",
        }
    }
}

/// What of a request a mapping changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestPart {
    /// A header.
    #[default]
    Header,
    /// A parameter of the query string.
    Querystring,
    /// The path.
    Path,
}

/// What of a response a mapping changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponsePart {
    /// A header.
    #[default]
    Header,
    /// The status.
    Statuscode,
}

/// A change of requests before they reach the backend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestMapping {
    /// What it does.
    pub action: Action,
    /// What it changes.
    pub location: RequestPart,
    /// The header or parameter; means nothing for the path.
    pub name: String,
    /// The new value: text, `$request.…`, `$context.…`, `$stageVariables.…`, or text with `${…}`.
    pub value: String,
}

impl RequestMapping {
    /// What AWS knows it by: `append:header.x-id`, `overwrite:path`.
    pub fn key(&self) -> String {
        let action = self.action.as_str();
        match self.location {
            RequestPart::Header => format!("{action}:header.{}", self.name),
            RequestPart::Querystring => format!("{action}:querystring.{}", self.name),
            RequestPart::Path => format!("{action}:path"),
        }
    }
}

/// A change of responses before they reach the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResponseMapping {
    /// The status of the backend's answers that it changes, 200 to 599.
    pub status: i64,
    /// What it does.
    pub action: Action,
    /// What it changes.
    pub location: ResponsePart,
    /// The header; means nothing for the status.
    pub name: String,
    /// The new value: text, `$response.…`, `$context.…`, `$stageVariables.…`, or text with `${…}`.
    pub value: String,
}

impl Default for ResponseMapping {
    fn default() -> Self {
        Self {
            status: 200,
            action: Action::default(),
            location: ResponsePart::default(),
            name: String::new(),
            value: String::new(),
        }
    }
}

impl ResponseMapping {
    /// What AWS knows it by: `append:header.x-id`, `overwrite:statuscode`.
    pub fn key(&self) -> String {
        let action = self.action.as_str();
        match self.location {
            ResponsePart::Header => format!("{action}:header.{}", self.name),
            ResponsePart::Statuscode => format!("{action}:statuscode"),
        }
    }
}

/// An integration of an HTTP API with a load balancer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Integration {
    /// The routes that lead to it.
    pub routes: Vec<Route>,
    /// How API Gateway reaches the load balancer.
    pub connection: Connection,
    /// The method that the load balancer is asked with.
    pub method: Method,
    /// Milliseconds that API Gateway waits for the answer, 50 to 30000.
    pub timeout_ms: i64,
    /// The name in the load balancer's certificate, for HTTPS.
    pub server_name: String,
    /// Changes of requests.
    pub request_parameters: Vec<RequestMapping>,
    /// Changes of responses.
    pub response_parameters: Vec<ResponseMapping>,
    /// Who is asked before its routes are taken; `None` for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorizer: Option<String>,
    /// What a token must allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

impl Default for Integration {
    fn default() -> Self {
        Self {
            routes: Vec::new(),
            connection: Connection::default(),
            method: Method::default(),
            timeout_ms: 30_000,
            server_name: String::new(),
            request_parameters: Vec::new(),
            response_parameters: Vec::new(),
            authorizer: None,
            scopes: Vec::new(),
        }
    }
}

impl Integration {
    /// The listener that it calls.
    pub fn listener(&self, alb: &LoadBalancer) -> Option<Listener> {
        backend::listener(alb, &self.server_name)
    }

    /// Whether a mapping gives the backend another path.
    pub fn overwrites_path(&self) -> bool {
        self.request_parameters.iter().any(|mapping| mapping.location == RequestPart::Path)
    }

    /// What follows the load balancer's address. A private integration passes the request's path on by itself, and so does
    /// the catch-all route; any other route of a public one names the path, with the greedy variable without its `+`
    /// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html>).
    pub fn path_behind(&self, route: &Route) -> String {
        let passed_on = self.connection == Connection::Private
            || self.overwrites_path()
            || route.path == DEFAULT_ROUTE
            || route.path == "/";
        if passed_on { String::new() } else { route.path.replace("+}", "}") }
    }
}
