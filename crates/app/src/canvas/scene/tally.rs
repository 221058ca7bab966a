//! How many findings each element has, and how far its deployment has come.

use std::collections::HashMap;

use trazo_model::{Found, Severity, Target};

use crate::studio::{Deployed, Progress};

/// The findings of one element, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    errors: u32,
    warnings: u32,
    hints: u32,
    progress: Option<Progress>,
}

impl Tally {
    /// The worst severity and how often it occurs; `None` without findings.
    pub(super) fn worst(self) -> Option<(Severity, u32)> {
        [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Hint, self.hints)]
            .into_iter()
            .find(|(_, n)| *n > 0)
    }

    /// How far its deployment has come; `None` where it is no part of one.
    pub(super) fn progress(self) -> Option<Progress> {
        self.progress
    }

    /// Each severity that occurs, the worst first.
    pub(super) fn each(self) -> impl Iterator<Item = (Severity, u32)> {
        [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Hint, self.hints)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
    }
}

/// The tallies of all elements that have findings.
#[derive(Debug, Default)]
pub(super) struct Tallies(HashMap<Target, Tally>);

impl Tallies {
    pub(super) fn of(findings: &[Found], deployed: &Deployed) -> Self {
        let mut all: HashMap<Target, Tally> = HashMap::new();
        for finding in findings {
            let tally = all.entry(finding.target.clone()).or_default();
            match finding.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Hint => tally.hints += 1,
            }
        }
        for (target, progress) in &deployed.progress {
            all.entry(target.clone()).or_default().progress = Some(*progress);
        }
        Self(all)
    }

    pub(super) fn get(&self, target: &Target) -> Tally {
        self.0.get(target).copied().unwrap_or_default()
    }
}
