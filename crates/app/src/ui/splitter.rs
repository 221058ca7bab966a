//! The edge of a panel, which can be moved.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::{KeyboardEvent, PointerEvent};

use super::Panel;

/// How far an arrow key moves the edge, in CSS pixels.
const STEP: f64 = 16.0;

/// The edge of a panel: dragged, or moved by arrow keys; a double click or Enter gives back the usual size.
#[component]
pub(crate) fn Splitter(
    /// The panel that it resizes.
    panel: Panel,
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Whether it moves up and down; else left and right.
    #[prop(optional)]
    horizontal: bool,
    /// Whether the panel lies after it (right of it or below).
    #[prop(optional)]
    after: bool,
) -> impl IntoView {
    let held = RwSignal::new(None::<(f64, f64)>);
    let at = move |event: &PointerEvent| f64::from(if horizontal { event.client_y() } else { event.client_x() });
    let sign = if after { -1.0 } else { 1.0 };
    let down = move |event: PointerEvent| {
        if event.button() == 0 {
            let target: web_sys::HtmlElement = event_target(&event);
            let _ = target.set_pointer_capture(event.pointer_id());
            held.set(Some((at(&event), panel.size.get_untracked())));
        }
    };
    let moved = move |event: PointerEvent| {
        if let Some((from, size)) = held.get_untracked() {
            panel.resize(size + (at(&event) - from) * sign);
        }
    };
    let up = move |_| {
        if held.get_untracked().is_some() {
            held.set(None);
            panel.keep_size();
        }
    };
    let usual = move || {
        panel.resize(panel.usual);
        panel.keep_size();
    };
    let key = move |event: KeyboardEvent| {
        let size = panel.size.get_untracked();
        let size = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => size - STEP * sign,
            "ArrowRight" | "ArrowDown" => size + STEP * sign,
            "Home" => panel.range.0,
            "End" => panel.range.1,
            "Enter" => panel.usual,
            _ => return,
        };
        event.prevent_default();
        panel.resize(size);
        panel.keep_size();
    };
    view! {
        <div
            class="splitter"
            class:held=move || held.get().is_some()
            role="separator"
            tabindex="0"
            aria-label=move || label.get()
            aria-orientation=if horizontal { "horizontal" } else { "vertical" }
            aria-valuenow=move || panel.size.get()
            aria-valuemin=panel.range.0
            aria-valuemax=panel.range.1
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
            on:dblclick=move |_| usual()
            on:keydown=key
        ></div>
    }
}
