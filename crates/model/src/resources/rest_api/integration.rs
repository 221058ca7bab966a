//! What a link from a REST API to a load balancer carries: its methods, the integration, and its parameter mappings.

use serde::{Deserialize, Serialize};

use crate::resources::http_api::integration::{Connection, RequestPart};
use crate::resources::load_balancer::{Listener, LoadBalancer};
use crate::resources::routing::backend;
use crate::resources::routing::route::Method;

/// The authorizer that lets everybody pass.
pub const OPEN: &str = "open";
/// The authorizer that asks IAM.
pub const IAM: &str = "AWS_IAM";

/// What of a request API Gateway looks at before it passes it on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Validation {
    /// Nothing.
    #[default]
    None,
    /// The body, by its model.
    Body,
    /// Whether the parameters are there that are required.
    Params,
    /// Both.
    All,
}

impl Validation {
    /// Whether it looks at the body.
    pub fn body(self) -> bool {
        matches!(self, Self::Body | Self::All)
    }

    /// Whether it looks at parameters.
    pub fn params(self) -> bool {
        matches!(self, Self::Params | Self::All)
    }
}

/// Where a parameter of a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParamPart {
    /// In a header.
    Header,
    /// In the query string.
    #[default]
    Querystring,
}

impl ParamPart {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Querystring => "querystring",
        }
    }
}

/// A parameter that a method declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Param {
    /// Where it is.
    pub location: ParamPart,
    /// Its name.
    pub name: String,
    /// Whether requests without it are refused, where parameters are validated.
    pub required: bool,
}

impl Default for Param {
    fn default() -> Self {
        Self { location: ParamPart::default(), name: String::new(), required: true }
    }
}

/// A method of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestRoute {
    /// The method.
    pub method: Method,
    /// The path of the resource, with variables (`/productos/{id}`, `/{proxy+}`).
    pub path: String,
    /// The path behind the load balancer; empty for the same.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub backend_path: String,
    /// Whether requests need an API key.
    pub api_key: bool,
    /// Who decides whether a request may pass: [`OPEN`], [`IAM`] or the name of an authorizer of the API.
    pub authorizer: String,
    /// The scopes of which a token must have one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// What is looked at before a request is passed on.
    pub validation: Validation,
    /// The model of its bodies; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Its parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

impl Default for RestRoute {
    fn default() -> Self {
        Self {
            method: Method::default(),
            path: "/{proxy+}".to_owned(),
            backend_path: String::new(),
            api_key: false,
            authorizer: OPEN.to_owned(),
            scopes: Vec::new(),
            validation: Validation::default(),
            model: String::new(),
            params: Vec::new(),
        }
    }
}

impl RestRoute {
    /// `GET /productos/{id}`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The path that the backend is asked for.
    pub fn target(&self) -> &str {
        if self.backend_path.is_empty() { &self.path } else { &self.backend_path }
    }
}

/// A parameter of the request to the backend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestMapping {
    /// Where it goes: a header, the query string, or a variable of the backend's path.
    pub location: RequestPart,
    /// Its name.
    pub name: String,
    /// Its value: `method.request.…`, `context.…`, `stageVariables.…`, or text in single quotes.
    pub value: String,
}

impl RestMapping {
    /// What AWS knows it by: `integration.request.header.x-id`.
    pub fn key(&self) -> String {
        let part = match self.location {
            RequestPart::Header => "header",
            RequestPart::Querystring => "querystring",
            RequestPart::Path => "path",
        };
        format!("integration.request.{part}.{}", self.name)
    }
}

/// An integration of a REST API with a load balancer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestIntegration {
    /// The methods that lead to it.
    pub routes: Vec<RestRoute>,
    /// How API Gateway reaches the load balancer.
    pub connection: Connection,
    /// The method that the load balancer is asked with; ANY for that of the request.
    pub method: Method,
    /// Milliseconds that API Gateway waits for the answer: 50 to 29000, more with a raised quota.
    pub timeout_ms: i64,
    /// The name in the load balancer's certificate, for HTTPS.
    pub server_name: String,
    /// Parameters of the requests to it.
    pub request_parameters: Vec<RestMapping>,
}

impl Default for RestIntegration {
    fn default() -> Self {
        Self {
            routes: Vec::new(),
            connection: Connection::default(),
            method: Method::default(),
            timeout_ms: 29_000,
            server_name: String::new(),
            request_parameters: Vec::new(),
        }
    }
}

impl RestIntegration {
    /// The listener that it calls.
    pub fn listener(&self, alb: &LoadBalancer) -> Option<Listener> {
        backend::listener(alb, &self.server_name)
    }
}
