//! An ECS service: keeps a number of tasks running, deploys new versions of them, scales them.

mod checks;
mod connect;
mod deployment;
mod fields;
pub mod links;
mod lower;
mod placement;
mod scaling;
mod schedule;
mod zones;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cluster::{Cluster, ECS_NAME, Provider, Share, cluster_around};
use super::task_definition::{NetworkMode, TaskDefinition};
use crate::spec::{Family, KindSpec, KindWork, Shape};
use crate::{Design, Kind, Node, NodeId, Phrase, Props, Typed};

pub(in crate::resources) use connect::port_names;
pub use deployment::{Deployment, Strategy};
pub(in crate::resources) use lower::shifts_traffic;
pub use placement::{Constraint, ConstraintType, Spread, SpreadType};
pub use scaling::{Adjustment, Direction, Metric, Scaling, Schedule, Step, StepPolicy};

/// The properties of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Service {
    /// What its tasks run on.
    pub launch: Launch,
    /// What its tasks run on where that is shared out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strategy: Vec<Share>,
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
    /// Whether its tasks also get tags that tell their cluster and service.
    #[serde(skip_serializing_if = "is_off")]
    pub managed_tags: bool,
    /// Whether there is exactly one task on each instance, instead of a number of tasks.
    #[serde(skip_serializing_if = "is_off")]
    pub daemon: bool,
    /// How tasks are chosen places on instances, the first first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub placement: Vec<Spread>,
    /// Which instances may take its tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Whether what the proxies of Service Connect write goes to CloudWatch Logs.
    #[serde(skip_serializing_if = "is_off")]
    pub connect_logs: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_off(flag: &bool) -> bool {
    !flag
}

impl Default for Service {
    fn default() -> Self {
        Self {
            launch: Launch::Fargate,
            strategy: Vec::new(),
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
            managed_tags: false,
            daemon: false,
            placement: Vec::new(),
            constraints: Vec::new(),
            connect_logs: false,
        }
    }
}

/// What tasks run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Launch {
    /// Fargate on demand.
    #[default]
    Fargate,
    /// Fargate Spot, which AWS may take back with two minutes' notice
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html>).
    Spot,
    /// The instances of the cluster
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html>).
    Ec2,
    /// Several, in shares.
    Strategy,
    /// What the cluster says for services that say nothing.
    ClusterDefault,
}

impl Service {
    /// What its tasks may run on, in a cluster or in none.
    pub fn providers(&self, cluster: Option<&Cluster>) -> Vec<Provider> {
        let of = |shares: &[Share]| shares.iter().map(|share| share.provider).collect();
        match self.launch {
            Launch::Fargate => vec![Provider::Fargate],
            Launch::Spot => vec![Provider::FargateSpot],
            Launch::Ec2 => vec![Provider::Ec2],
            Launch::Strategy => of(&self.strategy),
            Launch::ClusterDefault => cluster.map_or_else(Vec::new, |cluster| of(&cluster.default_strategy)),
        }
    }

    /// Whether its tasks run on instances.
    pub fn is_on_instances(&self, cluster: Option<&Cluster>) -> bool {
        self.providers(cluster).contains(&Provider::Ec2)
    }
}

/// How the tasks of a service reach the network.
pub(in crate::resources) fn mode_of(design: &Design, service: &NodeId) -> NetworkMode {
    design.targets::<TaskDefinition>(service).next().map_or(NetworkMode::Awsvpc, |(_, _, task)| task.mode())
}

/// Whether the tasks of a service run on instances of its cluster.
pub(in crate::resources) fn runs_on_instances(design: &Design, service: &NodeId) -> bool {
    let cluster = cluster_around(design, service).map(|(_, cluster)| cluster);
    design.get::<Service>(service).is_some_and(|(_, service)| service.is_on_instances(cluster))
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

/// Percent of CPU that is aimed at where nothing was chosen yet.
pub(super) const USUAL_CPU: i64 = 60;

/// Whether a container of the tasks of a service has a health check: to its failures too the grace period applies
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html>).
fn has_health_checks(design: &Design, service: &NodeId) -> bool {
    let mut tasks = design.targets::<TaskDefinition>(service);
    tasks.any(|(_, _, task)| task.containers.iter().any(|container| !container.health_check.command.is_empty()))
}

fn settle(node: &Node, path: &str) -> Vec<(String, Value)> {
    let Some(service) = Service::of(&node.props) else { return Vec::new() };
    match path {
        // In a public subnet only a public address leads out, in a private one it leads nowhere.
        "privateSubnets" => {
            let needed = !service.private_subnets && service.launch != Launch::Ec2;
            vec![("assignPublicIp".into(), needed.into())]
        }
        // Only tasks of Fargate are given public addresses.
        "launch" => vec![("assignPublicIp".into(), (service.launch != Launch::Ec2 && !service.private_subnets).into())],
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
    let tasks = if service.daemon { Phrase::new("summary.service.daemon") } else { tasks };
    let mut phrases = vec![tasks];
    match service.launch {
        Launch::Fargate => {}
        Launch::Spot => phrases.push(Phrase::plain("Fargate Spot")),
        Launch::Ec2 => phrases.push(Phrase::plain("EC2")),
        Launch::Strategy => phrases.push(Phrase::new("summary.service.shared")),
        Launch::ClusterDefault => phrases.push(Phrase::new("summary.service.cluster")),
    }
    if service.deployment.shifts() {
        phrases.push(Phrase::new("summary.service.shifts"));
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
    links: &[&links::RUNS, &links::CONNECT],
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
