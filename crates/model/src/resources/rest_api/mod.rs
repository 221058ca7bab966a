//! A REST API of API Gateway.

mod access_checks;
mod checks;
mod fields;
pub mod function;
pub mod integration;
pub mod links;
pub(in crate::resources) mod lower;
pub mod mapping;
mod mapping_checks;
mod model_checks;
mod paths;
mod route_checks;
pub mod schema;
mod stage;
#[cfg(test)]
mod tests;
pub mod trial;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::resources::http_api::Throttling;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Design, Kind, Node, Phrase, Props, Typed};

pub use stage::{ExecutionLogs, LogsRole, RestAccessLogs, RestCors, Variable};

/// Where its address is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Endpoint {
    /// In its region.
    #[default]
    Regional,
    /// At the edge locations of CloudFront.
    Edge,
    /// Within VPCs, through endpoints of theirs.
    Private,
}

impl Endpoint {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regional => "REGIONAL",
            Self::Edge => "EDGE",
            Self::Private => "PRIVATE",
        }
    }
}

/// Where API Gateway reads the API key of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum KeySource {
    /// In the header `x-api-key`.
    #[default]
    Header,
    /// In the answer of a Lambda authorizer.
    Authorizer,
}

impl KeySource {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "HEADER",
            Self::Authorizer => "AUTHORIZER",
        }
    }
}

/// What bodies have to look like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Model {
    /// Its name: letters and digits.
    pub name: String,
    /// The content type of the bodies.
    pub content_type: String,
    /// A JSON Schema, draft 4, as text.
    pub schema: String,
}

impl Default for Model {
    fn default() -> Self {
        Self { name: String::new(), content_type: JSON.to_owned(), schema: EMPTY_SCHEMA.to_owned() }
    }
}

/// The content type of JSON.
pub const JSON: &str = "application/json";
/// The schema of a new model.
const EMPTY_SCHEMA: &str = "{\n  \"type\": \"object\",\n  \"properties\": {}\n}";

/// What an authorizer asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorizerType {
    /// User pools of Cognito, for the token that they gave.
    #[default]
    Cognito,
    /// A Lambda function, for a token.
    Token,
    /// A Lambda function, for the whole request.
    Request,
}

/// Who decides whether a request may pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Authorizer {
    /// Its name.
    pub name: String,
    /// What it asks.
    #[serde(rename = "type")]
    pub kind: AuthorizerType,
    /// ARNs of the user pools.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub user_pools: Vec<String>,
    /// Id of the function in the design that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// ARN of the function that is asked, where it is not in the design.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub function_arn: String,
    /// The header that holds the token.
    pub header: String,
    /// What a request must have, and what its answer is remembered by (`method.request.header.x`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Seconds for which an answer is remembered, 0 to 3600.
    pub ttl: i64,
}

impl Default for Authorizer {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: AuthorizerType::default(),
            user_pools: Vec::new(),
            function: None,
            function_arn: String::new(),
            header: "Authorization".to_owned(),
            sources: Vec::new(),
            ttl: 300,
        }
    }
}

/// A key that a client sends. AWS makes up its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ApiKey {
    /// Its name.
    pub name: String,
    /// The usage plan that it belongs to; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub plan: String,
    /// Whether it is let through.
    pub enabled: bool,
}

impl Default for ApiKey {
    fn default() -> Self {
        Self { name: String::new(), plan: String::new(), enabled: true }
    }
}

/// How long a quota holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Period {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    #[default]
    Month,
}

impl Period {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Week => "WEEK",
            Self::Month => "MONTH",
        }
    }
}

/// How many requests a key has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Quota {
    /// Whether there is one.
    pub enabled: bool,
    /// Requests in a period.
    pub limit: i64,
    /// The period.
    pub period: Period,
}

impl Default for Quota {
    fn default() -> Self {
        Self { enabled: true, limit: 10_000, period: Period::default() }
    }
}

/// What the clients who have its keys may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsagePlan {
    /// Its name.
    pub name: String,
    /// How fast each key may ask.
    pub throttling: Throttling,
    /// How much each key may ask.
    pub quota: Quota,
}

impl Default for UsagePlan {
    fn default() -> Self {
        let throttling = Throttling { enabled: true, rate: 10, burst: 20 };
        Self { name: String::new(), throttling, quota: Quota::default() }
    }
}

/// The properties of a REST API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestApi {
    /// What it is for.
    pub description: String,
    /// Where its address is.
    pub endpoint: Endpoint,
    /// The VPC endpoints through which a private one is called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vpc_endpoints: Vec<String>,
    /// The name of its stage, which begins the path of its URL.
    pub stage_name: String,
    /// How many requests the stage lets through.
    pub throttling: Throttling,
    /// Whether each request is logged.
    pub access_logs: RestAccessLogs,
    /// What API Gateway tells of its own work.
    pub execution_logs: ExecutionLogs,
    /// Whether CloudWatch counts each method by itself.
    pub metrics: bool,
    /// Whether X-Ray traces requests.
    pub tracing: bool,
    /// Where the role comes from that lets API Gateway write logs.
    pub logs_role: LogsRole,
    /// Its ARN, where it exists already.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub logs_role_arn: String,
    /// Names and values that mappings may read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stage_variables: Vec<Variable>,
    /// Which pages of other sites may call it.
    pub cors: RestCors,
    /// What bodies have to look like.
    pub models: Vec<Model>,
    /// Who decides whether a request may pass.
    pub authorizers: Vec<Authorizer>,
    /// Where keys are read.
    pub key_source: KeySource,
    /// Keys of clients.
    pub api_keys: Vec<ApiKey>,
    /// What those who have keys may ask for.
    pub usage_plans: Vec<UsagePlan>,
    /// Content types that are not text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub binary_media_types: Vec<String>,
    /// Bytes from which on answers are compressed, 0 to 10485760; `None` for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_compression: Option<i64>,
    /// Whether the address that AWS gives is switched off.
    pub disable_execute_api_endpoint: bool,
}

impl Default for RestApi {
    fn default() -> Self {
        Self {
            description: String::new(),
            endpoint: Endpoint::default(),
            vpc_endpoints: Vec::new(),
            stage_name: "prod".to_owned(),
            throttling: Throttling::default(),
            access_logs: RestAccessLogs::default(),
            execution_logs: ExecutionLogs::default(),
            metrics: false,
            tracing: false,
            logs_role: LogsRole::default(),
            logs_role_arn: String::new(),
            stage_variables: Vec::new(),
            cors: RestCors::default(),
            models: Vec::new(),
            authorizers: Vec::new(),
            key_source: KeySource::default(),
            api_keys: Vec::new(),
            usage_plans: Vec::new(),
            binary_media_types: Vec::new(),
            min_compression: None,
            disable_execute_api_endpoint: false,
        }
    }
}

impl RestApi {
    /// The authorizer of a name.
    pub fn authorizer(&self, name: &str) -> Option<(usize, &Authorizer)> {
        self.authorizers.iter().enumerate().find(|(_, authorizer)| authorizer.name == name && !name.is_empty())
    }

    /// The model of a name.
    pub fn model(&self, name: &str) -> Option<(usize, &Model)> {
        self.models.iter().enumerate().find(|(_, model)| model.name == name && !name.is_empty())
    }

    /// Whether API Gateway writes to CloudWatch Logs.
    pub fn logs(&self) -> bool {
        self.access_logs.enabled || self.execution_logs != ExecutionLogs::Off
    }
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::RestApi,
    key: "rest_api",
    id_prefix: "rest",
    family: Family::Integration,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html",
    name_rule: TextRule::some(255),
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[&links::REST_INTEGRATION, &function::REST_FUNCTION],
    new: || Props::RestApi(Box::default()),
    read: |json| Ok(Props::RestApi(serde::Deserialize::deserialize(json)?)),
    summary,
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork { checks: checks::CHECKS, check: checks::check, lower: lower::lower };

fn summary(design: &Design, node: &Node) -> Vec<Phrase> {
    let Some(api) = RestApi::of(&node.props) else { return Vec::new() };
    let methods = links::routes(design, &node.id).count();
    let mut phrases = vec![
        Phrase::counted("summary.rest_api.methods", i64::try_from(methods).unwrap_or(i64::MAX)),
        Phrase::plain(format!("/{}", api.stage_name)),
    ];
    if !api.api_keys.is_empty() {
        let keys = i64::try_from(api.api_keys.len()).unwrap_or(i64::MAX);
        phrases.push(Phrase::counted("summary.rest_api.keys", keys));
    }
    phrases
}
