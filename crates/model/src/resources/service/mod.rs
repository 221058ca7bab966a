//! Not written yet.

pub mod links;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Service {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Service,
    key: "service",
    id_prefix: "service",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[Kind::Cluster],
    links: &[&links::RUNS],
    checks: &[],
    new: || Props::Service(Box::default()),
    read: |json| Ok(Props::Service(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
