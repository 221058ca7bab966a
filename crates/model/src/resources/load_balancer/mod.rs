//! Not written yet.

pub mod links;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancer {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::LoadBalancer,
    key: "load_balancer",
    id_prefix: "alb",
    family: Family::Network,
    shape: Shape::Card,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[Kind::Vpc],
    links: &[&links::FORWARD],
    checks: &[],
    new: || Props::LoadBalancer(Box::default()),
    read: |json| Ok(Props::LoadBalancer(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
