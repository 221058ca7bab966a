//! What fields hold in a new element, and what they offer.

use serde_json::{Value, json};
use trazo_model::edit::{Target, apply};
use trazo_model::field::{Choice, Control, Field, Place};
use trazo_model::{Design, Edit, Kind, LinkSpec, Node, NodeId, commands, element_json, path};

/// An element in the simplest design that may hold it, with one record in each of its lists.
pub(crate) struct Sample {
    design: Design,
    target: Target,
    full: Value,
}

impl Sample {
    /// A node of a kind.
    pub(crate) fn of_kind(kind: Kind) -> Self {
        let mut design = Design::new("", "us-east-1");
        let id = added(&mut design, kind);
        let new = (kind.spec().new)().to_json();
        let read = |json: &Value| (kind.spec().read)(json).map(|props| props.to_json()).ok();
        let full = with_records(kind.spec().fields, &new, &read);
        Self { design, target: Target::Node(id), full }
    }

    /// A link of a kind between two new nodes.
    pub(crate) fn of_link(spec: &LinkSpec) -> Self {
        let mut design = Design::new("", "us-east-1");
        let (from, to) = (added(&mut design, spec.from), added(&mut design, spec.to));
        if let Ok(edit) = commands::connect(&design, &from, &to) {
            // What cannot be drawn has no choices to tell of.
            let _ = apply(&mut design, edit);
        }
        let target = design.link_between(&from, &to).map_or(Target::Design, |link| Target::Link(link.id.clone()));
        let new = (spec.new)().to_json();
        let read = |json: &Value| (spec.read)(json).map(|props| props.to_json()).ok();
        Self { design, target, full: with_records(spec.fields, &new, &read) }
    }

    /// What a field holds in a new element; `at` is its path with `0` for each list on the way.
    pub(crate) fn default(&self, at: &str) -> Option<&Value> {
        path::get(&self.full, at)
    }

    /// What a field offers.
    pub(crate) fn choices(&self, choices: fn(&Place<'_>) -> Vec<Choice>) -> Vec<Choice> {
        let Some(props) = element_json(&self.design, &self.target) else { return Vec::new() };
        choices(&Place { design: &self.design, target: &self.target, props: &props })
    }
}

fn added(design: &mut Design, kind: Kind) -> NodeId {
    let id = design.free_node_id(kind);
    let node = Node::new(id.clone(), kind, &design.free_name(kind), 0, 0);
    // A new node outside any group may always be added.
    let _ = apply(design, Edit::add_node(node));
    id
}

/// `props` with one new record in each list, as they are stored.
fn with_records(fields: &[Field], props: &Value, read: &dyn Fn(&Value) -> Option<Value>) -> Value {
    let mut all = props.clone();
    fill(fields, &mut all, "");
    read(&all).unwrap_or(all)
}

fn fill(fields: &[Field], all: &mut Value, prefix: &str) {
    for field in fields {
        let Control::Records { fields, new, .. } = &field.control else { continue };
        let here = format!("{prefix}{}", field.key);
        let record = serde_json::from_str(new).unwrap_or_else(|_| json!({}));
        if path::set(all, &here, Some(json!([record]))).is_some() {
            fill(fields, all, &format!("{here}.0."));
        }
    }
}
