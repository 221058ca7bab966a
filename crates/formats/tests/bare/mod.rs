//! What differs between a design and the one that its template gives again, where the template holds nothing but resources.
//!
//! Nodes are paired by the logical ids of what they are lowered to, or by kind and name; links by their ends. Of each pair the
//! fields are compared that apply: one that is asked only where another says so is nothing while that does not.

pub(crate) mod canonical;
pub(crate) mod kept;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use trazo_model::field::{Control, Field};
use trazo_model::manifest::{link_json, node_json};
use trazo_model::{Design, Kind, Link, LinkId, Node, NodeId, lower, path};
use trazo_stack::Element;

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    /// What it is: kind and path of a field without places in lists (`service.scaling.min`), or `+` or `-` and the kind for a
    /// node or a link that is new or gone.
    pub(crate) what: String,
    /// Of which element.
    pub(crate) element: String,
    /// What it was.
    pub(crate) was: String,
    /// What it is.
    pub(crate) is: String,
}

impl Difference {
    fn new(what: &str, element: &str, was: &Json, is: &Json) -> Self {
        Self { what: what.to_owned(), element: element.to_owned(), was: was.to_string(), is: is.to_string() }
    }

    fn gone(sign: char, kind: &str, element: &str) -> Self {
        Self::new(&format!("{sign}{kind}"), element, &Json::Null, &Json::Null)
    }
}

/// All differences between a design and what came again.
pub(crate) fn between(design: &Design, again: &Design) -> Vec<Difference> {
    let mut found = Vec::new();
    for (what, was, is) in [
        ("name", design.name(), again.name()),
        ("region", design.region(), again.region()),
        ("account", design.account().key(), again.account().key()),
    ] {
        if was != is {
            found.push(Difference::new(&format!("design.{what}"), "", &was.into(), &is.into()));
        }
    }
    let pairs = pairs(design, again);
    let back: BTreeMap<&NodeId, &NodeId> = pairs.iter().map(|(own, other)| (other, own)).collect();
    for node in design.nodes() {
        let kind = node.kind().key();
        match pairs.get(&node.id).and_then(|id| again.node(id)) {
            Some(other) => {
                let differing = nodes(node, other, &back).into_iter();
                found.extend(
                    differing.map(|(what, was, is)| Difference::new(&format!("{kind}.{what}"), &node.name, &was, &is)),
                );
            }
            None => found.push(Difference::gone('-', kind, &node.name)),
        }
    }
    let fresh = again.nodes().filter(|node| !back.contains_key(&node.id));
    found.extend(fresh.map(|node| Difference::gone('+', node.kind().key(), &node.name)));
    found.extend(of_links(design, again, &back));
    found
}

fn of_links(design: &Design, again: &Design, back: &BTreeMap<&NodeId, &NodeId>) -> Vec<Difference> {
    let (own, other) = (links(design, None), links(again, Some(back)));
    let mut found = Vec::new();
    for (ends, link) in &own {
        let (kind, element) = (link.kind().spec().key, format!("{ends:?}"));
        let Some(other) = other.get(ends) else {
            found.push(Difference::gone('-', kind, &element));
            continue;
        };
        let json = |link: &Link| link_json(link)["props"].clone();
        let mut differing = Vec::new();
        fields(link.kind().spec().fields, &json(link), &json(other), "", &mut differing);
        let named = differing.into_iter();
        found.extend(named.map(|(what, was, is)| Difference::new(&format!("{kind}.{what}"), &element, &was, &is)));
    }
    let fresh = other.iter().filter(|(ends, _)| !own.contains_key(*ends));
    found.extend(fresh.map(|(ends, link)| Difference::gone('+', link.kind().spec().key, &format!("{ends:?}"))));
    found
}

/// Ends of a link in the words of the first design: two nodes have no second link that way.
type Ends = (String, String);

fn links<'a>(design: &'a Design, back: Option<&BTreeMap<&NodeId, &NodeId>>) -> BTreeMap<Ends, &'a Link> {
    let own = |id: &NodeId| match back {
        Some(back) => back.get(id).map_or_else(|| format!("?{id}"), ToString::to_string),
        None => id.to_string(),
    };
    design.links().map(|link| ((own(&link.from), own(&link.to)), link)).collect()
}

/// Nodes of the one by nodes of the other.
fn pairs(design: &Design, again: &Design) -> BTreeMap<NodeId, NodeId> {
    let owner = |design: &Design| -> Vec<(String, NodeId)> {
        let stack = lower(design);
        let of = |element: &Element| match element {
            Element::Node(id) => Some(NodeId::new(id)),
            Element::Link(id) => design.link(&LinkId::new(id)).map(|link| link.from.clone()),
            Element::Design => None,
        };
        let all = stack.resources.iter();
        all.filter_map(|(id, resource)| Some((format!("{id} {}", resource.type_name), of(&resource.origin.element)?)))
            .collect()
    };
    let (own, other) = (owner(design), owner(again).into_iter().collect::<BTreeMap<_, _>>());
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    let kind = |design: &Design, id: &NodeId| design.node(id).map(Node::kind);
    for (id, node) in own {
        let Some(twin) = other.get(&id).filter(|twin| kind(again, twin) == kind(design, &node)) else { continue };
        if !found.contains_key(&node) && taken.insert(twin.clone()) {
            found.insert(node, twin.clone());
        }
    }
    type Fits = fn(&Node, &Node) -> bool;
    let by_name: Fits = |one, two| one.name == two.name;
    let by_props: Fits = |one, two| one.props == two.props;
    for fits in [by_name, by_props, |_, _| true] {
        for node in design.nodes() {
            if found.contains_key(&node.id) {
                continue;
            }
            let mut all = again.nodes_of(node.kind());
            if let Some(twin) = all.find(|twin| !taken.contains(&twin.id) && fits(node, twin)) {
                taken.insert(twin.id.clone());
                found.insert(node.id.clone(), twin.id.clone());
            }
        }
    }
    found
}

type Found = Vec<(String, Json, Json)>;

fn nodes(node: &Node, other: &Node, back: &BTreeMap<&NodeId, &NodeId>) -> Found {
    let mut found = Vec::new();
    let mut differ = |what: &str, was: Json, is: Json| {
        if was != is {
            found.push((what.to_owned(), was, is));
        }
    };
    differ("name", node.name.as_str().into(), other.name.as_str().into());
    let tags = |node: &Node| node_json(node).get("tags").cloned().unwrap_or_default();
    differ("tags", tags(node), tags(other));
    let within =
        other.place.parent.as_ref().map(|id| back.get(id).map_or_else(|| format!("?{id}"), ToString::to_string));
    let own = node.place.parent.as_ref().map(ToString::to_string);
    differ("in", own.into(), within.into());
    let (one, mut two) = (node.props.to_json(), other.props.to_json());
    renamed(&mut two, back);
    fields(node.kind().spec().fields, &one, &two, "", &mut found);
    if node.kind() == Kind::OtherResource && one["refs"] != two["refs"] {
        found.push(("refs".to_owned(), one["refs"].clone(), two["refs"].clone()));
    }
    found
}

/// Ids of other nodes, as the first design has them.
fn renamed(props: &mut Json, back: &BTreeMap<&NodeId, &NodeId>) {
    for (list, key) in [("refs", "element"), ("authorizers", "function")] {
        for entry in props.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten() {
            let own = entry.get(key).and_then(Json::as_str).and_then(|id| back.get(&NodeId::new(id)));
            if let Some(own) = own {
                entry[key] = own.to_string().into();
            }
        }
    }
}

/// What differs in the fields that apply.
fn fields(table: &[Field], one: &Json, two: &Json, prefix: &str, found: &mut Found) {
    for field in table.iter().filter(|field| (field.applies)(one)) {
        let here = if prefix.is_empty() { field.key.to_owned() } else { format!("{prefix}.{}", field.key) };
        let value = |json: &Json| path::get(json, field.key).cloned().unwrap_or_default();
        let (was, is) = (value(one), value(two));
        if let (Control::Records { fields: inner, .. }, Json::Array(own), Json::Array(other)) =
            (&field.control, &was, &is)
            && own.len() == other.len()
        {
            for (own, other) in own.iter().zip(other) {
                fields(inner, own, other, &here, found);
            }
            continue;
        }
        if was != is && !(is_empty(&was) && is_empty(&is)) && !is_same_json(&was, &is) {
            found.push((here, was, is));
        }
    }
}

/// Whether two texts hold the same JSON, whatever its layout.
fn is_same_json(one: &Json, two: &Json) -> bool {
    let read = |value: &Json| serde_json::from_str::<Json>(value.as_str()?).ok().filter(|json| !json.is_string());
    read(one).is_some_and(|one| read(two) == Some(one))
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries == &Map::new(),
        _ => false,
    }
}
