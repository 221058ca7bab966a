//! What can be wrong with step scaling.

use super::error;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::{Adjustment, Direction, Service, Step, StepPolicy};
use crate::{Design, Node};

const DOC: &str = "https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html";
const API: &str = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html";

/// An alarm rings, and nothing is done.
pub(super) static NO_STEPS: Check = error("SVC060", "", API);
/// Two steps hold for the same values.
pub(super) static OVERLAP: Check = error("SVC061", "", DOC);
/// No step holds for values between two others.
pub(super) static GAP: Check = error("SVC062", "", DOC);
/// No step reaches as far as values go.
pub(super) static NO_END: Check = error("SVC063", "", DOC);
/// A step ends before it begins.
pub(super) static EMPTY: Check = error("SVC064", "", API);
/// Tasks are removed when there is much to do, or added when there is little.
pub(super) static AGAINST: Check = Check { code: "SVC071", severity: Severity::Warning, aws: "", doc: DOC };

pub(super) fn check(_: &Design, node: &Node, service: &Service, out: &mut Findings) {
    if !service.scaling.enabled {
        return;
    }
    for (at, policy) in service.scaling.steps.iter().enumerate() {
        let field = format!("scaling.steps.{at}.steps");
        if policy.steps.is_empty() {
            let step = match policy.when {
                Direction::Above => serde_json::json!([{ "lower": 0, "change": 1 }]),
                Direction::Below => serde_json::json!([{ "upper": 0, "change": -1 }]),
            };
            out.report(&NO_STEPS, &node.id).at(field.clone()).fix(Edit::set(&node.id, field, step));
            continue;
        }
        check_policy(node, policy, &field, out);
    }
}

fn check_policy(node: &Node, policy: &StepPolicy, field: &str, out: &mut Findings) {
    let mut empty = false;
    for (at, step) in policy.steps.iter().enumerate() {
        let (lower, upper) = step.ends();
        if lower >= upper {
            empty = true;
            let finding = out.report(&EMPTY, &node.id);
            finding.at(format!("{field}.{at}.upper")).with("lower", lower).with("upper", upper);
        }
        let grows = policy.when == Direction::Above;
        if policy.adjustment != Adjustment::ExactCapacity && step.change != 0 && (step.change > 0) != grows {
            let here = format!("{field}.{at}.change");
            let fix = Edit::set(&node.id, here.clone(), -step.change);
            out.report(&AGAINST, &node.id).at(here).with("change", step.change).fix(fix);
        }
    }
    if !empty {
        check_cover(node, policy, field, out);
    }
}

/// In order, each step has to begin where the one before it ends, and those at the ends have to be open on the side to which
/// the alarm looks.
fn check_cover(node: &Node, policy: &StepPolicy, field: &str, out: &mut Findings) {
    let mut order: Vec<(usize, &Step)> = policy.steps.iter().enumerate().collect();
    crate::sort::sort_by_key(&mut order, |(_, step)| step.ends());
    for pair in order.windows(2) {
        let [(_, before), (at, after)] = pair else { continue };
        let (end, begin) = (before.ends().1, after.ends().0);
        let check = match end.cmp(&begin) {
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater => &OVERLAP,
            std::cmp::Ordering::Less => &GAP,
        };
        let here = format!("{field}.{at}.lower");
        let finding = out.report(check, &node.id).at(here.clone());
        if end < after.ends().1 && end != i64::MAX {
            finding.fix(Edit::set(&node.id, here, end));
        }
    }
    let (Some((first, low)), Some((last, high))) = (order.first(), order.last()) else { return };
    let open = |at: usize, key: &str| {
        let path = format!("{field}.{at}.{key}");
        (path.clone(), Edit::Set { target: (&node.id).into(), path, value: None })
    };
    // Above a threshold the steps begin at it, below they end at it; AWS asks for an open end wherever they go further.
    let needs_top = high.upper.is_some_and(|upper| upper > 0 || policy.when == Direction::Above);
    let needs_bottom = low.lower.is_some_and(|lower| lower < 0 || policy.when == Direction::Below);
    for (needed, at, key) in [(needs_top, *last, "upper"), (needs_bottom, *first, "lower")] {
        if needed {
            let (path, fix) = open(at, key);
            out.report(&NO_END, &node.id).at(path).fix(fix);
        }
    }
}
