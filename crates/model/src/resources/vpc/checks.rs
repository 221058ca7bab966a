//! What can be wrong with a VPC.

mod blocks;
mod endpoints;

use super::cidr::{Block, LONGEST, SHORTEST};
use super::{Nat, Source, Vpc};
use crate::finding::{Check, Findings, Severity};
use crate::resources::cluster::Cluster;
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::resources::service::Service;
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

/// The subnets have sizes that do not fit into the block.
static SIZES: Check = Check {
    code: "VPC027",
    severity: Severity::Error,
    aws: "The CIDR '…' is invalid.",
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};
/// Private subnets are paid a way out, but nothing is in them.
static NOBODY_PRIVATE: Check = Check { code: "VPC031", severity: Severity::Warning, aws: "", doc: NAT };
/// A new VPC holds nothing, though there is what could lie in it.
static EMPTY: Check = Check {
    code: "VPC032",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html",
};
/// One NAT gateway for three zones: all lose their way out with its zone.
static ONE_NAT: Check = Check { code: "VPC028", severity: Severity::Hint, aws: "", doc: NAT };
/// A NAT gateway eats up the budget of a Learner Lab.
static LAB_NAT: Check =
    Check { code: "LAB005", severity: Severity::Hint, aws: "", doc: "https://aws.amazon.com/vpc/pricing/" };

pub(super) static CHECKS: &[&Check] = &[
    &NOT_A_BLOCK,
    &SIZE,
    &TOO_SMALL,
    &PUBLIC_RANGE,
    &IDLE_NAT,
    &NAT_COST,
    &ONE_NAT,
    &NO_WAY_OUT,
    &TIGHT,
    &endpoints::BESIDE_NAT,
    &endpoints::MANY,
    &endpoints::TWICE,
    &blocks::OVERLAP,
    &blocks::DOCKER,
    &SIZES,
    &endpoints::UNUSED,
    &endpoints::LAYERS,
    &NOBODY_PRIVATE,
    &EMPTY,
    &LAB_NAT,
];

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
            Some(block) => {
                check_block(design, node, vpc, block, out);
                blocks::check(design, node, block, out);
            }
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
    check_use(design, node, vpc, out);
    endpoints::check(design, node, vpc, out);
}

fn check_block(design: &Design, node: &Node, vpc: &Vpc, block: Block, out: &mut Findings) {
    let resized = |prefix: u32| Edit::set(&node.id, "cidr", Block { prefix, ..block }.canonical().to_string());
    if !(SHORTEST..=LONGEST).contains(&block.prefix) {
        let prefix = if block.prefix < SHORTEST { SHORTEST } else { 24 };
        out.report(&SIZE, &node.id).at("cidr").with("cidr", block).fix(resized(prefix));
        return;
    }
    match vpc.subnets(block) {
        None if vpc.has_sizes() => check_sizes(node, vpc, block, out),
        None => {
            let finding = out.report(&TOO_SMALL, &node.id).at("cidr").with("cidr", block);
            let fits = |prefix: &u32| vpc.subnets(Block { prefix: *prefix, ..block }).is_some();
            if let Some(prefix) = (SHORTEST..block.prefix).rev().find(fits) {
                finding.fix(resized(prefix));
            }
        }
        Some(subnets) => {
            let tight = subnets.public.first().is_some_and(|subnet| subnet.prefix > LONGEST_WITH_BALANCER);
            if tight && holds(design, node, Kind::LoadBalancer) {
                let even = Vpc { public_prefix: None, private_prefix: None, ..vpc.clone() }.subnets(block);
                let roomy = even.is_some_and(|even| even.public[0].prefix <= LONGEST_WITH_BALANCER);
                let mut edits = if vpc.has_sizes() { without_sizes(node) } else { Vec::new() };
                if !roomy || edits.is_empty() {
                    edits.push(resized(24));
                }
                out.report(&TIGHT, &node.id).at("cidr").with("cidr", block).fix(Edit::Batch(edits));
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

/// Prefixes that AWS refuses are told by their fields.
fn check_sizes(node: &Node, vpc: &Vpc, block: Block, out: &mut Findings) {
    let allowed = |prefix: Option<i64>| prefix.is_none_or(|prefix| (16..=28).contains(&prefix));
    if !allowed(vpc.public_prefix) || (vpc.private_subnets && !allowed(vpc.private_prefix)) {
        return;
    }
    let field = if vpc.public_prefix.is_some() { "publicPrefix" } else { "privatePrefix" };
    out.report(&SIZES, &node.id).at(field).with("cidr", block).fix(Edit::Batch(without_sizes(node)));
}

/// What lets the block be divided evenly.
fn without_sizes(node: &Node) -> Vec<Edit> {
    let unset = |field: &str| Edit::Set { target: (&node.id).into(), path: field.to_owned(), value: None };
    vec![unset("publicPrefix"), unset("privatePrefix")]
}

/// Whether what is paid for is used.
fn check_use(design: &Design, node: &Node, vpc: &Vpc, out: &mut Findings) {
    if design.children(&node.id).next().is_none() {
        let could = |kind: &Kind| *kind != Kind::Note && kind.spec().lies_in.contains(&Kind::Vpc);
        let of_kind = |kind: Kind| design.nodes_of(kind).any(|other| other.place.parent.is_none());
        let waiting = Kind::ALL.into_iter().filter(could).any(of_kind);
        if waiting {
            out.report(&EMPTY, &node.id);
        }
    }
    if !vpc.private_subnets || vpc.nat == Nat::None {
        return;
    }
    if design.is_learner_lab() {
        out.report(&LAB_NAT, &node.id).at("nat");
    }
    let services = services_in(design, node);
    let instances = |child: &Node| {
        Cluster::of(&child.props).is_some_and(|cluster| cluster.ec2.enabled && cluster.ec2.private_subnets)
    };
    let private =
        services.iter().any(|(_, service)| service.private_subnets) || design.children(&node.id).any(instances);
    let functions = design.children(&node.id).any(|child| !matches!(child.kind(), Kind::Cluster | Kind::LoadBalancer));
    if !services.is_empty() && !private && !functions {
        let internal = design.children(&node.id).any(|child| {
            LoadBalancer::of(&child.props).is_some_and(|balancer| balancer.scheme == Scheme::Internal)
        });
        let mut edits = vec![Edit::set(&node.id, "nat", "none")];
        if !internal {
            edits.push(Edit::set(&node.id, "privateSubnets", false));
        }
        out.report(&NOBODY_PRIVATE, &node.id).at("nat").fix(Edit::Batch(edits));
    }
}

/// The services that lie in a group, at any depth.
fn services_in<'a>(design: &'a Design, group: &Node) -> Vec<(&'a Node, &'a Service)> {
    let mut all = Vec::new();
    // The node that the design holds lives as long as what is borrowed from it.
    let Some(group) = design.node(&group.id) else { return all };
    for child in design.children(&group.id) {
        match Service::of(&child.props) {
            Some(service) => all.push((child, service)),
            None => all.extend(services_in(design, child)),
        }
    }
    all
}

fn check_nat(design: &Design, node: &Node, vpc: &Vpc, out: &mut Findings) {
    // Who wants three zones wants to outlive the loss of one; for two, one gateway is cheaper and most often enough.
    let resilient = vpc.zone_count() > 2;
    match (vpc.private_subnets, vpc.nat) {
        (false, Nat::None) => {}
        (true, Nat::Single) if resilient && !design.is_learner_lab() => {
            out.report(&ONE_NAT, &node.id).at("nat").fix(Edit::set(&node.id, "nat", "per_zone"));
        }
        (true, Nat::Single) => {}
        (true, Nat::PerZone) if resilient => {}
        (false, _) => {
            out.report(&IDLE_NAT, &node.id).at("nat").fix(Edit::set(&node.id, "nat", "none"));
        }
        (true, Nat::PerZone) => {
            out.report(&NAT_COST, &node.id)
                .at("nat")
                .with("zones", vpc.zone_count())
                .fix(Edit::set(&node.id, "nat", "single"));
        }
        (true, Nat::None) if vpc.endpoints.is_none() && holds(design, node, Kind::Service) => {
            out.report(&NO_WAY_OUT, &node.id).at("nat").fix(Edit::set(&node.id, "nat", "single"));
        }
        (true, Nat::None) => {}
    }
}

/// Whether a node of a kind lies in a group, at any depth.
fn holds(design: &Design, group: &Node, kind: Kind) -> bool {
    design.children(&group.id).any(|child| child.kind() == kind || holds(design, child, kind))
}
