//! Which instances take the tasks of a service
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html>).

use serde::{Deserialize, Serialize};

/// How instances are chosen among those that may take a task
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spread {
    /// The rule.
    #[serde(rename = "type")]
    pub kind: SpreadType,
    /// What it looks at: an attribute or `instanceId` to spread over, `cpu` or `memory` to fill; empty for nothing.
    pub field: String,
}

impl Default for Spread {
    fn default() -> Self {
        Self { kind: SpreadType::Spread, field: BY_ZONE.to_owned() }
    }
}

/// What spreads tasks over the availability zones.
pub(super) const BY_ZONE: &str = "attribute:ecs.availability-zone";

/// A rule by which instances are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpreadType {
    /// Evenly over what the field tells apart.
    #[default]
    Spread,
    /// The fullest that still has room, so that few instances do.
    Binpack,
    /// Any.
    Random,
}

impl SpreadType {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Spread => "spread",
            Self::Binpack => "binpack",
            Self::Random => "random",
        }
    }
}

impl Spread {
    /// Whether AWS takes the field with the rule.
    pub(super) fn is_sound(&self) -> bool {
        let field = self.field.as_str();
        match self.kind {
            SpreadType::Random => field.is_empty(),
            SpreadType::Binpack => field.eq_ignore_ascii_case("cpu") || field.eq_ignore_ascii_case("memory"),
            SpreadType::Spread => {
                field == "instanceId" || field == "host" || field.strip_prefix("attribute:").is_some_and(|a| !a.is_empty())
            }
        }
    }

    /// Whether it spreads over zones.
    pub(super) fn is_by_zone(&self) -> bool {
        self.kind == SpreadType::Spread && self.field == BY_ZONE
    }
}

/// A rule that an instance has to meet
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Constraint {
    /// The rule.
    #[serde(rename = "type")]
    pub kind: ConstraintType,
    /// In the language of cluster queries, what instances it means.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expression: String,
}

/// A rule for instances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConstraintType {
    /// No two tasks on one instance.
    #[default]
    DistinctInstance,
    /// Only instances that the expression means.
    MemberOf,
}

impl ConstraintType {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::DistinctInstance => "distinctInstance",
            Self::MemberOf => "memberOf",
        }
    }
}
