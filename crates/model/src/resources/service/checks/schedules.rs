//! What can be wrong with scheduled scaling.

use super::error;
use crate::edit::Edit;
use crate::finding::{Check, Findings};
use crate::resources::service::{Schedule, Service, schedule, zones};
use crate::{Design, Node};

const DOC: &str =
    "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html";
const API: &str = "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html";
const CRON: &str = "https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html";

/// It is not said when, or not so that AWS understands it.
pub(super) static EXPRESSION: Check = error("SVC065", "ValidationException: Invalid schedule expression", CRON);
/// There is no such time zone.
pub(super) static ZONE: Check = error("SVC066", "", CRON);
/// From then on the fewest tasks are more than the most.
pub(super) static MIN_MAX: Check = error("SVC067", "", API);
/// Nothing changes then.
pub(super) static NOTHING: Check = error("SVC068", "", API);
/// Two actions have one name.
pub(super) static SAME_NAME: Check = error("SVC069", "", API);
/// The one limit that changes goes beyond the other, which stays.
pub(super) static BEYOND: Check = error("SVC070", "", DOC);

pub(super) fn check(_: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let scaling = &service.scaling;
    if !scaling.enabled {
        return;
    }
    for (at, one) in scaling.schedules.iter().enumerate() {
        let field = |key: &str| format!("scaling.schedules.{at}.{key}");
        if !one.when.is_empty()
            && let Err(fault) = schedule::check(&one.when)
        {
            out.report(&EXPRESSION, &node.id).at(field("when")).with("text", &one.when).with("form", fault.word());
        }
        if !one.timezone.is_empty() && !zones::is_zone(&one.timezone) {
            let fix = Edit::set(&node.id, field("timezone"), zones::USUAL[0]);
            out.report(&ZONE, &node.id)
                .at(field("timezone"))
                .with("zone", &one.timezone)
                .with("usual", zones::USUAL[0])
                .fix(fix);
        }
        let same = |other: &Schedule| !one.name.is_empty() && other.name == one.name;
        if scaling.schedules.iter().take(at).any(same) {
            let fix = Edit::set(&node.id, field("name"), format!("{}-{}", one.name, at + 1));
            out.report(&SAME_NAME, &node.id).at(field("name")).with("name", &one.name).fix(fix);
        }
        check_limits(node, service, one, &field, out);
    }
}

fn check_limits(node: &Node, service: &Service, one: &Schedule, field: &dyn Fn(&str) -> String, out: &mut Findings) {
    let scaling = &service.scaling;
    match (one.min, one.max) {
        (None, None) => {
            let fix = Edit::set(&node.id, field("min"), scaling.min);
            out.report(&NOTHING, &node.id).at(field("min")).with("min", scaling.min).fix(fix);
        }
        (Some(min), Some(max)) if min > max => {
            let fix = Edit::Batch(vec![
                Edit::set(&node.id, field("min"), max),
                Edit::set(&node.id, field("max"), min),
            ]);
            out.report(&MIN_MAX, &node.id).at(field("max")).with("min", min).with("max", max).fix(fix);
        }
        (Some(min), None) if min > scaling.max => {
            let fix = Edit::set(&node.id, field("max"), min);
            out.report(&BEYOND, &node.id).at(field("min")).with("min", min).with("max", scaling.max).fix(fix);
        }
        (None, Some(max)) if max < scaling.min => {
            let fix = Edit::set(&node.id, field("min"), max);
            out.report(&BEYOND, &node.id).at(field("max")).with("min", scaling.min).with("max", max).fix(fix);
        }
        _ => {}
    }
}
