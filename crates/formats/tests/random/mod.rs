//! Random designs without errors, drawn by what the tables of kinds, links and fields allow.
//!
//! Nothing here names a kind but [`words`], which knows texts that AWS takes for fields whose rule cannot say it. A kind,
//! link or field that is added is drawn from then on.

#![allow(dead_code, reason = "the test and the exporter each use a part")]

pub(crate) mod cover;
mod dice;
mod draw;
mod fill;
mod mend;
mod names;
mod values;
mod words;

use dice::Dice;
use proptest::prelude::*;
use trazo_model::{Design, Finding, Severity, check, lower};

/// What a design is drawn from. Less of it gives a smaller design, so a failing one is cut down to what matters.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Each adds a node, or a link to what it needs.
    pub(crate) steps: Vec<u64>,
    /// What values are drawn with.
    pub(crate) values: u64,
    /// How many of a hundred fields are set.
    pub(crate) density: u8,
}

/// Any plan.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let density = prop_oneof![Just(8_u8), Just(30), Just(75)];
    (proptest::collection::vec(any::<u64>(), 1..16), any::<u64>(), density).prop_map(|(steps, values, density)| Plan {
        steps,
        values,
        density,
    })
}

/// The errors of a design.
pub(crate) fn errors(design: &Design) -> Vec<Finding> {
    check(design).into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

impl Plan {
    /// The design; `None` where what was drawn could not be mended, or comes to nothing on AWS.
    pub(crate) fn design(&self) -> Option<Design> {
        let mut dice = Dice::new(self.values);
        let mut design = draw::design(&self.steps, &mut dice);
        mend::complete(&mut design, &mut dice);
        mend::drop_offenders(&mut design);
        fill::all(&mut design, &mut dice, u64::from(self.density));
        mend::drop_offenders(&mut design);
        (errors(&design).is_empty() && !lower(&design).resources.is_empty()).then_some(design)
    }
}
