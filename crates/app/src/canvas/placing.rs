//! Placing a new node: dragged from the palette with the pointer, or put where there is room.

use trazo_editor::Input;
use trazo_editor::geometry::Point;
use trazo_model::{Kind, Target};
use web_sys::PointerEvent;

use super::stage::{Stage, focus};
use crate::studio::Studio;

/// A press that moved no further than this, in pixels, is a click.
const CLICK: f64 = 5.0;

/// A node that is being dragged from the palette.
#[derive(Clone, Copy)]
pub(super) struct Placing {
    kind: Kind,
    pointer: i32,
    start: Point,
    moved: bool,
}

/// Begins to drag a new node from the palette. From here on the canvas gets the pointer's events, wherever it is.
pub(super) fn start(stage: &Stage, kind: Kind, event: &PointerEvent) {
    if event.button() != 0 {
        return;
    }
    event.prevent_default();
    stage.measure();
    let start = stage.inside(event.client_x().into(), event.client_y().into());
    stage.placing.set(Some(Placing { kind, pointer: event.pointer_id(), start, moved: false }));
    let _ = stage.root.set_pointer_capture(event.pointer_id());
}

/// A move of the pointer: begins the drag once it is no click any more. Says whether the editor shall know of the move.
pub(super) fn moved(stage: &Stage, pointer: i32, at: Point) -> bool {
    let Some(placing) = stage.placing.get().filter(|placing| placing.pointer == pointer) else { return true };
    if !placing.moved && placing.start.distance(at) > CLICK {
        stage.placing.set(Some(Placing { moved: true, ..placing }));
        stage.studio.act(|editor| editor.drag_from_palette(placing.kind));
        return true;
    }
    placing.moved
}

/// The end of a press that began in the palette. Says whether the editor shall know of it.
pub(super) fn ended(stage: &Stage, pointer: i32) -> bool {
    let Some(placing) = stage.placing.get().filter(|placing| placing.pointer == pointer) else { return true };
    stage.placing.set(None);
    if !placing.moved {
        put(stage.studio, placing.kind);
        return false;
    }
    focus(&stage.root);
    true
}

/// Takes back a drag from the palette.
pub(super) fn cancel(stage: &Stage) {
    if stage.placing.take().is_some() {
        stage.input(Input::Cancel);
    }
}

/// Puts a new node where there is room in what is seen, and selects it.
pub(super) fn put(studio: Studio, kind: Kind) {
    let mut made = None;
    studio.act(|editor| {
        let (id, changes) = editor.add_node(kind, None);
        made = id;
        changes
    });
    if let (Some(id), Some(screen)) = (made, studio.screen()) {
        screen.focus(Target::Node(id));
    }
}
