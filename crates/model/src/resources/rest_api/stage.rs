//! What belongs to the stage of a REST API: logs, variables, CORS.

use serde::{Deserialize, Serialize};

/// What API Gateway tells of its own work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExecutionLogs {
    /// Nothing.
    #[default]
    Off,
    /// What failed.
    Error,
    /// Each step.
    Info,
}

impl ExecutionLogs {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Error => "ERROR",
            Self::Info => "INFO",
        }
    }
}

/// Where the role comes from that lets API Gateway write logs. An account has one for each region, for all its REST APIs
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogsRole {
    /// It is made with the stack and set for the account.
    #[default]
    Made,
    /// It exists, and is set for the account.
    Existing,
    /// The account has one already.
    Account,
}

/// Whether each request is written to CloudWatch Logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestAccessLogs {
    /// Whether it is.
    pub enabled: bool,
    /// For how many days the logs are kept.
    pub retention_days: i64,
}

impl Default for RestAccessLogs {
    fn default() -> Self {
        Self { enabled: false, retention_days: 7 }
    }
}

/// A stage variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Which pages of other sites may call the API from a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RestCors {
    /// Whether API Gateway answers preflight requests itself.
    pub enabled: bool,
    /// The origin (`https://tienda.example.com`), or `*`.
    pub origin: String,
    /// Headers that requests may have.
    pub headers: Vec<String>,
    /// Seconds that a browser keeps the answer, 0 to 86400.
    pub max_age: i64,
    /// Whether cookies and credentials may be sent.
    pub credentials: bool,
}

impl Default for RestCors {
    fn default() -> Self {
        let headers = ["Content-Type", "Authorization", "X-Api-Key", "X-Amz-Date", "X-Amz-Security-Token"];
        Self {
            enabled: false,
            origin: "*".to_owned(),
            headers: headers.map(str::to_owned).into(),
            max_age: 300,
            credentials: false,
        }
    }
}
