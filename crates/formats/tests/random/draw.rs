//! Nodes in groups that may hold them, and links that may be drawn.

use trazo_model::edit::{Edit, Target, apply};
use trazo_model::{Account, Design, Kind, LinkKind, LinkSpec, Node, NodeId, commands};

use super::dice::Dice;
use super::names;

const REGIONS: &[&str] = &["us-east-1", "us-west-2", "eu-west-1", "sa-east-1"];

/// The design that these steps draw.
pub(crate) fn design(steps: &[u64], dice: &mut Dice) -> Design {
    let region = dice.of(REGIONS).copied().unwrap_or("us-east-1");
    let mut design = Design::new(&names::of_design(dice), region);
    if dice.chance(25) {
        let _ = apply(&mut design, Edit::set(Target::Design, "account", Account::LearnerLab.key()));
    }
    for step in steps {
        // Each step has dice of its own: leaving one out changes the others as little as can be.
        let mut own = Dice::new(*step);
        grow(&mut design, &mut own);
    }
    design
}

fn grow(design: &mut Design, dice: &mut Dice) {
    let nodes: Vec<NodeId> = design.nodes().map(|node| node.id.clone()).collect();
    let Some(at) = dice.of(&nodes).filter(|_| nodes.len() < 14).cloned() else {
        if nodes.len() < 14 {
            any_node(design, dice);
        }
        return;
    };
    if dice.chance(30) {
        any_node(design, dice);
        return;
    }
    let Some(kind) = design.node(&at).map(Node::kind) else { return };
    let specs: Vec<&LinkSpec> =
        LinkKind::ALL.into_iter().map(LinkKind::spec).filter(|spec| spec.from == kind || spec.to == kind).collect();
    let Some(spec) = dice.of(&specs) else { return };
    let outward = spec.from == kind && (spec.to != kind || dice.chance(50));
    let other = if outward { spec.to } else { spec.from };
    let there: Vec<NodeId> =
        design.nodes().filter(|node| node.kind() == other && node.id != at).map(|node| node.id.clone()).collect();
    let end = match dice.of(&there) {
        Some(end) if dice.chance(60) => end.clone(),
        _ => node(design, other, dice),
    };
    if outward {
        link(design, &at, &end)
    } else {
        link(design, &end, &at)
    };
}

fn any_node(design: &mut Design, dice: &mut Dice) {
    if let Some(kind) = dice.of(&Kind::ALL) {
        node(design, *kind, dice);
    }
}

/// A new node, more often than not in groups.
pub(crate) fn node(design: &mut Design, kind: Kind, dice: &mut Dice) -> NodeId {
    let spec = kind.spec();
    let group = dice.of(spec.lies_in).copied().filter(|_| dice.chance(80));
    let parent = group.map(|group| {
        let there: Vec<NodeId> =
            design.nodes().filter(|node| node.kind() == group).map(|node| node.id.clone()).collect();
        match dice.of(&there) {
            Some(parent) if dice.chance(75) => parent.clone(),
            _ => node(design, group, dice),
        }
    });
    let id = design.free_node_id(kind);
    let name = names::of_node(design, kind, dice);
    let mut made = Node::new(id.clone(), kind, &name, 0, 0);
    made.place.parent = parent;
    // A group that may not hold it leaves it where it can lie always.
    if apply(design, Edit::add_node(made.clone())).is_err() {
        made.place.parent = None;
        let _ = apply(design, Edit::add_node(made));
    }
    id
}

/// Links two nodes as a person would; what cannot be linked stays as it is.
pub(crate) fn link(design: &mut Design, from: &NodeId, to: &NodeId) -> bool {
    commands::connect(design, from, to).is_ok_and(|edit| apply(design, edit).is_ok())
}

/// All elements that have fields.
pub(crate) fn elements(design: &Design) -> Vec<Target> {
    let nodes = design.nodes().map(|node| Target::from(&node.id));
    nodes.chain(design.links().map(|link| Target::from(&link.id))).collect()
}
