//! Who may call a route: authorizers of the API, and which of them a link or a route asks for.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html>

use serde::{Deserialize, Serialize};

use super::route::Route;
use crate::NodeId;

/// What stands for nobody being asked, where a route is to be open whose link has an authorizer.
pub const OPEN: &str = "open";
/// What stands for requests that are signed with credentials of IAM.
pub const IAM: &str = "AWS_IAM";

/// What an authorizer looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorizerType {
    /// A JSON web token, which API Gateway itself checks.
    #[default]
    Jwt,
    /// What a function says.
    Lambda,
}

/// The form in which API Gateway tells a function of a request
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayloadVersion {
    /// The form of REST APIs.
    #[serde(rename = "1.0")]
    V1,
    /// The simpler form of HTTP APIs.
    #[default]
    #[serde(rename = "2.0")]
    V2,
}

impl PayloadVersion {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::V1 => "1.0",
            Self::V2 => "2.0",
        }
    }
}

/// An authorizer of an API
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>,
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Authorizer {
    /// Its name, by which links and routes ask for it.
    pub name: String,
    /// What it looks at.
    #[serde(rename = "type")]
    pub kind: AuthorizerType,
    /// Who makes the tokens: the beginning of the URL of its keys.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub issuer: String,
    /// Whom tokens have to be made for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// Id of the function in the design that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// ARN of the function that is asked, where it is not in the design.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub function_arn: String,
    /// The form in which the function is told of a request.
    pub payload: PayloadVersion,
    /// Whether the function answers yes or no rather than with a policy.
    pub simple_responses: bool,
    /// Seconds for which an answer of the function is kept, up to 3600; 0 for not at all.
    pub cache_seconds: i64,
    /// Where in a request it looks.
    pub identity_sources: Vec<String>,
}

impl Default for Authorizer {
    fn default() -> Self {
        Self {
            name: "jwt".to_owned(),
            kind: AuthorizerType::Jwt,
            issuer: String::new(),
            audience: Vec::new(),
            function: None,
            function_arn: String::new(),
            payload: PayloadVersion::V2,
            simple_responses: true,
            cache_seconds: 0,
            identity_sources: vec!["$request.header.Authorization".to_owned()],
        }
    }
}

impl Authorizer {
    /// The function in the design that is asked.
    pub fn function_id(&self) -> Option<NodeId> {
        let id = self.function.as_deref().filter(|_| self.kind == AuthorizerType::Lambda)?;
        Some(NodeId::new(id))
    }
}

/// What a link from an API carries, whatever it leads to.
#[derive(Clone, Copy, Debug)]
pub struct Backend<'a> {
    /// The routes that lead to it.
    pub routes: &'a [Route],
    /// Who is asked before a route is taken that says nothing of its own.
    pub authorizer: Option<&'a str>,
    /// What a token must allow where the route says nothing of its own.
    pub scopes: &'a [String],
}

impl<'a> Backend<'a> {
    /// Who is asked before a route is taken ([`OPEN`], [`IAM`] or the name of an authorizer), and what a token must allow.
    pub fn access(&self, route: &'a Route) -> (&'a str, &'a [String]) {
        let name = route.authorizer.as_deref().or(self.authorizer).unwrap_or(OPEN);
        let own = route.authorizer.is_some() || !route.scopes.is_empty();
        (name, if own { &route.scopes } else { self.scopes })
    }
}
