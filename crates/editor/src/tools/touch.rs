//! Two fingers move and zoom the view. What one finger had begun is taken back.

use super::Gesture;
use crate::editor::Editor;
use crate::geometry::Point;
use crate::input::Pointer;

/// A finger goes down; says whether that is all there is to it.
pub(super) fn down(editor: &mut Editor, p: &Pointer) -> bool {
    editor.pointers.fingers.retain(|(id, _)| *id != p.id);
    editor.pointers.fingers.push((p.id, p.at));
    if editor.pointers.fingers.len() < 2 {
        return false;
    }
    editor.cancel_gesture();
    editor.gesture = Gesture::Pinch;
    editor.refresh_cursor();
    true
}

/// A finger moves; says whether that is all there is to it.
pub(super) fn moved(editor: &mut Editor, p: &Pointer) -> bool {
    let fingers = &mut editor.pointers.fingers;
    let Some(at) = fingers.iter().position(|(id, _)| *id == p.id) else { return true };
    let before = fingers.clone();
    fingers[at].1 = p.at;
    if !matches!(editor.gesture, Gesture::Pinch) {
        return false;
    }
    if let ([(_, a), (_, b), ..], [(_, c), (_, d), ..]) = (before.as_slice(), fingers.as_slice()) {
        let (from, to): ([Point; 2], [Point; 2]) = ([*a, *b], [*c, *d]);
        editor.set_viewport(editor.viewport.pinched(from, to));
    }
    true
}

/// A finger goes up; says whether that is all there is to it.
pub(super) fn up(editor: &mut Editor, p: &Pointer) -> bool {
    editor.pointers.fingers.retain(|(id, _)| *id != p.id);
    if !matches!(editor.gesture, Gesture::Pinch) {
        return false;
    }
    // The last finger of two does nothing on its own.
    if editor.pointers.fingers.is_empty() {
        editor.gesture = Gesture::Idle;
    }
    true
}
