//! Keeps the long stretches of different links from lying on one another.
//!
//! Links that share a port may share their way: they read as one trunk with branches. Links that share none are moved
//! apart where their inner stretches coincide. What a link is moved by follows from the plain routes alone, so that it does
//! not depend on the order in which links were drawn.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::geometry::Point;

/// By how much stretches are moved, by how many others come before them on the same line.
const OFFSETS: [f64; 5] = [0.0, 8.0, -8.0, 16.0, -16.0];
/// The furthest that a stretch is moved.
pub const FURTHEST: f64 = 16.0;
/// What must be left of the stretches beside one that is moved.
const LEAST: f64 = 6.0;

/// A line of the plane: whether it is upright, and its coordinate.
type Line = (bool, i32);

#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    link: u32,
    low: f64,
    high: f64,
    from: Point,
    to: Point,
}

impl Stretch {
    /// Whether two stretches on one line would be taken for one link.
    fn meets(&self, other: &Self) -> bool {
        let overlap = self.low < other.high && other.low < self.high;
        overlap && self.link != other.link && self.from != other.from && self.to != other.to
    }

    fn order(&self, other: &Self) -> Ordering {
        let key = |s: &Self| [s.from.y, s.from.x, s.to.y, s.to.x];
        let (mine, others) = (key(self), key(other));
        let unequal = mine.iter().zip(&others).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne());
        unequal.unwrap_or_else(|| self.link.cmp(&other.link))
    }
}

/// The inner stretches of all plain routes, by the line they lie on.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    lines: BTreeMap<Line, Vec<Stretch>>,
}

impl Lanes {
    /// Puts a link's plain route in place of `before`, and adds to `touched` the links that lie on a line with either.
    pub fn replace(&mut self, link: u32, before: &[Point], points: &[Point], touched: &mut Vec<u32>) {
        for (line, gone) in stretches(link, before) {
            if let Some(list) = self.lines.get_mut(&line) {
                list.retain(|s| s.link != link);
                touched.extend(list.iter().filter(|s| s.meets(&gone)).map(|s| s.link));
                if list.is_empty() {
                    self.lines.remove(&line);
                }
            }
        }
        for (line, stretch) in stretches(link, points) {
            let list = self.lines.entry(line).or_default();
            touched.extend(list.iter().filter(|s| s.meets(&stretch)).map(|s| s.link));
            list.push(stretch);
        }
    }

    /// The plain route `points` of `link` with its stretches moved off those of other links, as far as `is_free` lets them.
    #[must_use]
    pub fn apart(&self, link: u32, points: &[Point], is_free: &dyn Fn(Point, Point) -> bool) -> Vec<Point> {
        let mut moved = points.to_vec();
        for (i, (line, stretch)) in inner(points).zip(stretches(link, points)) {
            let Some(list) = self.lines.get(&line) else { continue };
            let rank = list.iter().filter(|s| s.meets(&stretch) && s.order(&stretch).is_lt()).count();
            let offset = OFFSETS.get(rank).copied().unwrap_or(0.0);
            if offset != 0.0 && !shift(&mut moved, i, line.0, offset, is_free) {
                shift(&mut moved, i, line.0, -offset, is_free);
            }
        }
        moved
    }
}

/// The indices at which stretches begin that touch no port.
fn inner(points: &[Point]) -> std::ops::Range<usize> {
    1..points.len().saturating_sub(2).max(1)
}

fn stretches(link: u32, points: &[Point]) -> impl Iterator<Item = (Line, Stretch)> {
    inner(points).map(move |i| {
        let (a, b) = (points[i], points[i + 1]);
        let upright = a.x == b.x;
        let (at, from, to) = if upright { (a.x, a.y, b.y) } else { (a.y, a.x, b.x) };
        let ends = (points[0], points[points.len() - 1]);
        let stretch = Stretch { link, low: from.min(to), high: from.max(to), from: ends.0, to: ends.1 };
        ((upright, at.round() as i32), stretch)
    })
}

/// Moves the stretch that begins at `i`; says whether there was room.
fn shift(points: &mut [Point], i: usize, upright: bool, by: f64, is_free: &dyn Fn(Point, Point) -> bool) -> bool {
    let (dx, dy) = if upright { (by, 0.0) } else { (0.0, by) };
    let (a, b) = (points[i].moved(dx, dy), points[i + 1].moved(dx, dy));
    let keeps = |fixed: Point, old: Point, new: Point| {
        let (before, after) =
            if upright { (old.x - fixed.x, new.x - fixed.x) } else { (old.y - fixed.y, new.y - fixed.y) };
        before * after > 0.0 && after.abs() >= LEAST
    };
    let fits = keeps(points[i - 1], points[i], a) && keeps(points[i + 2], points[i + 1], b) && is_free(a, b);
    if fits {
        points[i] = a;
        points[i + 1] = b;
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn z(from: (f64, f64), middle: f64, to: (f64, f64)) -> Vec<Point> {
        let points = [from, (middle, from.1), (middle, to.1), to];
        points.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    fn laid(routes: &[Vec<Point>]) -> Vec<Vec<Point>> {
        let mut lanes = Lanes::default();
        for (i, route) in routes.iter().enumerate() {
            lanes.replace(i as u32, &[], route, &mut Vec::new());
        }
        routes.iter().enumerate().map(|(i, r)| lanes.apart(i as u32, r, &|_, _| true)).collect()
    }

    #[test]
    fn links_that_cross_over_do_not_share_their_upright_stretch() {
        let routes = [z((0.0, 0.0), 50.0, (100.0, 200.0)), z((0.0, 200.0), 50.0, (100.0, 0.0))];
        let laid = laid(&routes);
        assert_eq!(laid[0], routes[0]);
        assert_eq!(laid[1], z((0.0, 200.0), 58.0, (100.0, 0.0)));
    }

    #[test]
    fn links_of_one_port_share_their_trunk() {
        let routes = [z((0.0, 0.0), 50.0, (100.0, 200.0)), z((0.0, 0.0), 50.0, (100.0, 400.0))];
        assert_eq!(laid(&routes), routes);
    }

    #[test]
    fn stays_where_there_is_no_room() {
        let routes = [z((0.0, 0.0), 8.0, (16.0, 200.0)), z((0.0, 200.0), 8.0, (16.0, 0.0))];
        assert_eq!(laid(&routes), routes);
        let mut lanes = Lanes::default();
        let wide = [z((0.0, 0.0), 50.0, (100.0, 200.0)), z((0.0, 200.0), 50.0, (100.0, 0.0))];
        lanes.replace(0, &[], &wide[0], &mut Vec::new());
        assert_eq!(lanes.apart(1, &wide[1], &|_, _| false), wide[1]);
    }

    #[test]
    fn says_who_else_is_touched() {
        let (a, b) = (z((0.0, 0.0), 50.0, (100.0, 200.0)), z((0.0, 200.0), 50.0, (100.0, 0.0)));
        let mut lanes = Lanes::default();
        let mut touched = Vec::new();
        lanes.replace(0, &[], &a, &mut touched);
        assert!(touched.is_empty());
        lanes.replace(1, &[], &b, &mut touched);
        assert_eq!(touched, [0]);
        touched.clear();
        lanes.replace(0, &a, &[], &mut touched);
        assert_eq!(touched, [1]);
        assert_eq!(lanes.apart(1, &b, &|_, _| true), b);
    }

    proptest! {
        #[test]
        fn the_order_of_drawing_does_not_matter(ys in prop::collection::vec((0u8..12, 0u8..12), 2..8)) {
            let mut routes: Vec<_> = ys.iter().filter(|(a, b)| a != b)
                .map(|&(a, b)| z((0.0, f64::from(a) * 40.0), 60.0, (120.0, f64::from(b) * 40.0))).collect();
            let forwards = laid(&routes);
            routes.dedup();
            prop_assume!(routes.len() == forwards.len());
            routes.reverse();
            let mut backwards = laid(&routes);
            backwards.reverse();
            prop_assert_eq!(forwards, backwards);
        }
    }
}
