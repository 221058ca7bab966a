//! The system's clipboard: parts of designs as the text of a manifest.

use leptos::prelude::{Set, untrack, window};
use leptos::wasm_bindgen::JsValue;
use trazo_editor::{Editor, PasteError};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ClipboardEvent;

use crate::studio::Studio;
use crate::ui::keys;
use crate::words::{say_why, t, t_with};

/// Copies what is selected, for a button or a menu.
pub(crate) fn copy(studio: Studio) {
    if let Some(text) = studio.editor(Editor::copy).flatten() {
        write(studio, text);
    }
}

/// Cuts what is selected, for a button or a menu.
pub(super) fn cut(studio: Studio) {
    if let Some(text) = take(studio) {
        write(studio, text);
    }
}

/// Pastes what the clipboard holds, for a button or a menu; the browser may ask the person first.
pub(crate) fn read_and_paste(studio: Studio) {
    let Some(clipboard) = clipboard() else { return studio.warn(denied("ui.paste.denied", "Mod+V")) };
    let reading = clipboard.read_text();
    spawn_local(async move {
        match JsFuture::from(reading).await.ok().and_then(|text: JsValue| text.as_string()) {
            Some(text) => paste(studio, &text),
            None => studio.warn(denied("ui.paste.denied", "Mod+V")),
        }
    });
}

/// Puts text on the clipboard.
pub(super) fn write(studio: Studio, text: String) {
    let Some(clipboard) = clipboard() else { return studio.warn(denied("ui.paste.copy_denied", "Mod+C")) };
    let writing = clipboard.write_text(&text);
    spawn_local(async move {
        if JsFuture::from(writing).await.is_err() {
            studio.warn(denied("ui.paste.copy_denied", "Mod+C"));
        }
    });
}

/// Answers an event of the clipboard: its data may be used without asking.
pub(super) fn event(studio: Studio, event: &ClipboardEvent) {
    let Some(data) = event.clipboard_data() else { return };
    let text = match event.type_().as_str() {
        "paste" => {
            event.prevent_default();
            return paste(studio, &data.get_data("text/plain").unwrap_or_default());
        }
        "cut" => take(studio),
        _ => studio.editor(Editor::copy).flatten(),
    };
    if let Some(text) = text {
        event.prevent_default();
        let _ = data.set_data("text/plain", &text);
    }
}

fn take(studio: Studio) -> Option<String> {
    let mut text = None;
    studio.act(|editor| {
        let (cut, changes) = editor.cut();
        text = cut;
        changes
    });
    text
}

fn paste(studio: Studio, text: &str) {
    let result = studio.attempt(|editor| editor.paste(text));
    if let Err(error) = result {
        if error == PasteError::NotTrazo && !text.trim().is_empty() {
            return studio.foreign.set(Some(text.into()));
        }
        let text = untrack(|| match &error {
            PasteError::NotTrazo => t("ui.paste.empty"),
            PasteError::Manifest(_) => t("ui.paste.damaged"),
            PasteError::Edit(error) => say_why(&error.phrase()),
        });
        studio.warn(text);
    }
}

/// There is none on pages that came unencrypted from another machine.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = window().navigator().clipboard();
    let value: &JsValue = clipboard.as_ref();
    (!value.is_undefined()).then_some(clipboard)
}

fn denied(key: &str, chord: &'static str) -> String {
    untrack(|| t_with(key, &[("keys", &keys::shown(chord))]))
}
