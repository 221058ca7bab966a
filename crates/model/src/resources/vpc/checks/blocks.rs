//! What can be wrong with how a VPC's block lies beside others.

use crate::finding::{Check, Findings, Severity};
use crate::resources::vpc::cidr::Block;
use crate::resources::vpc::{Source, Vpc};
use crate::{Design, Edit, Kind, Node, Typed};

const BLOCKS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";

/// Two new VPCs share addresses.
pub(super) static OVERLAP: Check = Check {
    code: "VPC025",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
};
/// The block is the one that Docker uses inside instances.
pub(super) static DOCKER: Check = Check { code: "VPC026", severity: Severity::Hint, aws: "", doc: BLOCKS };

/// What Docker and some services of AWS use inside (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
const DOCKER_BLOCK: Block = Block { first: 0xAC11_0000, prefix: 16 };

pub(super) fn check(design: &Design, node: &Node, block: Block, out: &mut Findings) {
    let others = || {
        design.nodes_of(Kind::Vpc).filter(|other| other.id != node.id).filter_map(|other| {
            let vpc = Vpc::of(&other.props).filter(|vpc| vpc.source == Source::New)?;
            Some((other, Block::parse(&vpc.cidr)?))
        })
    };
    // The first of two keeps its block, the later one is told.
    let earlier = design.nodes_of(Kind::Vpc).take_while(|other| other.id != node.id);
    let before: Vec<_> = earlier.map(|other| &other.id).collect();
    let clash = others().find(|(other, theirs)| before.contains(&&other.id) && theirs.overlaps(&block));
    let free = || {
        (0..=255u32)
            .map(|n| Block { first: 0x0A00_0000 | (n << 16), prefix: block.prefix.max(16) })
            .find(|candidate| !others().any(|(_, theirs)| theirs.overlaps(candidate)))
    };
    if let Some((other, _)) = clash {
        let finding = out.report(&OVERLAP, &node.id).at("cidr").with("cidr", block).with("other", &other.name);
        if let Some(free) = free() {
            finding.fix(Edit::set(&node.id, "cidr", free.to_string()));
        }
    } else if block.overlaps(&DOCKER_BLOCK) {
        let finding = out.report(&DOCKER, &node.id).at("cidr").with("cidr", block);
        if let Some(free) = free() {
            finding.fix(Edit::set(&node.id, "cidr", free.to_string()));
        }
    }
}
