//! What the kind of AWS account does not allow a design as a whole.

use crate::Design;
use crate::account::LAB_REGIONS;
use crate::edit::{Edit, Target};
use crate::finding::{Check, Findings, Severity};

/// A Learner Lab works in two regions alone.
static REGION: Check =
    Check { code: "LAB001", severity: Severity::Error, aws: "", doc: "https://aws.amazon.com/training/awsacademy/" };

/// The checks of this file.
pub(super) static CHECKS: &[&Check] = &[&REGION];

/// Reports what belongs to no node and no link.
pub(super) fn check(design: &Design, out: &mut Findings) {
    if design.is_learner_lab() && !LAB_REGIONS.contains(&design.region()) {
        let fix = Edit::set(Target::Design, "region", LAB_REGIONS[0]);
        out.report(&REGION, Target::Design).at("region").with("region", design.region()).fix(fix);
    }
}
