//! What can be wrong with another resource.

use super::OtherResource;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Kind, LinkId, Node, NodeId, Typed};

const DOC: &str = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html";

/// Its body is no JSON object.
static BODY: Check = Check { code: "OTH001", severity: Severity::Error, aws: "", doc: DOC };
/// Two have one logical id.
static TWICE: Check = Check { code: "OTH002", severity: Severity::Error, aws: "", doc: DOC };
/// A name in it means something that is not there any more.
static NOBODY: Check = Check { code: "OTH003", severity: Severity::Error, aws: "", doc: DOC };

pub(super) static CHECKS: &[&Check] = &[&BODY, &TWICE, &NOBODY];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(other) = OtherResource::of(&node.props) else { return };
    if other.parsed().is_none() {
        out.report(&BODY, &node.id).at("body");
    }
    let first = design.nodes_of(Kind::OtherResource).find(|one| one.name == node.name);
    if first.is_some_and(|first| first.id != node.id) {
        let finding = out.report(&TWICE, &node.id).at("name").with("name", &node.name);
        finding.fix(Edit::set(&node.id, "name", design.free_name(Kind::OtherResource)));
    }
    for (index, named) in other.refs.iter().enumerate() {
        let element = named.element.as_str();
        let there = design.node(&NodeId::new(element)).is_some() || design.link(&LinkId::new(element)).is_some();
        if !element.is_empty() && !there && other.body.contains(&named.name) {
            out.report(&NOBODY, &node.id).at(format!("refs.{index}.element")).with("name", &named.name);
        }
    }
}
