//! To the clipboard, and into a file.

use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::store::files;
use crate::studio::Studio;
use crate::ui::keys;
use crate::words::{t, t_with};

/// Puts a text on the clipboard, and says so.
pub(super) fn copy(studio: Studio, text: String) {
    let promise = window().navigator().clipboard().write_text(&text);
    spawn_local(async move {
        let done = JsFuture::from(promise).await;
        // The editor may have been left meanwhile.
        if studio.notices.is_disposed() {
            return;
        }
        match done {
            Ok(_) => studio.inform(t("ui.files.copied")),
            Err(_) => studio.warn(t_with("ui.paste.copy_denied", &[("keys", &keys::shown("Mod+C"))])),
        }
    });
}

/// Offers a text as a file, and says so.
pub(super) fn download(studio: Studio, name: &str, text: &str) {
    if files::download(name, text) {
        studio.inform(t_with("ui.files.downloaded", &[("file", name)]));
    }
}

/// Offers an archive as a file, and says so.
pub(super) fn download_bytes(studio: Studio, name: &str, bytes: &[u8]) {
    if files::download_bytes(name, bytes) {
        studio.inform(t_with("ui.files.downloaded", &[("file", name)]));
    }
}
