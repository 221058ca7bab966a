//! The left side: palette, outline, search.

use leptos::prelude::*;

use super::{Place, bottom::SheetHead, outline::Outline, palette::Palette, search::Search, use_frame};
use crate::ui::{Icon, Splitter};
use crate::words::t;

/// The strip of views, and the one that is open beside it.
#[component]
pub(super) fn Rail() -> impl IntoView {
    let layout = use_frame().layout;
    let shown = Memo::new(move |_| Place::RAIL.into_iter().find(|place| layout.shows(*place)));
    let body = move || match shown.get() {
        Some(Place::Palette) => view! { <Palette /> }.into_any(),
        Some(Place::Outline) => view! { <Outline /> }.into_any(),
        Some(Place::Search) => view! { <Search /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <div class="rail" data-panel="rail" role="complementary" aria-label=move || t("ui.rail.label")>
            <div class="rail-strip wide-only" role="group" aria-label=move || t("ui.rail.label")>
                {Place::RAIL.into_iter().map(|place| view! { <RailButton place=place /> }).collect_view()}
            </div>
            <section
                class="side rail-side"
                id="rail-side"
                hidden=move || shown.get().is_none()
                aria-label=move || shown.get().map(|place| t(place.text()))
            >
                {move || shown.get().map(|place| view! { <SheetHead place=place /> })}
                {body}
            </section>
            <Show when=move || shown.get().is_some() && !layout.narrow.get()>
                <Splitter panel=layout.rail label=move || t("ui.rail.resize") />
            </Show>
        </div>
    }
}

#[component]
fn RailButton(place: Place) -> impl IntoView {
    let layout = use_frame().layout;
    view! {
        <button
            type="button"
            class="rail-button"
            data-rail=place.id()
            aria-expanded=move || if layout.shows(place) { "true" } else { "false" }
            aria-controls="rail-side"
            on:click=move |_| layout.toggle(place)
        >
            <Icon name=place.icon() />
            <span>{move || t(place.text())}</span>
        </button>
    }
}
