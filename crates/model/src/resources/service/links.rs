//! What a service runs.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, LinkWork, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// A service runs copies of a task definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {}

pub(in crate::resources) static RUNS: LinkSpec = LinkSpec {
    kind: LinkKind::Runs,
    key: "service-task_definition",
    from: Kind::Service,
    to: Kind::TaskDefinition,
    max_out: 1,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
    fields: &[],
    new: || LinkProps::Runs(Box::default()),
    read: |json| Ok(LinkProps::Runs(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static RUNS_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};
