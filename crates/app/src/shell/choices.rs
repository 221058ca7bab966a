//! Language and theme.

use leptos::prelude::*;
use trazo_texts::Lang;

use crate::prefs::{Theme, lang, set_lang, set_theme, theme};
use crate::ui::{Entry, Item, MenuButton};
use crate::words::t;

/// Text key of a language's own name.
pub(super) fn lang_text(lang: Lang) -> &'static str {
    match lang {
        Lang::Es => "ui.language.es",
        Lang::En => "ui.language.en",
    }
}

/// Text key of a theme.
pub(super) fn theme_text(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "ui.theme.system",
        Theme::Light => "ui.theme.light",
        Theme::Dark => "ui.theme.dark",
    }
}

/// Icon of a theme.
pub(super) fn theme_icon(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "sun",
        Theme::Dark => "moon",
    }
}

/// The menu of languages.
#[component]
pub(crate) fn Languages() -> impl IntoView {
    let entries = || -> Vec<Entry> {
        let one = |it: Lang| Item::new("", move || t(lang_text(it)), move || set_lang(it)).checked(it == lang()).into();
        Lang::ALL.into_iter().map(one).collect()
    };
    view! { <MenuButton icon="language" label=move || t("ui.top.language") entries=entries /> }
}

/// The menu of themes.
#[component]
pub(crate) fn Themes() -> impl IntoView {
    let entries = || -> Vec<Entry> {
        let one =
            |it: Theme| Item::new("", move || t(theme_text(it)), move || set_theme(it)).checked(it == theme()).into();
        Theme::ALL.into_iter().map(one).collect()
    };
    let icon = Signal::derive(|| theme_icon(theme()));
    view! { <MenuButton icon=icon label=move || t("ui.top.theme") entries=entries /> }
}
