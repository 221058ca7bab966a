//! What a person does, as plain values.

use crate::geometry::{Point, Size};
pub use crate::wheel::DeltaMode;

/// One event. Points are in pixels from the upper left corner of the canvas.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A button or finger goes down.
    PointerDown(Pointer),
    /// The pointer moves, with or without a button.
    PointerMove(Pointer),
    /// A button or finger goes up.
    PointerUp(Pointer),
    /// The pointer is no longer over the canvas.
    PointerLeave,
    /// The wheel turns, or two fingers move on a trackpad.
    Wheel(Wheel),
    /// A key goes down while the canvas has the focus.
    KeyDown(Key),
    /// A key goes up.
    KeyUp(Key),
    /// The browser takes the pointer away, or the window loses the focus: what is under way is taken back.
    Cancel,
    /// The canvas has another size, in pixels.
    Resize(Size),
    /// Time has passed while [`crate::Editor::wants_ticks`].
    Tick {
        /// Milliseconds since the last one.
        ms: f64,
    },
}

/// A button of the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Button {
    /// The left one, or a finger.
    #[default]
    Primary,
    /// The wheel.
    Middle,
    /// The right one.
    Secondary,
}

/// Keys that are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mods {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or ⌘ on a Mac.
    pub ctrl: bool,
    /// Alt or Option.
    pub alt: bool,
}

/// A pointer event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// Where.
    pub at: Point,
    /// Which button went down or up.
    pub button: Button,
    /// Keys that are held.
    pub mods: Mods,
    /// When, in milliseconds of any clock.
    pub time: f64,
    /// Which pointer: fingers have one each.
    pub id: i32,
    /// Whether it is a finger.
    pub touch: bool,
}

/// A wheel event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wheel {
    /// Where the pointer is.
    pub at: Point,
    /// To the right.
    pub dx: f64,
    /// Downwards.
    pub dy: f64,
    /// The unit of both.
    pub mode: DeltaMode,
    /// Keys that are held; Ctrl also for a pinch.
    pub mods: Mods,
}

/// A key event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// The key's value as the DOM names it: `a`, `Enter`, `ArrowLeft`, `" "`.
    pub key: String,
    /// Keys that are held.
    pub mods: Mods,
    /// Whether it repeats because it is held.
    pub repeat: bool,
}
