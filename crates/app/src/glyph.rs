//! Glyphs of the kinds on the page.

use leptos::prelude::*;
pub(crate) use trazo_formats::glyph::path;
use trazo_model::Kind;

/// The class that gives an element the colours of a kind's family (`--fam`, `--fam-soft`).
pub(crate) fn family_class(kind: Kind) -> String {
    format!("fam-{}", kind.family().key())
}

/// A kind's glyph, in the colour of the family around it. The name of the kind stands beside it, so it says nothing itself.
#[component]
pub(crate) fn Glyph(
    /// The kind.
    kind: Kind,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path(kind) />
        </svg>
    }
}
