//! A container of a task definition
//! (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>).

use serde::{Deserialize, Serialize};

use super::network::Port;
use super::volume::Mount;

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
    /// What happens while logs cannot be delivered; `None` is the account's own setting, else not to block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_mode: Option<LogMode>,
    /// MiB of logs that wait for delivery where they do not block; `None` is 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_buffer: Option<i64>,
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
    /// Where it sees the volumes of the task.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mount_points: Vec<Mount>,
    /// Limits of the operating system.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ulimits: Vec<Ulimit>,
    /// Whether a small process of Docker's runs first, hands on signals and clears away ended processes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub init_process: bool,
    /// Seconds that those which wait for it give it; 2 to 120 on Fargate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_timeout: Option<i64>,
    /// Seconds that it has to end by itself; 2 to 120 on Fargate, `None` is 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_timeout: Option<i64>,
    /// Labels of the container in Docker.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub docker_labels: Vec<Variable>,
    /// ARN of the secret with user name and password of a private registry that is not Amazon's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repository_credentials: String,
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
            log_mode: None,
            log_buffer: None,
            cpu: None,
            memory: None,
            memory_reservation: None,
            user: String::new(),
            readonly_root_filesystem: false,
            mount_points: Vec::new(),
            ulimits: Vec::new(),
            init_process: false,
            start_timeout: None,
            stop_timeout: None,
            docker_labels: Vec::new(),
            repository_credentials: String::new(),
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
    /// The key within a secret that holds JSON; empty for the whole of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub json_key: String,
    /// The stage of the secret's version (`AWSPREVIOUS`); empty for the current one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version_stage: String,
    /// The id of the secret's version; empty for the current one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version_id: String,
    /// ARN of the KMS key that it is encrypted with; empty for AWS's own, which needs no permission.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kms_key: String,
}

impl Secret {
    /// What ECS is told: the source, with key, stage and version of a secret behind its ARN
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>).
    pub fn source(&self) -> String {
        let from = self.value_from.trim();
        let parts = [&self.json_key, &self.version_stage, &self.version_id].map(|part| part.trim());
        let is_bare_secret = from.contains(":secretsmanager:") && from.split(':').count() == 7;
        if is_bare_secret && parts.iter().any(|part| !part.is_empty()) {
            return format!("{from}:{}", parts.join(":"));
        }
        from.to_owned()
    }
}

/// What happens to a container while its logs cannot be delivered
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogMode {
    /// It goes on; what does not fit into the buffer is lost.
    NonBlocking,
    /// It waits whenever it writes.
    Blocking,
}

impl LogMode {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NonBlocking => "non-blocking",
            Self::Blocking => "blocking",
        }
    }
}

/// A limit of the operating system
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ulimit {
    /// What is limited (`nofile`: open files).
    pub name: String,
    /// What holds until the container asks for more.
    pub soft_limit: i64,
    /// The most that it can ask for.
    pub hard_limit: i64,
}

impl Default for Ulimit {
    fn default() -> Self {
        Self { name: "nofile".to_owned(), soft_limit: 65_535, hard_limit: 65_535 }
    }
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
