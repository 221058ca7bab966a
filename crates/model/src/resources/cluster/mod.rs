//! Not written yet.


use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Cluster {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Cluster,
    key: "cluster",
    id_prefix: "cluster",
    family: Family::Compute,
    shape: Shape::Group,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[Kind::Vpc],
    links: &[],
    checks: &[],
    new: || Props::Cluster(Box::default()),
    read: |json| Ok(Props::Cluster(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
