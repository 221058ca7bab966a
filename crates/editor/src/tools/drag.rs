//! Moving nodes. While they are being dragged only the picture changes; the document gets one edit at the end.

use std::collections::BTreeSet;

use super::Gesture;
use crate::arrangement::Arrangement;
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::input::Pointer;
use crate::overlay::Overlay;
use crate::scene::rect_of;
use crate::snap;

/// How near an edge must be to be aligned with, in pixels.
const TOLERANCE: f64 = 6.0;
/// With more than this many others around, only some are aligned with.
const MANY: usize = 150;

/// Nodes are being moved.
#[derive(Clone, Debug)]
pub(crate) struct Drag {
    /// Where the pointer was pressed, in the world.
    start: Point,
    /// The node that was grabbed.
    grabbed: u32,
    /// What was selected, without what lies in something else that was.
    roots: Vec<u32>,
    /// All that moves, and where it was.
    all: Vec<(u32, Rect)>,
    /// What it may be aligned with.
    others: Vec<Rect>,
    /// Where the pointer is, in the world.
    here: Point,
    /// The group that the grabbed node would fall into.
    target: Option<u32>,
}

pub(super) fn begin(editor: &mut Editor, grabbed: u32, start: Point, p: &Pointer) -> Gesture {
    let roots = editor.selected_roots();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for &root in &roots {
        for handle in editor.scene.subtree(root) {
            if seen.insert(handle) {
                all.extend(editor.scene.slot(handle).map(|slot| (handle, slot.rect)));
            }
        }
    }
    let view = editor.viewport.world_rect(editor.screen);
    let around = editor.scene.handles_in(view).into_iter().filter(|handle| !seen.contains(handle));
    let others = around.filter_map(|handle| editor.scene.slot(handle).map(|slot| slot.rect)).take(MANY).collect();
    let target = editor.scene.slot(grabbed).and_then(|slot| slot.parent);
    let drag = Drag { start, grabbed, roots, all, others, here: start, target };
    moved(editor, drag, p)
}

pub(super) fn moved(editor: &mut Editor, mut drag: Drag, p: &Pointer) -> Gesture {
    let here = editor.viewport.to_world(p.at);
    let (mut dx, mut dy) = (here.x - drag.start.x, here.y - drag.start.y);
    let (lock_x, lock_y) = (p.mods.shift && dx.abs() < dy.abs(), p.mods.shift && dx.abs() >= dy.abs());
    let Some(&(_, from)) = drag.all.iter().find(|(handle, _)| *handle == drag.grabbed) else {
        return Gesture::Drag(drag);
    };
    let tolerance = editor.viewport.length(TOLERANCE).clamp(4.0, 16.0);
    let others: &[Rect] = if p.mods.ctrl { &[] } else { &drag.others };
    let snapped = snap::snap(from.translate(dx, dy), others, tolerance);
    (dx, dy) = (dx + snapped.dx, dy + snapped.dy);
    if lock_x {
        dx = 0.0;
    }
    if lock_y {
        dy = 0.0;
    }
    for &(handle, rect) in &drag.all {
        editor.scene.set_rect(handle, rect.translate(dx, dy));
    }
    editor.scene.settle();
    drag.here = here;
    drag.target = target(editor, &drag, drag.grabbed);
    let home = editor.scene.slot(drag.grabbed).and_then(|slot| slot.parent);
    let falls_into = drag.target.filter(|_| drag.target != home);
    let drop_target = falls_into.and_then(|handle| editor.scene.slot(handle)).map(|slot| slot.id.clone());
    let guides = snap::guides(from.translate(dx, dy), others);
    editor.set_overlay(Overlay { guides, drop_target, ..Overlay::default() });
    Gesture::Drag(drag)
}

/// The group under the pointer that a node which is dragged would fall into.
fn target(editor: &Editor, drag: &Drag, node: u32) -> Option<u32> {
    let kind = editor.scene.slot(node)?.kind;
    editor.group_for(drag.here, kind, &|group| drag.all.iter().any(|(handle, _)| *handle == group))
}

pub(super) fn up(editor: &mut Editor, drag: &Drag) -> Gesture {
    let id = |handle: u32| editor.scene.slot(handle).map(|slot| slot.id.clone());
    let target = drag.target.and_then(id);
    let home = editor.scene.slot(drag.grabbed).and_then(|slot| slot.parent);
    // What stays in its own group does not take others into it.
    let (regroup, left) = (drag.target != home, home.and_then(id));
    let mut plan = Arrangement::new(editor.history.design());
    for &(handle, _) in &drag.all {
        if let Some(slot) = editor.scene.slot(handle) {
            plan.put(&slot.id, slot.rect.x, slot.rect.y);
        }
    }
    let mut roots = Vec::new();
    for &handle in &drag.roots {
        let Some(root) = id(handle) else { continue };
        if regroup {
            // Each falls into the innermost group that may hold it.
            plan.set_parent(&root, self::target(editor, drag, handle).and_then(id).as_ref());
        }
        let parent = plan.parent(&root);
        plan.grow(parent);
        roots.push(root);
    }
    let label = match (regroup, &target) {
        (false, _) => "edit.move",
        (true, Some(_)) => "edit.into",
        (true, None) => "edit.out",
    };
    let edit = plan.edit();
    let done = edit.is_some_and(|edit| editor.edit(label, edit).is_ok());
    if done {
        if regroup {
            editor.announce_home(&roots, left.as_ref(), target.as_ref());
        } else {
            editor.announce_moved(&roots);
        }
    } else {
        restore(editor, drag);
    }
    editor.set_overlay(Overlay::default());
    Gesture::Idle
}

pub(super) fn cancel(editor: &mut Editor, drag: &Drag) {
    restore(editor, drag);
}

/// Shows everything again where the document has it.
fn restore(editor: &mut Editor, drag: &Drag) {
    for &(handle, rect) in &drag.all {
        let node = editor.scene.slot(handle).and_then(|slot| editor.history.design().node(&slot.id));
        editor.scene.set_rect(handle, node.map_or(rect, rect_of));
    }
    editor.scene.settle();
}
