//! Where what a fix adds finds room on the canvas.

use crate::{CARD, Design, Node};

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
    while design.is_over_card(x, y) {
        y = y.saturating_add(CARD.h + GAP);
    }
    (x, y)
}
