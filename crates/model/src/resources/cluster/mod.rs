//! An ECS cluster: what services run in, and what capacity they may ask for. A group on the canvas.

mod checks;
mod fields;
mod lower;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::service::{Launch, Service};
use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Kind, Phrase, Props, Typed};

pub(in crate::resources) use lower::cluster_of;

/// The properties of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Cluster {
    /// Whether services may ask for Fargate Spot: spare capacity at a lower price, which AWS may take back.
    pub spot: bool,
    /// What CloudWatch records about the cluster, its services and tasks.
    pub container_insights: Insights,
}

impl Default for Cluster {
    fn default() -> Self {
        Self { spot: true, container_insights: Insights::Disabled }
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
    summary: |design, node| {
        let spot = |service: &Service| service.launch == Launch::Spot;
        let any_spot = design.children(&node.id).filter_map(|child| Service::of(&child.props)).any(spot);
        vec![Phrase::new(if any_spot { "summary.cluster.spot" } else { "summary.cluster.fargate" })]
    },
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
