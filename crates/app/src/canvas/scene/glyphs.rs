//! The glyphs of the kinds as images of the style sheet.
//!
//! Each inline `svg` is a drawing context of its own with a clip and a scale, which a hundred cards feel in each frame; a
//! background is painted with its card. Its colours are therefore set anew for each theme.

use leptos::wasm_bindgen::JsValue;
use trazo_model::Kind;
use web_sys::HtmlElement;

use super::dom::style;
use crate::{glyph, ui};

/// The custom property that holds a kind's glyph.
pub(super) fn variable(kind: Kind) -> String {
    format!("--glyph-{}", kind.spec().key)
}

/// Gives `root` the glyphs in the colours of the theme.
pub(super) fn colour(root: &HtmlElement) {
    let css = root.style();
    for kind in Kind::ALL {
        let colour = ui::colour(&format!("--fam-{}", kind.spec().family.key()));
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='{colour}' stroke-width='1.5' \
             stroke-linecap='round' stroke-linejoin='round'><path d='{}'/></svg>",
            glyph::path(kind)
        );
        let encoded: JsValue = js_sys::encode_uri_component(&svg).into();
        if let Some(encoded) = encoded.as_string() {
            style(&css, &variable(kind), &format!("url(\"data:image/svg+xml,{encoded}\")"));
        }
    }
}
