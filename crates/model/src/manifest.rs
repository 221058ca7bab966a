//! The document's JSON: `{ trazo: 1, name, region, account, nodes, links, notes, view }`.
//!
//! Reading checks the form of everything and says where it is wrong; it never drops what it does not know: fields of a newer
//! version beside known ones are kept and written back, inside lists they are refused.

use serde_json::{Map, Value, json};

use crate::{Account, Design, Node};

mod read;

pub use read::{ManifestError, Problem, fragment_from_json, from_json};

/// The version of the manifest that this Trazo writes, and the newest that it reads.
pub const VERSION: i64 = 1;

/// The document as JSON, keys in stable order.
pub fn to_json(design: &Design) -> Value {
    let mut all = frame_json(design);
    let is_note = |node: &&Node| node.kind() == crate::Kind::Note;
    all.insert("nodes".into(), design.nodes().filter(|node| !is_note(node)).map(node_json).collect());
    all.insert("links".into(), design.links().map(link_json).collect());
    all.insert("notes".into(), design.nodes().filter(is_note).map(node_json).collect());
    Value::Object(all)
}

/// The same, with its lists of nodes, links and notes empty.
pub fn frame_json(design: &Design) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("trazo".into(), VERSION.into());
    all.insert("name".into(), design.name().into());
    all.insert("region".into(), design.region().into());
    if design.account() != Account::default() {
        all.insert("account".into(), design.account().key().into());
    }
    for list in ["nodes", "links", "notes"] {
        all.insert(list.into(), Value::Array(Vec::new()));
    }
    let view = design.view;
    all.insert("view".into(), json!({ "x": view.x, "y": view.y, "zoom": view.zoom }));
    all.extend(design.own().unknown.clone());
    all
}

/// One node as the manifest holds it.
pub fn node_json(node: &Node) -> Value {
    let mut all = Map::new();
    all.insert("id".into(), node.id.as_str().into());
    if node.kind() != crate::Kind::Note {
        all.insert("kind".into(), node.kind().spec().key.into());
    }
    // Few notes have a name.
    if node.kind() != crate::Kind::Note || !node.name.is_empty() {
        all.insert("name".into(), node.name.clone().into());
    }
    all.insert("x".into(), node.place.x.into());
    all.insert("y".into(), node.place.y.into());
    if let Some(size) = node.place.size {
        all.insert("w".into(), size.w.into());
        all.insert("h".into(), size.h.into());
    }
    if let Some(parent) = &node.place.parent {
        all.insert("in".into(), parent.as_str().into());
    }
    if !node.tags.is_empty() {
        all.insert("tags".into(), serde_json::to_value(&node.tags).unwrap_or_default());
    }
    all.insert("props".into(), with_unknown(node.props.to_json(), &node.unknown.props));
    all.extend(node.unknown.outer.clone());
    Value::Object(all)
}

/// One link as the manifest holds it.
pub fn link_json(link: &crate::Link) -> Value {
    let mut all = Map::new();
    all.insert("id".into(), link.id.as_str().into());
    all.insert("from".into(), link.from.as_str().into());
    all.insert("to".into(), link.to.as_str().into());
    let props = with_unknown(link.props.to_json(), &link.unknown.props);
    if props.as_object().is_some_and(|props| !props.is_empty()) {
        all.insert("props".into(), props);
    }
    all.extend(link.unknown.outer.clone());
    Value::Object(all)
}

fn with_unknown(mut props: Value, unknown: &Map<String, Value>) -> Value {
    if let Value::Object(entries) = &mut props {
        entries.extend(unknown.clone());
    }
    props
}
