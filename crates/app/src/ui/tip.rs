//! The tooltip: one element for the page, shown for whatever carries `data-tip` (and `data-keys`).

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// How long the pointer rests before the tooltip is shown, in milliseconds.
const REST: u32 = 450;

/// The tooltips of the whole page; there once, near its root.
#[component]
pub(crate) fn Tips() -> impl IntoView {
    let tip = NodeRef::<html::Div>::new();
    let text = RwSignal::new((String::new(), String::new()));
    let timer = StoredValue::new_local(None::<Timeout>);
    let hide = move || {
        timer.try_set_value(None);
        if let Some(Some(tip)) = tip.try_get_untracked() {
            let _ = tip.hide_popover();
        }
    };
    let show = move |owner: Element| {
        let (Some(Some(tip)), Some(words)) = (tip.try_get_untracked(), owner.get_attribute("data-tip")) else { return };
        if !owner.is_connected() || words.is_empty() {
            return;
        }
        text.set((words, owner.get_attribute("data-keys").unwrap_or_default()));
        let _ = tip.show_popover();
        // The words are in place after this turn of the loop; then the size is known.
        request_animation_frame(move || place(&tip, &owner));
    };
    let over = move |event: &Event| {
        hide();
        let Some(owner) = owner_of(event) else { return };
        let shows = Timeout::new(REST, move || show(owner));
        timer.try_set_value(Some(shows));
    };
    let focus = move |event: &Event| {
        hide();
        if let Some(owner) = owner_of(event).filter(|owner| owner.matches(":focus-visible").unwrap_or(false)) {
            show(owner);
        }
    };
    let body: web_sys::EventTarget = document().into();
    let listeners = [
        EventListener::new(&body, "pointerover", over),
        EventListener::new(&body, "focusin", focus),
        EventListener::new(&body, "pointerdown", move |_| hide()),
        EventListener::new(&body, "keydown", move |_| hide()),
    ];
    let listeners = StoredValue::new_local(Some(listeners));
    on_cleanup(move || drop(listeners.try_update_value(Option::take)));
    view! {
        <div node_ref=tip class="tip" popover="manual" aria-hidden="true">
            {move || text.get().0}
            <span class="tip-keys">{move || text.get().1}</span>
        </div>
    }
}

fn owner_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("[data-tip]").ok()?
}

/// Puts the tooltip below its owner, or above where there is no room.
fn place(tip: &HtmlElement, owner: &Element) {
    let (at, size) = (owner.get_bounding_client_rect(), tip.get_bounding_client_rect());
    let wide = document().document_element().map_or(0.0, |root| f64::from(root.client_width()));
    let high = document().document_element().map_or(0.0, |root| f64::from(root.client_height()));
    let x = (at.left() + (at.width() - size.width()) / 2.0).clamp(4.0, f64::max(4.0, wide - size.width() - 4.0));
    let below = at.bottom() + 6.0;
    let y = if below + size.height() > high { at.top() - size.height() - 6.0 } else { below };
    let style = tip.style();
    let _ = style.set_property("left", &format!("{x}px"));
    let _ = style.set_property("top", &format!("{y}px"));
}
