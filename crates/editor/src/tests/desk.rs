//! A desk to work at: sends input, keeps a copy of what a screen would show, made from what the editor says has changed
//! and nothing else, and compares the two after each input.

use std::collections::{BTreeMap, BTreeSet};

use trazo_model::edit::{Edit, apply};
use trazo_model::{Design, Kind, LinkId, Node, NodeId, Phrase, Target, commands, manifest};

use crate::geometry::{Point, Rect, Size};
use crate::input::{Button, Input, Key, Mods, Pointer, Wheel};
use crate::scene::{Scene, tests::same};
use crate::tools::{Gesture, Tool};
use crate::{Changes, Cursor, Editor, Lod, Overlay, Request};

pub(super) const SCREEN: Size = Size::new(1200.0, 800.0);

/// What a screen shows.
#[derive(Debug, Default)]
struct Mirror {
    nodes: BTreeMap<NodeId, Rect>,
    links: BTreeMap<LinkId, String>,
    in_document: (BTreeSet<NodeId>, BTreeSet<LinkId>),
    selected: BTreeSet<Target>,
    overlay: Overlay,
    cursor: Cursor,
    tool: Tool,
    viewport: Option<crate::viewport::Viewport>,
    lod: Lod,
    hover: Option<Target>,
    revision: u64,
}

pub(super) struct Desk {
    pub(super) editor: Editor,
    mirror: Mirror,
    pub(super) mods: Mods,
    pub(super) requests: Vec<Request>,
    time: f64,
}

pub(super) fn id(text: &str) -> NodeId {
    NodeId::new(text)
}

pub(super) fn node(text: &str) -> Target {
    Target::Node(id(text))
}

impl Desk {
    /// A desk with nothing on it.
    pub(super) fn empty() -> Self {
        Self::with(Design::new("test", "us-east-1"))
    }

    pub(super) fn with(design: Design) -> Self {
        let editor = Editor::new(design, SCREEN);
        let mut mirror = Mirror { viewport: Some(editor.viewport()), lod: editor.lod(), ..Mirror::default() };
        for node in editor.design().nodes() {
            mirror.in_document.0.insert(node.id.clone());
        }
        for link in editor.design().links() {
            mirror.in_document.1.insert(link.id.clone());
        }
        for node in editor.shown_nodes() {
            mirror.nodes.insert(node.clone(), editor.node_rect(&node).expect("is there"));
        }
        for link in editor.shown_links() {
            mirror.links.insert(link.clone(), editor.link_path(&link).expect("is there"));
        }
        mirror.revision = editor.history().revision();
        let desk = Self { editor, mirror, mods: Mods::default(), requests: Vec::new(), time: 0.0 };
        desk.sweep().expect("holds from the beginning");
        desk
    }

    /// Nodes by id, kind and place, and the group they lie in (or none, "").
    pub(super) fn of(nodes: &[(&str, Kind, i32, i32, &str)], links: &[(&str, &str)]) -> Self {
        let mut design = Design::new("test", "us-east-1");
        for (text, kind, x, y, parent) in nodes {
            let mut node = Node::new(id(text), *kind, text, *x, *y);
            node.place.parent = (!parent.is_empty()).then(|| id(parent));
            apply(&mut design, Edit::add_node(node)).expect("may be added");
        }
        for (from, to) in links {
            let edit = commands::connect(&design, &id(from), &id(to)).expect("may be linked");
            apply(&mut design, edit).expect("may be added");
        }
        Self::with(design)
    }

    pub(super) fn input(&mut self, input: Input) -> Changes {
        let changes = self.editor.input(input.clone());
        self.see(changes, &format!("{input:?}"))
    }

    /// A command.
    pub(super) fn run(&mut self, command: impl FnOnce(&mut Editor) -> Changes) -> Changes {
        let changes = command(&mut self.editor);
        self.see(changes, "a command")
    }

    fn see(&mut self, changes: Changes, after: &str) -> Changes {
        self.take(&changes);
        self.requests.extend(changes.requests.iter().cloned());
        if let Err(problem) = self.sweep() {
            panic!("after {after}: {problem}");
        }
        changes
    }

    /// Draws what the editor says has changed.
    fn take(&mut self, changes: &Changes) {
        let (editor, mirror) = (&self.editor, &mut self.mirror);
        for gone in &changes.nodes_hidden {
            mirror.nodes.remove(gone);
        }
        for come in &changes.nodes_shown {
            mirror.nodes.insert(come.clone(), editor.node_rect(come).unwrap_or_default());
        }
        for moved in &changes.nodes_moved {
            if let Some(rect) = mirror.nodes.get_mut(moved) {
                *rect = editor.node_rect(moved).unwrap_or_default();
            }
        }
        for gone in &changes.links_hidden {
            mirror.links.remove(gone);
        }
        for come in &changes.links_shown {
            mirror.links.insert(come.clone(), editor.link_path(come).unwrap_or_default());
        }
        for routed in &changes.links_routed {
            if let Some(path) = mirror.links.get_mut(routed) {
                *path = editor.link_path(routed).unwrap_or_default();
            }
        }
        changes.nodes_removed.iter().for_each(|id| _ = mirror.in_document.0.remove(id));
        mirror.in_document.0.extend(changes.nodes_added.iter().cloned());
        changes.links_removed.iter().for_each(|id| _ = mirror.in_document.1.remove(id));
        mirror.in_document.1.extend(changes.links_added.iter().cloned());
        changes.deselected.iter().for_each(|target| _ = mirror.selected.remove(target));
        mirror.selected.extend(changes.selected.iter().cloned());
        if changes.overlay || changes.lit {
            mirror.overlay = editor.overlay().clone();
        }
        if changes.cursor {
            mirror.cursor = editor.cursor();
        }
        if changes.tool {
            mirror.tool = editor.tool();
        }
        if changes.viewport {
            mirror.viewport = Some(editor.viewport());
        }
        if changes.lod {
            mirror.lod = editor.lod();
        }
        if changes.hover {
            mirror.hover = editor.hover().cloned();
        }
        if changes.document {
            mirror.revision = editor.history().revision();
        }
    }

    /// Whether all that has to hold does.
    fn sweep(&self) -> Result<(), String> {
        let (editor, mirror) = (&self.editor, &self.mirror);
        let design = editor.design();
        let check = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
        let read = manifest::from_json(manifest::to_json(design)).map_err(|error| error.to_string())?;
        check(manifest::to_json(&read) == manifest::to_json(design), "the document keeps its rules and can be saved")?;
        check(editor.selection.iter().all(|target| editor.exists(target)), "only living things are selected")?;
        self.sweep_scene()?;
        let shown: BTreeMap<NodeId, Rect> = editor
            .shown_nodes()
            .into_iter()
            .map(|id| (id.clone(), editor.node_rect(&id).unwrap_or_default()))
            .collect();
        check(shown == mirror.nodes, &format!("the nodes on the screen {shown:?} {:?}", mirror.nodes))?;
        let links: BTreeMap<LinkId, String> = editor
            .shown_links()
            .into_iter()
            .map(|id| (id.clone(), editor.link_path(&id).unwrap_or_default()))
            .collect();
        check(links == mirror.links, &format!("the links on the screen {links:?} {:?}", mirror.links))?;
        let nodes: BTreeSet<NodeId> = design.nodes().map(|node| node.id.clone()).collect();
        let links: BTreeSet<LinkId> = design.links().map(|link| link.id.clone()).collect();
        check((nodes, links) == mirror.in_document, "the outline")?;
        check(editor.selection.iter().cloned().collect::<BTreeSet<_>>() == mirror.selected, "the selection")?;
        check(editor.overlay() == &mirror.overlay, "the overlay")?;
        check(editor.cursor() == mirror.cursor, "the cursor")?;
        check(editor.tool() == mirror.tool, "the tool")?;
        check(Some(editor.viewport()) == mirror.viewport, "the viewport")?;
        check(editor.lod() == mirror.lod, "the level of detail")?;
        check(editor.hover() == mirror.hover.as_ref(), "the hover")?;
        check(editor.history().revision() == mirror.revision, "the revision")
    }

    fn sweep_scene(&self) -> Result<(), String> {
        let editor = &self.editor;
        let mut fresh = Scene::new(editor.design());
        let mut previewed = 0;
        for (_, slot) in editor.scene.slots() {
            if fresh.node_rect(&slot.id).is_some_and(|rect| rect != slot.rect) {
                previewed += 1;
                let handle = fresh.node_handle(&slot.id).ok_or("a node that the document does not have")?;
                fresh.set_rect(handle, slot.rect);
            }
        }
        fresh.settle();
        same(&editor.scene, &fresh)?;
        let dragging = matches!(editor.gesture, Gesture::Drag(_) | Gesture::Resize(_));
        if previewed > 0 && !dragging {
            return Err(format!("{previewed} nodes are shown where the document does not have them"));
        }
        let idle = matches!(editor.gesture, Gesture::Idle) && !matches!(editor.tool, Tool::Place(_));
        if idle && editor.overlay != Overlay::default() {
            return Err(format!("something is left over: {:?}", editor.overlay));
        }
        let view = editor.viewport.world_rect(editor.screen);
        if !editor.covered().contains_rect(view) {
            return Err("what is shown does not cover the screen".to_owned());
        }
        let expected = editor.scene.nodes_in(editor.covered()).len();
        let shown = editor.shown_nodes().len();
        if shown != if editor.lod() == Lod::Cards { expected } else { 0 } {
            return Err(format!("{shown} nodes are shown of {expected}"));
        }
        Ok(())
    }

    // The pointer, in world units while the view is as it was at first.

    fn pointer(&self, x: f64, y: f64, button: Button) -> Pointer {
        Pointer { at: Point::new(x, y), button, mods: self.mods, time: self.time, id: 1, touch: false }
    }

    pub(super) fn down(&mut self, x: f64, y: f64) -> Changes {
        self.time += 1000.0;
        self.input(Input::PointerDown(self.pointer(x, y, Button::Primary)))
    }

    pub(super) fn to(&mut self, x: f64, y: f64) -> Changes {
        self.input(Input::PointerMove(self.pointer(x, y, Button::Primary)))
    }

    pub(super) fn up(&mut self, x: f64, y: f64) -> Changes {
        self.input(Input::PointerUp(self.pointer(x, y, Button::Primary)))
    }

    pub(super) fn press(&mut self, x: f64, y: f64, button: Button) -> Changes {
        self.time += 1000.0;
        let mut changes = self.input(Input::PointerDown(self.pointer(x, y, button)));
        changes.merge(self.input(Input::PointerUp(self.pointer(x, y, button))));
        changes
    }

    pub(super) fn click(&mut self, x: f64, y: f64) -> Changes {
        self.press(x, y, Button::Primary)
    }

    pub(super) fn double_click(&mut self, x: f64, y: f64) -> Changes {
        self.click(x, y);
        self.time -= 900.0;
        self.click(x, y)
    }

    /// Press, two moves, release.
    pub(super) fn drag(&mut self, from: (f64, f64), to: (f64, f64)) -> Changes {
        let mut changes = self.down(from.0, from.1);
        changes.merge(self.to(f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1)));
        changes.merge(self.to(to.0, to.1));
        changes.merge(self.up(to.0, to.1));
        changes
    }

    pub(super) fn shift(&mut self, held: bool) {
        self.mods.shift = held;
    }

    pub(super) fn finger(&mut self, id: i32, x: f64, y: f64, input: fn(Pointer) -> Input) -> Changes {
        self.time += 20.0;
        let pointer = Pointer { id, touch: true, ..self.pointer(x, y, Button::Primary) };
        self.input(input(pointer))
    }

    pub(super) fn wheel(&mut self, dx: f64, dy: f64, ctrl: bool) -> Changes {
        let mods = Mods { ctrl, ..Mods::default() };
        self.input(Input::Wheel(Wheel { at: Point::new(600.0, 400.0), dx, dy, mods, ..Wheel::default() }))
    }

    /// A key with its modifiers before it: `Ctrl+Shift+z`, `Tab`.
    pub(super) fn key(&mut self, text: &str) -> Changes {
        let parts: Vec<&str> = text.split('+').collect();
        let (key, held) = parts.split_last().expect("a key");
        // The plus key itself.
        let key = if key.is_empty() { "+" } else { key };
        let mods = Mods { shift: held.contains(&"Shift"), ctrl: held.contains(&"Ctrl"), alt: held.contains(&"Alt") };
        self.input(Input::KeyDown(Key { key: key.to_owned(), mods, repeat: false }))
    }

    // What is there.

    pub(super) fn place(&self, text: &str) -> (i32, i32) {
        let place = &self.editor.design().node(&id(text)).expect("is there").place;
        (place.x, place.y)
    }

    pub(super) fn parent(&self, text: &str) -> String {
        let parent = self.editor.design().node(&id(text)).expect("is there").place.parent.clone();
        parent.map(|id| id.to_string()).unwrap_or_default()
    }

    pub(super) fn selected(&self) -> Vec<String> {
        let text = |target: &Target| match target {
            Target::Design => "design".to_owned(),
            Target::Node(id) => id.to_string(),
            Target::Link(id) => id.to_string(),
        };
        self.editor.selection().iter().map(text).collect()
    }

    pub(super) fn links(&self) -> Vec<String> {
        self.editor.design().links().map(|link| format!("{}-{}", link.from, link.to)).collect()
    }

    pub(super) fn nodes(&self) -> Vec<String> {
        self.editor.design().nodes().map(|node| node.id.to_string()).collect()
    }

    /// How many steps can be undone.
    pub(super) fn undo_all(&mut self) -> usize {
        let mut steps = 0;
        while self.editor.history().undo_label().is_some() {
            self.run(Editor::undo);
            steps += 1;
        }
        steps
    }

    pub(super) fn redo_all(&mut self) {
        while self.editor.history().redo_label().is_some() {
            self.run(Editor::redo);
        }
    }

    /// Takes out what a screen reader was told.
    pub(super) fn told(&mut self) -> Vec<Phrase> {
        let all = std::mem::take(&mut self.requests);
        let phrase = |request| if let Request::Announce(phrase) = request { Some(phrase) } else { None };
        all.into_iter().filter_map(phrase).collect()
    }
}
