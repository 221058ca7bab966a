//! An HTTP API of API Gateway.

pub mod access;
mod access_checks;
mod access_fields;
pub mod access_log;
pub(in crate::resources) mod checks;
mod fields;
pub mod function;
mod function_checks;
pub mod integration;
pub mod links;
pub(in crate::resources) mod lower;
pub mod mapping;
mod mapping_checks;
mod mapping_hints;
mod route_checks;
pub mod route_match;
mod stage_checks;
#[cfg(test)]
mod access_tests;
#[cfg(test)]
mod tests;
pub mod trial;

pub use crate::resources::routing::route;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Design, Kind, Node, Phrase, Props, Typed};

pub use access::Authorizer;
pub use access_log::AccessLogs;

/// How many requests the stage lets through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Throttling {
    /// Whether the stage has limits of its own; otherwise those of the account hold.
    pub enabled: bool,
    /// Requests per second in the long run.
    pub rate: i64,
    /// Requests that may come at once.
    pub burst: i64,
}

impl Default for Throttling {
    fn default() -> Self {
        Self { enabled: false, rate: 100, burst: 200 }
    }
}

/// Which pages of other sites may call it from a browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Cors {
    /// Whether API Gateway answers preflight requests itself.
    pub enabled: bool,
    /// Origins (`https://tienda.example.com`), or `*`.
    pub allow_origins: Vec<String>,
    /// Methods, or `*`.
    pub allow_methods: Vec<String>,
    /// Headers that requests may have, or `*`.
    pub allow_headers: Vec<String>,
    /// Headers of answers that scripts may read, or `*`.
    pub expose_headers: Vec<String>,
    /// Seconds that a browser keeps the answer, -1 to 86400.
    pub max_age: i64,
    /// Whether cookies and credentials may be sent.
    pub allow_credentials: bool,
}

impl Default for Cors {
    fn default() -> Self {
        let any = || vec!["*".to_owned()];
        Self {
            enabled: false,
            allow_origins: any(),
            allow_methods: any(),
            allow_headers: any(),
            expose_headers: Vec::new(),
            max_age: 300,
            allow_credentials: false,
        }
    }
}

/// A variable of a stage, which mappings read as `$stageVariables.<name>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StageVariable {
    /// Its name: letters, digits and underscores.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The properties of an HTTP API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpApi {
    /// What it is for.
    pub description: String,
    /// The name of its stage; `$default` has no place in the URL.
    pub stage_name: String,
    /// Whether changes are live at once.
    pub auto_deploy: bool,
    /// The variables of its stage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stage_variables: Vec<StageVariable>,
    /// How many requests the stage lets through.
    pub throttling: Throttling,
    /// Whether CloudWatch counts each route by itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub detailed_metrics: bool,
    /// Whether each request is logged.
    pub access_logs: AccessLogs,
    /// Whom links and routes may have asked before a request is let through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorizers: Vec<Authorizer>,
    /// Which pages of other sites may call it.
    pub cors: Cors,
    /// Whether the address that AWS gives is switched off.
    pub disable_execute_api_endpoint: bool,
}

/// The stage that has no place in the URL.
pub const DEFAULT_STAGE: &str = "$default";

impl Default for HttpApi {
    fn default() -> Self {
        Self {
            description: String::new(),
            stage_name: DEFAULT_STAGE.to_owned(),
            auto_deploy: true,
            stage_variables: Vec::new(),
            throttling: Throttling::default(),
            detailed_metrics: false,
            access_logs: AccessLogs::default(),
            authorizers: Vec::new(),
            cors: Cors::default(),
            disable_execute_api_endpoint: false,
        }
    }
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::HttpApi,
    key: "http_api",
    id_prefix: "api",
    family: Family::Integration,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html",
    name_rule: TextRule::some(128),
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[&links::INTEGRATION, &links::FUNCTION_INTEGRATION],
    new: || Props::HttpApi(Box::default()),
    read: |json| Ok(Props::HttpApi(serde::Deserialize::deserialize(json)?)),
    summary,
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};

fn summary(design: &Design, node: &Node) -> Vec<Phrase> {
    let Some(api) = HttpApi::of(&node.props) else { return Vec::new() };
    let routes: usize = links::backends(design, &node.id).map(|(_, found)| found.routes.len()).sum();
    let mut phrases = vec![Phrase::counted("summary.http_api.routes", i64::try_from(routes).unwrap_or(i64::MAX))];
    if api.stage_name != DEFAULT_STAGE {
        phrases.push(Phrase::plain(format!("/{}", api.stage_name)));
    }
    if api.cors.enabled {
        phrases.push(Phrase::plain("CORS"));
    }
    phrases
}
