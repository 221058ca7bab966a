//! How the number of tasks follows the load and the clock
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html>).

use serde::{Deserialize, Serialize};

/// Target tracking, steps and schedules, and the limits of all
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Scaling {
    /// Whether the number of tasks follows the load.
    pub enabled: bool,
    /// The fewest tasks.
    pub min: i64,
    /// The most tasks.
    pub max: i64,
    /// Percent of the reserved CPU that is aimed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_cpu: Option<i64>,
    /// Percent of the reserved memory that is aimed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_memory: Option<i64>,
    /// Requests per task and minute that are aimed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_requests: Option<i64>,
    /// Seconds between two reductions.
    pub scale_in_cooldown: i64,
    /// Seconds between two increases.
    pub scale_out_cooldown: i64,
    /// Policies that add or remove tasks when an alarm rings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepPolicy>,
    /// Limits that change by the clock.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
}

impl Default for Scaling {
    fn default() -> Self {
        Self {
            enabled: false,
            min: 2,
            max: 6,
            target_cpu: None,
            target_memory: None,
            target_requests: None,
            scale_in_cooldown: 300,
            scale_out_cooldown: 60,
            steps: Vec::new(),
            schedules: Vec::new(),
        }
    }
}

impl Scaling {
    /// Whether anything tells when to scale.
    pub fn has_target(&self) -> bool {
        let tracks = self.target_cpu.is_some() || self.target_memory.is_some() || self.target_requests.is_some();
        tracks || !self.steps.is_empty() || !self.schedules.is_empty()
    }
}

/// A policy of step scaling and the alarm that calls it
/// (<https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StepPolicy {
    /// What is measured, averaged over the tasks.
    pub metric: Metric,
    /// On which side of the threshold the alarm rings.
    pub when: Direction,
    /// Percent.
    pub threshold: i64,
    /// Minutes in a row that have to be beyond the threshold: 1 to 1440.
    pub minutes: i64,
    /// Seconds after a change in which no other follows.
    pub cooldown: i64,
    /// What the numbers of the steps mean.
    pub adjustment: Adjustment,
    /// What is done how far beyond the threshold.
    pub steps: Vec<Step>,
}

impl Default for StepPolicy {
    fn default() -> Self {
        Self {
            metric: Metric::Cpu,
            when: Direction::Above,
            threshold: 70,
            minutes: 3,
            cooldown: 60,
            adjustment: Adjustment::ChangeInCapacity,
            steps: Vec::new(),
        }
    }
}

/// What an alarm measures
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// Use of the reserved CPU.
    #[default]
    Cpu,
    /// Use of the reserved memory.
    Memory,
}

impl Metric {
    /// The name of the metric in CloudWatch.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "CPUUtilization",
            Self::Memory => "MemoryUtilization",
        }
    }
}

/// A side of a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// At it or above.
    #[default]
    Above,
    /// At it or below.
    Below,
}

/// What the number of a step means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adjustment {
    /// So many tasks more or fewer.
    #[default]
    ChangeInCapacity,
    /// So many percent more or fewer.
    PercentChangeInCapacity,
    /// So many tasks.
    ExactCapacity,
}

impl Adjustment {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChangeInCapacity => "ChangeInCapacity",
            Self::PercentChangeInCapacity => "PercentChangeInCapacity",
            Self::ExactCapacity => "ExactCapacity",
        }
    }
}

/// A step: between two distances from the threshold, how the number of tasks changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// Where it begins, measured from the threshold; `None` is as far down as it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<i64>,
    /// Where it ends, measured from the threshold; `None` is as far up as it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<i64>,
    /// Tasks or percent, more or fewer.
    pub change: i64,
}

impl Default for Step {
    fn default() -> Self {
        Self { lower: None, upper: None, change: 1 }
    }
}

impl Step {
    /// Its ends; what is open reaches as far as numbers do.
    pub fn ends(&self) -> (i64, i64) {
        (self.lower.unwrap_or(i64::MIN), self.upper.unwrap_or(i64::MAX))
    }
}

/// New limits at certain times
/// (<https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// Its name, unique in the service.
    pub name: String,
    /// `cron(…)`, `rate(…)` or `at(…)`.
    pub when: String,
    /// The time zone that it means; empty for UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub timezone: String,
    /// The fewest tasks from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most tasks from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}
