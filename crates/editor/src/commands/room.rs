//! Where there is room for something new.

use trazo_model::{Kind, NodeId};

use crate::editor::Editor;
use crate::geometry::{Point, Rect, Size};
use crate::hit::HEADER;
use crate::snap::to_grid_point;

/// Between what is there and what comes.
const GAP: f64 = 40.0;
/// Between a card and a new one on its right: room for a link to turn.
const GAP_RIGHT: f64 = 88.0;
/// Between a group's border and what is put into it.
const INSET: f64 = 32.0;
/// How many rings around the wished place are looked at, and how many rows of a group.
const RINGS: i32 = 14;
const ROWS: i32 = 200;

impl Editor {
    /// The upper left corner for a new node of `kind`, and the group that it will lie in.
    pub(crate) fn room_for_new(&self, kind: Kind, size: Size) -> (Point, Option<NodeId>) {
        let near = self.selection.primary_node().or(self.anchor.as_ref()).and_then(|id| self.scene.node_handle(id));
        let mut at = near;
        while let Some(handle) = at {
            let Some(slot) = self.scene.slot(handle) else { break };
            if kind.spec().lies_in.contains(&slot.kind) {
                return (self.room_in(handle, size), Some(slot.id.clone()));
            }
            at = slot.parent;
        }
        if let Some((handle, id)) = self.only_group_for(kind) {
            return (self.room_in(handle, size), Some(id));
        }
        let wish = near.map_or_else(|| self.wish_in_view(size), |handle| self.wish_beside(handle));
        (self.room_near(wish, size), None)
    }

    /// The one group on the screen that may hold the kind, if there is just one.
    fn only_group_for(&self, kind: Kind) -> Option<(u32, NodeId)> {
        let view = self.viewport.world_rect(self.screen);
        let fits = |handle: &u32| {
            self.scene.slot(*handle).is_some_and(|slot| kind.spec().lies_in.contains(&slot.kind)) && kind != Kind::Note
        };
        let groups: Vec<u32> = self.scene.handles_in(view).into_iter().filter(fits).collect();
        let [only] = groups.as_slice() else { return None };
        self.scene.slot(*only).map(|slot| (*only, slot.id.clone()))
    }

    /// To the right of a node, or of the outermost group that it lies in.
    fn wish_beside(&self, handle: u32) -> Point {
        let mut at = handle;
        while let Some(parent) = self.scene.slot(at).and_then(|slot| slot.parent) {
            at = parent;
        }
        let own = self.scene.slot(handle).map(|slot| slot.rect).unwrap_or_default();
        let outer = self.scene.slot(at).map(|slot| slot.rect).unwrap_or_default();
        Point::new(outer.right() + GAP_RIGHT, own.y)
    }

    fn wish_in_view(&self, size: Size) -> Point {
        self.viewport.to_world(self.middle()).moved(-size.w / 2.0, -size.h / 2.0)
    }

    /// The free place nearest to a wished one, outside of all groups.
    pub(crate) fn room_near(&self, wish: Point, size: Size) -> Point {
        let wish = to_grid_point(wish);
        let mut best = None;
        for ring in 0..=RINGS {
            for row in -ring..=ring {
                for column in -ring..=ring {
                    if row.abs().max(column.abs()) != ring {
                        continue;
                    }
                    let at =
                        wish.moved(f64::from(column) * (size.w + GAP) / 2.0, f64::from(row) * (size.h + GAP) / 2.0);
                    let at = to_grid_point(at);
                    let distance = at.distance(wish);
                    if best.is_none_or(|(d, _)| distance < d) && self.is_room(at, size, None) {
                        best = Some((distance, at));
                    }
                }
            }
            if best.is_some() {
                break;
            }
        }
        best.map_or(wish, |(_, at)| at)
    }

    /// The first free place in a group, row by row; below all if there is none, then the group grows.
    pub(crate) fn room_in(&self, group: u32, size: Size) -> Point {
        let rect = self.scene.slot(group).map(|slot| slot.rect).unwrap_or_default();
        let first = to_grid_point(rect.origin().moved(INSET, INSET + HEADER));
        let columns = ((rect.w - 2.0 * INSET + GAP) / (size.w + GAP)).floor().max(1.0) as i32;
        for row in 0..ROWS {
            for column in 0..columns {
                let at = first.moved(f64::from(column) * (size.w + GAP), f64::from(row) * (size.h + GAP));
                let at = to_grid_point(at);
                if self.is_room(at, size, Some(group)) {
                    return at;
                }
            }
        }
        first
    }

    /// Whether nothing is there, but for a group that it will lie in and those around that.
    fn is_room(&self, at: Point, size: Size, group: Option<u32>) -> bool {
        let place = Rect::new(at.x, at.y, size.w, size.h).inflate(GAP / 2.0 - 1.0);
        self.scene
            .handles_in(place)
            .into_iter()
            .all(|handle| group.is_some_and(|group| self.scene.lies_in(group, handle)))
    }
}
