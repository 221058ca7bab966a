//! What tasks can run on, and how they are shared out over it
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html>).

use serde::{Deserialize, Serialize};
use trazo_stack::{Origin, Value, list, map, reference};

use super::Cluster;
use crate::field::{Control, Field};
use crate::{Lowering, Node, NodeId, Typed};

/// A capacity provider that a cluster may offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provider {
    /// Fargate on demand.
    #[default]
    Fargate,
    /// Fargate on spare capacity.
    FargateSpot,
    /// The cluster's own instances.
    #[serde(rename = "EC2")]
    Ec2,
}

impl Provider {
    /// As manifests write it, and AWS as well but for the cluster's own instances.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fargate => "FARGATE",
            Self::FargateSpot => "FARGATE_SPOT",
            Self::Ec2 => "EC2",
        }
    }
}

/// One entry of a capacity provider strategy
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Share {
    /// What tasks run on.
    pub provider: Provider,
    /// Its share of the tasks beyond all bases, in relation to the weights of the others: 0 to 1000.
    pub weight: i64,
    /// How many tasks it gets before weights count: 0 to 100,000.
    pub base: i64,
}

impl Default for Share {
    fn default() -> Self {
        Self { provider: Provider::Fargate, weight: 1, base: 0 }
    }
}

const SHARE: &[Field] = &[
    Field::new("provider", Control::Choice(&["FARGATE", "FARGATE_SPOT", "EC2"])),
    Field::new("weight", Control::Number { min: 0, max: 1000, step: 1 }),
    Field::new("base", Control::Number { min: 0, max: 100_000, step: 1 }).unit("tasks"),
];

/// How a strategy is edited, in clusters and services alike.
pub(in crate::resources) const STRATEGY: Control =
    Control::Records { fields: SHARE, new: "{}", title: &["provider", "weight"] };

/// What AWS refuses in a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resources) enum Wrong {
    /// No provider has a weight.
    NoWeight,
    /// The provider at this position is the second that has a base.
    TwoBases(usize),
    /// The provider at this position is there already.
    Twice(usize),
    /// Fargate stands beside instances.
    Mixed(usize),
}

/// All that AWS refuses in a strategy.
pub(in crate::resources) fn wrongs(shares: &[Share]) -> Vec<Wrong> {
    let mut found = Vec::new();
    if !shares.is_empty() && shares.iter().all(|share| share.weight <= 0) {
        found.push(Wrong::NoWeight);
    }
    for (at, share) in shares.iter().enumerate() {
        let before = || shares.iter().take(at);
        if before().any(|other| other.provider == share.provider) {
            found.push(Wrong::Twice(at));
        }
        if share.base > 0 && before().any(|other| other.base > 0) {
            found.push(Wrong::TwoBases(at));
        }
        let own = |share: &Share| share.provider == Provider::Ec2;
        if shares.first().is_some_and(|first| own(first) != own(share)) {
            found.push(Wrong::Mixed(at));
        }
    }
    found
}

impl Cluster {
    /// Whether services may ask for `provider`.
    pub fn offers(&self, provider: Provider) -> bool {
        match provider {
            Provider::Fargate => true,
            Provider::FargateSpot => self.spot,
            Provider::Ec2 => self.ec2.enabled,
        }
    }
}

/// The cluster that a service lies in.
pub(in crate::resources) fn cluster_around<'a>(
    design: &'a crate::Design,
    service: &NodeId,
) -> Option<(&'a Node, &'a Cluster)> {
    let node = design.ancestor(service, crate::Kind::Cluster)?;
    Some((node, Cluster::of(&node.props)?))
}

/// What names a provider in a strategy: of the cluster's own instances the resource that stands for them.
fn name_of(low: &Lowering<'_>, cluster: Option<&NodeId>, provider: Provider) -> Value {
    match (provider, cluster) {
        (Provider::Ec2, Some(cluster)) if low.design.get::<Cluster>(cluster).is_some_and(|(_, own)| own.ec2.enabled) => {
            reference(low.id(cluster, "CapacityProvider"))
        }
        (other, _) => other.word().into(),
    }
}

/// A strategy as AWS takes it, each entry from its own place in the list `field`.
pub(in crate::resources) fn strategy(
    low: &Lowering<'_>,
    cluster: Option<&NodeId>,
    shares: &[Share],
    origin: &Origin,
    field: &str,
) -> Value {
    list(shares.iter().enumerate().map(|(at, share)| {
        let from = |key: &str, value: Value| value.from_origin(origin.field(format!("{field}.{at}.{key}")));
        let name = from("provider", name_of(low, cluster, share.provider));
        let weight = from("weight", share.weight.into());
        let entry = if share.base > 0 {
            map([("CapacityProvider", name), ("Weight", weight), ("Base", from("base", share.base.into()))])
        } else {
            map([("CapacityProvider", name), ("Weight", weight)])
        };
        entry.from_origin(origin.field(format!("{field}.{at}")))
    }))
}
