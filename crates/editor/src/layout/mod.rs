//! A tidy layout from left to right: for imported designs, and for whoever asks to have theirs tidied up.
//!
//! Each group is laid out by itself, inner ones first, and is then one large box in the group around it. Within a group,
//! boxes stand in columns so that links go to the right, each column ordered so that links cross little, and each box as
//! near as can be to the height of those it is linked with. The same input always gives the same layout.

mod columns;
mod place;
mod tree;

use crate::geometry::{Point, Rect, Size};
use crate::hit::HEADER;
use tree::Tree;

/// Between columns: room for links to turn.
const GAP_X: f64 = 88.0;
/// Between boxes of a column.
const GAP_Y: f64 = 40.0;
/// Between a group's border and what it holds.
const PADDING: f64 = 32.0;
/// The smallest group.
const MIN_GROUP: Size = Size::new(280.0, 200.0);

/// A node to be laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Its size; groups with something in them get another one.
    pub size: Size,
    /// Whether it holds others.
    pub is_group: bool,
    /// The index of the group that it lies in. What leads nowhere or in a circle counts as none.
    pub parent: Option<usize>,
}

/// Lays out `boxes` that are linked by `edges` (from, to): where each comes to lie, the whole with its upper left corner
/// at the origin. All coordinates are on the grid where all sizes are.
#[must_use]
pub fn layout(boxes: &[Item], edges: &[(usize, usize)]) -> Vec<Rect> {
    let tree = Tree::new(boxes);
    let mut rects: Vec<Rect> = boxes.iter().map(|b| Rect::new(0.0, 0.0, b.size.w, b.size.h)).collect();
    // Inner groups first: they decide how large they are.
    for group in tree.inner_first() {
        let size = inside(&tree, Some(group), edges, &mut rects);
        if !tree.children(Some(group)).is_empty() {
            let (w, h) = (size.w + 2.0 * PADDING, size.h + 2.0 * PADDING + HEADER);
            rects[group] = Rect::new(0.0, 0.0, w.max(MIN_GROUP.w), h.max(MIN_GROUP.h));
        }
    }
    inside(&tree, None, edges, &mut rects);
    absolute(&tree, &mut rects);
    rects
}

/// Lays out what lies directly in `group`, relative to one another; gives back how much room that takes.
fn inside(tree: &Tree, group: Option<usize>, edges: &[(usize, usize)], rects: &mut [Rect]) -> Size {
    let members = tree.children(group);
    let inner = tree.lifted(group, edges, rects);
    let columns = columns::columns(&tree.linked(group, edges), &inner);
    let sizes: Vec<Size> = members.iter().map(|&m| rects[m].size()).collect();
    let places = place::place(&columns, &sizes, &inner);
    let mut all = Rect::default();
    for (&member, place) in members.iter().zip(&places) {
        rects[member] = Rect::new(place.x, place.y, rects[member].w, rects[member].h);
        all = all.union(rects[member]);
    }
    all.size()
}

/// From places within groups to places in the world, outer groups first.
fn absolute(tree: &Tree, rects: &mut [Rect]) {
    let mut outer_first = tree.inner_first();
    outer_first.reverse();
    for group in outer_first {
        let Point { x, y } = rects[group].origin();
        for &child in tree.children(Some(group)) {
            rects[child] = rects[child].translate(x + PADDING, y + PADDING + HEADER);
        }
    }
}

#[cfg(test)]
mod tests;
