//! Not written yet.

pub mod links;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// Properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TaskDefinition {}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::TaskDefinition,
    key: "task_definition",
    id_prefix: "task",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "",
    name_rule: TextRule::some(32),
    fields: &[],
    lies_in: &[],
    links: &[&links::USES_ROLE],
    checks: &[],
    new: || Props::TaskDefinition(Box::default()),
    read: |json| Ok(Props::TaskDefinition(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
    check: |_, _, _| {},
    lower: lowers_nothing,
};
