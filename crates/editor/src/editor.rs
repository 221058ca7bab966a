//! The editor: the design with its history, what is selected, what is seen, and what is under way.

use trazo_model::edit::EditError;
use trazo_model::{Design, Edit, History, LinkId, NodeId, Target, Touch, View};

use crate::changes::{Changes, Request};
use crate::geometry::{Point, Rect, Size};
use crate::hit::{Form, Hit};
use crate::overlay::{Cursor, Overlay};
use crate::path::{self, LabelPlace};
use crate::scene::Scene;
use crate::selection::Selection;
use crate::tools::{Gesture, Pointers, Tool};
use crate::viewport::Viewport;
use crate::visible::{Lod, Visible};

/// See the crate. One editor belongs to one design; another design has another editor.
#[derive(Debug)]
pub struct Editor {
    pub(crate) history: History,
    pub(crate) scene: Scene,
    pub(crate) screen: Size,
    pub(crate) viewport: Viewport,
    pub(crate) selection: Selection,
    pub(crate) tool: Tool,
    pub(crate) gesture: Gesture,
    pub(crate) pointers: Pointers,
    pub(crate) overlay: Overlay,
    pub(crate) changes: Changes,
    /// The node that the keyboard is at: the last one that was selected alone.
    pub(crate) anchor: Option<NodeId>,
    visible: Visible,
    reported: Selection,
    cursor: Cursor,
    hover: Option<Target>,
}

/// What is drawn when cards are too small to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture<'a> {
    /// Nodes in the order of painting.
    pub nodes: Vec<(&'a NodeId, Form, Rect)>,
    /// Links with their ways.
    pub links: Vec<(&'a LinkId, &'a [Point])>,
}

impl Editor {
    /// An editor of `design` on a canvas of this size, showing what was last seen of it.
    #[must_use]
    pub fn new(design: Design, screen: Size) -> Self {
        let scene = Scene::new(&design);
        let zoom = f64::from(design.view.zoom) / 100.0;
        let at = |v: i32| -f64::from(v) * zoom;
        let viewport = Viewport::new(at(design.view.x), at(design.view.y), zoom);
        let mut editor = Self {
            history: History::new(design),
            scene,
            screen,
            viewport,
            selection: Selection::new(),
            tool: Tool::Select,
            gesture: Gesture::Idle,
            pointers: Pointers::default(),
            overlay: Overlay::default(),
            changes: Changes::default(),
            anchor: None,
            visible: Visible::default(),
            reported: Selection::new(),
            cursor: Cursor::Default,
            hover: None,
        };
        // What is shown at first is asked for, not told.
        editor.finish();
        editor
    }

    /// The design.
    #[must_use]
    pub fn design(&self) -> &Design {
        self.history.design()
    }

    /// The design and what can be undone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What part of the world is seen.
    #[must_use]
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// The size of the canvas in pixels.
    #[must_use]
    pub fn screen(&self) -> Size {
        self.screen
    }

    /// What is selected.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The tool in hand.
    #[must_use]
    pub fn tool(&self) -> Tool {
        self.tool
    }

    /// What passes over the design.
    #[must_use]
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// How the pointer looks.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// What the pointer is over.
    #[must_use]
    pub fn hover(&self) -> Option<&Target> {
        self.hover.as_ref()
    }

    /// The level of detail.
    #[must_use]
    pub fn lod(&self) -> Lod {
        self.visible.lod
    }

    /// The part of the world for which things are shown, somewhat larger than the screen.
    #[must_use]
    pub fn covered(&self) -> Rect {
        self.visible.covered
    }

    /// The picture that is on the canvas: rectangles and routes.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Where a node is shown now, in world units; while it is being dragged that is not yet where the document has it.
    #[must_use]
    pub fn node_rect(&self, id: &NodeId) -> Option<Rect> {
        self.scene.node_rect(id)
    }

    /// How many groups a node lies in.
    #[must_use]
    pub fn node_depth(&self, id: &NodeId) -> usize {
        self.scene.node(id).map_or(0, |slot| slot.depth as usize)
    }

    /// The way of a link in world units.
    #[must_use]
    pub fn link_points(&self, id: &LinkId) -> Option<&[Point]> {
        self.scene.link_points(id)
    }

    /// The `d` of a link's path.
    #[must_use]
    pub fn link_path(&self, id: &LinkId) -> Option<String> {
        self.scene.link_path(id)
    }

    /// Where a link's label goes.
    #[must_use]
    pub fn link_label(&self, id: &LinkId) -> Option<LabelPlace> {
        let (link, points) = (self.design().link(id)?, self.scene.link_points(id)?);
        let others = |node: &NodeId, end: fn(&[Point]) -> Option<&Point>| {
            let near = self.design().links_of(node).filter(|other| other.id != link.id);
            let mut ends = near.filter_map(|other| end(self.scene.link_points(&other.id)?));
            ends.any(|at| Some(at) == end(points))
        };
        let (starts, stops) = (others(&link.from, <[Point]>::first), others(&link.to, <[Point]>::last));
        Some(path::label_place(points, starts, stops))
    }

    /// The nodes to be shown, in the order of painting: groups, outer ones first, then cards and notes.
    #[must_use]
    pub fn shown_nodes(&self) -> Vec<NodeId> {
        let all = self.scene.nodes_in(self.visible.covered).into_iter();
        all.filter(|id| self.visible.nodes.contains(*id)).cloned().collect()
    }

    /// The links to be shown.
    #[must_use]
    pub fn shown_links(&self) -> Vec<LinkId> {
        self.visible.links.iter().cloned().collect()
    }

    /// What lies in `area` (world), to be drawn as one picture.
    #[must_use]
    pub fn picture(&self, area: Rect) -> Picture<'_> {
        let node = |id| self.scene.node(id).map(|slot| (&slot.id, slot.form(), slot.rect));
        let link = |id| self.scene.link_points(id).map(|points| (id, points));
        Picture {
            nodes: self.scene.nodes_in(area).into_iter().filter_map(node).collect(),
            links: self.scene.links_in(area).into_iter().filter_map(link).collect(),
        }
    }

    /// Applies an edit as a step of its own (fields in the inspector, fixes).
    ///
    /// # Errors
    /// The rule of the document that it would break.
    pub fn apply(&mut self, label: &'static str, edit: Edit) -> Result<Changes, EditError> {
        self.cancel_gesture();
        self.edit(label, edit)?;
        Ok(self.finish())
    }

    /// Applies an edit that joins the last step if that had the same `key` (typing in one field).
    ///
    /// # Errors
    /// The rule of the document that it would break.
    pub fn apply_joined(&mut self, label: &'static str, key: &str, edit: Edit) -> Result<Changes, EditError> {
        self.cancel_gesture();
        let touched = self.history.apply_joined(label, key, edit)?;
        self.absorb(&touched);
        Ok(self.finish())
    }

    /// What has changed that was not told yet. Commands that end with an error tell nothing: the design is as it was, but a
    /// gesture that was under way is over.
    pub fn pending(&mut self) -> Changes {
        self.finish()
    }

    /// The next edit begins a step of its own, even if it has the key of the last.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Applies an edit and takes over what it touched. What is under way is taken back first.
    pub(crate) fn edit(&mut self, label: &'static str, edit: Edit) -> Result<(), EditError> {
        if !matches!(self.gesture, Gesture::Idle) {
            self.cancel_gesture();
        }
        let touched = self.history.apply(label, edit)?;
        self.absorb(&touched);
        Ok(())
    }

    pub(crate) fn absorb(&mut self, touched: &[Touch]) {
        if touched.is_empty() {
            return;
        }
        self.scene.absorb(self.history.design(), touched);
        let changes = &mut self.changes;
        changes.document = true;
        let mut later = Changes::default();
        for touch in touched {
            match touch.clone() {
                Touch::NodeAdded(id) => later.nodes_added.push(id),
                Touch::NodeRemoved(id) => later.nodes_removed.push(id),
                Touch::NodePlaced(id) | Touch::NodeSet(id) => later.nodes_set.push(id),
                Touch::LinkAdded(id) => later.links_added.push(id),
                Touch::LinkRemoved(id) => later.links_removed.push(id),
                Touch::LinkSet(id) => later.links_set.push(id),
                Touch::DesignSet => {}
            }
        }
        changes.merge(later);
    }

    /// Ends an input or a command: what follows from it, and what has changed.
    pub(crate) fn finish(&mut self) -> Changes {
        let journal = self.scene.take_journal();
        self.changes.nodes_moved.extend(journal.moved.iter().cloned());
        self.changes.links_routed.extend(journal.routed.iter().cloned());
        self.changes.order |= journal.order;
        self.visible.update(&self.scene, &journal, self.viewport, self.screen, &mut self.changes);
        if self.changes.document {
            self.selection = std::mem::take(&mut self.selection).living(self.history.design());
            if self.hover.as_ref().is_some_and(|target| !self.exists(target)) {
                self.set_hover(None);
            }
            let anchor = self.anchor.take();
            self.anchor = anchor.filter(|id| self.design().node(id).is_some());
        }
        if self.selection != self.reported {
            self.changes.selected = self.selection.less(&self.reported);
            self.changes.deselected = self.reported.less(&self.selection);
            self.changes.picture |= self.visible.lod == Lod::Picture;
            self.reported = self.selection.clone();
            if let Some(id) = self.selection.primary_node() {
                self.anchor = Some(id.clone());
            }
            // What is nudged next is something else.
            self.history.seal();
        }
        if self.changes.viewport {
            let (v, whole) = (self.viewport, |v: f64| v.round() as i32);
            self.history.set_view(View {
                x: whole(-v.x / v.zoom),
                y: whole(-v.y / v.zoom),
                zoom: whole(v.zoom * 100.0),
            });
        }
        std::mem::take(&mut self.changes)
    }

    /// What was selected when that was last told.
    pub(crate) fn reported(&self) -> &Selection {
        &self.reported
    }

    pub(crate) fn exists(&self, target: &Target) -> bool {
        match target {
            Target::Design => true,
            Target::Node(id) => self.design().node(id).is_some(),
            Target::Link(id) => self.design().link(id).is_some(),
        }
    }

    /// What lies at a place on the screen.
    pub(crate) fn hit(&self, at: Point) -> Hit {
        let has_grips = |id: &NodeId| self.selection.len() == 1 && self.selection.has_node(id);
        self.scene.hit(self.viewport.to_world(at), self.viewport.length(1.0), &has_grips)
    }

    /// The element that was hit.
    pub(crate) fn target(&self, hit: Hit) -> Option<Target> {
        match hit {
            Hit::Link(link) => self.scene.link_id(link).cloned().map(Target::Link),
            hit => self.scene.slot(hit.node()?).map(|slot| Target::Node(slot.id.clone())),
        }
    }

    pub(crate) fn set_viewport(&mut self, viewport: Viewport) {
        if viewport != self.viewport {
            self.viewport = viewport;
            self.changes.viewport = true;
        }
    }

    pub(crate) fn set_cursor(&mut self, cursor: Cursor) {
        if cursor != self.cursor {
            self.cursor = cursor;
            self.changes.cursor = true;
        }
    }

    pub(crate) fn set_hover(&mut self, hover: Option<Target>) {
        if hover != self.hover {
            self.hover = hover;
            self.changes.hover = true;
        }
    }

    /// Changes what passes over the design, and remembers that it did if it did.
    pub(crate) fn set_overlay(&mut self, overlay: Overlay) {
        self.changes.lit |= overlay.lit != self.overlay.lit;
        if overlay != self.overlay {
            self.overlay = overlay;
            self.changes.overlay = true;
        }
    }

    pub(crate) fn request(&mut self, request: Request) {
        self.changes.requests.push(request);
    }
}
