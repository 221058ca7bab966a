//! What can be wrong with a VPC.

use super::cidr::{Block, LONGEST, SHORTEST, divide};
use super::{Nat, Source, Vpc};
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Kind, Node, Typed};

const BLOCKS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const NAT: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html";

/// The block cannot be read.
static NOT_A_BLOCK: Check = Check {
    code: "VPC001",
    severity: Severity::Error,
    aws: "Value (…) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
    doc: BLOCKS,
};
/// The block is larger or smaller than AWS allows.
static SIZE: Check =
    Check { code: "VPC002", severity: Severity::Error, aws: "The CIDR '…' is invalid.", doc: BLOCKS };
/// The block cannot be divided into the subnets.
static TOO_SMALL: Check = Check {
    code: "VPC003",
    severity: Severity::Error,
    aws: "The CIDR '…' is invalid.",
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};
/// The block belongs to others on the Internet.
static PUBLIC_RANGE: Check = Check { code: "VPC004", severity: Severity::Warning, aws: "", doc: BLOCKS };
/// A NAT gateway that nothing uses.
static IDLE_NAT: Check = Check { code: "VPC005", severity: Severity::Warning, aws: "", doc: NAT };
/// A NAT gateway in each zone is paid for in each zone.
static NAT_COST: Check =
    Check { code: "VPC006", severity: Severity::Hint, aws: "", doc: "https://aws.amazon.com/vpc/pricing/" };
/// Private subnets with services have no way out.
static NO_WAY_OUT: Check = Check { code: "VPC007", severity: Severity::Hint, aws: "", doc: NAT };
/// Subnets are too small for a load balancer.
static TIGHT: Check = Check {
    code: "VPC008",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
};

pub(super) static CHECKS: &[&Check] =
    &[&NOT_A_BLOCK, &SIZE, &TOO_SMALL, &PUBLIC_RANGE, &IDLE_NAT, &NAT_COST, &NO_WAY_OUT, &TIGHT];

/// The longest prefix of a subnet that a load balancer may be in.
const LONGEST_WITH_BALANCER: u32 = 27;

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(vpc) = Vpc::of(&node.props) else { return };
    if vpc.source == Source::Default {
        return;
    }
    // An empty block is told by its field.
    if !vpc.cidr.trim().is_empty() {
        match Block::parse(&vpc.cidr) {
            Some(block) => check_block(design, node, vpc, block, out),
            None => {
                out.report(&NOT_A_BLOCK, &node.id).at("cidr").with("cidr", &vpc.cidr).fix(Edit::set(
                    &node.id,
                    "cidr",
                    "10.0.0.0/16",
                ));
            }
        }
    }
    check_nat(design, node, vpc, out);
}

fn check_block(design: &Design, node: &Node, vpc: &Vpc, block: Block, out: &mut Findings) {
    let resized = |prefix: u32| Edit::set(&node.id, "cidr", Block { prefix, ..block }.canonical().to_string());
    if !(SHORTEST..=LONGEST).contains(&block.prefix) {
        let prefix = if block.prefix < SHORTEST { SHORTEST } else { 24 };
        out.report(&SIZE, &node.id).at("cidr").with("cidr", block).fix(resized(prefix));
        return;
    }
    match divide(block, vpc.zone_count(), vpc.private_subnets) {
        None => {
            let finding = out.report(&TOO_SMALL, &node.id).at("cidr").with("cidr", block);
            let fits = |prefix: &u32| {
                divide(Block { prefix: *prefix, ..block }, vpc.zone_count(), vpc.private_subnets).is_some()
            };
            if let Some(prefix) = (SHORTEST..block.prefix).rev().find(fits) {
                finding.fix(resized(prefix));
            }
        }
        Some(subnets) => {
            let tight = subnets.public.first().is_some_and(|subnet| subnet.prefix > LONGEST_WITH_BALANCER);
            if tight && holds(design, node, Kind::LoadBalancer) {
                out.report(&TIGHT, &node.id).at("cidr").with("cidr", block).fix(resized(24));
            }
        }
    }
    if !block.is_private() {
        out.report(&PUBLIC_RANGE, &node.id).at("cidr").with("cidr", block).fix(Edit::set(
            &node.id,
            "cidr",
            format!("10.0.0.0/{}", block.prefix),
        ));
    }
}

fn check_nat(design: &Design, node: &Node, vpc: &Vpc, out: &mut Findings) {
    match (vpc.private_subnets, vpc.nat) {
        (false, Nat::None) | (true, Nat::Single) => {}
        (false, _) => {
            out.report(&IDLE_NAT, &node.id).at("nat").fix(Edit::set(&node.id, "nat", "none"));
        }
        (true, Nat::PerZone) => {
            out.report(&NAT_COST, &node.id)
                .at("nat")
                .with("zones", vpc.zone_count())
                .fix(Edit::set(&node.id, "nat", "single"));
        }
        (true, Nat::None) if holds(design, node, Kind::Service) => {
            out.report(&NO_WAY_OUT, &node.id).at("nat").fix(Edit::set(&node.id, "nat", "single"));
        }
        (true, Nat::None) => {}
    }
}

/// Whether a node of a kind lies in a group, at any depth.
fn holds(design: &Design, group: &Node, kind: Kind) -> bool {
    design.children(&group.id).any(|child| child.kind() == kind || holds(design, child, kind))
}
