//! What can be wrong with the network of a service.

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::Service;
use crate::resources::vpc::{Nat, new_vpc_of, reach};
use crate::{Design, Node};

const PULL: &str = "ResourceInitializationError: unable to pull secrets or registry auth";
const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html";

/// Its tasks are in public subnets without an address that leads out.
pub(super) static NO_ADDRESS: Check = Check { code: "SVC004", severity: Severity::Error, aws: PULL, doc: DOC };
/// Its tasks are in private subnets that have no way out.
pub(super) static NO_NAT: Check = Check { code: "SVC005", severity: Severity::Error, aws: PULL, doc: DOC };
/// Its tasks are to be in private subnets where there are none.
pub(super) static NO_PRIVATE: Check = Check {
    code: "SVC018",
    severity: Severity::Error,
    aws: PULL,
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",
};

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    if !service.private_subnets {
        let by_endpoints = new_vpc_of(design, &node.id).filter(|(_, vpc)| !vpc.endpoints.is_none());
        if let Some((vpc, props)) = by_endpoints.filter(|_| !service.assign_public_ip) {
            reach::check(design, (node, service), (vpc, &props.endpoints), "assignPublicIp", out);
        } else if !service.assign_public_ip {
            out.report(&NO_ADDRESS, &node.id).at("assignPublicIp").fix(Edit::set(&node.id, "assignPublicIp", true));
        }
        return;
    }
    match new_vpc_of(design, &node.id) {
        Some((vpc, props)) if props.private_subnets => {
            if props.nat == Nat::None && !props.endpoints.is_none() {
                reach::check(design, (node, service), (vpc, &props.endpoints), "privateSubnets", out);
            } else if props.nat == Nat::None {
                let fix = Edit::set(&vpc.id, "nat", "single");
                out.report(&NO_NAT, &node.id).at("privateSubnets").with("vpc", &vpc.name).fix(fix);
            }
        }
        _ => {
            let fix = Edit::Batch(vec![
                Edit::set(&node.id, "privateSubnets", false),
                Edit::set(&node.id, "assignPublicIp", true),
            ]);
            out.report(&NO_PRIVATE, &node.id).at("privateSubnets").fix(fix);
        }
    }
}
