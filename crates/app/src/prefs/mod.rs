//! What a person has chosen for this browser: language, theme, panels.

mod lang;
mod theme;

pub(crate) use lang::{lang, set_lang};
pub(crate) use theme::{Theme, set_theme, theme};

/// Where choices are kept; `None` where the browser refuses storage.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// A stored choice; `None` where there is none or the browser refuses storage.
pub(crate) fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Stores a choice. A browser that refuses storage forgets it: that is no error for the person.
pub(crate) fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}
