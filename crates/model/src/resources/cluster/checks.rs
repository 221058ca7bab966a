//! What can be wrong with a cluster.

mod instances;
mod strategy;

use super::Cluster;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Kind, Node, Typed};

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// No service runs in it.
static EMPTY: Check = Check {
    code: "CLU001",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
};

pub(super) static CHECKS: &[&Check] = &[
    &EMPTY,
    &instances::MIN_MAX,
    &instances::DESIRED,
    &instances::NO_NAT,
    &instances::NO_PRIVATE,
    &instances::IDLE,
    &strategy::NO_WEIGHT,
    &strategy::TWO_BASES,
    &strategy::MIXED,
    &strategy::TWICE,
    &strategy::NOT_OFFERED,
    &instances::LAB_TYPE,
    &instances::LAB_COUNT,
    &instances::PROTECTED,
    &instances::NONE,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    if !design.children(&node.id).any(|child| child.kind() == Kind::Service) {
        out.report(&EMPTY, &node.id);
    }
    let Some(cluster) = Cluster::of(&node.props) else { return };
    strategy::check(node, cluster, out);
    if cluster.ec2.enabled {
        instances::check(design, node, cluster, out);
    }
}
