//! Not written yet.


use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Role {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Role,
    key: "role",
    id_prefix: "role",
    family: Family::Security,
    shape: Shape::Card,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[],
    links: &[],
    checks: &[],
    new: || Props::Role(Box::default()),
    read: |json| Ok(Props::Role(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
