//! What can be wrong with the scaling of a service.

use super::is_balanced;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::{Service, USUAL_CPU};
use crate::{Design, Node};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html";
const METRIC_DOC: &str =
    "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html";

/// The fewest tasks are more than the most.
pub(super) static MIN_MAX: Check = Check {
    code: "SVC012",
    severity: Severity::Error,
    aws: "ValidationException: Maximum capacity cannot be less than minimum capacity",
    doc: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
};
/// The desired number of tasks is none that scaling would keep.
pub(super) static OUTSIDE: Check = Check { code: "SVC013", severity: Severity::Warning, aws: "", doc: DOC };
/// Nothing tells when to scale.
pub(super) static NO_TARGET: Check = Check { code: "SVC014", severity: Severity::Error, aws: "", doc: DOC };
/// Requests are to be counted, but no load balancer counts them.
pub(super) static NO_REQUESTS: Check = Check { code: "SVC015", severity: Severity::Error, aws: "", doc: METRIC_DOC };

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let scaling = &service.scaling;
    if !scaling.enabled {
        return;
    }
    if scaling.min > scaling.max {
        let fix = Edit::Batch(vec![
            Edit::set(&node.id, "scaling.min", scaling.max),
            Edit::set(&node.id, "scaling.max", scaling.min),
        ]);
        out.report(&MIN_MAX, &node.id).at("scaling.max").with("min", scaling.min).with("max", scaling.max).fix(fix);
    } else if !(scaling.min..=scaling.max).contains(&service.desired_count) {
        let within = service.desired_count.clamp(scaling.min, scaling.max);
        out.report(&OUTSIDE, &node.id)
            .at("desiredCount")
            .with("desired", service.desired_count)
            .with("min", scaling.min)
            .with("max", scaling.max)
            .with("within", within)
            .fix(Edit::set(&node.id, "desiredCount", within));
    }
    if !scaling.has_target() {
        out.report(&NO_TARGET, &node.id).at("scaling.enabled").with("percent", USUAL_CPU).fix(Edit::set(
            &node.id,
            "scaling.targetCpu",
            USUAL_CPU,
        ));
    }
    if scaling.target_requests.is_some() && !is_balanced(design, node) {
        let field = "scaling.targetRequests";
        let mut edits = vec![Edit::Set { target: (&node.id).into(), path: field.to_owned(), value: None }];
        if scaling.target_cpu.is_none() && scaling.target_memory.is_none() {
            edits.push(Edit::set(&node.id, "scaling.targetCpu", USUAL_CPU));
        }
        out.report(&NO_REQUESTS, &node.id).at(field).with("percent", USUAL_CPU).fix(Edit::Batch(edits));
    }
}
