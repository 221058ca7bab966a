//! What can be wrong with the endpoints of a VPC.

use super::services_in;
use crate::finding::{Check, Findings, Severity};
use crate::resources::vpc::reach::needs;
use crate::resources::vpc::{Nat, Vpc};
use crate::{Design, Edit, Node};

const COST: &str = "https://aws.amazon.com/privatelink/pricing/";

/// A NAT gateway and interface endpoints are both paid for.
pub(super) static BESIDE_NAT: Check = Check { code: "VPC022", severity: Severity::Hint, aws: "", doc: COST };
/// Many endpoints in many zones cost more than NAT gateways.
pub(super) static MANY: Check = Check { code: "VPC023", severity: Severity::Hint, aws: "", doc: COST };
/// Two endpoints lead to one service.
pub(super) static TWICE: Check = Check {
    code: "VPC024",
    severity: Severity::Error,
    aws: "private-dns-enabled cannot be set because there is already a conflicting DNS domain for … in the VPC …",
    doc: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
};
/// Nothing in the VPC uses an endpoint.
pub(super) static UNUSED: Check = Check { code: "VPC029", severity: Severity::Hint, aws: "", doc: COST };
/// Layers of images go through the NAT gateway, by the gigabyte.
pub(super) static LAYERS: Check = Check {
    code: "VPC030",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
};

/// From this many interfaces on (endpoints times zones, about 7 dollars a month each) the cost is told.
const MANY_INTERFACES: usize = 13;

pub(super) fn check(design: &Design, node: &Node, vpc: &Vpc, out: &mut Findings) {
    let interfaces = vpc.endpoints.interfaces();
    let count = interfaces.len() * vpc.zone_count() as usize;
    check_twice(node, &interfaces, out);
    if count >= MANY_INTERFACES {
        out.report(&MANY, &node.id)
            .at("endpoints.others")
            .with("count", interfaces.len())
            .with("zones", vpc.zone_count())
            .with("dollars", count * 73 / 10);
    }
    check_use(design, node, vpc, out);
}

/// What is named again among the others is told there.
fn check_twice(node: &Node, interfaces: &[(&str, String)], out: &mut Findings) {
    let first = |index: usize| !interfaces[..index].iter().any(|(other, _)| *other == interfaces[index].0);
    let asked = |field: &str| !field.starts_with("endpoints.others");
    let fix = || {
        let kept = (0..interfaces.len()).filter(|index| first(*index) && !asked(&interfaces[*index].1));
        let others: Vec<&str> = kept.map(|index| interfaces[index].0).collect();
        Edit::set(&node.id, "endpoints.others", others)
    };
    for index in (0..interfaces.len()).filter(|index| !first(*index)) {
        let (service, field) = &interfaces[index];
        out.report(&TWICE, &node.id).at(field.as_str()).with("service", service).fix(fix());
    }
}

fn check_use(design: &Design, node: &Node, vpc: &Vpc, out: &mut Findings) {
    let services = services_in(design, node);
    let needed = |field: &str| {
        services.iter().any(|(node, service)| needs(design, &node.id, service).fields.contains(&field))
    };
    // What else an application asks for, nobody can see.
    for field in ["ecr", "exec"] {
        if vpc.endpoints.has(field) && !services.is_empty() && !needed(field) {
            let key = format!("endpoints.{field}");
            let names = super::super::endpoints::services(field).join(", ");
            let fix = Edit::set(&node.id, key.as_str(), false);
            out.report(&UNUSED, &node.id).at(key).with("endpoints", names).fix(fix);
        }
    }
    let by_nat = vpc.private_subnets && vpc.nat != Nat::None;
    if !by_nat {
        return;
    }
    let asks_ecr = services.iter().any(|(node, service)| {
        service.private_subnets && needs(design, &node.id, service).fields.contains(&"ecr")
    });
    if asks_ecr && !vpc.endpoints.s3 {
        out.report(&LAYERS, &node.id).at("endpoints.s3").fix(Edit::set(&node.id, "endpoints.s3", true));
    }
    let paid: Vec<&str> =
        ["ecr", "logs", "secretsManager", "ssm", "exec", "ecs"].into_iter().filter(|f| vpc.endpoints.has(f)).collect();
    if !paid.is_empty() {
        let edits = paid.iter().map(|field| Edit::set(&node.id, format!("endpoints.{field}"), false)).collect();
        let at = format!("endpoints.{}", paid[0]);
        out.report(&BESIDE_NAT, &node.id).at(at).fix(Edit::Batch(edits));
    }
}
