//! Making a design that has errors good: by what the findings offer, then by giving up what offends.

use std::collections::BTreeMap;

use serde_json::Value;
use trazo_model::edit::{Edit, Target, apply};
use trazo_model::field::{Control, Field};
use trazo_model::{Design, Finding, Kind, NodeId, commands, path};

use super::dice::Dice;
use super::fill::{self, At};
use super::{draw, errors};

/// Adds what nodes need: by fixes, by links to new nodes, by groups around them.
pub(crate) fn complete(design: &mut Design, dice: &mut Dice) {
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..120 {
        let found = errors(design);
        let Some(finding) = found.iter().find(|finding| tries(&tried, finding) < 3) else { return };
        *tried.entry(key(finding)).or_default() += 1;
        let fixed = finding.fix.as_ref().is_some_and(|fix| apply(design, fix.edit.clone()).is_ok());
        let _ = fixed || again(design, finding, dice) || add_what_is_missing(design, finding);
    }
}

/// Tries each link and group that the node of a finding may have, and keeps the first after which that error is gone.
fn add_what_is_missing(design: &mut Design, finding: &Finding) -> bool {
    let Some(node) = finding.node().and_then(|id| design.node(id)) else { return false };
    let (id, spec) = (node.id.clone(), node.kind().spec());
    let gone = |copy: &Design| errors(copy).iter().all(|other| key(other) != key(finding));
    for link in spec.links {
        let mut copy = design.clone();
        let end = some_node(&mut copy, link.to);
        if draw::link(&mut copy, &id, &end) && gone(&copy) {
            *design = copy;
            return true;
        }
    }
    for group in spec.lies_in {
        let mut copy = design.clone();
        let parent = some_node(&mut copy, *group);
        let Some(mut place) = copy.node(&id).map(|node| node.place.clone()) else { return false };
        place.parent = Some(parent);
        if apply(&mut copy, Edit::Place { node: id.clone(), place }).is_ok() && gone(&copy) {
            *design = copy;
            return true;
        }
    }
    false
}

/// A node of a kind: one that is there, or a new one.
fn some_node(design: &mut Design, kind: Kind) -> NodeId {
    let there = design.nodes().find(|node| node.kind() == kind).map(|node| node.id.clone());
    there.unwrap_or_else(|| draw::node(design, kind, &mut Dice::new(1)))
}

/// Mends the values of an element that was just filled; whether no error is left.
pub(crate) fn values(design: &mut Design, target: &Target, dice: &mut Dice) -> bool {
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..40 {
        let found = errors(design);
        let Some(finding) = found.first() else { return true };
        let tries = tried.entry(key(finding)).or_default();
        *tries += 1;
        let done = match (&finding.fix, *tries) {
            (Some(fix), 1 | 2) => apply(design, fix.edit.clone()).is_ok(),
            (_, 1..=4) => again(design, finding, dice),
            (_, 5) => reset(design, finding),
            (_, 6) => remove_item(design, finding),
            _ => return false,
        };
        if !done && &finding.target != target && *tries > 2 {
            return false;
        }
    }
    errors(design).is_empty()
}

/// Draws another value for the field of a finding.
fn again(design: &mut Design, finding: &Finding, dice: &mut Dice) -> bool {
    let (name, fields) = fill::table(design, &finding.target);
    let Some((field, place)) = field_at(fields, &finding.field) else { return false };
    let name = std::iter::once(name).chain(place.lists.iter().copied()).collect::<Vec<_>>().join(".");
    let at = At { target: &finding.target, name: &name, prefix: &place.prefix };
    fill::set(design, at, field, dice, 50)
}

/// Gives the field of a finding its first value.
fn reset(design: &mut Design, finding: &Finding) -> bool {
    let first = match &finding.target {
        Target::Node(id) => design.node(id).map(|node| (node.kind().spec().new)().to_json()),
        Target::Link(id) => design.link(id).map(|link| (link.kind().spec().new)().to_json()),
        Target::Design => None,
    };
    let Some(first) = first else { return false };
    let top = finding.field.split('.').take_while(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
    let value: Option<Value> = path::get(&first, &top).cloned();
    !top.is_empty() && apply(design, commands::set_field(design, &finding.target, &top, value)).is_ok()
}

/// Removes the record that a finding is about.
fn remove_item(design: &mut Design, finding: &Finding) -> bool {
    let parts: Vec<&str> = finding.field.split('.').collect();
    let Some(at) = parts.iter().rposition(|part| part.parse::<usize>().is_ok()) else { return false };
    let Some(index) = parts.get(at).and_then(|part| part.parse().ok()) else { return false };
    let list = parts.get(..at).unwrap_or_default().join(".");
    apply(design, commands::remove_item(design, &finding.target, &list, index)).is_ok()
}

/// Removes elements with errors until none is left.
pub(crate) fn drop_offenders(design: &mut Design) {
    for _ in 0..40 {
        let found = errors(design);
        let Some(finding) = found.first() else { return };
        let target = match &finding.target {
            Target::Design => return,
            other => other.clone(),
        };
        if apply(design, commands::remove(design, &[target])).is_err() {
            return;
        }
    }
}

/// Where a field was found: the lists on the way, and the path up to the record that holds it.
struct Found<'a> {
    lists: Vec<&'a str>,
    prefix: String,
}

/// The field that a path with positions leads to, or the innermost list on the way to it.
fn field_at<'a>(fields: &'a [Field], path: &str) -> Option<(&'a Field, Found<'a>)> {
    let mut found = Found { lists: Vec::new(), prefix: String::new() };
    let (mut fields, mut rest) = (fields, path);
    loop {
        let field = fields
            .iter()
            .find(|field| rest.strip_prefix(field.key).is_some_and(|more| more.is_empty() || more.starts_with('.')))?;
        let more = rest.get(field.key.len()..).unwrap_or_default().trim_start_matches('.');
        let (index, inner) = more.split_once('.').unwrap_or((more, ""));
        match &field.control {
            Control::Records { fields: below, .. } if !inner.is_empty() && index.parse::<usize>().is_ok() => {
                let head = if found.prefix.is_empty() { String::new() } else { format!("{}.", found.prefix) };
                found.prefix = format!("{head}{}.{index}", field.key);
                found.lists.push(field.key);
                (fields, rest) = (below, inner);
            }
            _ => return Some((field, found)),
        }
    }
}

fn key(finding: &Finding) -> String {
    format!("{} {:?} {}", finding.code, finding.target, finding.field)
}

fn tries(tried: &BTreeMap<String, usize>, finding: &Finding) -> usize {
    tried.get(&key(finding)).copied().unwrap_or(0)
}
