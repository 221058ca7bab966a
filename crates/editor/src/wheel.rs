//! What a turn of the wheel means, by the conventions of design tools.
//!
//! Plain wheel pans, Shift turns it sideways, Ctrl or ⌘ zooms about the pointer. Browsers report a pinch on
//! a trackpad as a wheel with Ctrl, so that one rule serves both.

use crate::geometry::Size;

/// Pixels in a line, for browsers that count the wheel in lines.
const LINE: f64 = 18.0;
/// The most that one event may zoom by: a notch of a mouse wheel comes as 100 or more, a pinch as a few pixels.
const MAX_ZOOM_DELTA: f64 = 24.0;

/// The unit of a wheel event's deltas: the `deltaMode` of the DOM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeltaMode {
    /// `DOM_DELTA_PIXEL`, 0.
    #[default]
    Pixels,
    /// `DOM_DELTA_LINE`, 1.
    Lines,
    /// `DOM_DELTA_PAGE`, 2.
    Pages,
}

/// What the wheel asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WheelAction {
    /// Move the picture by so many pixels.
    Pan(f64, f64),
    /// Zoom by this factor about the pointer.
    Zoom(f64),
}

/// Reads a wheel event: its deltas in `mode` on a screen of this size, with Shift, with Ctrl or ⌘.
#[must_use]
pub fn read(delta: (f64, f64), mode: DeltaMode, screen: Size, shift: bool, zoom: bool) -> WheelAction {
    let (unit_x, unit_y) = match mode {
        DeltaMode::Pixels => (1.0, 1.0),
        DeltaMode::Lines => (LINE, LINE),
        DeltaMode::Pages => (screen.w, screen.h),
    };
    let finite = |v: f64| if v.is_finite() { v } else { 0.0 };
    let (dx, dy) = (finite(delta.0 * unit_x), finite(delta.1 * unit_y));
    if zoom {
        return WheelAction::Zoom((-dy.clamp(-MAX_ZOOM_DELTA, MAX_ZOOM_DELTA) * 0.01).exp());
    }
    // macOS swaps the axes itself when Shift is held, the other systems leave that to us.
    if shift && dx == 0.0 { WheelAction::Pan(-dy, 0.0) } else { WheelAction::Pan(-dx, -dy) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size::new(1000.0, 800.0);

    #[test]
    fn plain_wheel_pans_against_the_turn() {
        assert_eq!(read((3.0, 100.0), DeltaMode::Pixels, SCREEN, false, false), WheelAction::Pan(-3.0, -100.0));
    }

    #[test]
    fn shift_pans_sideways_whoever_swaps_the_axes() {
        let sideways = WheelAction::Pan(-100.0, 0.0);
        assert_eq!(read((0.0, 100.0), DeltaMode::Pixels, SCREEN, true, false), sideways);
        assert_eq!(read((100.0, 0.0), DeltaMode::Pixels, SCREEN, true, false), WheelAction::Pan(-100.0, -0.0));
    }

    #[test]
    fn lines_and_pages_become_pixels() {
        assert_eq!(read((0.0, 3.0), DeltaMode::Lines, SCREEN, false, false), WheelAction::Pan(-0.0, -54.0));
        assert_eq!(read((0.0, 1.0), DeltaMode::Pages, SCREEN, false, false), WheelAction::Pan(-0.0, -800.0));
    }

    #[test]
    fn a_pinch_is_fine_and_a_notch_is_bounded() {
        let WheelAction::Zoom(pinch) = read((0.0, -2.0), DeltaMode::Pixels, SCREEN, false, true) else {
            panic!("ctrl zooms")
        };
        assert!((1.01..1.03).contains(&pinch), "{pinch}");
        let notch = read((0.0, 120.0), DeltaMode::Pixels, SCREEN, false, true);
        assert_eq!(notch, read((0.0, 1200.0), DeltaMode::Pixels, SCREEN, false, true));
        assert!(matches!(notch, WheelAction::Zoom(f) if (0.7..0.9).contains(&f)), "{notch:?}");
    }
}
