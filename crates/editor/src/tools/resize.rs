//! Resizing a group or a note by its handles. A group does not become smaller than what lies in it.

use trazo_model::{NodeId, Phrase};

use super::Gesture;
use crate::arrangement::Arrangement;
use crate::editor::Editor;
use crate::geometry::{Point, Rect, to_grid};
use crate::hit::Grip;
use crate::input::Pointer;
use crate::overlay::Overlay;
use crate::scene::rect_of;

/// A node is being resized.
#[derive(Clone, Debug)]
pub(crate) struct Resize {
    node: u32,
    grip: Grip,
    start: Point,
    before: Rect,
    least: Least,
}

/// How small it may become.
#[derive(Clone, Copy, Debug)]
struct Least {
    w: f64,
    h: f64,
    /// What has to stay inside.
    inside: Option<Rect>,
}

impl Resize {
    pub(super) fn grip(&self) -> Grip {
        self.grip
    }
}

pub(super) fn begin(editor: &mut Editor, node: u32, grip: Grip, start: Point, p: &Pointer) -> Gesture {
    let Some(slot) = editor.scene.slot(node) else { return Gesture::Idle };
    let min = slot.kind.spec().shape.min_size();
    let inside = Arrangement::new(editor.history.design()).needed(&slot.id);
    let least = Least { w: min.w.into(), h: min.h.into(), inside };
    let resize = Resize { node, grip, start, before: slot.rect, least };
    moved(editor, resize, p)
}

pub(super) fn moved(editor: &mut Editor, resize: Resize, p: &Pointer) -> Gesture {
    let here = editor.viewport.to_world(p.at);
    let (pull_x, pull_y) = resize.grip.pulls();
    let (before, least) = (resize.before, resize.least);
    let across = least.inside.map(|inside| (inside.x, inside.right()));
    let down = least.inside.map(|inside| (inside.y, inside.bottom()));
    let (dx, dy) = (here.x - resize.start.x, here.y - resize.start.y);
    let (x, right) = pulled((before.x, before.right()), pull_x, dx, least.w, across);
    let (y, bottom) = pulled((before.y, before.bottom()), pull_y, dy, least.h, down);
    editor.scene.set_rect(resize.node, Rect::new(x, y, right - x, bottom - y));
    editor.scene.settle();
    editor.set_overlay(Overlay::default());
    Gesture::Resize(resize)
}

/// Both edges of a span after one of them was pulled by `by`.
fn pulled((low, high): (f64, f64), pull: i8, by: f64, least: f64, inside: Option<(f64, f64)>) -> (f64, f64) {
    let grid = |v: f64| f64::from(to_grid(v));
    match pull {
        // What overhangs already does not push the edge out, but keeps it where it is.
        -1 => {
            let limit = inside.map_or(f64::INFINITY, |(from, _)| from.max(low)).min(high - least);
            (grid(low + by).min(limit), high)
        }
        1 => {
            let limit = inside.map_or(f64::NEG_INFINITY, |(_, to)| to.min(high)).max(low + least);
            (low, grid(high + by).max(limit))
        }
        _ => (low, high),
    }
}

pub(super) fn up(editor: &mut Editor, resize: &Resize) -> Gesture {
    if let Some((id, rect)) = shown(editor, resize) {
        let mut plan = Arrangement::new(editor.history.design());
        plan.reshape(&id, rect);
        let parent = plan.parent(&id);
        plan.grow(parent);
        let edit = plan.edit();
        if edit.is_some_and(|edit| editor.edit("edit.resize", edit).is_ok()) {
            let name = editor.design().node(&id).map(|node| node.name.clone()).unwrap_or_default();
            let phrase = Phrase::new("ui.announce.resized")
                .with("name", name)
                .with("width", rect.w.to_string())
                .with("height", rect.h.to_string());
            editor.changes.announce(phrase);
        } else {
            cancel(editor, resize);
        }
    }
    editor.set_overlay(Overlay::default());
    Gesture::Idle
}

fn shown(editor: &Editor, resize: &Resize) -> Option<(NodeId, Rect)> {
    editor.scene.slot(resize.node).map(|slot| (slot.id.clone(), slot.rect))
}

pub(super) fn cancel(editor: &mut Editor, resize: &Resize) {
    let node = editor.scene.slot(resize.node).and_then(|slot| editor.history.design().node(&slot.id));
    let rect = node.map_or(resize.before, rect_of);
    editor.scene.set_rect(resize.node, rect);
    editor.scene.settle();
}

#[cfg(test)]
mod tests {
    use super::pulled;

    #[test]
    fn an_edge_stops_at_the_least_size_and_at_what_lies_inside() {
        assert_eq!(pulled((0.0, 480.0), 1, -1000.0, 280.0, None), (0.0, 280.0));
        assert_eq!(pulled((0.0, 480.0), 1, -1000.0, 280.0, Some((16.0, 400.0))), (0.0, 400.0));
        assert_eq!(pulled((0.0, 480.0), -1, 300.0, 280.0, Some((16.0, 400.0))), (16.0, 480.0));
        assert_eq!(pulled((0.0, 480.0), -1, -13.0, 280.0, None), (-16.0, 480.0));
    }

    #[test]
    fn what_hangs_over_does_not_push() {
        assert_eq!(pulled((0.0, 480.0), 1, -80.0, 280.0, Some((16.0, 600.0))), (0.0, 480.0));
    }
}
