//! What can be wrong with a service.

mod capacity;
pub(super) mod connect;
mod deployment;
mod network;
mod place;
mod placement;
mod scaling;
mod schedules;
mod shift;
mod steps;

use super::Service;
use crate::finding::{Check, Findings, Severity};
use crate::resources::load_balancer::links::Forward;
use crate::resources::vpc::reach;
use crate::{Design, Node, Typed};

pub(super) static CHECKS: &[&Check] = &[
    &place::NO_CLUSTER,
    &place::NO_TASK,
    &place::NO_SPOT,
    &network::NO_ADDRESS,
    &network::NO_NAT,
    &deployment::NO_ROOM,
    &deployment::ONE_TASK,
    &deployment::NO_CHECKS,
    &deployment::NO_BREAKER,
    &place::ALL_SPOT,
    &scaling::MIN_MAX,
    &scaling::OUTSIDE,
    &scaling::NO_TARGET,
    &scaling::NO_REQUESTS,
    &deployment::NO_TASK_ROLE,
    &deployment::REBALANCING,
    &network::NO_PRIVATE,
    &deployment::NOTHING,
    &capacity::NO_SHARES,
    &capacity::NO_WEIGHT,
    &capacity::TWO_BASES,
    &capacity::MIXED,
    &capacity::NOT_OFFERED,
    &capacity::TWICE,
    &capacity::NO_INSTANCES,
    &capacity::TOO_LARGE,
    &capacity::ARCHITECTURE,
    &capacity::INTERFACES,
    &network::PUBLIC_IP,
    &placement::DAEMON_FARGATE,
    &placement::DAEMON_SCALES,
    &placement::DAEMON_PLACEMENT,
    &placement::FARGATE_PLACEMENT,
    &placement::BAD_SPREAD,
    &placement::BAD_CONSTRAINT,
    &placement::ZONE_FIRST,
    &deployment::EXEC_READ_ONLY,
    &capacity::SPOT_NO_BASE,
    &steps::NO_STEPS,
    &steps::OVERLAP,
    &steps::GAP,
    &steps::NO_END,
    &steps::EMPTY,
    &schedules::EXPRESSION,
    &schedules::ZONE,
    &schedules::MIN_MAX,
    &schedules::NOTHING,
    &schedules::SAME_NAME,
    &schedules::BEYOND,
    &steps::AGAINST,
    &shift::NO_TRAFFIC,
    &shift::TWO_LISTENERS,
    &shift::NO_ADDRESSES,
    &network::NOT_CALLED,
    &network::NO_WAY_OUT,
    &capacity::ONE_EACH,
    &capacity::NO_DEFAULT,
    &reach::LACKING,
    &reach::FOREIGN,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(service) = Service::of(&node.props) else { return };
    place::check(design, node, service, out);
    network::check(design, node, service, out);
    deployment::check(design, node, service, out);
    scaling::check(design, node, service, out);
    capacity::check(design, node, service, out);
    placement::check(design, node, service, out);
    steps::check(design, node, service, out);
    schedules::check(design, node, service, out);
    shift::check(design, node, service, out);
}

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// Whether a load balancer leads to a service.
fn is_balanced(design: &Design, node: &Node) -> bool {
    design.links_to(&node.id).any(|link| Forward::of(&link.props).is_some())
}
