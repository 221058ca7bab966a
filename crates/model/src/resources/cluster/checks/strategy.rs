//! What can be wrong with what a cluster says for services that say nothing.

use super::error;
use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings};
use crate::resources::cluster::{Cluster, Provider, Share, Wrong, wrongs};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html";

/// No provider has a weight.
pub(super) static NO_WEIGHT: Check = error("CLU015", "", DOC);
/// Two providers have a base.
pub(super) static TWO_BASES: Check = error("CLU016", "", DOC);
/// Fargate and instances are in one strategy.
pub(super) static MIXED: Check = error("CLU017", "", DOC);
/// A provider is named twice.
pub(super) static TWICE: Check = error("CLU018", "", DOC);
/// The cluster does not offer what it names.
pub(super) static NOT_OFFERED: Check = error("CLU019", "", DOC);

pub(super) fn check(node: &Node, cluster: &Cluster, out: &mut Findings) {
    let shares = &cluster.default_strategy;
    for (at, share) in shares.iter().enumerate().filter(|(_, share)| !cluster.offers(share.provider)) {
        let field = if share.provider == Provider::Ec2 { "ec2.enabled" } else { "spot" };
        out.report(&NOT_OFFERED, &node.id)
            .at(format!("defaultStrategy.{at}.provider"))
            .with("provider", share.provider.word())
            .fix(Edit::set(&node.id, field, true));
    }
    for wrong in wrongs(shares) {
        match wrong {
            Wrong::NoWeight => {
                let field = "defaultStrategy.0.weight";
                out.report(&NO_WEIGHT, &node.id).at(field).fix(Edit::set(&node.id, field, 1));
            }
            Wrong::TwoBases(at) => {
                let field = format!("defaultStrategy.{at}.base");
                out.report(&TWO_BASES, &node.id).at(field.clone()).fix(Edit::set(&node.id, field, 0));
            }
            Wrong::Twice(at) => without(node, shares, at, &TWICE, out),
            Wrong::Mixed(at) => without(node, shares, at, &MIXED, out),
        }
    }
}

/// Reports an entry that has no place in a strategy, and offers to take it away.
fn without(node: &Node, shares: &[Share], at: usize, check: &'static Check, out: &mut Findings) {
    let left: Vec<&Share> = shares.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, share)| share).collect();
    out.report(check, &node.id)
        .at(format!("defaultStrategy.{at}.provider"))
        .with("provider", shares.get(at).map_or("", |share| share.provider.word()))
        .fix(Edit::set(&node.id, "defaultStrategy", serde_json::json!(left)));
}
