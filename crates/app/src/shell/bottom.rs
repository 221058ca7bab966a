//! Narrow screens: the bar of views at the lower edge, and the head of a sheet.

use leptos::prelude::*;

use super::{Layout, Place, drawer::ProblemCount, use_frame};
use crate::ui::{Icon, IconButton};
use crate::words::t;

/// One button for each view.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let layout = use_frame().layout;
    view! {
        <nav class="bottom-bar" data-panel="views" aria-label=move || t("ui.rail.label")>
            {Place::ALL.into_iter().map(|place| button(layout, place)).collect_view()}
        </nav>
    }
}

fn button(layout: Layout, place: Place) -> impl IntoView {
    view! {
        <button
            type="button"
            class="bottom-button"
            data-view=place.id()
            aria-expanded=move || if layout.shows(place) { "true" } else { "false" }
            on:click=move |_| layout.toggle(place)
        >
            <span class="bottom-icon">
                <Icon name=place.icon() />
                {(place == Place::Problems).then(|| view! { <ProblemCount worst_only=true /> })}
            </span>
            <span class="clip">{move || t(place.text())}</span>
        </button>
    }
}

/// The heading of a sheet with the button that closes it; elsewhere it is not seen.
#[component]
pub(super) fn SheetHead(
    /// What the sheet shows.
    place: Place,
) -> impl IntoView {
    let layout = use_frame().layout;
    view! {
        <header class="sheet-head narrow-only">
            <h2>{move || t(place.text())}</h2>
            <IconButton icon="close" label=move || t("ui.dialog.close") on_press=move || layout.hide(place) />
        </header>
    }
}
