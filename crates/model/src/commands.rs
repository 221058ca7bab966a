//! Edits that do what a person means: delete with all that hangs on it, link, set a field and what follows from it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::edit::{Edit, Refusal, Target, can_link};
use crate::resources::role::Role;
use crate::{Design, Kind, Link, Node, NodeId, Props, element_json, path};

/// Removes nodes and links: links of removed nodes go too; what lies in a removed group moves to the group around it, as
/// far as that may hold it, unless it is removed as well.
pub fn remove(design: &Design, targets: &[Target]) -> Edit {
    let gone: BTreeSet<&NodeId> =
        targets.iter().filter_map(|target| if let Target::Node(id) = target { Some(id) } else { None }).collect();
    let mut edits = Vec::new();
    for link in design.links() {
        let named = targets.iter().any(|target| matches!(target, Target::Link(id) if id == &link.id));
        if named || gone.contains(&link.from) || gone.contains(&link.to) {
            edits.push(Edit::RemoveLink(link.id.clone()));
        }
    }
    for node in design.nodes().filter(|node| !gone.contains(&node.id)) {
        if node.place.parent.as_ref().is_some_and(|parent| gone.contains(parent)) {
            let home = design
                .ancestors(&node.id)
                .find(|group| !gone.contains(&group.id) && node.kind().spec().lies_in.contains(&group.kind()));
            let mut place = node.place.clone();
            place.parent = home.map(|group| group.id.clone());
            edits.push(Edit::Place { node: node.id.clone(), place });
        }
    }
    // The innermost first: a group can be removed when it is empty.
    let mut order: Vec<&NodeId> = design.nodes().map(|node| &node.id).filter(|id| gone.contains(id)).collect();
    crate::sort::sort_by_key(&mut order, |id| std::cmp::Reverse(design.ancestors(id).count()));
    edits.extend(order.into_iter().map(|id| Edit::RemoveNode(id.clone())));
    Edit::Batch(edits)
}

/// A new node with an id of its own and properties that fit the design: in a Learner Lab a role is the one that is there.
pub fn new_node(design: &Design, kind: Kind, name: &str, x: i32, y: i32) -> Node {
    let mut node = Node::new(design.free_node_id(kind), kind, name, x, y);
    if kind == Kind::Role && design.is_learner_lab() {
        node.props = Props::Role(Box::new(Role::of_the_lab()));
    }
    node
}

/// Links two nodes, with properties that fit them.
///
/// # Errors
/// The reason why they cannot be linked.
pub fn connect(design: &Design, from: &NodeId, to: &NodeId) -> Result<Edit, Refusal> {
    let spec = can_link(design, from, to)?;
    let mut link = Link::new(design.free_link_id(), spec.kind, from, to);
    (spec.fit)(design, &mut link);
    Ok(Edit::add_link(link))
}

/// Sets a field, and what has to follow from it so that the element stays legal. `None` takes an optional value away.
pub fn set_field(design: &Design, target: &Target, field: &str, value: Option<Value>) -> Edit {
    let edit = Edit::Set { target: target.clone(), path: field.to_owned(), value };
    let Target::Node(id) = target else { return edit };
    let Edit::Set { value, .. } = &edit else { return edit };
    let Some(node) = design.node(id).and_then(|node| crate::edit::with_field(node, field, value.clone())) else {
        return edit;
    };
    let follows = (node.kind().spec().settle)(&node, field);
    if follows.is_empty() {
        return edit;
    }
    let more = follows.into_iter().map(|(path, value)| Edit::set(id, path, value));
    Edit::Batch(std::iter::once(edit).chain(more).collect())
}

/// Adds an item to a list of an element, at its end.
pub fn push_item(design: &Design, target: &Target, list: &str, item: Value) -> Edit {
    let mut items = items_of(design, target, list);
    items.push(item);
    Edit::set(target.clone(), list, items)
}

/// Removes the item at `index` of a list.
pub fn remove_item(design: &Design, target: &Target, list: &str, index: usize) -> Edit {
    let mut items = items_of(design, target, list);
    if index < items.len() {
        items.remove(index);
    }
    Edit::set(target.clone(), list, items)
}

/// Moves the item at `index` of a list to `to`.
pub fn move_item(design: &Design, target: &Target, list: &str, index: usize, to: usize) -> Edit {
    let mut items = items_of(design, target, list);
    if index < items.len() && to < items.len() {
        let item = items.remove(index);
        items.insert(to, item);
    }
    Edit::set(target.clone(), list, items)
}

fn items_of(design: &Design, target: &Target, list: &str) -> Vec<Value> {
    let all = element_json(design, target);
    all.as_ref().and_then(|all| path::get(all, list)).and_then(Value::as_array).cloned().unwrap_or_default()
}
