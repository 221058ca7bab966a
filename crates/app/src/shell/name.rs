//! The design's name, edited where it stands.

use leptos::html;
use leptos::prelude::*;
use trazo_model::{Edit, Target};
use web_sys::KeyboardEvent;

use super::use_frame;
use crate::words::t;

/// The name. Enter or leaving the field keeps it, Esc takes it back.
#[component]
pub(super) fn DesignName() -> impl IntoView {
    let studio = use_frame().studio;
    let name = Memo::new(move |_| {
        studio.track(&Target::Design);
        studio.design(|design| design.name().to_owned())
    });
    let field = NodeRef::<html::Input>::new();
    let keep = move |text: String| {
        let text = text.trim().to_owned();
        if text != name.get_untracked() && studio.edit("edit.rename", Edit::set(Target::Design, "name", text)).is_ok() {
            return;
        }
        // Refused or the same: the field shows the name that holds.
        if let Some(field) = field.get_untracked() {
            field.set_value(&name.get_untracked());
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some(field) = field.get_untracked() else { return };
        match event.key().as_str() {
            "Enter" => {
                let _ = field.blur();
            }
            "Escape" => {
                field.set_value(&name.get_untracked());
                let _ = field.blur();
            }
            _ => {}
        }
    };
    // The heading of the page for screen readers; the field beside it is what is seen.
    view! {
        <h1 class="sr-only">{move || name.get()}</h1>
        <span class="design-name" data-text=move || name.get()>
            <input
                node_ref=field
                type="text"
                spellcheck="false"
                autocomplete="off"
                aria-label=move || t("ui.top.design_name")
                placeholder=move || t("ui.top.unnamed")
                prop:value=move || name.get()
                on:change=move |event| keep(event_target_value(&event))
                on:keydown=key
            />
        </span>
    }
}
