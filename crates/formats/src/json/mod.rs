//! JSON as people read it: two spaces, one entry a line, short things on one line.

mod locate;
mod print;

pub use locate::{Position, locate};
pub use print::{compact, pretty};
