//! Checking a design: all that its kinds' checks and the field tables find.

mod account;
mod fields;

use crate::edit::Target;
use crate::finding::{Check, Finding, Findings};
use crate::{Design, Kind, LinkKind};

pub use fields::{CHECKS as FIELD_CHECKS, problem};

/// Everything that is wrong with a design, errors first, then in the order of the document.
pub fn check(design: &Design) -> Vec<Finding> {
    let mut out = Findings::default();
    account::check(design, &mut out);
    for node in design.nodes() {
        let spec = node.kind().spec();
        let target = Target::from(&node.id);
        fields::check_name(design, node, &mut out);
        fields::check(design, &target, spec.fields, &node.props.to_json(), &mut out);
        (node.kind().work().check)(design, node, &mut out);
    }
    for link in design.links() {
        let spec = link.kind().spec();
        let target = Target::from(&link.id);
        fields::check(design, &target, spec.fields, &link.props.to_json(), &mut out);
        (link.kind().work().check)(design, link, &mut out);
    }
    out.into_sorted()
}

/// All checks that there are, by code.
pub fn all_checks() -> Vec<&'static Check> {
    let mut all: Vec<&'static Check> = FIELD_CHECKS.to_vec();
    all.extend(account::CHECKS);
    for kind in Kind::ALL {
        all.extend(kind.work().checks);
    }
    for kind in LinkKind::ALL {
        all.extend(kind.work().checks);
    }
    crate::sort::sort_by_key(&mut all, |check| check.code);
    all
}
