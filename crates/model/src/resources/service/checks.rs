//! What can be wrong with a service.

mod deployment;
mod network;
mod place;
mod scaling;

use super::Service;
use crate::finding::{Check, Findings};
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
    &reach::LACKING,
    &reach::FOREIGN,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(service) = Service::of(&node.props) else { return };
    place::check(design, node, service, out);
    network::check(design, node, service, out);
    deployment::check(design, node, service, out);
    scaling::check(design, node, service, out);
}

/// Whether a load balancer leads to a service.
fn is_balanced(design: &Design, node: &Node) -> bool {
    design.links_to(&node.id).any(|link| Forward::of(&link.props).is_some())
}
