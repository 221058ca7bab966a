//! A virtual private cloud: the account's default one, or a new one with its own subnets and routes.

mod checks;
pub mod cidr;
pub mod endpoints;
mod fields;
pub(in crate::resources) mod lower;
pub(in crate::resources) mod reach;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use cidr::{Block, Subnets, divide, divide_into};
use endpoints::{Endpoints, FlowLogs};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape};
use crate::{Design, Kind, Node, NodeId, Phrase, Props, Typed};

/// Where the network comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The account's default VPC: whoever deploys names it and its subnets.
    #[default]
    Default,
    /// A new VPC.
    New,
}

/// How private subnets reach the Internet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nat {
    /// Not at all.
    #[default]
    None,
    /// By one NAT gateway for all zones.
    Single,
    /// By a NAT gateway in each zone.
    PerZone,
}

/// The properties of a VPC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Vpc {
    /// The default one or a new one; the rest matters for a new one alone.
    pub source: Source,
    /// Its IPv4 block, `/16` to `/28`.
    pub cidr: String,
    /// In how many availability zones it has subnets: 2 or 3.
    pub zones: i64,
    /// Whether each zone also has a private subnet.
    pub private_subnets: bool,
    /// How private subnets reach the Internet.
    pub nat: Nat,
    /// Length of the prefix of each public subnet, 16 to 28; `None` divides the block evenly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_prefix: Option<i64>,
    /// Length of the prefix of each private subnet, 16 to 28; `None` divides the block evenly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_prefix: Option<i64>,
    /// How it reaches services of AWS without the Internet.
    #[serde(skip_serializing_if = "Endpoints::is_none")]
    pub endpoints: Endpoints,
    /// Logs of who talks to whom.
    #[serde(skip_serializing_if = "FlowLogs::is_standard")]
    pub flow_logs: FlowLogs,
}

impl Default for Vpc {
    fn default() -> Self {
        Self {
            source: Source::Default,
            cidr: "10.0.0.0/16".to_owned(),
            zones: 2,
            private_subnets: false,
            nat: Nat::None,
            public_prefix: None,
            private_prefix: None,
            endpoints: Endpoints::default(),
            flow_logs: FlowLogs::default(),
        }
    }
}

impl Vpc {
    /// The number of zones, held within what can be made.
    pub(in crate::resources) fn zone_count(&self) -> u32 {
        if self.zones >= 3 { 3 } else { 2 }
    }

    /// Whether its subnets have sizes of their own.
    fn has_sizes(&self) -> bool {
        self.public_prefix.is_some() || (self.private_subnets && self.private_prefix.is_some())
    }

    /// The subnets of its block; `None` where they do not fit.
    fn subnets(&self, block: Block) -> Option<Subnets> {
        let (zones, even) = (self.zone_count(), divide(block, self.zone_count(), self.private_subnets));
        if !self.has_sizes() {
            return even;
        }
        let even = even.and_then(|subnets| subnets.public.first().map(|subnet| subnet.prefix));
        let prefix = |own: Option<i64>| own.and_then(|own| u32::try_from(own).ok()).or(even);
        let private = if self.private_subnets { Some(prefix(self.private_prefix)?) } else { None };
        divide_into(block, zones, prefix(self.public_prefix)?, private)
    }
}

/// The new VPC that a node lies in; `None` where it is in the account's default one, drawn or not.
pub(in crate::resources) fn new_vpc_of<'a>(design: &'a Design, of: &NodeId) -> Option<(&'a Node, &'a Vpc)> {
    let node = design.ancestor(of, Kind::Vpc)?;
    let vpc = Vpc::of(&node.props)?;
    (vpc.source == Source::New).then_some((node, vpc))
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Vpc,
    key: "vpc",
    id_prefix: "vpc",
    family: Family::Network,
    shape: Shape::Group,
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html",
    name_rule: TextRule::some(128),
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[],
    new: || Props::Vpc(Box::default()),
    read: |json| Ok(Props::Vpc(serde::Deserialize::deserialize(json)?)),
    summary,
    settle,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};

fn summary(_: &Design, node: &Node) -> Vec<Phrase> {
    let Some(vpc) = Vpc::of(&node.props) else { return Vec::new() };
    if vpc.source == Source::Default {
        return vec![Phrase::new("summary.vpc.default")];
    }
    let mut phrases = vec![Phrase::plain(vpc.cidr.clone()), Phrase::counted("summary.vpc.zones", vpc.zones)];
    match (vpc.private_subnets, vpc.nat) {
        (false, _) => {}
        (true, Nat::None) => phrases.push(Phrase::new("summary.vpc.private")),
        (true, Nat::Single | Nat::PerZone) => phrases.push(Phrase::new("summary.vpc.nat")),
    }
    let endpoints = vpc.endpoints.gateways().count() + vpc.endpoints.interfaces().len();
    if endpoints > 0 {
        let count = i64::try_from(endpoints).unwrap_or(i64::MAX);
        phrases.push(Phrase::counted("summary.vpc.endpoints", count));
    }
    phrases
}

/// A NAT gateway serves private subnets alone.
fn settle(node: &Node, path: &str) -> Vec<(String, Value)> {
    match Vpc::of(&node.props) {
        Some(vpc) if path == "privateSubnets" && !vpc.private_subnets && vpc.nat != Nat::None => {
            vec![("nat".to_owned(), "none".into())]
        }
        _ => Vec::new(),
    }
}
