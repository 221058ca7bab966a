//! Drawing a frame to select what it touches; groups have to lie wholly inside, or nothing in them could be framed.

use trazo_model::Target;

use super::Gesture;
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::hit::Form;
use crate::input::Pointer;
use crate::overlay::Overlay;
use crate::selection::Selection;

/// A frame is being drawn.
#[derive(Clone, Debug)]
pub(crate) struct Marquee {
    start: Point,
    /// What was selected before.
    pub(super) before: Selection,
    /// Whether it adds to that.
    adds: bool,
}

pub(super) fn begin(editor: &mut Editor, start: Point, adds: bool, p: &Pointer) -> Gesture {
    let marquee = Marquee { start, before: editor.selection.clone(), adds };
    moved(editor, marquee, p)
}

pub(super) fn moved(editor: &mut Editor, marquee: Marquee, p: &Pointer) -> Gesture {
    let frame = Rect::between(marquee.start, editor.viewport.to_world(p.at));
    let framed = editor.scene.handles_in(frame).into_iter().filter_map(|handle| editor.scene.slot(handle));
    let targets = framed
        .filter(|slot| slot.form() != Form::Group || frame.contains_rect(slot.rect))
        .map(|slot| Target::Node(slot.id.clone()));
    let mut selection = if marquee.adds { marquee.before.clone() } else { Selection::new() };
    for target in targets {
        selection = selection.with(target);
    }
    editor.selection = selection;
    editor.set_overlay(Overlay { marquee: Some(frame), ..Overlay::default() });
    Gesture::Marquee(marquee)
}
