//! Moving the view with the pointer.

use super::Gesture;
use crate::editor::Editor;
use crate::geometry::Point;
use crate::input::Pointer;

/// The view is being moved.
#[derive(Clone, Debug)]
pub(crate) struct Pan {
    last: Point,
}

impl Pan {
    pub(super) fn new(p: &Pointer) -> Self {
        Self { last: p.at }
    }
}

pub(super) fn begin(editor: &mut Editor, start: Point, p: &Pointer) -> Gesture {
    moved(editor, Pan { last: start }, p)
}

pub(super) fn moved(editor: &mut Editor, pan: Pan, p: &Pointer) -> Gesture {
    editor.set_viewport(editor.viewport.panned(p.at.x - pan.last.x, p.at.y - pan.last.y));
    Gesture::Pan(Pan { last: p.at })
}
