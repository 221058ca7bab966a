//! Icons of the interface.

use leptos::prelude::*;

use super::icons;

/// An icon. It says nothing to a screen reader: what it stands beside does.
#[component]
pub(crate) fn Icon(
    /// Its name in the table of drawings.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=icons::path(name) />
        </svg>
    }
}
