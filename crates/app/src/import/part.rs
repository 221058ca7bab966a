//! The part of the page that reads files of other tools.

use leptos::prelude::*;

/// The inside of the part.
pub(super) trait Reader {
    /// All that the dialog holds.
    fn panel(&self) -> AnyView;
    /// Whether a text is of a format that is known.
    fn recognises(&self, name: &str, text: &str) -> bool;
}

/// Where the page is one file, as it is while one works on it.
#[cfg(not(feature = "parts"))]
mod cut {
    pub(super) async fn fetch() -> Option<&'static dyn super::Reader> {
        Some(super::super::panel::here())
    }
}

#[cfg(feature = "parts")]
mod cut {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::Reader;

    pub(super) async fn fetch() -> Option<&'static dyn Reader> {
        reader().await.ok()
    }

    #[wasm_split(import, fallible)]
    fn reader() -> Result<&'static dyn Reader, SplitLoaderError> {
        Ok(super::super::panel::here())
    }
}

/// Fetches the part, and before it the editor's, whose texts and designs it needs; `None` where one of them did not come.
/// A failure is not kept: the next call tries again.
pub(super) async fn fetch() -> Option<&'static dyn Reader> {
    if !crate::app::fetch_editor().await {
        return None;
    }
    cut::fetch().await
}
