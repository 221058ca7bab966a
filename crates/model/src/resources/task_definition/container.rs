//! A container of a task definition
//! (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>).

use serde::{Deserialize, Serialize};

use super::network::Port;

/// One container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Container {
    /// Its name, unique within the task definition.
    pub name: String,
    /// The image: `repository:tag`, `registry/repository:tag` or `…@sha256:digest`; empty where a linked repository has it.
    pub image: String,
    /// Whether the task stops when it stops.
    pub essential: bool,
    /// The ports that it listens on.
    pub ports: Vec<Port>,
    /// Environment variables in plain text.
    pub environment: Vec<Variable>,
    /// Environment variables from Secrets Manager or Parameter Store.
    pub secrets: Vec<Secret>,
    /// What the image's entry point is called with.
    pub command: Vec<String>,
    /// What is run in place of the image's entry point.
    pub entry_point: Vec<String>,
    /// The directory in which it is run; empty for the image's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub working_directory: String,
    /// How its health is told.
    #[serde(skip_serializing_if = "HealthCheck::is_standard")]
    pub health_check: HealthCheck,
    /// The containers that it waits for.
    pub depends_on: Vec<Dependency>,
    /// Whether what it writes goes to CloudWatch Logs.
    pub logs: bool,
    /// What its log streams begin with.
    pub log_prefix: String,
    /// CPU units that are reserved for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<i64>,
    /// MiB beyond which it is stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<i64>,
    /// MiB that are reserved for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<i64>,
    /// The user that it runs as; empty for the image's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub user: String,
    /// Whether it may not write to its own file system.
    pub readonly_root_filesystem: bool,
}

impl Default for Container {
    fn default() -> Self {
        Self {
            name: String::new(),
            image: String::new(),
            essential: true,
            ports: Vec::new(),
            environment: Vec::new(),
            secrets: Vec::new(),
            command: Vec::new(),
            entry_point: Vec::new(),
            working_directory: String::new(),
            health_check: HealthCheck::default(),
            depends_on: Vec::new(),
            logs: true,
            log_prefix: "ecs".to_owned(),
            cpu: None,
            memory: None,
            memory_reservation: None,
            user: String::new(),
            readonly_root_filesystem: false,
        }
    }
}

impl Container {
    /// Whether its image is in a private repository of Amazon ECR: `account.dkr.ecr.region.amazonaws.com/repository`
    /// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>).
    pub fn image_is_in_ecr(&self) -> bool {
        let registry = self.image.split('/').next().unwrap_or_default();
        let Some((account, host)) = registry.split_once(".dkr.ecr") else { return false };
        account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) && host.contains(".amazonaws.com")
    }
}

/// An environment variable in plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// An environment variable whose value AWS looks up when the task starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Secret {
    /// The name of the variable.
    pub name: String,
    /// ARN of a secret of Secrets Manager, or ARN or name of a parameter of Parameter Store.
    pub value_from: String,
}

/// A command that tells whether a container is healthy
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HealthCheck {
    /// `CMD` and the words of a command, or `CMD-SHELL` and one line for the shell; empty for no check.
    pub command: Vec<String>,
    /// Seconds between two runs: 5 to 300.
    pub interval: i64,
    /// Seconds after which a run has failed: 2 to 60.
    pub timeout: i64,
    /// Failures in a row that make it unhealthy: 1 to 10.
    pub retries: i64,
    /// Seconds after the start in which failures do not count: 0 to 300.
    pub start_period: i64,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self { command: Vec::new(), interval: 30, timeout: 5, retries: 3, start_period: 0 }
    }
}

impl HealthCheck {
    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        !self.command.is_empty()
    }

    fn is_standard(&self) -> bool {
        *self == Self::default()
    }
}

/// A container that has to be in a condition before another starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dependency {
    /// Its name.
    pub container: String,
    /// The condition.
    pub condition: Condition,
}

/// What a container waits for
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Condition {
    /// That the other has started.
    #[default]
    Start,
    /// That it has ended.
    Complete,
    /// That it has ended well.
    Success,
    /// That it is healthy.
    Healthy,
}

impl Condition {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Complete => "COMPLETE",
            Self::Success => "SUCCESS",
            Self::Healthy => "HEALTHY",
        }
    }
}
