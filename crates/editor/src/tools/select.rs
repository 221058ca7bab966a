//! Pressing on something: clicks select, double clicks open, and moving on turns into a drag, a link, a frame or a pan.

use trazo_model::{Kind, NodeId, Target};

use super::{Gesture, drag, link, marquee, pan, resize};
use crate::changes::Request;
use crate::editor::Editor;
use crate::geometry::Point;
use crate::hit::Hit;
use crate::input::{Mods, Pointer};
use crate::overlay::Cursor;
use crate::selection::Selection;

/// How far the pointer may move before it is no longer a click, in pixels.
const STILL: f64 = 4.0;
/// The same for a finger.
const STILL_TOUCH: f64 = 8.0;

/// A button is down.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    start: Point,
    hit: Hit,
    mods: Mods,
    double: bool,
    /// Whether what was pressed was selected before.
    was_selected: bool,
    touch: bool,
}

impl Press {
    pub(super) fn cursor(&self) -> Cursor {
        match self.hit {
            Hit::Grip(_, grip) => Cursor::Resize(grip),
            Hit::Port(..) => Cursor::Crosshair,
            Hit::Nothing | Hit::Body(_) => Cursor::Default,
            _ => Cursor::Pointer,
        }
    }
}

pub(super) fn down(editor: &mut Editor, p: &Pointer, double: bool) -> Gesture {
    let hit = editor.hit(p.at);
    let target = editor.target(hit);
    let was_selected = target.as_ref().is_some_and(|t| editor.selection.contains(t));
    // The inside of a group is canvas for what begins there; what a click on it means is known when it ends.
    let at_once = matches!(hit, Hit::Card(_) | Hit::Note(_) | Hit::Header(_) | Hit::Border(_) | Hit::Link(_));
    if let Some(target) = target.filter(|_| at_once && !was_selected) {
        editor.selection =
            if p.mods.shift { std::mem::take(&mut editor.selection).with(target) } else { Selection::of(&[target]) };
    }
    Gesture::Press(Press { start: p.at, hit, mods: p.mods, double, was_selected, touch: p.touch })
}

pub(super) fn moved(editor: &mut Editor, press: Press, p: &Pointer) -> Gesture {
    let still = if press.touch { STILL_TOUCH } else { STILL };
    if press.start.distance(p.at) < still {
        return Gesture::Press(press);
    }
    let start = editor.viewport.to_world(press.start);
    match press.hit {
        Hit::Grip(node, grip) => resize::begin(editor, node, grip, start, p),
        Hit::Port(node, side) => link::begin(editor, node, side, p),
        Hit::Card(node) | Hit::Note(node) | Hit::Header(node) | Hit::Border(node) => {
            drag::begin(editor, node, start, p)
        }
        Hit::Body(node) if press.was_selected => drag::begin(editor, node, start, p),
        Hit::Body(_) | Hit::Nothing if press.touch => pan::begin(editor, press.start, p),
        Hit::Body(_) | Hit::Nothing => marquee::begin(editor, start, press.mods.shift, p),
        Hit::Link(_) => Gesture::Press(press),
    }
}

pub(super) fn up(editor: &mut Editor, press: &Press) -> Gesture {
    let target = editor.target(press.hit);
    if let (Hit::Port(node, side), false) = (press.hit, press.double) {
        // A click on a port begins a link that a second click ends: nobody has to drag.
        return link::begin_sticky(editor, node, side, press.start);
    }
    match target {
        None if press.mods.shift => {}
        None => editor.selection = Selection::new(),
        Some(_) if press.double => open(editor, press.hit),
        Some(target) if press.mods.shift && press.was_selected => {
            editor.selection = std::mem::take(&mut editor.selection).without(&target);
        }
        Some(target) if press.mods.shift => {
            editor.selection = std::mem::take(&mut editor.selection).with(target);
        }
        Some(target) => editor.selection = Selection::of(&[target]),
    }
    editor.announce_selection();
    if let Some(primary) = editor.selection.primary().cloned() {
        editor.request(Request::Focus(primary));
    }
    Gesture::Idle
}

/// A double click: a group is renamed by its header, a note is written, of anything else the fields are shown.
fn open(editor: &mut Editor, hit: Hit) {
    let Some(target) = editor.target(hit) else { return };
    let request = match (&target, hit) {
        (Target::Node(id), Hit::Header(_)) => Request::Rename(id.clone()),
        (Target::Node(id), _) => request_to_open(editor, id),
        _ => Request::OpenInspector(target.clone()),
    };
    editor.selection = Selection::of(&[target]);
    editor.request(request);
}

/// What opening a node means.
pub(crate) fn request_to_open(editor: &Editor, id: &NodeId) -> Request {
    let is_note = editor.design().node(id).is_some_and(|node| node.kind() == Kind::Note);
    if is_note { Request::EditNote(id.clone()) } else { Request::OpenInspector(Target::Node(id.clone())) }
}

/// The secondary button: the menu of what lies there.
pub(super) fn menu(editor: &mut Editor, p: &Pointer) -> Gesture {
    let hit = editor.hit(p.at);
    let target = editor.target(hit);
    match &target {
        Some(target) if !editor.selection.contains(target) => {
            editor.selection = Selection::of(std::slice::from_ref(target));
        }
        Some(_) => {}
        None => editor.selection = Selection::new(),
    }
    editor.request(Request::ContextMenu { at: p.at, target });
    Gesture::Idle
}
