//! Placing a new node: a ghost shows where it would lie and which group it would fall into.

use trazo_model::{CARD, Kind};

use super::{Gesture, Tool};
use crate::changes::Changes;
use crate::editor::Editor;
use crate::geometry::{Point, Rect, Size};
use crate::input::Pointer;
use crate::overlay::{Ghost, Overlay};
use crate::snap::to_grid_point;

/// A node is about to be placed.
#[derive(Clone, Debug)]
pub(crate) struct Placing {
    kind: Kind,
    /// Whether it is being dragged out of the palette, which lies outside the canvas.
    from_palette: bool,
}

impl Placing {
    /// Whether it moves the view at the edge of the screen. What comes from the palette comes in over the edge.
    pub(super) fn pulls(&self) -> bool {
        !self.from_palette
    }
}

/// The size of a new node.
pub(crate) fn size_of(kind: Kind) -> Size {
    let size = kind.spec().shape.default_size().unwrap_or(CARD);
    Size::new(size.w.into(), size.h.into())
}

/// A new node of `kind` with its middle near `middle`, on the grid.
pub(crate) fn rect_at(kind: Kind, middle: Point) -> Rect {
    let size = size_of(kind);
    let origin = to_grid_point(middle.moved(-size.w / 2.0, -size.h / 2.0));
    Rect::new(origin.x, origin.y, size.w, size.h)
}

pub(super) fn ghost(editor: &mut Editor, kind: Kind, p: &Pointer) {
    let here = editor.viewport.to_world(p.at);
    let group = editor.group_for(here, kind, &|_| false);
    let drop_target = group.and_then(|handle| editor.scene.slot(handle)).map(|slot| slot.id.clone());
    let ghost = Some(Ghost { kind, rect: rect_at(kind, here) });
    editor.set_overlay(Overlay { ghost, drop_target, ..Overlay::default() });
}

pub(super) fn down(editor: &mut Editor, kind: Kind, p: &Pointer) -> Gesture {
    moved(editor, Placing { kind, from_palette: false }, p)
}

pub(super) fn moved(editor: &mut Editor, placing: Placing, p: &Pointer) -> Gesture {
    if is_inside(editor, p) {
        ghost(editor, placing.kind, p);
    } else {
        editor.set_overlay(Overlay::default());
    }
    Gesture::Place(placing)
}

pub(super) fn up(editor: &mut Editor, placing: Placing, p: &Pointer) -> Gesture {
    if is_inside(editor, p) {
        let here = editor.viewport.to_world(p.at);
        let group = editor.group_for(here, placing.kind, &|_| false);
        let parent = group.and_then(|handle| editor.scene.slot(handle)).map(|slot| slot.id.clone());
        editor.add_in(placing.kind, rect_at(placing.kind, here).origin(), parent.as_ref());
        editor.take_tool(Tool::Select);
        return Gesture::Idle;
    }
    cancel(editor, &placing);
    Gesture::Idle
}

fn is_inside(editor: &Editor, p: &Pointer) -> bool {
    Rect::new(0.0, 0.0, editor.screen.w, editor.screen.h).contains(p.at)
}

pub(super) fn cancel(editor: &mut Editor, placing: &Placing) {
    if placing.from_palette {
        editor.take_tool(Tool::Select);
    }
    editor.set_overlay(Overlay::default());
}

impl Editor {
    /// A node of `kind` is being dragged out of the palette: the moves and the release of that pointer are to be told as
    /// those over the canvas are, also while it is outside. Released outside, it places nothing.
    pub fn drag_from_palette(&mut self, kind: Kind) -> Changes {
        self.cancel_gesture();
        self.take_tool(Tool::Place(kind));
        self.gesture = Gesture::Place(Placing { kind, from_palette: true });
        self.refresh_cursor();
        self.finish()
    }
}
