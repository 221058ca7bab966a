//! Copying and pasting parts of a design as manifest JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use trazo_model::edit::EditError;
use trazo_model::manifest::{self, ManifestError, VERSION};
use trazo_model::{Design, Edit, Kind, Link, LinkId, Node, NodeId, Phrase, Target};

use crate::arrangement::Arrangement;
use crate::changes::Request;
use crate::editor::Editor;
use crate::geometry::{GRID, Rect, to_grid};
use crate::scene::rect_of;
use crate::selection::Selection;

/// How far a copy lies from what it is a copy of.
const OFFSET: i32 = 3 * GRID;
/// After so many copies on top of one another, the next one lies on another copy.
const COPIES: i32 = 40;
/// Between what is there and what is added beside it.
const BESIDE: f64 = 160.0;

/// A text on the clipboard cannot be taken as a part of a design.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PasteError {
    /// It holds nothing of Trazo's: the text `ui.paste.empty` says so.
    #[error("this is not a part of a Trazo design")]
    NotTrazo,
    /// It is one of Trazo's, but cannot be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// It breaks a rule of the document.
    #[error(transparent)]
    Edit(#[from] EditError),
}

impl Editor {
    /// The selected nodes, all that lies in them, and the links between, as JSON.
    pub(crate) fn fragment(&self) -> Option<String> {
        let design = self.history.design();
        let mut ids = BTreeSet::new();
        for handle in self.selected_roots() {
            let inside = self.scene.subtree(handle);
            ids.extend(inside.into_iter().filter_map(|h| self.scene.slot(h).map(|slot| slot.id.clone())));
        }
        if ids.is_empty() {
            return None;
        }
        let (mut nodes, mut notes) = (Vec::new(), Vec::new());
        for node in design.nodes().filter(|node| ids.contains(&node.id)) {
            let mut node = node.clone();
            node.place.parent = node.place.parent.filter(|parent| ids.contains(parent));
            let list = if node.kind() == Kind::Note { &mut notes } else { &mut nodes };
            list.push(manifest::node_json(&node));
        }
        let inner = design.links().filter(|link| ids.contains(&link.from) && ids.contains(&link.to));
        let mut all = Map::new();
        all.insert("trazo".into(), VERSION.into());
        all.insert("nodes".into(), nodes.into());
        all.insert("links".into(), inner.map(manifest::link_json).collect());
        all.insert("notes".into(), notes.into());
        serde_json::to_string_pretty(&Value::Object(all)).ok()
    }

    pub(crate) fn copy_selected(&mut self) -> bool {
        let Some(text) = self.fragment() else { return false };
        let count = self.selection.nodes().count();
        self.request(Request::Copy(text));
        self.changes.announce(Phrase::counted("ui.announce.copied", count as i64));
        true
    }

    pub(crate) fn cut_selected(&mut self) -> bool {
        let Some(text) = self.fragment() else { return false };
        let count = self.selection.nodes().count();
        if !self.delete_as("edit.cut") {
            return false;
        }
        self.request(Request::Copy(text));
        self.changes.announce(Phrase::counted("ui.announce.cut", count as i64));
        true
    }

    pub(crate) fn duplicate_selected(&mut self) -> bool {
        self.fragment().is_some_and(|text| self.paste_text(&text, "edit.duplicate").is_ok())
    }

    pub(crate) fn paste_text(&mut self, text: &str, label: &'static str) -> Result<(), PasteError> {
        let json: Value = serde_json::from_str(text).map_err(|_| PasteError::NotTrazo)?;
        if json.get("trazo").is_none() {
            return Err(PasteError::NotTrazo);
        }
        let part = manifest::fragment_from_json(json)?;
        if part.is_empty() {
            return Err(PasteError::NotTrazo);
        }
        let by = self.place_for(&part);
        self.add_part(&part, by, label)?;
        Ok(())
    }

    /// Adds a design to the right of all that is there.
    pub(crate) fn add_beside(&mut self, part: &Design) -> Result<(), EditError> {
        let around = |design: &Design| Rect::around_all(design.nodes().map(rect_of));
        let by = match (around(self.design()), around(part)) {
            (Some(here), Some(new)) => (to_grid(here.right() + BESIDE - new.x), to_grid(here.y - new.y)),
            _ => (0, 0),
        };
        self.add_part(part, by, "edit.import")
    }

    /// Adds the nodes and links of a part, moved by so much, and selects them.
    fn add_part(&mut self, part: &Design, by: (i32, i32), label: &'static str) -> Result<(), EditError> {
        let mut ids = BTreeMap::new();
        self.as_one(label, |editor| editor.take_in(part, by, &mut ids))?;
        let pasted: Vec<Target> =
            part.nodes().filter_map(|node| ids.get(&node.id).cloned()).map(Target::Node).collect();
        self.changes.announce(Phrase::counted("ui.announce.pasted", pasted.len() as i64));
        if let [only] = pasted.as_slice() {
            self.request(Request::Focus(only.clone()));
        }
        self.selection = Selection::of(&pasted);
        Ok(())
    }

    /// How far a part has to be moved: off what it is a copy of, and into view.
    fn place_for(&self, part: &Design) -> (i32, i32) {
        let Some(all) = Rect::around_all(part.nodes().map(rect_of)) else { return (0, 0) };
        let taken: BTreeSet<(i32, i32)> = self.design().nodes().map(|node| (node.place.x, node.place.y)).collect();
        let free = |by: &i32| part.nodes().all(|node| !taken.contains(&(node.place.x + by, node.place.y + by)));
        let by = (0..COPIES).map(|step| step * OFFSET).find(free).unwrap_or(OFFSET);
        let view = self.viewport.world_rect(self.screen);
        if all.translate(by.into(), by.into()).overlaps(view) {
            return (by, by);
        }
        let (from, to) = (all.center(), view.center());
        (to_grid(to.x - from.x), to_grid(to.y - from.y))
    }

    /// Adds the nodes and links of a part under new ids.
    fn take_in(
        &mut self,
        part: &Design,
        (dx, dy): (i32, i32),
        ids: &mut BTreeMap<NodeId, NodeId>,
    ) -> Result<(), EditError> {
        let mut edits = Vec::new();
        let mut taken = Names::of(self.design());
        // What lies in something comes after it.
        let mut nodes: Vec<&Node> = part.nodes().collect();
        trazo_model::sort::sort_by_key(&mut nodes, |node| part.ancestors(&node.id).count());
        let mut homes = Vec::new();
        for node in nodes {
            let mut copy = node.clone();
            copy.id = taken.node_id(node.kind());
            copy.name = taken.name(&node.name);
            (copy.place.x, copy.place.y) = (node.place.x.saturating_add(dx), node.place.y.saturating_add(dy));
            copy.place.parent = match &node.place.parent {
                Some(parent) => ids.get(parent).cloned(),
                None => {
                    let group = self.group_for(rect_of(&copy).center(), copy.kind(), &|_| false);
                    group.and_then(|handle| self.scene.slot(handle)).map(|slot| slot.id.clone())
                }
            };
            homes.extend(copy.place.parent.clone());
            ids.insert(node.id.clone(), copy.id.clone());
            edits.push(Edit::add_node(copy));
        }
        for link in part.links() {
            let (Some(from), Some(to)) = (ids.get(&link.from), ids.get(&link.to)) else { continue };
            let copy = Link { id: taken.link_id(), from: from.clone(), to: to.clone(), ..link.clone() };
            edits.push(Edit::add_link(copy));
        }
        self.edit("edit.paste", Edit::Batch(edits))?;
        let mut plan = Arrangement::new(self.history.design());
        homes.into_iter().for_each(|home| plan.grow(Some(home)));
        plan.edit().map_or(Ok(()), |edit| self.edit("edit.paste", edit))
    }
}

/// Ids and names that are taken, by the design or by what is about to be added.
struct Names {
    nodes: BTreeSet<NodeId>,
    links: BTreeSet<LinkId>,
    names: BTreeSet<String>,
}

impl Names {
    fn of(design: &Design) -> Self {
        Self {
            nodes: design.nodes().map(|node| node.id.clone()).collect(),
            links: design.links().map(|link| link.id.clone()).collect(),
            names: design.nodes().map(|node| node.name.clone()).collect(),
        }
    }

    fn node_id(&mut self, kind: Kind) -> NodeId {
        let prefix = kind.spec().id_prefix;
        let mut ids = (1u32..).map(|n| NodeId::new(&format!("{prefix}{n}")));
        let id = ids.find(|id| !self.nodes.contains(id)).unwrap_or_else(|| NodeId::new(prefix));
        self.nodes.insert(id.clone());
        id
    }

    fn link_id(&mut self) -> LinkId {
        let mut ids = (1u32..).map(|n| LinkId::new(&format!("link{n}")));
        let id = ids.find(|id| !self.links.contains(id)).unwrap_or_else(|| LinkId::new("link"));
        self.links.insert(id.clone());
        id
    }

    /// The same name, with another number behind it if it is taken. No name at all may be had by many.
    fn name(&mut self, name: &str) -> String {
        if name.is_empty() || self.names.insert(name.to_owned()) {
            return name.to_owned();
        }
        let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let base =
            base.strip_suffix('-').filter(|base| !base.is_empty() && base.len() < name.len() - 1).unwrap_or(name);
        let mut names = (2u32..).map(|n| format!("{base}-{n}"));
        let free = names.find(|name| !self.names.contains(name)).unwrap_or_else(|| name.to_owned());
        self.names.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_is_counted_on() {
        let mut names = Names { nodes: BTreeSet::new(), links: BTreeSet::new(), names: BTreeSet::new() };
        let all: Vec<String> = ["web", "web", "web-2", "s3", "s3", "", "", "-1", "-1"].map(|n| names.name(n)).to_vec();
        assert_eq!(all, ["web", "web-2", "web-3", "s3", "s3-2", "", "", "-1", "-1-2"]);
    }
}
