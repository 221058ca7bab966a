//! Which of several resources that Trazo makes anew takes the place of one of the file: that which says most of the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use trazo_model::lowering::base_of;
use trazo_model::{Design, LinkId, NodeId, lower};
use trazo_stack::{Element, Resource, Stack};

use super::parts::Reading;

/// Says in the references of other resources which of those that an element makes is meant, where it makes several of a type.
pub(super) fn tell_apart(reading: &mut Reading<'_>, design: &Design) {
    let stack = lower(design);
    let Ok(written) = serde_json::from_str::<Json>(&crate::cloudformation::body(&stack)) else { return };
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let template = reading.template;
    let refs = reading.nodes.iter().flat_map(|node| &node.props.sets).filter(|(path, ..)| path == "refs");
    let mut asked: Vec<&Json> = refs.filter_map(|(_, refs, _)| refs.as_array()).flatten().collect();
    // In the order of the file: of those that say the same the first takes the first place.
    trazo_model::sort::sort_by_key(&mut asked, |one| {
        template.resources.get_index_of(one["name"].as_str().unwrap_or(""))
    });
    for one in asked {
        let (Some(name), Some(element)) = (one["name"].as_str(), one["element"].as_str()) else { continue };
        let Some(original) = template.get(name).filter(|_| !parts.contains_key(name)) else { continue };
        let made = made_of(design, &stack, element, &original.type_name);
        if made.len() < 2 {
            continue;
        }
        let own = said(&original.properties.json());
        let likeness = |id: &&str| score(&own, &said(&written["Resources"][id]["Properties"]));
        let free: Vec<&str> = made.iter().copied().filter(|id| !taken.contains(*id)).collect();
        let mut among = if free.is_empty() { made } else { free };
        trazo_model::sort::sort_by_key(&mut among, |id| std::cmp::Reverse(likeness(id)));
        if let Some(best) = among.first() {
            taken.insert((*best).to_owned());
            parts.insert(name.to_owned(), ending(design, element, best).to_owned());
        }
    }
    for (path, refs, _) in reading.nodes.iter_mut().flat_map(|node| &mut node.props.sets) {
        for one in refs.as_array_mut().into_iter().flatten().filter(|_| path == "refs") {
            if let Some(part) = one["name"].as_str().and_then(|name| parts.get(name)) {
                one["part"] = part.as_str().into();
            }
        }
    }
}

/// The logical ids of a type that an element makes, or links at it.
fn made_of<'s>(design: &Design, stack: &'s Stack, element: &str, type_name: &str) -> Vec<&'s str> {
    let node = NodeId::new(element);
    let is_of = |resource: &Resource| match &resource.origin.element {
        Element::Node(id) => **id == *element,
        Element::Link(id) => design.link(&LinkId::new(id)).is_some_and(|link| link.from == node || link.to == node),
        Element::Design => false,
    };
    let all = stack.resources.iter().filter(|(_, resource)| resource.type_name == type_name && is_of(resource));
    all.map(|(id, _)| id.as_str()).collect()
}

/// What a logical id says behind the name of its node.
fn ending<'i>(design: &Design, element: &str, id: &'i str) -> &'i str {
    let Some(node) = design.node(&NodeId::new(element)) else { return id };
    let (short, long) = base_of(node.kind(), &node.name);
    let rest = id.strip_prefix(&long).or_else(|| id.strip_prefix(&short)).unwrap_or(id);
    if rest.is_empty() { id } else { rest }
}

/// Plain values by their paths; what is referred to has other names in the other template.
fn said(json: &Json) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    walk(json, "", &mut all);
    all
}

fn walk(json: &Json, path: &str, all: &mut BTreeMap<String, String>) {
    match json {
        Json::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| *key != "Ref" && !key.starts_with("Fn::")) {
                walk(value, &format!("{path}.{key}"), all);
            }
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| walk(item, &format!("{path}.{at}"), all));
        }
        Json::String(text) => _ = all.insert(path.to_owned(), text.clone()),
        other => _ = all.insert(path.to_owned(), other.to_string()),
    }
}

fn score(own: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> i64 {
    let one = |(path, value): (&String, &String)| match own.get(path) {
        Some(same) if same == value => 2,
        _ => -1,
    };
    other.iter().map(one).sum()
}
