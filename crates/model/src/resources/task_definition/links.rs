//! Not written yet.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// What it carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsesRole {}

pub(in crate::resources) static USES_ROLE: LinkSpec = LinkSpec {
    kind: LinkKind::UsesRole,
    key: "task_definition-role",
    from: Kind::TaskDefinition,
    to: Kind::Role,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    checks: &[],
    new: || LinkProps::UsesRole(Box::default()),
    read: |json| Ok(LinkProps::UsesRole(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
    check: checks_nothing,
};
