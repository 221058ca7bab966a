//! Not written yet.


use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Vpc {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Vpc,
    key: "vpc",
    id_prefix: "vpc",
    family: Family::Network,
    shape: Shape::Group,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[],
    links: &[],
    checks: &[],
    new: || Props::Vpc(Box::default()),
    read: |json| Ok(Props::Vpc(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
