//! The link from a REST API to a function.

use serde::{Deserialize, Serialize};

use super::integration::RestRoute;
use super::{fields, links, route_checks};
use crate::finding::{Check, Findings, Severity};
use crate::resources::lambda_function::LambdaFunction;
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Edit, Kind, Link, LinkKind, LinkProps};

const LAMBDA: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html";

/// An integration of a REST API with a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestFunction {
    /// The methods that lead to it.
    pub routes: Vec<RestRoute>,
    /// Milliseconds that API Gateway waits for the answer: 50 to 29000, more with a raised quota.
    pub timeout_ms: i64,
}

impl Default for RestFunction {
    fn default() -> Self {
        Self { routes: Vec::new(), timeout_ms: 29_000 }
    }
}

pub(in crate::resources) static REST_FUNCTION: LinkSpec = LinkSpec {
    kind: LinkKind::RestFunction,
    key: "rest_api-lambda_function",
    from: Kind::RestApi,
    to: Kind::LambdaFunction,
    max_out: 0,
    max_in: 0,
    doc: LAMBDA,
    fields: fields::FUNCTION_FIELDS,
    new: || LinkProps::RestFunction(Box::default()),
    read: |json| Ok(LinkProps::RestFunction(serde::Deserialize::deserialize(json)?)),
    summary: |_, link| links::methods(links::routes_of(&link.props)).into_iter().collect(),
    fit: |design, link| {
        let route = links::first_route(design, link);
        if let LinkProps::RestFunction(integration) = &mut link.props {
            integration.routes = vec![route];
        }
    },
};

/// The function may still be at work when the client has long been told that it took too long.
static TOO_SLOW: Check = Check { code: "RST043", severity: Severity::Warning, aws: "", doc: LAMBDA };

pub(in crate::resources) static REST_FUNCTION_WORK: LinkWork = LinkWork { checks: &[&TOO_SLOW], check };

fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(integration) = RestFunction::of(&link.props) else { return };
    route_checks::check_routes(design, link, out);
    route_checks::check_timeout(design, link, integration.timeout_ms, out);
    let Some((node, function)) = design.get::<LambdaFunction>(&link.to) else { return };
    // What is out of range itself is told by the field table.
    let waits = integration.timeout_ms.max(1000) / 1000;
    if function.timeout > waits {
        let finding = out.report(&TOO_SLOW, &link.id).at("timeoutMs").with("function", &node.name);
        finding.with("seconds", function.timeout).with("waits", waits).fix(Edit::set(&node.id, "timeout", waits));
    }
}
