//! What is drawn of a route: an SVG path with rounded corners, the place of its label, the distance of a point from it.

use crate::geometry::{Point, Rect};

/// The largest radius of a corner.
const RADIUS: f64 = 8.0;

/// The `d` of an SVG path through `points`, with its corners rounded by at most 8 units.
#[must_use]
pub fn svg(points: &[Point]) -> String {
    let mut d = String::with_capacity(points.len() * 24);
    let Some(&first) = points.first() else { return d };
    command(&mut d, 'M', &[first]);
    for i in 1..points.len() {
        let here = points[i];
        let Some(&next) = points.get(i + 1) else {
            command(&mut d, 'L', &[here]);
            break;
        };
        let before = points[i - 1];
        let radius = RADIUS.min(before.distance(here) / 2.0).min(here.distance(next) / 2.0);
        if radius < 0.5 {
            command(&mut d, 'L', &[here]);
        } else {
            command(&mut d, 'L', &[towards(here, before, radius)]);
            command(&mut d, 'Q', &[here, towards(here, next, radius)]);
        }
    }
    d
}

fn command(d: &mut String, letter: char, points: &[Point]) {
    d.push(letter);
    for (i, p) in points.iter().enumerate() {
        if i > 0 {
            d.push(' ');
        }
        number(d, p.x);
        d.push(' ');
        number(d, p.y);
    }
}

/// Writes a coordinate with at most one decimal. Nearly all are whole numbers, and this runs for each link in each frame.
fn number(d: &mut String, value: f64) {
    let tenths = (value * 10.0).round() as i64;
    if tenths < 0 {
        d.push('-');
    }
    let (whole, rest) = (tenths.unsigned_abs() / 10, (tenths.unsigned_abs() % 10) as u8);
    digits(d, whole);
    if rest != 0 {
        d.push('.');
        d.push(char::from(b'0' + rest));
    }
}

fn digits(d: &mut String, value: u64) {
    if value >= 10 {
        digits(d, value / 10);
    }
    d.push(char::from(b'0' + (value % 10) as u8));
}

fn towards(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to);
    if length == 0.0 {
        return from;
    }
    from.moved((to.x - from.x) / length * by, (to.y - from.y) / length * by)
}

/// Where a link's label goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelPlace {
    /// Its middle.
    pub at: Point,
    /// How wide it may be.
    pub room: f64,
}

/// From this length on a level stretch is the best place for words.
const LEVEL: f64 = 104.0;
/// What a level stretch shows of itself on both sides of its label, together.
const SHOWN: f64 = 20.0;
/// How wide a label may be at the most.
const WIDEST: f64 = 168.0;

/// The place of the label of a link: the longest level stretch that has room for some words, else the longest upright one,
/// which words may cross, else whatever there is. Stretches that other links run along too are left to them: the first one
/// if `shares_start`, the last one if `shares_end`.
#[must_use]
pub fn label_place(points: &[Point], shares_start: bool, shares_end: bool) -> LabelPlace {
    let stretches = points.len().saturating_sub(1);
    let first = usize::from(shares_start && stretches > 1);
    let last = stretches - usize::from(shares_end && stretches > first + 1);
    let length = |i: usize| points[i].distance(points[i + 1]);
    let longest = |level: bool, least: f64| {
        let fits = (first..last).filter(|&i| (points[i].y == points[i + 1].y) == level && length(i) >= least);
        fits.max_by(|&i, &j| length(i).total_cmp(&length(j)))
    };
    // Words across an upright stretch reach no further than the stretches beside it, where the nodes are.
    let beside = |i: usize| {
        let neighbours = [i.checked_sub(1), Some(i + 1).filter(|&next| next < stretches)];
        neighbours.into_iter().flatten().map(length).fold(f64::INFINITY, f64::min)
    };
    let place = |i: usize, room: f64| LabelPlace { at: points[i].middle(points[i + 1]), room: room.clamp(0.0, WIDEST) };
    let level = |i: usize| place(i, length(i) - SHOWN);
    let upright = |i: usize| place(i, 2.0 * beside(i) - SHOWN);
    let chosen = longest(true, LEVEL).map(level).or_else(|| longest(false, SHOWN).map(upright));
    let any = chosen.or_else(|| longest(true, 0.0).map(level)).or_else(|| longest(false, 0.0).map(upright));
    any.unwrap_or(LabelPlace { at: points.first().copied().unwrap_or_default(), room: 0.0 })
}

/// How far `p` is from the nearest point of the polyline; infinite if it has no points.
#[must_use]
pub fn distance(points: &[Point], p: Point) -> f64 {
    if let [only] = points {
        return only.distance(p);
    }
    points.windows(2).map(|pair| segment_distance(pair[0], pair[1], p)).fold(f64::INFINITY, f64::min)
}

fn segment_distance(a: Point, b: Point, p: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let square = dx * dx + dy * dy;
    let t = if square == 0.0 { 0.0 } else { (((p.x - a.x) * dx + (p.y - a.y) * dy) / square).clamp(0.0, 1.0) };
    a.moved(dx * t, dy * t).distance(p)
}

/// Whether the polyline (of level and upright stretches) goes through the inside of `rect` or touches it.
#[must_use]
pub fn touches(points: &[Point], rect: Rect) -> bool {
    points.windows(2).any(|pair| Rect::between(pair[0], pair[1]).touches(rect))
}

/// The same polyline without repeated points and without points in the middle of a straight stretch.
#[must_use]
pub fn simplified(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for &p in points {
        if out.last() == Some(&p) {
            continue;
        }
        while let [.., a, b] = out[..] {
            let upright = a.x == b.x && b.x == p.x && (b.y - a.y) * (p.y - b.y) >= 0.0;
            let level = a.y == b.y && b.y == p.y && (b.x - a.x) * (p.x - b.x) >= 0.0;
            if !(upright || level) {
                break;
            }
            out.pop();
        }
        out.push(p);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn corners_are_rounded_and_short_stretches_less() {
        assert_eq!(svg(&points(&[(0.0, 0.0), (40.0, 0.0), (40.0, -50.0)])), "M0 0L32 0Q40 0 40 -8L40 -50");
        assert_eq!(
            svg(&points(&[(0.0, 0.0), (40.0, 0.0), (40.0, 5.0), (80.0, 5.0)])),
            "M0 0L37.5 0Q40 0 40 2.5L40 2.5Q40 5 42.5 5L80 5"
        );
        assert_eq!(svg(&[]), "");
    }

    #[test]
    fn a_label_prefers_a_long_level_stretch() {
        let z = points(&[(0.0, 0.0), (120.0, 0.0), (120.0, 500.0), (180.0, 500.0)]);
        assert_eq!(label_place(&z, false, false), LabelPlace { at: Point::new(60.0, 0.0), room: 100.0 });
        let narrow = points(&[(0.0, 0.0), (66.0, 0.0), (66.0, -54.0), (132.0, -54.0)]);
        assert_eq!(label_place(&narrow, false, false), LabelPlace { at: Point::new(66.0, -27.0), room: 112.0 });
        assert_eq!(label_place(&[], true, true), LabelPlace { at: Point::default(), room: 0.0 });
    }

    #[test]
    fn a_label_leaves_what_is_shared_to_others() {
        let z = points(&[(0.0, 0.0), (200.0, 0.0), (200.0, 40.0), (320.0, 40.0)]);
        assert_eq!(label_place(&z, false, false).at, Point::new(100.0, 0.0));
        assert_eq!(label_place(&z, true, false).at, Point::new(260.0, 40.0));
        assert_eq!(label_place(&z, true, true).at, Point::new(200.0, 20.0));
        let straight = points(&[(0.0, 0.0), (200.0, 0.0)]);
        assert_eq!(label_place(&straight, true, true).at, Point::new(100.0, 0.0));
    }

    #[test]
    fn distance_is_to_the_nearest_stretch() {
        let l = points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]);
        assert_eq!(distance(&l, Point::new(50.0, 7.0)), 7.0);
        assert_eq!(distance(&l, Point::new(103.0, 104.0)), 5.0);
        assert_eq!(distance(&[], Point::default()), f64::INFINITY);
    }

    #[test]
    fn simplifying_keeps_turns_back() {
        let line = points(&[(0.0, 0.0), (10.0, 0.0), (10.0, 0.0), (20.0, 0.0), (20.0, 30.0), (20.0, 10.0)]);
        assert_eq!(simplified(&line), points(&[(0.0, 0.0), (20.0, 0.0), (20.0, 30.0), (20.0, 10.0)]));
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_they_are(tenths in -99_999i32..99_999) {
            let mut text = String::new();
            number(&mut text, f64::from(tenths) / 10.0);
            prop_assert_eq!(text.parse::<f64>().expect("a number"), f64::from(tenths) / 10.0);
        }

        #[test]
        fn simplifying_keeps_the_ends_and_the_way(steps in prop::collection::vec((any::<bool>(), -5i32..6), 1..12)) {
            let mut line = vec![Point::default()];
            for (level, by) in steps {
                let last = line[line.len() - 1];
                line.push(if level { last.moved(by.into(), 0.0) } else { last.moved(0.0, by.into()) });
            }
            let short = simplified(&line);
            prop_assert_eq!(short.first(), line.first());
            prop_assert_eq!(short.last(), line.last());
            for p in &line {
                // The nearest point of a stretch is found by a quotient, which need not come out even.
                prop_assert!(distance(&short, *p) < 1e-9);
            }
        }
    }
}
