//! What can be wrong with the network of a service.

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use super::{error, is_balanced};
use crate::resources::service::{Service, connect, mode_of, runs_on_instances};
use crate::resources::task_definition::{NetworkMode, TaskDefinition};
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

/// Tasks on instances are to have public addresses.
pub(super) static PUBLIC_IP: Check = error(
    "SVC050",
    "InvalidParameterException: Assign public IP is not supported for this launch type.",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
);
/// Nobody calls what its containers listen for.
pub(super) static NOT_CALLED: Check = Check {
    code: "SVC076",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/interconnecting-services.html",
};
/// Tasks on instances have interfaces of their own in public subnets, from which they reach nothing.
pub(super) static NO_WAY_OUT: Check = Check {
    code: "SVC078",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
};

/// Images are pulled by the instance, but what the application calls goes over the task's own interface.
fn check_on_instances(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    if service.assign_public_ip {
        let fix = Edit::set(&node.id, "assignPublicIp", false);
        out.report(&PUBLIC_IP, &node.id).at("assignPublicIp").fix(fix);
    }
    let has_private = new_vpc_of(design, &node.id).is_some_and(|(_, vpc)| vpc.private_subnets);
    match (service.private_subnets, has_private) {
        (false, _) => {
            let finding = out.report(&NO_WAY_OUT, &node.id).at("privateSubnets");
            if has_private {
                finding.fix(Edit::set(&node.id, "privateSubnets", true));
            }
        }
        (true, false) => {
            let fix = Edit::set(&node.id, "privateSubnets", false);
            out.report(&NO_PRIVATE, &node.id).at("privateSubnets").fix(fix);
        }
        (true, true) => {}
    }
}

fn check_callers(design: &Design, node: &Node, out: &mut Findings) {
    let called = is_balanced(design, node) || connect::calls_to(design, &node.id).next().is_some();
    let task = design.targets::<TaskDefinition>(&node.id).next();
    let listens = task.is_some_and(|(_, _, task)| task.containers.iter().any(|container| !container.ports.is_empty()));
    if listens && !called {
        out.report(&NOT_CALLED, &node.id);
    }
}

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    check_callers(design, node, out);
    if runs_on_instances(design, &node.id) {
        // Tasks that share their instance's network have nothing of their own.
        if mode_of(design, &node.id) == NetworkMode::Awsvpc {
            check_on_instances(design, node, service, out);
        }
        return;
    }
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
