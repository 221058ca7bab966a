//! How a new version of a service takes the place of the old one.

use serde::{Deserialize, Serialize};

/// A deployment
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Deployment {
    /// Percent of the desired tasks that keep running, rounded up.
    pub minimum_healthy_percent: i64,
    /// Percent of the desired tasks that may run meanwhile, rounded down.
    pub maximum_percent: i64,
    /// Whether a deployment whose tasks do not come up is stopped.
    pub circuit_breaker: bool,
    /// Whether a deployment that was stopped is taken back.
    pub rollback: bool,
    /// How requests come over to the new version; `None` is task by task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<Strategy>,
    /// Minutes for which the old version stays ready after all requests came over: 0 to 1440.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bake_time: Option<i64>,
    /// Percent of the requests that come over in a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_percent: Option<i64>,
    /// Minutes between steps: 0 to 1440.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_bake_time: Option<i64>,
    /// Names of CloudWatch alarms that stop a deployment and take it back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// ARN of a role that exists with which ECS moves requests; empty for one that is made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
}

impl Default for Deployment {
    fn default() -> Self {
        Self {
            minimum_healthy_percent: 100,
            maximum_percent: 200,
            circuit_breaker: true,
            rollback: true,
            strategy: None,
            bake_time: None,
            step_percent: None,
            step_bake_time: None,
            alarms: Vec::new(),
            role: String::new(),
        }
    }
}

/// How requests come over to a new version
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Strategy {
    /// Task by task: a rolling update.
    Rolling,
    /// All at once, when the new version stands beside the old one.
    BlueGreen,
    /// In equal steps.
    Linear,
    /// A few first, then all.
    Canary,
}

impl Strategy {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rolling => "ROLLING",
            Self::BlueGreen => "BLUE_GREEN",
            Self::Linear => "LINEAR",
            Self::Canary => "CANARY",
        }
    }
}

impl Deployment {
    /// How many of `desired` tasks have to keep running, and how many may run, while a new version comes up.
    pub fn limits(&self, desired: i64) -> (i64, i64) {
        let share = |percent: i64| desired.max(0).saturating_mul(percent.max(0));
        (share(self.minimum_healthy_percent).saturating_add(99) / 100, share(self.maximum_percent) / 100)
    }

    /// Whether requests are moved from one version, which stands complete, to another.
    pub fn shifts(&self) -> bool {
        self.strategy.is_some_and(|strategy| strategy != Strategy::Rolling)
    }
}
