//! The language of the page.

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use trazo_texts::Lang;

const KEY: &str = "trazo.lang";

thread_local! {
    // One page has one language; a context would have to be carried into each callback.
    static LANG: ArcRwSignal<Lang> = ArcRwSignal::new(first());
}

/// What was chosen, else what the browser asks for.
fn first() -> Lang {
    let asked = || web_sys::window().and_then(|window| window.navigator().language());
    let lang = super::read(KEY).or_else(asked).map_or(Lang::En, |tag| Lang::from_tag(&tag));
    show(lang);
    lang
}

fn show(lang: Lang) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", lang.code());
    }
}

/// The language; reading it in a closure runs that again when it changes. In a handler of an event it is merely read.
pub(crate) fn lang() -> Lang {
    LANG.with(|lang| if Observer::get().is_some() { lang.get() } else { lang.get_untracked() })
}

/// Chooses the language and remembers it.
pub(crate) fn set_lang(lang: Lang) {
    super::write(KEY, lang.code());
    show(lang);
    LANG.with(|signal| signal.set(lang));
}
