//! Snapping: to the grid, and to the edges and middles of what is near.

use crate::geometry::{GRID, Point, Rect, to_grid};

/// A line that shows what something is aligned with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Point,
    /// The other end, to the right of it or below.
    pub to: Point,
}

/// Where something comes to lie, and what it is then aligned with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// How far to move it.
    pub dx: f64,
    /// How far to move it.
    pub dy: f64,
    /// The lines to draw, upright ones first.
    pub guides: Vec<Guide>,
}

/// The nearest point of the grid.
#[must_use]
pub fn to_grid_point(p: Point) -> Point {
    Point::new(to_grid(p.x).into(), to_grid(p.y).into())
}

/// Snaps `moving` to the grid, and to edges and middles of `others` at most `tolerance` away. Alignments that are not on the
/// grid are left alone: positions in the document are on it.
#[must_use]
pub fn snap(moving: Rect, others: &[Rect], tolerance: f64) -> Snap {
    let x = axis(moving.x, moving.w, &spans(others, |r| (r.x, r.w)), tolerance);
    let y = axis(moving.y, moving.h, &spans(others, |r| (r.y, r.h)), tolerance);
    let placed = Rect::new(x, y, moving.w, moving.h);
    Snap { dx: x - moving.x, dy: y - moving.y, guides: guides(placed, others) }
}

fn spans(rects: &[Rect], span: fn(&Rect) -> (f64, f64)) -> Vec<(f64, f64)> {
    rects.iter().map(span).collect()
}

/// The places of a span that can be aligned: both ends and the middle.
fn features((start, length): (f64, f64)) -> [f64; 3] {
    [start, start + length / 2.0, start + length]
}

/// Where a span begins after snapping.
fn axis(start: f64, length: f64, others: &[(f64, f64)], tolerance: f64) -> f64 {
    let grid = f64::from(to_grid(start));
    let mut best: Option<(f64, f64)> = None;
    for other in others {
        for target in features(*other) {
            for mine in features((start, length)) {
                let moved = start + target - mine;
                let by = (moved - start).abs();
                let on_grid = moved.rem_euclid(f64::from(GRID)) == 0.0;
                if on_grid && by <= tolerance && best.is_none_or(|(b, _)| by < b) {
                    best = Some((by, moved));
                }
            }
        }
    }
    best.map_or(grid, |(_, moved)| moved)
}

/// The lines of all edges and middles that `placed` shares with others. One line for each coordinate.
#[must_use]
pub fn guides(placed: Rect, others: &[Rect]) -> Vec<Guide> {
    let mut lines: Vec<Guide> = Vec::new();
    for x in features((placed.x, placed.w)) {
        let on_line = others.iter().filter(|r| features((r.x, r.w)).contains(&x));
        if let Some(all) = Rect::around_all(on_line.copied()) {
            let all = all.union(placed);
            lines.push(Guide { from: Point::new(x, all.y), to: Point::new(x, all.bottom()) });
        }
    }
    for y in features((placed.y, placed.h)) {
        let on_line = others.iter().filter(|r| features((r.y, r.h)).contains(&y));
        if let Some(all) = Rect::around_all(on_line.copied()) {
            let all = all.union(placed);
            lines.push(Guide { from: Point::new(all.x, y), to: Point::new(all.right(), y) });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_neighbours_the_grid_alone() {
        let snap = snap(Rect::new(13.0, 3.0, 200.0, 72.0), &[], 8.0);
        assert_eq!((snap.dx, snap.dy), (3.0, -3.0));
        assert!(snap.guides.is_empty());
    }

    #[test]
    fn an_edge_pulls_from_further_than_the_grid() {
        let other = Rect::new(400.0, 0.0, 200.0, 72.0);
        let snap = snap(Rect::new(407.0, 300.0, 200.0, 72.0), &[other], 8.0);
        assert_eq!(snap.dx, -7.0);
        let edges: Vec<f64> = snap.guides.iter().map(|g| g.from.x).collect();
        assert_eq!(edges, [400.0, 500.0, 600.0]);
        assert_eq!((snap.guides[0].from.y, snap.guides[0].to.y), (0.0, 376.0));
    }

    #[test]
    fn a_middle_that_is_off_the_grid_does_not_pull() {
        // The middle of a group 272 wide is at 136; that of a card at 100: their left edges differ by 36.
        let group = Rect::new(0.0, 0.0, 272.0, 200.0);
        let snap = snap(Rect::new(37.0, 304.0, 200.0, 72.0), &[group], 4.0);
        assert_eq!(snap.dx, 3.0);
    }

    proptest! {
        #[test]
        fn always_on_the_grid_and_never_far(
            x in -500.0..500.0, y in -500.0..500.0,
            others in prop::collection::vec((-60i32..60, -60i32..60, 1i32..50, 1i32..50), 0..6),
        ) {
            let others: Vec<Rect> = others.into_iter()
                .map(|(x, y, w, h)| Rect::new((x * 8).into(), (y * 8).into(), (w * 8).into(), (h * 8).into())).collect();
            let moving = Rect::new(x, y, 200.0, 72.0);
            let snap = snap(moving, &others, 10.0);
            let placed = moving.translate(snap.dx, snap.dy);
            for v in [placed.x, placed.y] {
                prop_assert!((v / 8.0 - (v / 8.0).round()).abs() < 1e-9);
            }
            prop_assert!(snap.dx.abs() <= 10.0 && snap.dy.abs() <= 10.0);
        }
    }
}
