//! What is on the screen of the design, and keeping it so with the fewest writes.
//!
//! The elements of nodes and links are made by cloning, moved by their own `transform`, and written to only where the
//! editor says that something changed. They are not views of Leptos: at a thousand cards the difference is a frame.

mod describe;
pub(super) mod dom;
mod fit;
mod glyphs;
mod layers;
mod link;
mod node;
mod overlay;
mod palette;
mod picture;
mod tally;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use trazo_editor::{Changes, Editor, Lod};
use trazo_model::{Found, Kind, LinkId, NodeId, Shape, Target};
use web_sys::{Element, HtmlElement};

use crate::studio::Deployed;
use dom::flag;
use fit::Fit;
use layers::Layers;
use link::{LinkView, Templates};
use node::NodeView;
use overlay::OverlayView;
use picture::Picture;
use tally::Tallies;

/// Elements of hidden nodes that are kept for the next ones of their kind.
const SPARE: usize = 48;

/// Everything that is drawn.
pub(super) struct Scene {
    root: HtmlElement,
    layers: Layers,
    picture: Picture,
    overlay: OverlayView,
    nodes: HashMap<NodeId, NodeView>,
    links: HashMap<LinkId, LinkView>,
    spare: HashMap<Kind, Vec<NodeView>>,
    templates: HashMap<Kind, Element>,
    link_templates: Templates,
    tallies: Tallies,
    fit: Fit,
    lit: Vec<NodeId>,
    drop_target: Option<NodeId>,
    /// Whether there is anything passing to be drawn along with a viewport that moves.
    has_overlay: bool,
    hovered: Option<LinkId>,
}

impl Scene {
    /// An empty scene inside `root`; `None` if the browser cannot make what it consists of.
    pub(super) fn new(root: &HtmlElement) -> Option<Self> {
        let layers = Layers::new()?;
        let picture = Picture::new()?;
        let overlay = OverlayView::new()?;
        // Another design may have been drawn in the same element.
        root.set_text_content(None);
        for element in
            [&layers.grid, picture.element.as_ref(), layers.world.as_ref(), &overlay.svg, overlay.refusal.as_ref()]
        {
            root.append_child(element).ok()?;
        }
        glyphs::colour(root);
        Some(Self {
            root: root.clone(),
            layers,
            picture,
            overlay,
            nodes: HashMap::new(),
            links: HashMap::new(),
            spare: HashMap::new(),
            templates: HashMap::new(),
            link_templates: Templates::new()?,
            tallies: Tallies::default(),
            fit: Fit::new()?,
            lit: Vec::new(),
            drop_target: None,
            has_overlay: false,
            hovered: None,
        })
    }

    /// Draws everything that there is.
    pub(super) fn draw_all(&mut self, editor: &Editor) {
        let all = Changes {
            nodes_shown: editor.shown_nodes(),
            links_shown: editor.shown_links(),
            selected: editor.selection().iter().cloned().collect(),
            viewport: true,
            lod: true,
            overlay: true,
            picture: true,
            ..Changes::default()
        };
        self.draw(editor, &all);
    }

    /// Draws what has changed.
    pub(super) fn draw(&mut self, editor: &Editor, changes: &Changes) {
        if changes.lod {
            self.change_detail(editor.lod());
        }
        changes.nodes_hidden.iter().chain(&changes.nodes_removed).for_each(|id| self.hide_node(id));
        changes.links_hidden.iter().chain(&changes.links_removed).for_each(|id| self.hide_link(id));
        changes.nodes_shown.iter().for_each(|id| self.show_node(editor, id));
        changes.links_shown.iter().for_each(|id| self.show_link(editor, id));
        for id in &changes.nodes_moved {
            if let (Some(view), Some(rect)) = (self.nodes.get_mut(id), editor.node_rect(id)) {
                view.place(rect);
            }
        }
        changes.links_routed.iter().for_each(|id| self.draw_link(editor, id));
        if changes.document {
            self.say_all(editor);
        }
        if changes.order {
            self.raise_groups(editor);
        }
        self.draw_selection(editor, changes);
        if changes.hover {
            self.draw_hover(editor);
        }
        if changes.viewport {
            self.layers.look(editor.viewport());
        }
        self.draw_passing(editor, changes);
        if editor.lod() == Lod::Picture {
            // What only the viewport asks for, the picture knows better.
            let changed =
                [!changes.selected.is_empty(), !changes.deselected.is_empty(), !changes.nodes_moved.is_empty()];
            if changes.picture && !changes.viewport || changes.document || changed.contains(&true) {
                self.picture.forget();
            }
            self.picture.show(editor);
        }
    }

    fn change_detail(&mut self, lod: Lod) {
        let far = lod == Lod::Picture;
        flag(&self.picture.element, "hidden", !far);
        flag(&self.layers.world, "hidden", far);
        self.picture.forget();
    }

    fn show_node(&mut self, editor: &Editor, id: &NodeId) {
        let Some(node) = editor.design().node(id) else { return };
        let (kind, rect) = (node.kind(), editor.node_rect(id));
        if !self.nodes.contains_key(id) {
            let Some(view) = self.make_node(kind) else { return };
            let layer = if kind.spec().shape == Shape::Group { &self.layers.groups } else { &self.layers.cards };
            let _ = layer.append_child(&view.element);
            self.nodes.insert(id.clone(), view);
        }
        let Some(view) = self.nodes.get_mut(id) else { return };
        view.say(editor.design(), node, self.tallies.get(&Target::Node(id.clone())), &self.fit);
        view.set_selected(editor.selection().has_node(id));
        flag(&view.element, "data-lit", self.lit.contains(id));
        if let Some(rect) = rect {
            view.place(rect);
        }
        if kind.spec().shape == Shape::Group {
            view.raise(editor.node_depth(id));
        }
    }

    fn make_node(&mut self, kind: Kind) -> Option<NodeView> {
        if let Some(view) = self.spare.get_mut(&kind).and_then(Vec::pop) {
            return Some(view);
        }
        let template = match self.templates.entry(kind) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(node::template(kind)?),
        };
        NodeView::new(kind, template)
    }

    fn hide_node(&mut self, id: &NodeId) {
        let Some(view) = self.nodes.remove(id) else { return };
        // The keyboard stays in the canvas when what it was at goes.
        self.layers.keep_focus(&view.element);
        view.element.remove();
        let spare = self.spare.entry(view.kind).or_default();
        if spare.len() < SPARE {
            view.rest();
            spare.push(view);
        }
    }

    fn show_link(&mut self, editor: &Editor, id: &LinkId) {
        let Some(link) = editor.design().link(id) else { return };
        if !self.links.contains_key(id) {
            let Some(view) = LinkView::new(&self.link_templates) else { return };
            view.name(id.as_str());
            let _ = self.layers.links.append_child(&view.element);
            let _ = self.layers.labels.append_child(&view.label);
            self.links.insert(id.clone(), view);
        }
        let Some(view) = self.links.get_mut(id) else { return };
        view.say(editor.design(), link, self.tallies.get(&Target::Link(id.clone())), &self.fit);
        let selection = editor.selection();
        view.set_selected(selection.contains(&Target::Link(id.clone())));
        view.set_near(selection.has_node(&link.from) || selection.has_node(&link.to));
        self.draw_link(editor, id);
    }

    fn hide_link(&mut self, id: &LinkId) {
        if let Some(view) = self.links.remove(id) {
            self.layers.keep_focus(&view.element);
            view.remove();
        }
    }

    fn draw_link(&mut self, editor: &Editor, id: &LinkId) {
        let Some(view) = self.links.get_mut(id) else { return };
        if let (Some(points), Some(d)) = (editor.link_points(id), editor.link_path(id)) {
            view.draw(d, points, editor.link_label(id), &self.fit);
        }
    }

    /// Writes what all elements say, as far as it has changed: what one says may depend on any other.
    pub(super) fn say_all(&mut self, editor: &Editor) {
        let design = editor.design();
        for (id, view) in &mut self.nodes {
            if let Some(node) = design.node(id) {
                view.say(design, node, self.tallies.get(&Target::Node(id.clone())), &self.fit);
            }
        }
        for (id, view) in &mut self.links {
            if let Some(link) = design.link(id) {
                view.say(design, link, self.tallies.get(&Target::Link(id.clone())), &self.fit);
            }
        }
    }

    /// Marks what has findings, and what is being deployed.
    pub(super) fn mark(&mut self, editor: &Editor, findings: &[Found], deployed: &Deployed) {
        self.tallies = Tallies::of(findings, deployed);
        self.say_all(editor);
        if self.picture.mark(&deployed.progress) && editor.lod() == Lod::Picture {
            self.picture.draw(editor);
        }
    }

    /// The theme is another.
    pub(super) fn recolour(&mut self, editor: &Editor) {
        glyphs::colour(&self.root);
        self.picture.recolour();
        if editor.lod() == Lod::Picture {
            self.picture.draw(editor);
        }
    }

    /// The view has come to rest: text and picture are drawn sharp.
    pub(super) fn settle(&mut self, editor: &Editor) {
        self.layers.settle();
        if editor.lod() == Lod::Picture && !self.picture.is_settled(editor) {
            self.picture.draw(editor);
        }
    }

    /// The next change of the viewport is shown as a short glide.
    pub(super) fn glide(&self, on: bool) {
        self.layers.glide(on);
    }

    fn raise_groups(&self, editor: &Editor) {
        for (id, view) in self.nodes.iter().filter(|(_, view)| view.kind.spec().shape == Shape::Group) {
            view.raise(editor.node_depth(id));
        }
    }

    fn draw_selection(&mut self, editor: &Editor, changes: &Changes) {
        let lists = [(&changes.deselected, false), (&changes.selected, true)];
        for (target, on) in lists.into_iter().flat_map(|(list, on)| list.iter().map(move |target| (target, on))) {
            match target {
                Target::Node(id) => {
                    if let Some(view) = self.nodes.get(id) {
                        view.set_selected(on);
                    }
                    self.draw_near(editor, id);
                }
                Target::Link(id) => {
                    if let Some(view) = self.links.get(id) {
                        view.set_selected(on);
                    }
                }
                Target::Design => {}
            }
        }
    }

    /// Links at a selected node stand out.
    fn draw_near(&self, editor: &Editor, id: &NodeId) {
        let selection = editor.selection();
        for link in editor.design().links_of(id) {
            if let Some(view) = self.links.get(&link.id) {
                view.set_near(selection.has_node(&link.from) || selection.has_node(&link.to));
            }
        }
    }

    fn draw_passing(&mut self, editor: &Editor, changes: &Changes) {
        let moved = changes.viewport || !changes.nodes_moved.is_empty();
        let selected = !changes.selected.is_empty() || !changes.deselected.is_empty();
        if changes.overlay || selected || (self.has_overlay && moved) {
            self.overlay.draw(editor);
            let overlay = editor.overlay();
            self.has_overlay = overlay.marquee.is_some()
                || overlay.draft.is_some()
                || overlay.ghost.is_some()
                || !overlay.guides.is_empty()
                || !editor.selection().is_empty();
        }
        if changes.overlay {
            self.draw_drop_target(editor);
        }
        if changes.lit || changes.overlay {
            self.draw_lit(editor);
        }
    }

    /// The link that the pointer is at stands out.
    fn draw_hover(&mut self, editor: &Editor) {
        let now = match editor.hover() {
            Some(Target::Link(id)) => Some(id.clone()),
            _ => None,
        };
        for (id, on) in [(&self.hovered, false), (&now, true)] {
            if let Some(view) = id.as_ref().and_then(|id| self.links.get(id)) {
                view.set_hovered(on);
            }
        }
        self.hovered = now;
    }

    fn draw_drop_target(&mut self, editor: &Editor) {
        let now = &editor.overlay().drop_target;
        if *now == self.drop_target {
            return;
        }
        let show = |id: &Option<NodeId>, on: bool| {
            if let Some(view) = id.as_ref().and_then(|id| self.nodes.get(id)) {
                flag(&view.element, "data-drop", on);
            }
        };
        show(&self.drop_target, false);
        show(now, true);
        self.drop_target.clone_from(now);
    }

    fn draw_lit(&mut self, editor: &Editor) {
        let (now, linking) = (&editor.overlay().lit, editor.overlay().draft.is_some());
        flag(&self.layers.world, "data-linking", linking);
        if *now == self.lit {
            return;
        }
        for (list, on) in [(&self.lit, false), (now, true)] {
            for view in list.iter().filter_map(|id| self.nodes.get(id)) {
                flag(&view.element, "data-lit", on);
            }
        }
        self.lit.clone_from(now);
    }

    /// The element of a node or link, if it is shown.
    pub(super) fn element(&self, target: &Target) -> Option<&Element> {
        match target {
            Target::Node(id) => self.nodes.get(id).map(|view| view.element.as_ref()),
            Target::Link(id) => self.links.get(id).map(|view| &view.element),
            Target::Design => None,
        }
    }
}
