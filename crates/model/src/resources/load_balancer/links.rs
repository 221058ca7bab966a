//! Not written yet.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// What it carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Forward {}

pub(in crate::resources) static FORWARD: LinkSpec = LinkSpec {
    kind: LinkKind::Forward,
    key: "load_balancer-service",
    from: Kind::LoadBalancer,
    to: Kind::Service,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    checks: &[],
    new: || LinkProps::Forward(Box::default()),
    read: |json| Ok(LinkProps::Forward(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
    check: checks_nothing,
};
