//! Not written yet.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// What it carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Integration {}

pub(in crate::resources) static INTEGRATION: LinkSpec = LinkSpec {
    kind: LinkKind::Integration,
    key: "http_api-load_balancer",
    from: Kind::HttpApi,
    to: Kind::LoadBalancer,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    checks: &[],
    new: || LinkProps::Integration(Box::default()),
    read: |json| Ok(LinkProps::Integration(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
    check: checks_nothing,
};
