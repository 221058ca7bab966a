//! The bar at the top of the start page: the product's mark, language and theme.

use leptos::prelude::*;
use trazo_texts::Lang;

use crate::prefs::{Theme, lang, set_lang, set_theme, theme};
use crate::ui::{Item, MenuButton};
use crate::words::t;

/// The bar.
#[component]
pub(crate) fn Head() -> impl IntoView {
    let languages = move |()| {
        let item = |each: Lang| {
            let name = move || t(&format!("ui.language.{}", each.code()));
            Item::new("", name, move || set_lang(each)).checked(each == lang()).into()
        };
        Lang::ALL.into_iter().map(item).collect::<Vec<_>>()
    };
    let themes = move |()| {
        let item = |each: Theme| {
            let name = move || t(&format!("ui.theme.{}", each.key()));
            Item::new("", name, move || set_theme(each)).checked(each == theme()).into()
        };
        Theme::ALL.into_iter().map(item).collect::<Vec<_>>()
    };
    view! {
        <header class="start-head">
            <p class="brand">
                <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                    <path d="M9 10.5h8.5a3 3 0 0 1 3 3v8" />
                    <circle cx="9" cy="10.5" r="4" />
                    <circle class="brand-open" cx="20.5" cy="22" r="4" />
                </svg>
                <span translate="no">"Trazo"</span>
            </p>
            <MenuButton icon="language" label=move || t("ui.top.language") entries=languages />
            <MenuButton icon="sun" label=move || t("ui.top.theme") entries=themes />
        </header>
    }
}
