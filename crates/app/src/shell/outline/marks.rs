//! The worst finding of each element, and how many it has.

use std::collections::HashMap;

use trazo_model::{Found, Severity, Target};

/// Worst severity and number of findings.
pub(super) type Marks = HashMap<Target, (Severity, usize)>;

/// Of each element that has any.
pub(super) fn marks(findings: &[Found]) -> Marks {
    let mut marks = Marks::new();
    for finding in findings {
        let mark = marks.entry(finding.target.clone()).or_insert((finding.severity, 0));
        mark.0 = mark.0.min(finding.severity);
        mark.1 += 1;
    }
    marks
}
