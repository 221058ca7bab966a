//! A draft as a design: made by edits, so that all rules of the document hold.

use std::collections::{BTreeMap, BTreeSet};

use trazo_model::edit::{Edit, apply};
use trazo_model::ids::is_id;
use trazo_model::{Design, Kind, Link, LinkId, Node, NodeId, Tag, can_link};

use super::props::{Refused, properties};
use super::{Draft, Handle, NodePart};

impl Draft {
    /// The design; what is refused becomes notes.
    pub(super) fn build(&mut self) -> Design {
        let mut design = Design::new(&self.name, &self.region);
        if self.account != design.account() {
            let account = Edit::set(trazo_model::Target::Design, "account", self.account.key());
            // A field that each design has takes one of its own words.
            let _ = apply(&mut design, account);
        }
        let mut names = Names::default();
        let mut ids = Vec::with_capacity(self.nodes.len());
        let mut homes = Vec::new();
        for part in std::mem::take(&mut self.nodes) {
            homes.push((part.inside, part.line, part.name.clone()));
            ids.push(self.make_node(&mut design, &mut names, part));
        }
        for (index, (inside, line, name)) in homes.into_iter().enumerate() {
            if let (Some(group), Some(Some(id))) = (inside, ids.get(index)) {
                self.put_inside(&mut design, id, ids.get(group.0).and_then(Option::as_ref), &name, line);
            }
        }
        self.make_links(&mut design, &ids);
        design
    }

    fn make_node(&mut self, design: &mut Design, names: &mut Names, part: NodePart) -> Option<NodeId> {
        let name = names.give(part.kind, &part.name);
        if name != part.name && !part.name.is_empty() {
            self.guessed("import.note.renamed", &[("old", &part.name), ("new", &name)], part.line);
        }
        let wished = part.id.as_deref().filter(|id| is_id(id) && design.node(&NodeId::new(id)).is_none());
        let id = wished.map_or_else(|| design.free_node_id(part.kind), NodeId::new);
        let (x, y, size) = part.place.unwrap_or_default();
        let spec = part.kind.spec();
        let mut node = Node::new(id.clone(), part.kind, &name, x, y);
        if size.is_some() {
            node.place.size = size;
        }
        let mut refused = Vec::new();
        if part.bare
            && let Ok(props) = (spec.read)(&serde_json::Value::Object(serde_json::Map::new()))
        {
            node.props = props;
        }
        let reads = |json: &serde_json::Value| (spec.read)(json).is_ok();
        let props = properties(spec.fields, node.props.to_json(), part.settings, &reads, &mut refused);
        if let Ok(props) = (spec.read)(&props) {
            node.props = props;
        }
        node.tags = part.tags.into_iter().map(|(key, value)| Tag { key, value }).collect();
        self.tell_refused(&name, refused);
        if apply(design, Edit::add_node(node.clone())).is_ok() {
            return Some(id);
        }
        // Only its place can be at fault: the id was looked up.
        node.place = Node::new(id.clone(), part.kind, &name, 0, 0).place;
        let added = apply(design, Edit::add_node(node)).is_ok();
        if !added {
            self.left("import.note.node_refused", &[("subject", &name)], part.line);
        }
        added.then_some(id)
    }

    fn put_inside(&mut self, design: &mut Design, id: &NodeId, group: Option<&NodeId>, name: &str, line: usize) {
        let Some(group) = group else { return };
        let Some(mut place) = design.node(id).map(|node| node.place.clone()) else { return };
        place.parent = Some(group.clone());
        if apply(design, Edit::Place { node: id.clone(), place }).is_err() {
            let group = design.node(group).map(|node| node.name.clone()).unwrap_or_default();
            self.left("import.note.not_inside", &[("subject", name), ("around", &group)], line);
        }
    }

    fn make_links(&mut self, design: &mut Design, ids: &[Option<NodeId>]) {
        for part in std::mem::take(&mut self.links) {
            let end = |handle: Handle| ids.get(handle.0).and_then(Option::as_ref);
            // A node beyond the limit was told of.
            let (Some(from), Some(to)) = (end(part.from), end(part.to)) else { continue };
            let name = |id| design.node(id).map(|node| node.name.clone()).unwrap_or_default();
            let (one, other) = (name(from), name(to));
            let Ok(spec) = can_link(design, from, to) else {
                self.left("import.note.link_refused", &[("one", &one), ("other", &other)], part.line);
                continue;
            };
            let wished = part.id.as_deref().filter(|id| is_id(id) && design.link(&LinkId::new(id)).is_none());
            let id = wished.map_or_else(|| design.free_link_id(), LinkId::new);
            let mut link = Link::new(id, spec.kind, from, to);
            if !part.bare {
                (spec.fit)(design, &mut link);
            } else if let Ok(props) = (spec.read)(&serde_json::Value::Object(serde_json::Map::new())) {
                link.props = props;
            }
            let mut refused = Vec::new();
            let reads = |json: &serde_json::Value| (spec.read)(json).is_ok();
            let props = properties(spec.fields, link.props.to_json(), part.settings, &reads, &mut refused);
            if let Ok(props) = (spec.read)(&props) {
                link.props = props;
            }
            self.tell_refused(&format!("{one} → {other}"), refused);
            if apply(design, Edit::add_link(link)).is_err() {
                self.left("import.note.link_refused", &[("one", &one), ("other", &other)], part.line);
            }
        }
    }

    fn tell_refused(&mut self, subject: &str, refused: Vec<Refused>) {
        for Refused { path, value, line } in refused {
            let found = match value {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            self.left("import.note.refused", &[("subject", subject), ("path", &path), ("found", &found)], line);
        }
    }
}

/// The names that are taken, by kind.
#[derive(Default)]
struct Names {
    taken: BTreeSet<(Kind, String)>,
    last: BTreeMap<(Kind, String), usize>,
}

impl Names {
    /// The name, or with a number behind it where it is taken or empty.
    fn give(&mut self, kind: Kind, name: &str) -> String {
        let base = if name.is_empty() { kind.key().replace('_', "-") } else { name.to_owned() };
        let is_free = |name: &str| !self.taken.contains(&(kind, name.to_owned()));
        // Notes have no names.
        if kind == Kind::Note {
            return name.to_owned();
        }
        let mut given = base.clone();
        if !is_free(&given) {
            let mut number = self.last.get(&(kind, base.clone())).copied().unwrap_or(1);
            while !is_free(&given) {
                number += 1;
                given = format!("{base}-{number}");
            }
            self.last.insert((kind, base), number);
        }
        self.taken.insert((kind, given.clone()));
        given
    }
}
