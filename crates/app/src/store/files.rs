//! Files that a person saves and opens.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// The largest file that is read, in bytes: a hundred times a large design.
const MOST: f64 = 16.0 * 1024.0 * 1024.0;

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is too large; its size and the limit in MB.
    TooLarge(String, String),
    /// It is no text.
    NotText,
    /// The browser could not read it.
    Lost,
}

/// The text of a file.
pub(crate) async fn read(file: &File) -> Result<String, Unreadable> {
    if file.size() > MOST {
        let megabytes = |bytes: f64| format!("{:.0}", (bytes / 1_048_576.0).ceil());
        return Err(Unreadable::TooLarge(megabytes(file.size()), megabytes(MOST)));
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).ok_or(Unreadable::Lost)?;
    // Every other kind of file has a zero byte near its beginning, or bytes that are no UTF-8.
    if text.chars().take(4096).any(|c| c == '\0' || c == '\u{fffd}') { Err(Unreadable::NotText) } else { Ok(text) }
}

/// The address of a text for as long as the page lives or until it is revoked.
pub(crate) fn address(text: &str, kind: &str) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    Url::create_object_url_with_blob(&blob)
}

/// Lets the browser save a text as a file; tells whether it could be handed over.
pub(crate) fn download(name: &str, text: &str) -> bool {
    address(text, "application/json").and_then(|address| hand_over(name, address)).is_ok()
}

/// Lets the browser save bytes as a file; tells whether they could be handed over.
pub(crate) fn download_bytes(name: &str, bytes: &[u8]) -> bool {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes).into()));
    let address = blob.and_then(|blob| Url::create_object_url_with_blob(&blob));
    address.and_then(|address| hand_over(name, address)).is_ok()
}

fn hand_over(name: &str, address: String) -> Result<(), JsValue> {
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download holds the data by now, but Safari still needs the address for a moment.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
