//! Buttons.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Icon, keys};

/// A button with words. One that cannot be used keeps the focus, so that the keyboard does not lose its place.
#[component]
pub(crate) fn Button(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// An icon before the words.
    #[prop(optional)]
    icon: &'static str,
    /// `""`, `"primary"`, `"plain"` or `"danger"`.
    #[prop(optional)]
    look: &'static str,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button type="button" class=format!("btn {look}") aria-disabled=move || disabled.get().then_some("true") on:click=press>
            {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}
            <span>{move || label.get()}</span>
        </button>
    }
}

/// A square button with an icon alone; its name is its tooltip.
#[component]
pub(crate) fn IconButton(
    /// The icon.
    icon: &'static str,
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// The chord that does the same, as `Mod+Z`.
    #[prop(optional)]
    keys: &'static str,
    /// Whether it is held down, for one that switches something.
    #[prop(optional_no_strip)]
    pressed: Option<Signal<bool>>,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    let tip = label.clone();
    view! {
        <button
            type="button"
            class="icon-btn"
            aria-label=move || label.get()
            data-tip=move || tip.get()
            data-keys=move || keys::shown(keys)
            aria-keyshortcuts=keys::aria(keys)
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            aria-disabled=move || disabled.get().then_some("true")
            on:click=press
        >
            <Icon name=icon />
        </button>
    }
}
