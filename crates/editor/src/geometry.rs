//! Points, sizes and rectangles, all in `f64`.
//!
//! *World* units are those of the document: one unit is one CSS pixel at 100 %. Positions in the
//! document are whole numbers on a grid of [`GRID`] units; in between, while something is being
//! dragged, they may be anything.

/// The step of the document's grid in world units.
pub const GRID: i32 = 8;

/// The nearest multiple of [`GRID`].
#[must_use]
pub fn to_grid(value: f64) -> i32 {
    if !value.is_finite() {
        return 0;
    }
    // `as` saturates, so that a value out of range ends at the edge of what a document can hold.
    (value / f64::from(GRID)).round() as i32 * GRID
}

/// A place, in world or screen units as the context says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A point from its two coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// This point moved by `(dx, dy)`.
    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }

    /// The straight distance to `other`.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point halfway to `other`.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        Self::new(f64::midpoint(self.x, other.x), f64::midpoint(self.y, other.y))
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Size {
    /// A size from width and height.
    #[must_use]
    pub const fn new(w: f64, h: f64) -> Self {
        Self { w, h }
    }
}

/// A rectangle with sides along the axes: its corner of least coordinates and its size, which is never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The top edge.
    pub y: f64,
    /// Width, at least 0.
    pub w: f64,
    /// Height, at least 0.
    pub h: f64,
}

impl Rect {
    /// A rectangle from its top left corner and its size; a negative size counts as 0.
    #[must_use]
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w: w.max(0.0), h: h.max(0.0) }
    }

    /// The smallest rectangle with both corners, in whatever order they come.
    #[must_use]
    pub fn between(a: Point, b: Point) -> Self {
        Self::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }

    /// The smallest rectangle that holds all `points`; `None` if there are none.
    #[must_use]
    pub fn around(points: &[Point]) -> Option<Self> {
        let first = *points.first()?;
        let start = Self::between(first, first);
        Some(points.iter().fold(start, |all, &p| all.union(Self::between(p, p))))
    }

    /// The smallest rectangle that holds all `rects`; `None` if there are none.
    #[must_use]
    pub fn around_all(rects: impl IntoIterator<Item = Self>) -> Option<Self> {
        rects.into_iter().reduce(Self::union)
    }

    /// The right edge.
    #[must_use]
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// The top left corner.
    #[must_use]
    pub fn origin(self) -> Point {
        Point::new(self.x, self.y)
    }

    /// The width and height.
    #[must_use]
    pub fn size(self) -> Size {
        Size::new(self.w, self.h)
    }

    /// The middle.
    #[must_use]
    pub fn center(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Whether `p` lies inside or on the border.
    #[must_use]
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.right() && p.y >= self.y && p.y <= self.bottom()
    }

    /// Whether all of `other` lies inside, borders included.
    #[must_use]
    pub fn contains_rect(self, other: Self) -> bool {
        other.x >= self.x && other.right() <= self.right() && other.y >= self.y && other.bottom() <= self.bottom()
    }

    /// Whether the two share more than a border.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the two share at least a point of their borders.
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        self.x <= other.right() && other.x <= self.right() && self.y <= other.bottom() && other.y <= self.bottom()
    }

    /// What the two share; `None` where they do not even touch.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        if !self.touches(other) {
            return None;
        }
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        Some(Self::new(x, y, right - x, bottom - y))
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// The same rectangle with `by` more on each side; less if `by` is negative, down to its middle.
    #[must_use]
    pub fn inflate(self, by: f64) -> Self {
        let (bx, by) = (by.max(-self.w / 2.0), by.max(-self.h / 2.0));
        Self::new(self.x - bx, self.y - by, self.w + 2.0 * bx, self.h + 2.0 * by)
    }

    /// The same size at another place.
    #[must_use]
    pub fn translate(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// How far `p` is outside, 0 inside.
    #[must_use]
    pub fn distance(self, p: Point) -> f64 {
        let dx = (self.x - p.x).max(p.x - self.right()).max(0.0);
        let dy = (self.y - p.y).max(p.y - self.bottom()).max(0.0);
        dx.hypot(dy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rects() -> impl Strategy<Value = Rect> {
        (-500i32..500, -500i32..500, 0i32..400, 0i32..400)
            .prop_map(|(x, y, w, h)| Rect::new(x.into(), y.into(), w.into(), h.into()))
    }

    #[test]
    fn grid_rounds_to_the_nearest_step() {
        assert_eq!(to_grid(3.9), 0);
        assert_eq!(to_grid(4.1), 8);
        assert_eq!(to_grid(-11.0), -8);
        assert_eq!(to_grid(f64::NAN), 0);
    }

    #[test]
    fn between_takes_corners_in_any_order() {
        let rect = Rect::between(Point::new(10.0, 0.0), Point::new(0.0, 20.0));
        assert_eq!(rect, Rect::new(0.0, 0.0, 10.0, 20.0));
    }

    #[test]
    fn neighbours_touch_but_do_not_overlap() {
        let (a, b) = (Rect::new(0.0, 0.0, 10.0, 10.0), Rect::new(10.0, 0.0, 10.0, 10.0));
        assert!(a.touches(b));
        assert!(!a.overlaps(b));
    }

    #[test]
    fn deflating_stops_at_the_middle() {
        assert_eq!(Rect::new(0.0, 0.0, 10.0, 40.0).inflate(-8.0), Rect::new(5.0, 8.0, 0.0, 24.0));
    }

    proptest! {
        #[test]
        fn union_holds_both_and_intersection_lies_in_both(a in rects(), b in rects()) {
            let all = a.union(b);
            prop_assert!(all.contains_rect(a) && all.contains_rect(b));
            if let Some(both) = a.intersection(b) {
                prop_assert!(a.contains_rect(both) && b.contains_rect(both));
            } else {
                prop_assert!(!a.overlaps(b));
            }
        }

        #[test]
        fn inflating_there_and_back_is_nothing(a in rects(), by in 0i32..100) {
            prop_assert_eq!(a.inflate(by.into()).inflate(-f64::from(by)), a);
        }

        #[test]
        fn distance_is_zero_inside_alone(a in rects(), x in -900i32..900, y in -900i32..900) {
            let p = Point::new(x.into(), y.into());
            prop_assert_eq!(a.distance(p) == 0.0, a.contains(p));
        }
    }
}
