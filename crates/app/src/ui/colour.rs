//! Colours of the theme for what is painted, not styled.

use wasm_bindgen::JsCast;

/// The colour of a token (`--accent`) as the page shows it now, as CSS writes a plain colour.
///
/// The tokens themselves hold both themes, so they are resolved on an element. Ask once for each theme, not in each frame.
pub(crate) fn colour(token: &str) -> String {
    let resolve = || {
        let window = web_sys::window()?;
        let document = window.document()?;
        let probe: web_sys::HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
        probe.style().set_property("color", &format!("var({token})")).ok()?;
        let body = document.body()?;
        body.append_child(&probe).ok()?;
        let shown =
            window.get_computed_style(&probe).ok().flatten().and_then(|style| style.get_property_value("color").ok());
        probe.remove();
        shown
    };
    resolve().unwrap_or_default()
}
