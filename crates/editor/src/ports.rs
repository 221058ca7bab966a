//! Where links leave and reach a node.
//!
//! Traffic reads from left to right, so a link leaves on the right and arrives on the left wherever there is room. Nodes
//! that stand above one another are joined bottom to top instead, and links that go back take the shortest way.

use crate::geometry::{Point, Rect};

/// How far a link runs straight out of a port before it may turn, in world units.
pub const STUB: f64 = 16.0;
/// Between the ports of links that join the same two nodes.
const TWIN_GAP: f64 = 16.0;

/// A side of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where links arrive by default.
    Left,
    /// Where links leave by default.
    Right,
    /// The upper side.
    Top,
    /// The lower side.
    Bottom,
}

impl Side {
    /// The direction straight out of this side, as `(x, y)` of length 1.
    #[must_use]
    pub const fn out(self) -> (f64, f64) {
        match self {
            Self::Left => (-1.0, 0.0),
            Self::Right => (1.0, 0.0),
            Self::Top => (0.0, -1.0),
            Self::Bottom => (0.0, 1.0),
        }
    }

    /// Whether links leave this side to the left or right.
    #[must_use]
    pub const fn is_horizontal(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The middle of this side of `rect`.
    #[must_use]
    pub fn middle(self, rect: Rect) -> Point {
        let c = rect.center();
        match self {
            Self::Left => Point::new(rect.x, c.y),
            Self::Right => Point::new(rect.right(), c.y),
            Self::Top => Point::new(c.x, rect.y),
            Self::Bottom => Point::new(c.x, rect.bottom()),
        }
    }
}

/// One end of a link: a point on a side of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Port {
    /// The side.
    pub side: Side,
    /// The point.
    pub at: Point,
}

impl Port {
    /// The middle of a side.
    #[must_use]
    pub fn middle(rect: Rect, side: Side) -> Self {
        Self { side, at: side.middle(rect) }
    }

    /// A port that the pointer holds: a link that is being drawn ends in the air.
    #[must_use]
    pub fn loose(at: Point, side: Side) -> Self {
        Self { side, at }
    }

    /// The point `by` units straight out.
    #[must_use]
    pub fn ahead(self, by: f64) -> Point {
        let (dx, dy) = self.side.out();
        self.at.moved(dx * by, dy * by)
    }

    fn along(self, by: f64) -> Self {
        let at = if self.side.is_horizontal() { self.at.moved(0.0, by) } else { self.at.moved(by, 0.0) };
        Self { at, ..self }
    }
}

/// Through which sides a link goes from one rectangle to another.
#[must_use]
pub fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let right = to.x - from.right();
    let left = from.x - to.right();
    let down = to.y - from.bottom();
    let up = from.y - to.bottom();
    let vertical = down.max(up);
    let downwards = if down >= up { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
    if right >= 2.0 * STUB {
        (Side::Right, Side::Left)
    } else if vertical >= STUB && vertical > left {
        downwards
    } else if left >= STUB {
        (Side::Left, Side::Right)
    } else if vertical >= STUB {
        downwards
    } else {
        // Too near or on top of one another: whatever is drawn is short, so it keeps the direction of reading.
        (Side::Right, Side::Left)
    }
}

/// Both ends of a link that is the `index`th of `count` between the same two nodes.
#[must_use]
pub fn ends(from: Rect, to: Rect, index: usize, count: usize) -> (Port, Port) {
    let (out, into) = sides(from, to);
    let room = side_length(from, out).min(side_length(to, into)) - 2.0 * STUB;
    let gap = if count > 1 { TWIN_GAP.min(room.max(0.0) / (count - 1) as f64) } else { 0.0 };
    // Links that go back or up keep beside those that go on or down, so that no port is both an end and a beginning.
    let aside = if matches!(out, Side::Left | Side::Top) { TWIN_GAP } else { 0.0 };
    let offset = aside + (index as f64 - (count.saturating_sub(1)) as f64 / 2.0) * gap;
    (Port::middle(from, out).along(offset), Port::middle(to, into).along(offset))
}

fn side_length(rect: Rect, side: Side) -> f64 {
    if side.is_horizontal() { rect.h } else { rect.w }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn card(x: f64, y: f64) -> Rect {
        Rect::new(x, y, 200.0, 72.0)
    }

    #[test]
    fn traffic_goes_from_left_to_right() {
        assert_eq!(sides(card(0.0, 0.0), card(300.0, 0.0)), (Side::Right, Side::Left));
        assert_eq!(sides(card(0.0, 0.0), card(300.0, 900.0)), (Side::Right, Side::Left));
    }

    #[test]
    fn cards_above_one_another_are_joined_vertically() {
        assert_eq!(sides(card(0.0, 0.0), card(0.0, 120.0)), (Side::Bottom, Side::Top));
        assert_eq!(sides(card(0.0, 0.0), card(40.0, -120.0)), (Side::Top, Side::Bottom));
    }

    #[test]
    fn a_link_back_takes_the_shortest_way() {
        assert_eq!(sides(card(400.0, 0.0), card(0.0, 16.0)), (Side::Left, Side::Right));
        assert_eq!(sides(card(220.0, 0.0), card(0.0, 400.0)), (Side::Bottom, Side::Top));
    }

    #[test]
    fn links_up_and_down_have_ports_of_their_own_and_are_straight() {
        let (a, b) = (card(0.0, 0.0), card(0.0, 200.0));
        let (down, up) = (ends(a, b, 0, 1), ends(b, a, 0, 1));
        assert_eq!((down.0.at.x, down.1.at.x), (100.0, 100.0));
        assert_eq!((up.0.at.x, up.1.at.x), (116.0, 116.0));
    }

    #[test]
    fn links_between_the_same_nodes_are_apart() {
        let (a, b) = (card(0.0, 0.0), card(400.0, 0.0));
        let ys: Vec<f64> = (0..3).map(|i| ends(a, b, i, 3).0.at.y).collect();
        assert_eq!(ys, [20.0, 36.0, 52.0]);
    }

    proptest! {
        #[test]
        fn ports_lie_on_their_sides(x in -600i32..600, y in -600i32..600, n in 1usize..9, i in 0usize..9) {
            let (from, to) = (card(0.0, 0.0), card(x.into(), y.into()));
            let (a, b) = ends(from, to, i.min(n - 1), n);
            for (port, rect) in [(a, from), (b, to)] {
                prop_assert!(rect.contains(port.at));
                prop_assert!(!rect.contains(port.ahead(1.0)));
            }
        }
    }
}
