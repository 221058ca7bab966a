//! F6: from panel to panel by keyboard.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What the focus goes to first in a panel.
const FIRST: &str = "[data-panel-focus], [aria-selected=true][tabindex='0'], [tabindex='0'], button:not([tabindex='-1']), \
                     input:not([tabindex='-1']), select, textarea, a[href]";

/// Moves the focus to the next panel that can be seen, or the one before.
pub(super) fn next_panel(back: bool) {
    let Ok(list) = document().query_selector_all("[data-panel]") else { return };
    let panels: Vec<HtmlElement> =
        (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).filter(is_seen).collect();
    let focused = document().active_element();
    let holds = |panel: &HtmlElement| focused.as_ref().is_some_and(|focused| panel.contains(Some(focused)));
    let count = panels.len();
    let now = panels.iter().position(holds);
    for step in 1..=count {
        let at = match (now, back) {
            (Some(now), false) => (now + step) % count,
            (Some(now), true) => (now + count - step) % count,
            (None, false) => step - 1,
            (None, true) => count - step,
        };
        if focus_in(&panels[at]) {
            return;
        }
    }
}

/// Moves the focus into the panel `name`.
pub(super) fn panel(name: &str) {
    if let Ok(Some(panel)) = document().query_selector(&format!("[data-panel={name}]")) {
        focus_in(panel.unchecked_ref());
    }
}

fn focus_in(panel: &HtmlElement) -> bool {
    let Ok(list) = panel.query_selector_all(FIRST) else { return false };
    let marked = panel.query_selector("[data-panel-focus]").ok().flatten();
    let all = (0..list.length()).filter_map(|i| list.item(i)?.dyn_into::<Element>().ok());
    let Some(first) = marked.into_iter().chain(all).filter_map(|it| it.dyn_into::<HtmlElement>().ok()).find(is_seen)
    else {
        return false;
    };
    first.focus().is_ok()
}

fn is_seen(element: &HtmlElement) -> bool {
    element.offset_width() > 0 && element.offset_height() > 0
}
