//! Fields of elements, read and written by dotted path.
//!
//! A field is set on the element's JSON, checked against the field table, and read back into the typed properties, so that
//! nothing that cannot be opened can ever be set.

use serde_json::{Map, Value};

use crate::edit::{EditError, Target};
use crate::node::Tag;
use crate::{Account, Design, Link, Node, path, validate};

/// The fields of an element as JSON: of a node `name`, `tags` and its properties; of a link its properties; of the design
/// `name`, `region` and `account`.
pub fn element_json(design: &Design, target: &Target) -> Option<Value> {
    match target {
        Target::Design => {
            let mut all = Map::new();
            all.insert("name".into(), design.name().into());
            all.insert("region".into(), design.region().into());
            all.insert("account".into(), design.account().key().into());
            Some(Value::Object(all))
        }
        Target::Node(id) => design.node(id).map(node_json),
        Target::Link(id) => design.link(id).map(|link| link.props.to_json()),
    }
}

fn node_json(node: &Node) -> Value {
    let mut all = Map::new();
    all.insert("name".into(), node.name.clone().into());
    all.insert("tags".into(), serde_json::to_value(&node.tags).unwrap_or_default());
    if let Value::Object(props) = node.props.to_json() {
        all.extend(props);
    }
    Value::Object(all)
}

/// A copy of a node in which a field has another value; `None` where it cannot have that.
pub fn with_field(node: &Node, path: &str, value: Option<Value>) -> Option<Node> {
    let mut copy = node.clone();
    set_of_node(&mut copy, path, value).ok()?;
    Some(copy)
}

/// Sets a field and gives back what it held.
pub(super) fn set(
    design: &mut Design,
    target: &Target,
    path: &str,
    value: Option<Value>,
) -> Result<Option<Value>, EditError> {
    match target {
        Target::Design => set_of_design(design, path, value).map(Some),
        Target::Node(id) => {
            let set = |node: &mut Node| set_of_node(node, path, value);
            design.change_node(id, set).ok_or_else(|| EditError::NoNode(id.clone()))?
        }
        Target::Link(id) => {
            let set = |link: &mut Link| set_of_link(link, path, value);
            design.change_link(id, set).ok_or_else(|| EditError::NoLink(id.clone()))?
        }
    }
}

fn bad(path: &str, reason: impl ToString) -> EditError {
    EditError::BadValue { path: path.to_owned(), reason: reason.to_string() }
}

fn text(path: &str, value: Option<Value>) -> Result<String, EditError> {
    match value {
        Some(Value::String(text)) => Ok(text),
        _ => Err(bad(path, "it has to be text")),
    }
}

fn set_of_design(design: &mut Design, path: &str, value: Option<Value>) -> Result<Value, EditError> {
    let slot = match path {
        "name" => &mut design.own_mut().name,
        "region" => &mut design.own_mut().region,
        "account" => {
            let word = text(path, value)?;
            let account = Account::from_key(&word).ok_or_else(|| bad(path, "there is no such kind of account"))?;
            return Ok(std::mem::replace(&mut design.own_mut().account, account).key().into());
        }
        _ => return Err(bad(path, "there is no such field")),
    };
    Ok(std::mem::replace(slot, text(path, value)?).into())
}

fn set_of_node(node: &mut Node, path: &str, value: Option<Value>) -> Result<Option<Value>, EditError> {
    if path == "name" {
        return Ok(Some(std::mem::replace(&mut node.name, text(path, value)?).into()));
    }
    if path == "tags" || path.starts_with("tags.") {
        let mut all = node_json(node);
        let old = path::set(&mut all, path, value).ok_or_else(|| bad(path, "there is no such field"))?;
        let tags = all.get("tags").cloned().unwrap_or(Value::Array(Vec::new()));
        node.tags = serde_json::from_value::<Vec<Tag>>(tags).map_err(|error| bad(path, error))?;
        return Ok(old);
    }
    let spec = node.kind().spec();
    let mut props = node.props.to_json();
    let old = path::set(&mut props, path, value).ok_or_else(|| bad(path, "there is no such field"))?;
    validate::props(spec.fields, &props).map_err(|error| bad(&error.path, error.reason))?;
    node.props = (spec.read)(&props).map_err(|error| bad(path, error))?;
    Ok(old)
}

fn set_of_link(link: &mut Link, path: &str, value: Option<Value>) -> Result<Option<Value>, EditError> {
    let spec = link.kind().spec();
    let mut props = link.props.to_json();
    let old = path::set(&mut props, path, value).ok_or_else(|| bad(path, "there is no such field"))?;
    validate::props(spec.fields, &props).map_err(|error| bad(&error.path, error.reason))?;
    link.props = (spec.read)(&props).map_err(|error| bad(path, error))?;
    Ok(old)
}
