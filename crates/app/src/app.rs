//! The whole page: the start page or the editor.

use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    view! { <p>"Trazo"</p> }
}
