//! An ECS service: keeps a number of tasks running, deploys new versions of them, scales them.

mod checks;
mod fields;
pub mod links;
mod lower;
mod scaling;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cluster::ECS_NAME;
use crate::spec::{Family, KindSpec, KindWork, Shape};
use crate::{Kind, Node, Phrase, Props, Typed};

/// The properties of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Service {
    /// What its tasks run on.
    pub launch: Launch,
    /// The version of Fargate.
    pub platform_version: Platform,
    /// How many tasks are kept running: 0 to 5,000.
    pub desired_count: i64,
    /// Whether its tasks are placed in private subnets: without a route to the internet, or with one through NAT alone.
    pub private_subnets: bool,
    /// Whether each task gets a public address.
    pub assign_public_ip: bool,
    /// How a new version takes the place of the old one.
    pub deployment: Deployment,
    /// Seconds after its start in which a task's failing health checks do not count; `None` is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<i64>,
    /// Whether tasks are moved so that the zones carry equally many.
    pub zone_rebalancing: bool,
    /// How the number of tasks follows the load.
    pub scaling: Scaling,
    /// Whether one may open a shell in its containers (ECS Exec).
    pub enable_execute_command: bool,
    /// Whose tags the tasks get.
    pub propagate_tags: PropagateTags,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            launch: Launch::Fargate,
            platform_version: Platform::Latest,
            desired_count: 2,
            private_subnets: false,
            assign_public_ip: true,
            deployment: Deployment::default(),
            health_check_grace_period_seconds: None,
            zone_rebalancing: true,
            scaling: Scaling::default(),
            enable_execute_command: false,
            propagate_tags: PropagateTags::Service,
        }
    }
}

/// What tasks run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Launch {
    /// Fargate on demand.
    #[default]
    Fargate,
    /// Fargate Spot, which AWS may take back with two minutes' notice
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>).
    Spot,
}

/// A version of Fargate for Linux
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Platform {
    /// The newest.
    #[default]
    #[serde(rename = "LATEST")]
    Latest,
    /// 1.4.0.
    #[serde(rename = "1.4.0")]
    V1_4,
}

/// Whose tags tasks get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PropagateTags {
    /// Nobody's.
    None,
    /// The service's.
    #[default]
    Service,
    /// The task definition's.
    TaskDefinition,
}

/// The rolling update
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html>).
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
}

impl Default for Deployment {
    fn default() -> Self {
        Self { minimum_healthy_percent: 100, maximum_percent: 200, circuit_breaker: true, rollback: true }
    }
}

impl Deployment {
    /// How many of `desired` tasks have to keep running, and how many may run, while a new version comes up.
    pub fn limits(&self, desired: i64) -> (i64, i64) {
        let share = |percent: i64| desired.max(0).saturating_mul(percent.max(0));
        (share(self.minimum_healthy_percent).saturating_add(99) / 100, share(self.maximum_percent) / 100)
    }
}

/// Target tracking
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
        }
    }
}

impl Scaling {
    /// Whether anything tells when to scale.
    pub fn has_target(&self) -> bool {
        self.target_cpu.is_some() || self.target_memory.is_some() || self.target_requests.is_some()
    }
}

/// Percent of CPU that is aimed at where nothing was chosen yet.
pub(super) const USUAL_CPU: i64 = 60;

fn settle(node: &Node, path: &str) -> Vec<(String, Value)> {
    let Some(service) = Service::of(&node.props) else { return Vec::new() };
    match path {
        // In a public subnet only a public address leads out, in a private one it leads nowhere.
        "privateSubnets" => vec![("assignPublicIp".into(), (!service.private_subnets).into())],
        "scaling.enabled" if service.scaling.enabled => {
            let mut follows = Vec::new();
            if !service.scaling.has_target() {
                follows.push(("scaling.targetCpu".into(), USUAL_CPU.into()));
            }
            if service.scaling.min <= service.scaling.max {
                let within = service.desired_count.clamp(service.scaling.min, service.scaling.max);
                follows.push(("desiredCount".into(), within.into()));
            }
            follows
        }
        _ => Vec::new(),
    }
}

fn summary(node: &Node) -> Vec<Phrase> {
    let Some(service) = Service::of(&node.props) else { return Vec::new() };
    let scaling = &service.scaling;
    let tasks = if scaling.enabled && scaling.min != scaling.max {
        Phrase::new("summary.service.range").with("min", scaling.min.to_string()).with("max", scaling.max.to_string())
    } else {
        Phrase::counted("summary.service.tasks", service.desired_count)
    };
    let mut phrases = vec![tasks];
    if service.launch == Launch::Spot {
        phrases.push(Phrase::plain("Fargate Spot"));
    }
    phrases
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Service,
    key: "service",
    id_prefix: "service",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
    name_rule: ECS_NAME,
    fields: fields::FIELDS,
    lies_in: &[Kind::Cluster],
    links: &[&links::RUNS],
    new: || Props::Service(Box::default()),
    read: |json| Ok(Props::Service(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| summary(node),
    settle,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
