//! What would fail on AWS: the list below the canvas, and the words for both and for the inspector.

mod list;
mod refused;
mod row;
mod tell;
pub(crate) mod r#where;

pub(crate) use list::Problems;
pub(crate) use tell::{fix_label, mend, message, more};
