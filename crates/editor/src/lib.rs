//! The editor without a screen: geometry, hit-testing, routing, layout, tools, selection and history.
//!
//! It knows no browser. [`Input`] comes in as plain values, and each answer, a [`Changes`], says exactly what changed, so
//! that whoever draws touches nothing else. While something is being dragged only the picture changes ([`scene`]); the
//! document gets one edit at the end, so that a gesture is one step of the history.
//!
//! | module | what |
//! |---|---|
//! | [`geometry`], [`viewport`], [`wheel`], [`spatial`] | points and rectangles, the view, an index by place |
//! | [`ports`], [`router`], [`lanes`], [`path`] | where links leave, which way they take, how they are drawn |
//! | [`hit`], [`snap`], [`layout`] | what lies under the pointer, what is aligned, a tidy order |
//! | [`scene`] | the picture that a document makes, kept up to date |
//! | [`Editor`] | all of it together, with tools and commands |

mod arrangement;
mod changes;
mod commands;
mod editor;
pub mod geometry;
pub mod hit;
mod input;
mod keys;
pub mod lanes;
pub mod layout;
mod overlay;
pub mod path;
pub mod ports;
pub mod router;
pub mod scene;
mod selection;
pub mod snap;
pub mod spatial;
#[cfg(test)]
mod tests;
mod tools;
pub mod viewport;
mod visible;
pub mod wheel;

pub use changes::{Changes, Request};
pub use commands::{Align, Axis, PasteError, tidied};
pub use editor::{Editor, Picture};
pub use hit::{Form, Grip};
pub use input::{Button, DeltaMode, Input, Key, Mods, Pointer, Wheel};
pub use overlay::{Cursor, Draft, Ghost, Overlay};
pub use selection::Selection;
pub use tools::Tool;
pub use visible::Lod;
