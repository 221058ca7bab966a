//! Adding, linking, moving by keyboard, deleting; undo and redo.

use trazo_model::edit::EditError;
use trazo_model::{Edit, Kind, NodeId, Phrase, Refusal, Target, Touch, commands};

use crate::arrangement::Arrangement;
use crate::changes::Request;
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::selection::Selection;
use crate::tools::Gesture;
use crate::tools::place::{rect_at, size_of};

/// How far the view moves by an arrow key while nothing is selected, as times of the key's step.
const PAN: f64 = 6.0;

impl Editor {
    pub(crate) fn undo_step(&mut self) {
        self.cancel_gesture();
        let label = self.history.undo_label();
        let touched = self.history.undo();
        self.after_travel(&touched, label, "ui.announce.undone", "ui.announce.nothing_to_undo");
    }

    pub(crate) fn redo_step(&mut self) {
        self.cancel_gesture();
        let label = self.history.redo_label();
        let touched = self.history.redo();
        self.after_travel(&touched, label, "ui.announce.redone", "ui.announce.nothing_to_redo");
    }

    fn after_travel(
        &mut self,
        touched: &[Touch],
        label: Option<&'static str>,
        done: &'static str,
        nothing: &'static str,
    ) {
        self.absorb(touched);
        self.show_touched(touched);
        let phrase = label.map_or_else(|| Phrase::new(nothing), |label| Phrase::new(done).with("what", label));
        self.changes.announce(phrase);
    }

    /// Brings into view what was changed, if none of it can be seen.
    fn show_touched(&mut self, touched: &[Touch]) {
        let rect = |touch: &Touch| match touch {
            Touch::NodeAdded(id) | Touch::NodePlaced(id) | Touch::NodeSet(id) => self.scene.node_rect(id),
            Touch::LinkAdded(id) | Touch::LinkSet(id) => self.scene.link_points(id).and_then(Rect::around),
            Touch::NodeRemoved(_) | Touch::LinkRemoved(_) | Touch::DesignSet => None,
        };
        let rects: Vec<Rect> = touched.iter().filter_map(rect).collect();
        let view = self.viewport.world_rect(self.screen);
        if !rects.iter().any(|rect| rect.overlaps(view))
            && let Some(all) = Rect::around_all(rects)
        {
            self.center_rect(all);
        }
    }

    pub(crate) fn delete_selected(&mut self) -> bool {
        let count = self.selection.len();
        let label = match (count, self.selection.links().count()) {
            (1, 1) => "edit.unlink",
            (1, _) => "edit.delete",
            _ => "edit.delete_many",
        };
        if count == 0 || !self.delete_as(label) {
            return false;
        }
        self.changes.announce(Phrase::counted("ui.announce.removed", count as i64));
        true
    }

    pub(crate) fn delete_as(&mut self, label: &'static str) -> bool {
        let targets: Vec<Target> = self.selection.iter().cloned().collect();
        let next = self.after_deletion(&targets);
        let edit = commands::remove(self.history.design(), &targets);
        if self.edit(label, edit).is_err() {
            return false;
        }
        // Who works by keyboard goes on from what was linked with it.
        self.selection = Selection::new();
        self.anchor = next.filter(|id| self.design().node(id).is_some());
        true
    }

    /// The node before the first of those that go, so that Tab goes on from there.
    fn after_deletion(&self, targets: &[Target]) -> Option<NodeId> {
        let order = self.reading_order();
        let gone = |id: &NodeId| targets.contains(&Target::Node(id.clone()));
        let first = order.iter().position(gone)?;
        order[..first].last().cloned()
    }

    pub(crate) fn nudge_selected(&mut self, dx: f64, dy: f64) -> bool {
        if self.selection.is_empty() {
            self.set_viewport(self.viewport.panned(-dx * PAN, -dy * PAN));
            return true;
        }
        self.cancel_gesture();
        let roots = self.selected_root_ids();
        let mut plan = Arrangement::new(self.history.design());
        for root in &roots {
            plan.shift(root, dx, dy);
            let parent = plan.parent(root);
            plan.grow(parent);
        }
        let Some(edit) = plan.edit() else { return !roots.is_empty() };
        if let Ok(touched) = self.history.apply_joined("edit.move", "nudge", edit) {
            self.absorb(&touched);
            if let [root] = roots.as_slice() {
                self.reveal_node(root);
            }
            self.announce_moved(&roots);
        }
        true
    }

    pub(crate) fn announce_moved(&mut self, roots: &[NodeId]) {
        let phrase = match roots {
            [] => return,
            [id] => {
                let Some(node) = self.design().node(id) else { return };
                let (x, y) = (node.place.x.to_string(), node.place.y.to_string());
                Phrase::new("ui.announce.moved").with("name", &node.name).with("x", x).with("y", y)
            }
            many => Phrase::counted("ui.announce.moved_many", many.len() as i64),
        };
        self.changes.announce(phrase);
    }

    /// Links two nodes, selects the link and tells of it.
    pub(crate) fn link_nodes(&mut self, from: &NodeId, to: &NodeId) -> Result<(), Refusal> {
        let edit = commands::connect(self.history.design(), from, to)?;
        let id = if let Edit::AddLink { link, .. } = &edit { Some(link.id.clone()) } else { None };
        if self.edit("edit.link", edit).is_err() {
            return Err(Refusal::Kinds);
        }
        let name = |id: &NodeId| self.design().node(id).map(|node| node.name.clone()).unwrap_or_default();
        let phrase = Phrase::new("ui.announce.linked").with("from", name(from)).with("to", name(to));
        self.changes.announce(phrase);
        self.anchor = Some(from.clone());
        if let Some(id) = id {
            self.selection = Selection::of(&[Target::Link(id)]);
        }
        Ok(())
    }

    pub(crate) fn add_somewhere(&mut self, kind: Kind, at: Option<Point>) -> Option<NodeId> {
        self.cancel_gesture();
        let (origin, parent) = match at {
            Some(at) => {
                let group = self.group_for(at, kind, &|_| false);
                let parent = group.and_then(|handle| self.scene.slot(handle)).map(|slot| slot.id.clone());
                (rect_at(kind, at).origin(), parent)
            }
            None => self.room_for_new(kind, size_of(kind)),
        };
        let added = self.add_in(kind, origin, parent.as_ref());
        if let Some(id) = &added {
            self.reveal_node(id);
        }
        added
    }

    /// Adds a node with its upper left corner at `origin`, lets its group grow around it, and selects it.
    pub(crate) fn add_in(&mut self, kind: Kind, origin: Point, parent: Option<&NodeId>) -> Option<NodeId> {
        let design = self.history.design();
        // A note says what it says in its text.
        let name = if kind == Kind::Note { String::new() } else { design.free_name(kind) };
        let mut node = commands::new_node(design, kind, &name, origin.x.round() as i32, origin.y.round() as i32);
        let id = node.id.clone();
        node.place.parent = parent.cloned();
        self.as_one("edit.add", |editor| {
            editor.edit("edit.add", Edit::add_node(node))?;
            let mut plan = Arrangement::new(editor.history.design());
            plan.grow(parent.cloned());
            plan.edit().map_or(Ok(()), |edit| editor.edit("edit.add", edit))
        })
        .ok()?;
        self.selection = Selection::of(&[Target::Node(id.clone())]);
        self.changes.announce(Phrase::new("ui.announce.added").with("name", name).with("kind", kind.spec().key));
        self.request(Request::Focus(Target::Node(id.clone())));
        if kind == Kind::Note {
            self.request(Request::EditNote(id.clone()));
        }
        Some(id)
    }

    /// Several edits as one step, all or none.
    pub(crate) fn as_one(
        &mut self,
        label: &'static str,
        edits: impl FnOnce(&mut Self) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        if !matches!(self.gesture, Gesture::Idle) {
            self.cancel_gesture();
        }
        self.history.begin(label);
        let done = edits(self);
        if done.is_ok() {
            self.history.commit();
        } else {
            let touched = self.history.rollback();
            self.absorb(&touched);
        }
        done
    }
}
