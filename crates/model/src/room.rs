//! Where what a fix adds finds room on the canvas.

use crate::{CARD, Design, Node, Shape};

/// The gap between cards.
const GAP: i32 = 40;

/// The first free place for a card below `near`.
pub(crate) fn below(design: &Design, near: &Node) -> (i32, i32) {
    down_from(design, near.place.x, near.place.y.saturating_add(CARD.h + GAP))
}

/// The first free place for a card to the right of `near` and of the groups around it.
pub(crate) fn beside(design: &Design, near: &Node) -> (i32, i32) {
    let right = |node: &Node| node.place.x.saturating_add(node.place.size.unwrap_or(CARD).w);
    let edge = design.ancestors(&near.id).map(right).fold(right(near), i32::max);
    down_from(design, edge.saturating_add(GAP), near.place.y)
}

fn down_from(design: &Design, x: i32, mut y: i32) -> (i32, i32) {
    let overlaps = |y: i32| {
        design.nodes().filter(|node| node.kind().spec().shape == Shape::Card).any(|node| {
            node.place.x.abs_diff(x) < CARD.w.unsigned_abs() && node.place.y.abs_diff(y) < CARD.h.unsigned_abs()
        })
    };
    // Each card is met once at most on the way down.
    for _ in 0..design.nodes().len() {
        if !overlaps(y) {
            break;
        }
        y = y.saturating_add(CARD.h + GAP);
    }
    (x, y)
}
