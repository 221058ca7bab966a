//! Fields: set at random, kept where the design stays without errors.

use serde_json::{Value, json};
use trazo_model::edit::{Edit, Target, apply};
use trazo_model::field::{Control, Field, Place};
use trazo_model::{Design, Kind, Shape, commands, element_json, path};

use super::dice::Dice;
use super::{draw, errors, mend, values};

/// Where the fields of an element are: in the table, in the texts' keys, in its JSON.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The element.
    pub(crate) target: &'a Target,
    /// The name of the table and of the lists on the way (`task_definition.containers`).
    pub(crate) name: &'a str,
    /// The path in the element's JSON (`containers.0`).
    pub(crate) prefix: &'a str,
}

/// The fields of an element, and the name of their table.
pub(crate) fn table(design: &Design, target: &Target) -> (&'static str, &'static [Field]) {
    match target {
        Target::Node(id) => design.node(id).map(|node| (node.kind().spec().key, node.kind().spec().fields)),
        Target::Link(id) => design.link(id).map(|link| (link.kind().spec().key, link.kind().spec().fields)),
        Target::Design => None,
    }
    .unwrap_or(("", &[]))
}

/// Sets about `density` of a hundred fields of each element.
pub(crate) fn all(design: &mut Design, dice: &mut Dice, density: u64) {
    for target in draw::elements(design) {
        // What mending another element has removed has no fields any more.
        let (name, fields) = table(design, &target);
        if fields.is_empty() {
            continue;
        }
        let before = design.clone();
        let at = At { target: &target, name, prefix: "" };
        some(design, at, fields, dice, density);
        if let Target::Node(id) = &target
            && design.node(id).is_some_and(|node| node.kind().spec().shape == Shape::Card && node.kind() != Kind::Users)
            && dice.chance(density)
        {
            let _ = apply(design, Edit::set(id, "tags", values::tags(dice)));
        }
        if mend::values(design, &target, dice) {
            continue;
        }
        // Too much at once: field by field, each only if it does no harm.
        *design = before;
        one_by_one(design, at, fields, dice, density);
    }
}

fn one_by_one(design: &mut Design, at: At<'_>, fields: &[Field], dice: &mut Dice, density: u64) {
    for field in fields {
        if !dice.chance(density.max(30)) {
            continue;
        }
        let before = design.clone();
        some(design, at, std::slice::from_ref(field), dice, 100);
        if !errors(design).is_empty() {
            *design = before;
        }
    }
}

/// Sets some of the fields that apply, in the order of the table: whether a later one applies depends on earlier ones.
fn some(design: &mut Design, at: At<'_>, fields: &[Field], dice: &mut Dice, density: u64) {
    for field in fields {
        let chosen = dice.chance(density);
        if chosen && applies(design, at, field) {
            set(design, at, field, dice, density);
        }
    }
}

fn applies(design: &Design, at: At<'_>, field: &Field) -> bool {
    let json = element_json(design, at.target);
    json.as_ref().and_then(|json| path::get(json, at.prefix)).is_some_and(|within| (field.applies)(within))
}

/// Gives a field another value; whether there is one.
pub(crate) fn set(design: &mut Design, at: At<'_>, field: &Field, dice: &mut Dice, density: u64) -> bool {
    let here = join(at.prefix, field.key);
    let name = format!("{}.{}", at.name, field.key);
    if let Control::Records { fields, new, .. } = &field.control {
        return records(design, At { name: &name, prefix: &here, ..at }, fields, new, dice, density);
    }
    let Some(json) = element_json(design, at.target) else { return false };
    let place = Place { design, target: at.target, props: &json };
    let Some(value) = values::value(&name, &field.control, &place, dice) else { return false };
    apply(design, commands::set_field(design, at.target, &here, Some(value))).is_ok()
}

/// Adds records to a list, and sets fields of all that it holds.
fn records(design: &mut Design, at: At<'_>, fields: &[Field], new: &str, dice: &mut Dice, density: u64) -> bool {
    let item: Value = serde_json::from_str(new).unwrap_or_else(|_| json!({}));
    for _ in 0..dice.below(3) {
        let _ = apply(design, commands::push_item(design, at.target, at.prefix, item.clone()));
    }
    let count = |design: &Design| {
        let json = element_json(design, at.target);
        json.as_ref().and_then(|json| path::get(json, at.prefix)).and_then(Value::as_array).map_or(0, Vec::len)
    };
    for index in 0..count(design) {
        let prefix = format!("{}.{index}", at.prefix);
        let own = At { prefix: &prefix, ..at };
        for field in fields {
            if (field.required || dice.chance(density)) && applies(design, own, field) {
                set(design, own, field, dice, density);
            }
        }
    }
    count(design) > 0
}

fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}
