//! Values for fields, and random changes to designs.
#![allow(dead_code, reason = "each test file uses a part of it")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trazo_model::edit::{Edit, apply, element_json};
use trazo_model::field::{Control, Field, Place};
use trazo_model::node::Placement;
use trazo_model::{Design, Kind, Node, NodeId, Size, Target, commands, path};

/// One thing that is done to a design. Numbers pick what it is done to, so that any of them means something.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Adds a node of a kind, in a group or in none.
    Add(usize, i32, i32, Option<usize>),
    /// Links two nodes.
    Link(usize, usize),
    /// Removes a node with all that hangs on it.
    Remove(usize),
    /// Removes a link.
    Unlink(usize),
    /// Moves a node, into a group or out of it.
    Place(usize, i32, i32, Option<usize>),
    /// Gives a group another size.
    Resize(usize, i32, i32),
    /// Sets a field of a node or link.
    Set(usize, usize, u32),
    /// Sets a field with what follows from it.
    Choose(usize, usize, u32),
    /// Renames a node.
    Rename(usize, String),
    /// Says what kind of account it is for.
    Account(bool),
    /// Applies the fix of a finding.
    Fix(usize),
    /// Something that is refused, most of the time.
    Nonsense(usize, String, u32),
}

/// Any act.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    let at = || -2000..2000_i32;
    let which = any::<usize>;
    let group = || proptest::option::of(any::<usize>());
    prop_oneof![
        4 => (which(), at(), at(), group()).prop_map(|(kind, x, y, group)| Act::Add(kind, x, y, group)),
        4 => (which(), which()).prop_map(|(from, to)| Act::Link(from, to)),
        1 => which().prop_map(Act::Remove),
        1 => which().prop_map(Act::Unlink),
        2 => (which(), at(), at(), group()).prop_map(|(node, x, y, group)| Act::Place(node, x, y, group)),
        1 => (which(), 0..1000, 0..1000).prop_map(|(node, w, h)| Act::Resize(node, w, h)),
        5 => (which(), which(), any::<u32>()).prop_map(|(element, field, seed)| Act::Set(element, field, seed)),
        3 => (which(), which(), any::<u32>()).prop_map(|(element, field, seed)| Act::Choose(element, field, seed)),
        1 => (which(), "[a-zñ -]{0,12}").prop_map(|(node, name)| Act::Rename(node, name)),
        1 => any::<bool>().prop_map(Act::Account),
        3 => which().prop_map(Act::Fix),
        1 => (which(), "[a-zA-Z.0-9]{0,20}", any::<u32>()).prop_map(|(node, path, seed)| Act::Nonsense(node, path, seed)),
    ]
}

fn pick<T>(items: &[T], number: usize) -> Option<&T> {
    items.get(number.checked_rem(items.len())?)
}

fn node_ids(design: &Design) -> Vec<NodeId> {
    design.nodes().map(|node| node.id.clone()).collect()
}

fn elements(design: &Design) -> Vec<Target> {
    let nodes = design.nodes().map(|node| Target::from(&node.id));
    nodes.chain(design.links().map(|link| Target::from(&link.id))).collect()
}

fn fields(design: &Design, target: &Target) -> &'static [Field] {
    match target {
        Target::Node(id) => design.node(id).map_or(&[], |node| node.kind().spec().fields),
        Target::Link(id) => design.link(id).map_or(&[], |link| link.kind().spec().fields),
        Target::Design => &[],
    }
}

/// The edit that an act comes to; `None` where there is nothing to do it to.
pub(crate) fn edit(design: &Design, act: &Act) -> Option<Edit> {
    let nodes = node_ids(design);
    let node = |number: usize| pick(&nodes, number).cloned();
    match act {
        Act::Add(kind, x, y, group) => {
            let kind = *pick(&Kind::ALL, *kind)?;
            let mut made = Node::new(design.free_node_id(kind), kind, &design.free_name(kind), *x, *y);
            made.place.parent = group.and_then(node);
            Some(Edit::add_node(made))
        }
        Act::Link(from, to) => commands::connect(design, &node(*from)?, &node(*to)?).ok(),
        Act::Remove(number) => Some(commands::remove(design, &[Target::Node(node(*number)?)])),
        Act::Unlink(number) => {
            let links: Vec<_> = design.links().map(|link| link.id.clone()).collect();
            Some(Edit::RemoveLink(pick(&links, *number)?.clone()))
        }
        Act::Place(number, x, y, group) => {
            let id = node(*number)?;
            let size = design.node(&id)?.place.size;
            let place = Placement { x: *x, y: *y, size, parent: group.and_then(node) };
            Some(Edit::Place { node: id, place })
        }
        Act::Resize(number, w, h) => {
            let id = node(*number)?;
            let place = design.node(&id)?.place.clone();
            Some(Edit::Place { node: id, place: Placement { size: Some(Size { w: *w, h: *h }), ..place } })
        }
        Act::Set(number, field, seed) => {
            let (target, path, value) = field_value(design, *number, *field, *seed)?;
            Some(Edit::Set { target, path, value })
        }
        Act::Choose(number, field, seed) => {
            let (target, path, value) = field_value(design, *number, *field, *seed)?;
            Some(commands::set_field(design, &target, &path, value))
        }
        Act::Rename(number, name) => Some(Edit::set(&node(*number)?, "name", name.clone())),
        Act::Account(lab) => {
            let word = if *lab { "learner-lab" } else { "standard" };
            Some(Edit::set(Target::Design, "account", word))
        }
        Act::Fix(number) => {
            let fixes: Vec<_> = trazo_model::check(design).into_iter().filter_map(|finding| finding.fix).collect();
            Some(pick(&fixes, *number)?.edit.clone())
        }
        Act::Nonsense(number, path, seed) => {
            let value = [json!(null), json!(-1), json!("x"), json!([1]), json!({ "a": 1 })][*seed as usize % 5].clone();
            Some(Edit::set(&node(*number)?, path.clone(), value))
        }
    }
}

fn field_value(design: &Design, number: usize, field: usize, seed: u32) -> Option<(Target, String, Option<Value>)> {
    let target = pick(&elements(design), number)?.clone();
    let field = pick(fields(design, &target), field)?;
    let props = element_json(design, &target)?;
    let place = Place { design, target: &target, props: &props };
    let value = (!seed.is_multiple_of(13)).then(|| value_for(&field.control, Some(&place), seed));
    Some((target, field.key.to_owned(), value))
}

/// A value that a control may hold: of the right form, not always one that AWS takes.
pub(crate) fn value_for(control: &Control, place: Option<&Place<'_>>, seed: u32) -> Value {
    let words = ["", "app", "x", "nginx:latest", "10.0.0.0/16", "no vale", "CMD-SHELL", "/tienda"];
    let word = words[seed as usize % words.len()];
    match control {
        Control::Text { .. } | Control::Lines { .. } | Control::Suggest { .. } => word.into(),
        Control::Number { min, max, .. } => match seed % 4 {
            0 => (*min).into(),
            1 => (*max).into(),
            2 => min.saturating_sub(1).into(),
            _ => min.saturating_add(i64::from(seed % 97)).min(*max).into(),
        },
        Control::Toggle => (seed % 2 == 1).into(),
        Control::Choice(all) => all[seed as usize % all.len()].into(),
        Control::ChoiceOf(choices) => {
            let all = place.map(choices).unwrap_or_default();
            pick(&all, seed as usize).map_or(Value::Null, |choice| choice.value.clone())
        }
        Control::Texts { .. } => (0..seed % 3).map(|n| words[(seed as usize + n as usize) % words.len()]).collect(),
        Control::Records { fields, .. } => (0..seed % 3).map(|n| record(fields, seed / 3 + n)).collect(),
        Control::Env => (0..seed % 3).map(|_| json!({ "name": word, "value": word })).collect(),
        Control::Tags => (0..seed % 3).map(|_| json!({ "key": word, "value": word })).collect(),
    }
}

fn record(fields: &[Field], seed: u32) -> Value {
    let mut all = Value::Object(Map::new());
    for (index, field) in fields.iter().enumerate() {
        let own = seed.wrapping_mul(31).wrapping_add(u32::try_from(index).unwrap_or_default());
        let value = value_for(&field.control, None, own);
        if own % 3 > 0 && !value.is_null() {
            path::set(&mut all, field.key, Some(value));
        }
    }
    all
}

/// Does all that can be done; gives back the inverses in the order in which they undo it.
pub(crate) fn perform(design: &mut Design, acts: &[Act]) -> Vec<Edit> {
    let mut inverses = Vec::new();
    for act in acts {
        if let Some(applied) = edit(design, act).and_then(|edit| apply(design, edit).ok()) {
            inverses.insert(0, applied.inverse);
        }
    }
    inverses
}
