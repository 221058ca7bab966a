//! The few things that the scene does to the DOM.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

/// The element that `markup` describes; `None` if it describes none. Markup is ours alone, never a person's text.
pub(crate) fn make(markup: &str) -> Option<Element> {
    let shell = document().create_element("div").ok()?;
    shell.set_inner_html(markup);
    let made = shell.first_element_child()?;
    made.remove();
    Some(made)
}

/// The same, where it is an element of HTML.
pub(crate) fn make_html(markup: &str) -> Option<HtmlElement> {
    make(markup)?.dyn_into().ok()
}

/// A copy with all that is in it.
pub(super) fn copy(element: &Element) -> Option<Element> {
    element.clone_node_with_deep(true).ok()?.dyn_into().ok()
}

/// Sets an attribute. Names are ours, so that it cannot be refused.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Sets or takes away an attribute without a value.
pub(crate) fn flag(element: &Element, name: &str, on: bool) {
    let _ = element.toggle_attribute_with_force(name, on);
}

/// Sets a property of an element's style.
pub(super) fn style(of: &CssStyleDeclaration, name: &str, value: &str) {
    let _ = of.set_property(name, value);
}

/// Writes a number with at most so many decimals. Runs for each moved element in each frame, so it does without `format!`.
pub(super) fn number(out: &mut String, value: f64, decimals: u32) {
    let unit = 10_u64.pow(decimals);
    let scaled = (value * unit as f64).round();
    if scaled < 0.0 {
        out.push('-');
    }
    let scaled = scaled.abs() as u64;
    digits(out, scaled / unit);
    let (mut rest, mut place) = (scaled % unit, unit / 10);
    if rest > 0 {
        out.push('.');
    }
    while rest > 0 && place > 0 {
        digits(out, rest / place);
        rest %= place;
        place /= 10;
    }
}

fn digits(out: &mut String, value: u64) {
    if value >= 10 {
        digits(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}

/// Writes `translate(x px, y px)`.
pub(super) fn translate(out: &mut String, x: f64, y: f64) {
    out.push_str("translate(");
    number(out, x, 2);
    out.push_str("px,");
    number(out, y, 2);
    out.push_str("px)");
}

/// Writes a length in pixels.
pub(super) fn px(value: f64) -> String {
    let mut out = String::with_capacity(8);
    number(&mut out, value, 2);
    out.push_str("px");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64, decimals: u32) -> String {
        let mut out = String::new();
        number(&mut out, value, decimals);
        out
    }

    #[test]
    fn numbers_are_written_as_css_reads_them() {
        assert_eq!(written(12.0, 2), "12");
        assert_eq!(written(-3.25, 2), "-3.25");
        assert_eq!(written(0.05, 2), "0.05");
        assert_eq!(written(0.3335, 3), "0.334");
        assert_eq!(written(-0.001, 2), "0");
    }
}
