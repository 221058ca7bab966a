//! JSON as people read it: two spaces, one entry a line, short things on one line.

mod excerpt;
mod frame;
mod locate;
mod print;

pub use excerpt::{Excerpt, excerpt};
pub(crate) use frame::{Frame, part};
pub use locate::{Locator, Position, locate};
pub use print::{compact, pretty};
