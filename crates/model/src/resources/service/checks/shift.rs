//! What can be wrong with moving requests from one version to another.

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::load_balancer::LoadBalancer;
use crate::resources::load_balancer::links::Forward;
use crate::resources::service::{Service, connect, mode_of};
use crate::resources::task_definition::NetworkMode;
use crate::{Design, Node};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html";
const BALANCER: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html";

/// No requests come in that could be moved.
pub(super) static NO_TRAFFIC: Check = Check { code: "SVC072", severity: Severity::Warning, aws: "", doc: DOC };
/// Requests come in by two listeners, of which only one is moved.
pub(super) static TWO_LISTENERS: Check =
    Check { code: "SVC073", severity: Severity::Error, aws: "", doc: BALANCER };
/// Its tasks have no addresses of their own, so both versions would be one target.
pub(super) static NO_ADDRESSES: Check = Check { code: "SVC074", severity: Severity::Error, aws: "", doc: BALANCER };

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    if !service.deployment.shifts() {
        return;
    }
    let field = "deployment.strategy";
    let balancers = || design.links_to(&node.id).filter(|link| Forward::of(&link.props).is_some());
    if balancers().next().is_none() && connect::calls_to(design, &node.id).next().is_none() {
        out.report(&NO_TRAFFIC, &node.id).at(field).fix(Edit::set(&node.id, field, "ROLLING"));
    }
    for link in balancers() {
        let Some((balancer, props)) = design.get::<LoadBalancer>(&link.from) else { continue };
        let Some(forward) = Forward::of(&link.props) else { continue };
        if props.serving().filter(|listener| forward.serves(*listener)).count() > 1 {
            let fix = Edit::set(&balancer.id, "https.redirectHttp", true);
            out.report(&TWO_LISTENERS, &node.id).at(field).with("balancer", &balancer.name).fix(fix);
        }
    }
    if mode_of(design, &node.id) != NetworkMode::Awsvpc {
        out.report(&NO_ADDRESSES, &node.id).at(field).fix(Edit::set(&node.id, field, "ROLLING"));
    }
}
