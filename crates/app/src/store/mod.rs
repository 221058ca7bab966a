//! Where designs are kept: in this browser's IndexedDB, and as files that a person saves.
//!
//! - [`records`] holds what is stored; each write is one transaction that compares versions, so that two tabs do not
//!   overwrite each other.
//! - [`keeper`] stores the open design after each change.
//! - [`journal`] holds what could not be stored in time.
//! - [`tabs`] tells other tabs.

mod db;
mod error;
pub(crate) mod files;
pub(crate) mod journal;
pub(crate) mod keeper;
pub(crate) mod names;
pub(crate) mod records;
mod sketch;
mod state;
mod tabs;
pub(crate) mod views;

pub(crate) use error::StoreError;
pub(crate) use keeper::{Keeper, Kept};
pub(crate) use records::{Entry, Record};
pub(crate) use sketch::{Part, Sketch};
pub(crate) use state::{Clash, Reason, SaveState};
pub(crate) use tabs::{News, Tabs};

use trazo_model::Design;

/// A record of `design`; `rev` is the stored version that it follows.
pub(crate) fn record(id: &str, rev: u32, design: &Design) -> Record {
    let nodes = u32::try_from(design.nodes().len()).unwrap_or(u32::MAX);
    let sketch = Sketch::of(design).text();
    let entry = Entry { id: id.to_owned(), name: design.name().to_owned(), updated: 0.0, rev, nodes, sketch };
    Record { entry, text: trazo_formats::manifest::write(design) }
}
