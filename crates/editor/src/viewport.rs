//! What part of the world the screen shows, and how large.

use crate::geometry::{Point, Rect, Size};

/// The smallest zoom: 5 %.
pub const MIN_ZOOM: f64 = 0.05;
/// The largest zoom: 400 %.
pub const MAX_ZOOM: f64 = 4.0;

/// The zooms that the keys go through, smallest first.
const STEPS: [f64; 13] = [0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0];

/// The place and scale of the world on the screen: `screen = world × zoom + (x, y)`.
///
/// As CSS: `translate(x px, y px) scale(zoom)` with the origin at the top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Where the world's origin is on the screen, in pixels from the left.
    pub x: f64,
    /// Where the world's origin is on the screen, in pixels from the top.
    pub y: f64,
    /// Pixels per world unit, [`MIN_ZOOM`] to [`MAX_ZOOM`].
    pub zoom: f64,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, zoom: 1.0 }
    }
}

impl Viewport {
    /// A viewport with the zoom brought into its range; what is not a number becomes the default.
    #[must_use]
    pub fn new(x: f64, y: f64, zoom: f64) -> Self {
        let or = |v: f64, other: f64| if v.is_finite() { v } else { other };
        Self { x: or(x, 0.0), y: or(y, 0.0), zoom: or(zoom, 1.0).clamp(MIN_ZOOM, MAX_ZOOM) }
    }

    /// Where a point of the world is on the screen.
    #[must_use]
    pub fn to_screen(self, world: Point) -> Point {
        Point::new(world.x * self.zoom + self.x, world.y * self.zoom + self.y)
    }

    /// Which point of the world is at a place on the screen.
    #[must_use]
    pub fn to_world(self, screen: Point) -> Point {
        Point::new((screen.x - self.x) / self.zoom, (screen.y - self.y) / self.zoom)
    }

    /// A rectangle of the world as it is on the screen.
    #[must_use]
    pub fn rect_to_screen(self, world: Rect) -> Rect {
        let p = self.to_screen(world.origin());
        Rect::new(p.x, p.y, world.w * self.zoom, world.h * self.zoom)
    }

    /// The part of the world that a screen of this size shows.
    #[must_use]
    pub fn world_rect(self, screen: Size) -> Rect {
        let p = self.to_world(Point::default());
        Rect::new(p.x, p.y, screen.w / self.zoom, screen.h / self.zoom)
    }

    /// How long so many pixels are in the world.
    #[must_use]
    pub fn length(self, pixels: f64) -> f64 {
        pixels / self.zoom
    }

    /// The picture moved by so many pixels.
    #[must_use]
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy, self.zoom)
    }

    /// Zoomed to `zoom` so that the world stays put under `at` (screen).
    #[must_use]
    pub fn zoomed_to(self, zoom: f64, at: Point) -> Self {
        let world = self.to_world(at);
        let zoom = Self::new(0.0, 0.0, zoom).zoom;
        Self::new(at.x - world.x * zoom, at.y - world.y * zoom, zoom)
    }

    /// Zoomed by `factor` so that the world stays put under `at` (screen).
    #[must_use]
    pub fn zoomed_by(self, factor: f64, at: Point) -> Self {
        self.zoomed_to(self.zoom * factor, at)
    }

    /// The next round zoom above, about `at` (screen).
    #[must_use]
    pub fn step_in(self, at: Point) -> Self {
        let next = STEPS.iter().find(|&&z| z > self.zoom * 1.001).copied();
        self.zoomed_to(next.unwrap_or(MAX_ZOOM), at)
    }

    /// The next round zoom below, about `at` (screen).
    #[must_use]
    pub fn step_out(self, at: Point) -> Self {
        let next = STEPS.iter().rev().find(|&&z| z < self.zoom * 0.999).copied();
        self.zoomed_to(next.unwrap_or(MIN_ZOOM), at)
    }

    /// The viewport that shows all of `world` in the middle of the screen, with `padding` pixels beside and above it,
    /// at most at `max_zoom`.
    #[must_use]
    pub fn fit(world: Rect, screen: Size, padding: Size, max_zoom: f64) -> Self {
        let room = |side: f64, padding: f64| (side - 2.0 * padding).max(side * 0.5).max(1.0);
        let zoom_x = room(screen.w, padding.w) / world.w.max(1.0);
        let zoom_y = room(screen.h, padding.h) / world.h.max(1.0);
        let zoom = zoom_x.min(zoom_y).min(max_zoom).clamp(MIN_ZOOM, MAX_ZOOM);
        let c = world.center();
        Self::new(screen.w / 2.0 - c.x * zoom, screen.h / 2.0 - c.y * zoom, zoom)
    }

    /// Moved by no more than it takes to bring `world` wholly onto the screen, `padding` pixels from its edges.
    /// What is larger than the screen is shown from its top left.
    #[must_use]
    pub fn revealing(self, world: Rect, screen: Size, padding: Size) -> Self {
        let on_screen = self.rect_to_screen(world);
        let shift = |low: f64, high: f64, room: f64, padding: f64| {
            if low < padding || high - low > room - 2.0 * padding {
                padding - low
            } else if high > room - padding {
                room - padding - high
            } else {
                0.0
            }
        };
        let (w, h) = (screen.w - 2.0 * padding.w, screen.h - 2.0 * padding.h);
        let seen = Rect::new(padding.w, padding.h, w, h);
        if seen.contains_rect(on_screen) {
            return self;
        }
        self.panned(
            shift(on_screen.x, on_screen.right(), screen.w, padding.w),
            shift(on_screen.y, on_screen.bottom(), screen.h, padding.h),
        )
    }

    /// Two fingers went from `before` to `after` (screen): moved and zoomed so that what was under them still is.
    #[must_use]
    pub fn pinched(self, before: [Point; 2], after: [Point; 2]) -> Self {
        let (from, to) = (before[0].middle(before[1]), after[0].middle(after[1]));
        let spread = before[0].distance(before[1]);
        // Fingers that lie on one another say nothing about a scale.
        let factor = if spread < 1.0 { 1.0 } else { after[0].distance(after[1]) / spread };
        self.panned(to.x - from.x, to.y - from.y).zoomed_by(factor, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCREEN: Size = Size::new(1440.0, 900.0);

    fn close(a: Point, b: Point) -> bool {
        a.distance(b) < 1e-6
    }

    fn viewports() -> impl Strategy<Value = Viewport> {
        (-4000.0..4000.0, -4000.0..4000.0, MIN_ZOOM..MAX_ZOOM).prop_map(|(x, y, z)| Viewport::new(x, y, z))
    }

    #[test]
    fn odd_numbers_are_brought_into_range() {
        assert_eq!(Viewport::new(f64::NAN, f64::INFINITY, 99.0), Viewport { x: 0.0, y: 0.0, zoom: MAX_ZOOM });
    }

    #[test]
    fn fit_centres_and_respects_its_largest_zoom() {
        let world = Rect::new(100.0, 100.0, 200.0, 72.0);
        let view = Viewport::fit(world, SCREEN, Size::new(64.0, 64.0), 1.0);
        assert_eq!(view.zoom, 1.0);
        assert!(close(view.to_screen(world.center()), Point::new(720.0, 450.0)));
        assert_eq!(Viewport::fit(world, SCREEN, Size::new(64.0, 64.0), 2.0).zoom, 2.0);
    }

    #[test]
    fn steps_go_through_round_zooms() {
        let at = Point::new(10.0, 10.0);
        let view = Viewport::new(0.0, 0.0, 0.9);
        assert_eq!(view.step_in(at).zoom, 1.0);
        assert_eq!(view.step_out(at).zoom, 0.8);
        assert_eq!(Viewport::new(0.0, 0.0, 4.0).step_in(at).zoom, 4.0);
        assert_eq!(Viewport::new(0.0, 0.0, 0.05).step_out(at).zoom, 0.05);
    }

    #[test]
    fn revealing_moves_no_further_than_needed() {
        let view = Viewport::default();
        assert_eq!(view.revealing(Rect::new(100.0, 100.0, 200.0, 72.0), SCREEN, Size::new(40.0, 40.0)), view);
        let moved = view.revealing(Rect::new(1400.0, 100.0, 200.0, 72.0), SCREEN, Size::new(40.0, 40.0));
        assert_eq!((moved.x, moved.y), (-200.0, 0.0));
    }

    proptest! {
        #[test]
        fn screen_and_world_are_inverse(v in viewports(), x in -2000.0..2000.0, y in -2000.0..2000.0) {
            let p = Point::new(x, y);
            prop_assert!(close(v.to_screen(v.to_world(p)), p));
        }

        #[test]
        fn zoom_keeps_the_point_under_the_pointer(v in viewports(), f in 0.1..10.0, x in 0.0..1440.0, y in 0.0..900.0) {
            let at = Point::new(x, y);
            let world = v.to_world(at);
            prop_assert!(close(v.zoomed_by(f, at).to_screen(world), at));
        }

        #[test]
        fn fit_shows_all(x in -3000.0..3000.0, y in -3000.0..3000.0, w in 1.0..9000.0, h in 1.0..9000.0) {
            let world = Rect::new(x, y, w, h);
            let view = Viewport::fit(world, SCREEN, Size::new(40.0, 40.0), 1.0);
            prop_assert!(view.world_rect(SCREEN).contains_rect(world));
        }

        #[test]
        fn a_pinch_keeps_the_world_under_both_fingers(v in viewports(), ax in 0.0..500.0, bx in 600.0..900.0, dx in -50.0..50.0, dy in -50.0..50.0) {
            let before = [Point::new(ax, 100.0), Point::new(bx, 300.0)];
            let after = before.map(|p| p.moved(dx, dy));
            let next = v.pinched(before, after);
            for i in 0..2 {
                prop_assert!(close(next.to_screen(v.to_world(before[i])), after[i]));
            }
        }
    }
}
