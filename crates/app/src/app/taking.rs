//! Designs that were made of other tools' files: looked at, opened, added. What it takes is in the editor's part, which is there
//! before anything can be imported.

use trazo_model::Design;

use super::{Desk, parts};
use crate::store::Sketch;

/// The design laid out from left to right.
pub(crate) fn tidied(design: Design) -> Design {
    match parts::work() {
        Some(work) => work.tidied(design),
        None => design,
    }
}

/// The small drawing of a design.
pub(crate) fn picture(design: &Design) -> Sketch {
    parts::work().map(|work| work.picture(design)).unwrap_or_default()
}

impl Desk {
    /// Opens a design that was made of the file of this name as a new one.
    pub(crate) fn open_imported(&self, file: &str, design: Design) {
        if let Some(work) = parts::work() {
            work.open_imported(*self, file, design);
        }
    }

    /// Adds a design to the open one, in one step.
    pub(crate) fn add_imported(&self, design: &Design) {
        if let Some(work) = parts::work() {
            work.add_imported(*self, design);
        }
    }
}
