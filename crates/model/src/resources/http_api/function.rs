//! The link from an HTTP API to a function.

use serde::{Deserialize, Serialize};

use super::access::PayloadVersion;
use super::links::{first_route, routes_in_words};
use super::route::Route;
use super::{access_checks, fields, function_checks};
use crate::spec::{LinkSpec, LinkWork};
use crate::{Kind, LinkKind, LinkProps, Phrase};

/// An integration of an HTTP API with a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FunctionIntegration {
    /// The routes that lead to it.
    pub routes: Vec<Route>,
    /// The form in which the function is told of a request.
    pub payload: PayloadVersion,
    /// Milliseconds that API Gateway waits for the answer, 50 to 30000.
    pub timeout_ms: i64,
    /// Who is asked before its routes are taken; `None` for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorizer: Option<String>,
    /// What a token must allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

impl Default for FunctionIntegration {
    fn default() -> Self {
        Self {
            routes: Vec::new(),
            payload: PayloadVersion::V2,
            timeout_ms: 30_000,
            authorizer: None,
            scopes: Vec::new(),
        }
    }
}

pub(in crate::resources) static FUNCTION_INTEGRATION: LinkSpec = LinkSpec {
    kind: LinkKind::FunctionIntegration,
    key: "http_api-lambda_function",
    from: Kind::HttpApi,
    to: Kind::LambdaFunction,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
    fields: fields::FUNCTION_FIELDS,
    new: || LinkProps::FunctionIntegration(Box::default()),
    read: |json| Ok(LinkProps::FunctionIntegration(serde::Deserialize::deserialize(json)?)),
    summary: |_, link| {
        let integration = FunctionIntegration::of(&link.props);
        integration.and_then(|integration| routes_in_words(&integration.routes)).map_or_else(Vec::new, |key| {
            vec![Phrase::plain(key)]
        })
    },
    fit: |design, link| {
        let route = first_route(design, link);
        if let LinkProps::FunctionIntegration(integration) = &mut link.props {
            integration.routes = vec![route];
        }
    },
};

pub(in crate::resources) static FUNCTION_INTEGRATION_WORK: LinkWork =
    LinkWork { checks: access_checks::CHECKS, check: function_checks::check };
