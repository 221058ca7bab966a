//! What a screen reader is told.

use leptos::prelude::*;

use crate::studio::use_studio;

/// Says what [`crate::studio::Studio::say`] was given.
#[component]
pub(crate) fn LiveRegion() -> impl IntoView {
    let studio = use_studio();
    let said = Memo::new(move |before: Option<&String>| {
        let mut text = studio.said.get();
        // The same words again are said again only if something differs.
        if before == Some(&text) && !text.is_empty() {
            text.push('\u{a0}');
        }
        text
    });
    view! { <div class="sr-only" role="status" aria-live="polite" data-testid="said">{move || said.get()}</div> }
}
