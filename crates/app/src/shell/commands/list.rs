//! The list of actions: type a few letters, Enter.

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::offers::{Does, Offer, all, matching};
use crate::glyph::{Glyph, family_class};
use crate::shell::{Frame, use_frame};
use crate::ui::{Icon, keys};
use crate::words::{t, t_count, t_with};

/// As many as are drawn.
const MOST: usize = 60;

/// The list, over the page.
#[component]
pub(crate) fn CommandList() -> impl IntoView {
    let frame = use_frame();
    let open = frame.commands;
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let outside = move |event: MouseEvent| {
        if event.target().is_some() && event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog command"
            data-dialog="command"
            aria-label=move || t("ui.command.title")
            on:close=move |_| open.set(false)
            on:click=outside
        >
            <Show when=move || open.get()>
                <Finder frame=frame />
            </Show>
        </dialog>
    }
}

#[component]
fn Finder(frame: Frame) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let offers = StoredValue::new(untrack(|| all(frame)));
    let found = RwSignal::new(offers.with_value(|offers| matching(offers, "", MOST)));
    let search = move |text: String| {
        found.set(offers.with_value(|offers| matching(offers, &text, MOST)));
        query.set(text);
        chosen.set(0);
    };
    let run = move |index: usize| {
        if let Some(offer) = found.with_untracked(|found| found.get(index).cloned()) {
            // Closed first: what follows may take the focus.
            frame.commands.set(false);
            request_animation_frame(move || offer.run(frame));
        }
    };
    let key = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => (now + 1) % count,
            "ArrowUp" => (now + count - 1) % count,
            "PageDown" => (now + 8).min(count - 1),
            "PageUp" => now.saturating_sub(8),
            "Enter" => {
                event.prevent_default();
                return run(now);
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        request_animation_frame(move || scroll_to(next));
    };
    let told = move || match found.with(Vec::len) {
        0 => t_with("ui.command.none", &[("query", &query.get())]),
        count => t_count("ui.command.results", count),
    };
    view! {
        <div class="command-field">
            <Icon name="search" />
            <input
                type="text"
                autofocus=true
                autocomplete="off"
                spellcheck="false"
                role="combobox"
                aria-expanded="true"
                aria-controls="command-list"
                aria-autocomplete="list"
                aria-activedescendant=move || format!("command-{}", chosen.get())
                aria-label=move || t("ui.command.title")
                placeholder=move || t("ui.command.placeholder")
                on:input=move |event| search(event_target_value(&event))
                on:keydown=key
            />
            <kbd>{move || keys::shown("Escape")}</kbd>
        </div>
        <div class="command-list" id="command-list" role="listbox" aria-label=move || t("ui.command.title")>
            {move || {
                let rows = found.get().into_iter().enumerate();
                rows.map(|(index, offer)| row(index, offer, chosen, run)).collect_view()
            }}
        </div>
        <p class="command-told" role="status" class:sr-only=move || !found.with(Vec::is_empty)>{told}</p>
    }
}

fn row(index: usize, offer: Offer, chosen: RwSignal<usize>, run: impl Fn(usize) + 'static) -> impl IntoView {
    let chords = match &offer.does {
        Does::Command(command) => command.shown,
        _ => "",
    };
    let name = match &offer.does {
        Does::Command(command) => command.id,
        Does::Add(kind) => kind.spec().key,
        _ => "",
    };
    let picture = match offer.icon() {
        Ok(icon) => view! { <span class="row-glyph quiet"><Icon name=icon /></span> }.into_any(),
        Err(kind) => {
            view! { <span class=format!("row-glyph {}", family_class(kind))><Glyph kind=kind /></span> }.into_any()
        }
    };
    view! {
        <div
            class="command-row"
            role="option"
            id=format!("command-{index}")
            data-command=name
            aria-selected=move || if chosen.get() == index { "true" } else { "false" }
            on:pointermove=move |_| if chosen.get_untracked() != index { chosen.set(index) }
            on:click=move |_| run(index)
        >
            {picture}
            <span class="clip">{offer.text.to_string()}</span>
            <span class="command-keys">{(!chords.is_empty()).then(|| view! { <kbd>{keys::shown(chords)}</kbd> })}</span>
        </div>
    }
}

fn scroll_to(index: usize) {
    if let Some(row) = document().get_element_by_id(&format!("command-{index}")) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
