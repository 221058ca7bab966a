//! What can be wrong with a cluster.

use crate::finding::{Check, Findings, Severity};
use crate::{Design, Kind, Node};

/// No service runs in it.
static EMPTY: Check = Check {
    code: "CLU001",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
};

pub(super) static CHECKS: &[&Check] = &[&EMPTY];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    if !design.children(&node.id).any(|child| child.kind() == Kind::Service) {
        out.report(&EMPTY, &node.id);
    }
}
