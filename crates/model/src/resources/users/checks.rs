//! What can be wrong with users.

use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node};

/// They come in nowhere.
static NOWHERE: Check = Check { code: "USR001", severity: Severity::Hint, aws: "", doc: "" };

pub(super) static CHECKS: &[&Check] = &[&NOWHERE];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    if design.links_from(&node.id).next().is_none() {
        out.report(&NOWHERE, &node.id);
    }
}
