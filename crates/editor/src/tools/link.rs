//! Drawing a link: from a port by dragging, or from click to click.

use trazo_model::{NodeId, Target, can_link};

use super::Gesture;
use crate::changes::Request;
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::hit::{Form, Hit};
use crate::input::Pointer;
use crate::overlay::{Cursor, Draft, Overlay};
use crate::ports::Side;
use crate::selection::Selection;

/// A link is being drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drafting {
    node: NodeId,
    /// Begun at the port where links arrive: it leads from the pointer to the node.
    backwards: bool,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// The button has been down since it was begun.
    Held,
    /// The button is up: the next click ends it.
    Sticky,
    /// The button is down for the second time.
    Second,
}

impl Drafting {
    pub(super) fn cursor(&self, editor: &Editor) -> Cursor {
        let refused = editor.overlay.draft.as_ref().is_some_and(|draft| draft.refusal.is_some());
        if refused { Cursor::NotAllowed } else { Cursor::Crosshair }
    }
}

pub(super) fn begin(editor: &mut Editor, node: u32, side: Side, p: &Pointer) -> Gesture {
    match start(editor, node, side == Side::Left, Mode::Held) {
        Some(drafting) => moved(editor, drafting, p),
        None => Gesture::Idle,
    }
}

/// A port was clicked.
pub(super) fn begin_sticky(editor: &mut Editor, node: u32, side: Side, at: Point) -> Gesture {
    match start(editor, node, side == Side::Left, Mode::Sticky) {
        Some(drafting) => {
            draw(editor, &drafting, at);
            Gesture::Draft(drafting)
        }
        None => Gesture::Idle,
    }
}

/// With the tool for links, a card is pressed anywhere.
pub(super) fn begin_anywhere(editor: &mut Editor, p: &Pointer) -> Gesture {
    match editor.hit(p.at) {
        Hit::Port(node, Side::Left) => begin(editor, node, Side::Left, p),
        Hit::Card(node) | Hit::Port(node, _) => begin(editor, node, Side::Right, p),
        _ => Gesture::Idle,
    }
}

fn start(editor: &mut Editor, node: u32, backwards: bool, mode: Mode) -> Option<Drafting> {
    let id = editor.scene.slot(node)?.id.clone();
    editor.selection = Selection::of(&[Target::Node(id.clone())]);
    let lit = editor.linkable(&id, backwards);
    editor.set_overlay(Overlay { lit, ..Overlay::default() });
    Some(Drafting { node: id, backwards, mode })
}

pub(super) fn down(editor: &mut Editor, mut drafting: Drafting, p: &Pointer) -> Gesture {
    if drafting.mode == Mode::Sticky {
        drafting.mode = Mode::Second;
    }
    moved(editor, drafting, p)
}

pub(super) fn moved(editor: &mut Editor, drafting: Drafting, p: &Pointer) -> Gesture {
    draw(editor, &drafting, p.at);
    Gesture::Draft(drafting)
}

/// The node under the pointer that a link could be meant for.
fn under(editor: &Editor, at: Point) -> Option<NodeId> {
    match editor.hit(at) {
        // The inside of a group is canvas.
        Hit::Nothing | Hit::Link(_) | Hit::Body(_) | Hit::Grip(..) => None,
        hit => editor.scene.slot(hit.node()?).map(|slot| slot.id.clone()),
    }
}

fn draw(editor: &mut Editor, drafting: &Drafting, at: Point) {
    let target = under(editor, at).filter(|id| id != &drafting.node);
    editor.draw_draft(&drafting.node, drafting.backwards, target, at);
}

pub(super) fn up(editor: &mut Editor, mut drafting: Drafting, p: &Pointer) -> Gesture {
    let target = under(editor, p.at);
    match target {
        Some(id) if id == drafting.node && drafting.mode == Mode::Held => {
            drafting.mode = Mode::Sticky;
            return Gesture::Draft(drafting);
        }
        Some(_) | None if drafting.mode == Mode::Sticky => return Gesture::Draft(drafting),
        Some(id) if id != drafting.node => {
            let (from, to) = if drafting.backwards { (id, drafting.node) } else { (drafting.node, id) };
            if let Err(reason) = editor.link_nodes(&from, &to) {
                editor.request(Request::Refused { reason, from, to });
            }
        }
        _ => {}
    }
    editor.set_overlay(Overlay::default());
    Gesture::Idle
}

impl Editor {
    /// The nodes that a link from (or, backwards, to) a node may lead to.
    pub(crate) fn linkable(&self, id: &NodeId, backwards: bool) -> Vec<NodeId> {
        let design = self.history.design();
        let may = |other: &NodeId| {
            let (from, to) = if backwards { (other, id) } else { (id, other) };
            can_link(design, from, to).is_ok()
        };
        self.reading_order().into_iter().filter(may).collect()
    }

    /// Shows the link under way, to a node or to a place on the screen.
    pub(crate) fn draw_draft(&mut self, node: &NodeId, backwards: bool, target: Option<NodeId>, at: Point) {
        let Some(own) = self.scene.node_rect(node) else { return };
        let loose = Rect::between(self.viewport.to_world(at), self.viewport.to_world(at));
        let other = target.as_ref().and_then(|id| self.scene.node_rect(id)).unwrap_or(loose);
        let (from, to) = if backwards { (other, own) } else { (own, other) };
        let points = self.scene.draft(from, to);
        let refusal = target.as_ref().and_then(|id| {
            let (from, to) = if backwards { (id, node) } else { (node, id) };
            can_link(self.history.design(), from, to).err()
        });
        let draft = Some(Draft { points, node: node.clone(), backwards, target, refusal });
        if self.overlay.draft != draft {
            self.overlay.draft = draft;
            self.changes.overlay = true;
        }
    }
}

/// Whether links can begin or end at a node at all.
pub(super) fn is_card(editor: &Editor, id: &NodeId) -> bool {
    editor.scene.node(id).is_some_and(|slot| slot.form() == Form::Card)
}
