//! What Trazo wrote beside the resources: the design itself. What stands in the resources wins over it, since a person may have
//! changed the template.
//!
//! The design of the metadata is lowered and read again as if it came from a file. Where that and the file agree, nobody
//! changed anything, and the design holds; where they differ, the file does.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use trazo_model::{Design, Kind, lower, manifest};
use trazo_stack::{Element, Stack};

use super::evaluate::Scope;
use super::parts::{Part, Reading, Told};
use super::source::Source;
use super::template::{Resource, Template};
use crate::import::{Tree, cloudformation::understand};

/// The design in the metadata of a template.
pub(super) fn design(root: Source<'_>) -> Option<Design> {
    let mut written = root.get("Metadata")?.get("Trazo")?.json();
    // As it is written there, so that a linter sees no places in it.
    for list in ["nodes", "notes", "links"] {
        if let Some(elements) = written.get_mut(list) {
            super::texts_of(elements, &|text| text.replace("${!", "${"));
        }
    }
    manifest::from_json(written).ok()
}

/// A design and what a template says, together. `None` where they cannot be brought together.
pub(super) fn merged(design: &Design, template: &Template, reading: &mut Reading<'_>) -> Option<Design> {
    let stack = lower(design);
    let tree = Tree::read(&crate::cloudformation::body(&stack)).ok()?;
    let root = Source::new(tree.root());
    let scope = Scope::new(root);
    let before = super::template(root, &scope, &mut Vec::new());
    let same = before.resources.len() == template.resources.len()
        && before.resources.values().all(|one| template.get(&one.id).is_some_and(|other| alike(one, other)));
    let mut base = understand(&before);
    super::other::read(&mut base, &scope);
    super::told::all(&mut base, &scope, root);
    // What is told of any template of Trazo's is no news.
    let known: Vec<Told> = base.told.iter().map(bare).collect();
    reading.told.retain(|told| !known.contains(&bare(told)));
    if same {
        return Some(design.clone());
    }
    Merge::new(design, &stack, &base, reading).design()
}

fn bare(told: &Told) -> Told {
    Told { line: 0, ..told.clone() }
}

fn alike(one: &Resource, other: &Resource) -> bool {
    let attributes = |resource: &Resource| -> Json {
        let all = resource.attributes.iter().map(|(key, value)| (key.clone(), value.json()));
        Json::Object(all.collect::<Map<_, _>>())
    };
    let waits = |resource: &Resource| {
        let mut all = resource.depends_on.clone();
        trazo_model::sort::sort_by_key(&mut all, Clone::clone);
        all
    };
    one.type_name == other.type_name
        && one.properties.json() == other.properties.json()
        && attributes(one) == attributes(other)
        && waits(one) == waits(other)
}

/// Brings three together: the design, what its own template says, and what the file says.
struct Merge<'a> {
    base: &'a Reading<'a>,
    file: &'a Reading<'a>,
    /// The design as the manifest has it, but for its nodes and links.
    all: Map<String, Json>,
    nodes: Vec<Json>,
    links: Vec<Json>,
    /// Ids of nodes by their keys in templates.
    ids: BTreeMap<String, String>,
}

impl<'a> Merge<'a> {
    fn new(design: &Design, stack: &Stack, base: &'a Reading<'a>, file: &'a Reading<'a>) -> Self {
        let mut all = match manifest::to_json(design) {
            Json::Object(all) => all,
            _ => Map::new(),
        };
        let mut list = |key: &str| match all.shift_remove(key) {
            Some(Json::Array(items)) => items,
            _ => Vec::new(),
        };
        let (nodes, links) = (list("nodes"), list("links"));
        let mut ids = BTreeMap::new();
        for part in &base.nodes {
            let made = stack.resources.get(&part.key).and_then(|resource| match &resource.origin.element {
                Element::Node(id) => Some(id.to_string()),
                _ => None,
            });
            if let Some(id) = made.or_else(|| unmade(design, part)) {
                ids.insert(part.key.clone(), id);
            }
        }
        Self { base, file, all, nodes, links, ids }
    }

    fn design(mut self) -> Option<Design> {
        self.merge_nodes();
        self.merge_links();
        self.all.insert("nodes".into(), self.nodes.into());
        self.all.insert("links".into(), self.links.into());
        manifest::from_json(Json::Object(self.all)).ok()
    }

    fn merge_nodes(&mut self) {
        let (base, file) = (self.base, self.file);
        let of_base: BTreeMap<&str, &Part> = base.nodes.iter().map(|part| (part.key.as_str(), part)).collect();
        let of_file: BTreeMap<&str, &Part> = file.nodes.iter().map(|part| (part.key.as_str(), part)).collect();
        for part in &file.nodes {
            if !self.ids.contains_key(&part.key) {
                let id = free(&self.nodes, part.kind.spec().id_prefix);
                self.ids.insert(part.key.clone(), id.clone());
                let below = self.nodes.iter().filter_map(|node| node["y"].as_i64()).max().unwrap_or(0);
                let mut node = Map::new();
                node.insert("id".into(), id.into());
                node.insert("kind".into(), part.kind.key().into());
                node.insert("y".into(), (below + 120).into());
                if let Some(size) = part.kind.spec().shape.default_size() {
                    node.insert("w".into(), size.w.into());
                    node.insert("h".into(), size.h.into());
                }
                self.nodes.push(Json::Object(node));
            }
        }
        let gone: Vec<String> = base
            .nodes
            .iter()
            .filter(|part| !of_file.contains_key(part.key.as_str()))
            .filter_map(|part| self.ids.get(&part.key).cloned())
            .collect();
        let is_gone = |id: &Json| id.as_str().is_some_and(|id| gone.iter().any(|gone| gone == id));
        self.nodes.retain(|node| !is_gone(&node["id"]));
        self.links.retain(|link| !is_gone(&link["from"]) && !is_gone(&link["to"]));
        for node in self.nodes.iter_mut().filter_map(Json::as_object_mut) {
            if node.get("in").is_some_and(is_gone) {
                node.shift_remove("in");
            }
        }
        for part in &file.nodes {
            self.node(part, of_base.get(part.key.as_str()).copied());
        }
    }

    fn node(&mut self, part: &Part, before: Option<&Part>) {
        let (base, file) = (self.base, self.file);
        let Some(id) = self.ids.get(&part.key).cloned() else { return };
        let parent = |reading: &Reading<'_>, part: &Part| {
            part.parent.and_then(|group| reading.nodes.get(group)).map(|group| group.key.clone())
        };
        let around = parent(file, part);
        let moved = before.is_none_or(|before| parent(base, before) != around);
        let around = around.and_then(|key| self.ids.get(&key).cloned());
        let said = before.map_or_else(|| Json::Object(Map::new()), |before| before.props.json());
        let mut now = part.props.json();
        if said != now {
            self.rename(&mut now);
        }
        let node = self.nodes.iter_mut().find(|node| node["id"] == id.as_str());
        let Some(node) = node.and_then(Json::as_object_mut) else { return };
        if before.is_none_or(|before| before.name != part.name) {
            node.insert("name".into(), part.name.clone().into());
        }
        if before.is_none_or(|before| before.tags != part.tags) {
            let tags = part.tags.iter().map(|(key, value)| serde_json::json!({ "key": key, "value": value }));
            node.insert("tags".into(), tags.collect());
        }
        if moved {
            node.shift_remove("in");
            if let Some(around) = around {
                node.insert("in".into(), around.into());
            }
        }
        let own = node.get("props").cloned().unwrap_or_else(|| Json::Object(Map::new()));
        node.insert("props".into(), three(&said, &now, own));
    }

    /// Ids of nodes in the properties of one, as the file's own reading gave them out, become those of the design.
    fn rename(&self, props: &mut Json) {
        let named = |json: &mut Json| {
            let own = (0..self.file.nodes.len()).find(|at| json == self.file.id_of(*at).as_str());
            if let Some(id) = own.and_then(|at| self.ids.get(&self.file.nodes[at].key)) {
                *json = id.as_str().into();
            }
        };
        for (list, key) in [("refs", "element"), ("authorizers", "function")] {
            for entry in props[list].as_array_mut().into_iter().flatten() {
                if let Some(id) = entry.get_mut(key) {
                    named(id);
                }
            }
        }
        if let Some(entries) = props.as_object_mut() {
            entries.retain(|_, value| !value.is_null());
        }
    }

    fn merge_links(&mut self) {
        let (base, file) = (self.base, self.file);
        let ends = |reading: &Reading<'_>, from: usize, to: usize| {
            (reading.nodes[from].key.clone(), reading.nodes[to].key.clone())
        };
        let of_base: BTreeMap<_, _> = base.ties.iter().map(|tie| (ends(base, tie.from, tie.to), tie)).collect();
        let of_file: BTreeMap<_, _> = file.ties.iter().map(|tie| (ends(file, tie.from, tie.to), tie)).collect();
        for (from, to) in of_base.keys().filter(|ends| !of_file.contains_key(*ends)) {
            let (Some(from), Some(to)) = (self.ids.get(from).cloned(), self.ids.get(to).cloned()) else { continue };
            self.links.retain(|link| link["from"] != from.as_str() || link["to"] != to.as_str());
        }
        for (ends, tie) in &of_file {
            let (Some(from), Some(to)) = (self.ids.get(&ends.0).cloned(), self.ids.get(&ends.1).cloned()) else {
                continue;
            };
            let said = of_base.get(ends).map_or_else(|| Json::Object(Map::new()), |tie| tie.props.json());
            let now = tie.props.json();
            let known = |link: &&mut Json| link["from"] == from.as_str() && link["to"] == to.as_str();
            if let Some(link) = self.links.iter_mut().find(known).and_then(Json::as_object_mut) {
                let own = link.get("props").cloned().unwrap_or_else(|| Json::Object(Map::new()));
                link.insert("props".into(), three(&said, &now, own));
                continue;
            }
            let id = free(&self.links, "link");
            self.links.push(serde_json::json!({ "id": id, "from": from, "to": to, "props": now }));
        }
    }
}

/// An id that none of the elements has.
fn free(taken: &[Json], prefix: &str) -> String {
    let mut all = (1..).map(|n: usize| format!("{prefix}{n}"));
    all.find(|id| taken.iter().all(|one| one["id"] != id.as_str())).unwrap_or_default()
}

/// The node of a part that no resource is made of: a role, a repository or a network that exists.
fn unmade(design: &Design, part: &Part) -> Option<String> {
    let said = part.props.json();
    let fits = |node: &&trazo_model::Node| {
        let own = node.props.to_json();
        node.kind() == part.kind
            && own["source"] == said["source"]
            && (part.kind == Kind::Vpc || own["arn"] == said["arn"])
            && (part.kind != Kind::EcrRepository || node.name == part.name)
    };
    design.nodes().find(fits).map(|node| node.id.to_string())
}

/// What was changed between `before` and `now`, done to `own`.
fn three(before: &Json, now: &Json, own: Json) -> Json {
    if before == now {
        return own;
    }
    match (before, now, own) {
        (Json::Object(before), Json::Object(now), Json::Object(mut own)) => {
            for (key, value) in now {
                let none = Json::Object(Map::new());
                let before = before.get(key).unwrap_or(&none);
                let kept = own.get(key).cloned().unwrap_or(Json::Null);
                let merged = three(before, value, kept);
                if !merged.is_null() {
                    own.insert(key.clone(), merged);
                }
            }
            for key in before.keys().filter(|key| !now.contains_key(*key)) {
                own.shift_remove(key);
            }
            Json::Object(own)
        }
        (Json::Array(before), Json::Array(now), Json::Array(own))
            if before.len() == now.len() && own.len() == now.len() =>
        {
            let all = before.iter().zip(now).zip(own);
            all.map(|((before, now), own)| three(before, now, own)).collect()
        }
        _ => now.clone(),
    }
}
