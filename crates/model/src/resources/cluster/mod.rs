//! An ECS cluster: what services run in, and what capacity they may ask for. A group on the canvas.

mod capacity;
mod checks;
mod ec2;
mod fields;
mod instances;
mod lower;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::service::Service;
use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Design, Kind, Node, Phrase, Props, Typed};

pub use capacity::{Provider, Share};
pub(in crate::resources) use capacity::{STRATEGY, Wrong, cluster_around, strategy, wrongs};
pub(in crate::resources) use ec2::fitting_type;
pub use ec2::{Ec2, Image, InstanceSize, instance_size};
pub(in crate::resources) use instances::instances_group;
pub(in crate::resources) use lower::{cluster_of, exec_log_of, namespace_of, services_wait_for};

/// The properties of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Cluster {
    /// Whether services may ask for Fargate Spot: spare capacity at a lower price, which AWS may take back.
    pub spot: bool,
    /// What CloudWatch records about the cluster, its services and tasks.
    pub container_insights: Insights,
    /// What services run on that do not say it themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub default_strategy: Vec<Share>,
    /// Instances of its own.
    #[serde(skip_serializing_if = "Ec2::is_standard")]
    pub ec2: Ec2,
    /// The namespace of Service Connect; empty for one of the cluster's own name where it is needed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Where sessions of ECS Exec are recorded; `None` is each task's own log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exec_log: Option<ExecLog>,
}

/// Where sessions of ECS Exec are recorded
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExecLog {
    /// In the log of the task's own containers.
    TaskLog,
    /// In a log group for all sessions of the cluster.
    OwnLog,
    /// Nowhere.
    NoLog,
}

impl Cluster {
    /// The name of the namespace that its services find each other in.
    pub fn namespace_name<'a>(&'a self, node: &'a Node) -> &'a str {
        if self.namespace.is_empty() { &node.name } else { &self.namespace }
    }
}

impl Default for Cluster {
    fn default() -> Self {
        Self {
            spot: true,
            container_insights: Insights::Disabled,
            default_strategy: Vec::new(),
            ec2: Ec2::default(),
            namespace: String::new(),
            exec_log: None,
        }
    }
}

/// CloudWatch Container Insights
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Insights {
    /// Nothing beyond the metrics that come free.
    #[default]
    Disabled,
    /// Metrics of cluster and services, at a price for each metric.
    Enabled,
    /// Metrics down to tasks and containers, at a price for each observation.
    Enhanced,
}

impl Insights {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Enabled => "enabled",
            Self::Enhanced => "enhanced",
        }
    }
}

/// What ECS takes as the name of a cluster, a service, a family or a container: up to 255 letters, digits, `_` and `-`
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html>).
pub(in crate::resources) const ECS_NAME: TextRule =
    TextRule::new(1, 255, "ecs_name", |text| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Cluster,
    key: "cluster",
    id_prefix: "cluster",
    family: Family::Compute,
    shape: Shape::Group,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html",
    name_rule: ECS_NAME,
    fields: fields::FIELDS,
    lies_in: &[Kind::Vpc],
    links: &[],
    new: || Props::Cluster(Box::default()),
    read: |json| Ok(Props::Cluster(serde::Deserialize::deserialize(json)?)),
    summary,
    settle: settles_nothing,
};

/// What its services run on.
fn summary(design: &Design, node: &Node) -> Vec<Phrase> {
    let Some(cluster) = Cluster::of(&node.props) else { return Vec::new() };
    let services = || design.children(&node.id).filter_map(|child| Service::of(&child.props));
    let any = |provider| services().any(|service| service.providers(Some(cluster)).contains(&provider));
    let spot = any(Provider::FargateSpot);
    let fargate = any(Provider::Fargate) || !cluster.ec2.enabled;
    let mut phrases = Vec::new();
    match (fargate, spot) {
        (true, true) => phrases.push(Phrase::new("summary.cluster.spot")),
        (true, false) => phrases.push(Phrase::new("summary.cluster.fargate")),
        (false, true) => phrases.push(Phrase::plain("Fargate Spot")),
        (false, false) => {}
    }
    if cluster.ec2.enabled {
        let Ec2 { instance_type, min, max, .. } = &cluster.ec2;
        phrases.push(Phrase::plain(format!("{min}–{max} × {instance_type}")));
    }
    phrases
}

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
