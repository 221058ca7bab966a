//! The browser's events, as the editor's input.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use trazo_editor::wheel::DeltaMode;
use trazo_editor::{Button, Input, Key, Mods, Pointer, Wheel};
use web_sys::{
    ClipboardEvent, Element, Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver, WheelEvent,
};

use super::stage::Stage;
use super::{clipboard, placing};

/// Listeners that live as long as this.
pub(super) struct Listeners {
    _events: Vec<EventListener>,
    resize: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Drop for Listeners {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.resize {
            observer.disconnect();
        }
    }
}

impl Listeners {
    /// Brings all events of the canvas to `stage`.
    pub(super) fn new(stage: &Rc<Stage>) -> Self {
        let root: &EventTarget = &stage.root;
        let (page, view): (EventTarget, EventTarget) = (document().into(), window().into());
        let mut events = Vec::new();
        let mut on = |target: &EventTarget, name: &'static str, act: fn(&Stage, &Event)| {
            let stage = Rc::downgrade(stage);
            let options = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
            events.push(EventListener::new_with_options(target, name, options, move |event| {
                if let Some(stage) = stage.upgrade() {
                    act(&stage, event);
                }
            }));
        };
        for name in ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "pointerenter"] {
            on(root, name, pointer);
        }
        on(root, "wheel", wheel);
        on(root, "keydown", key_down);
        on(root, "keyup", key_up);
        on(root, "contextmenu", |_, event| event.prevent_default());
        on(root, "scroll", |stage, _| stage.root.set_scroll_top(0));
        on(&view, "blur", |stage, _| {
            stage.input(Input::Cancel);
        });
        for name in ["copy", "cut", "paste"] {
            on(&page, name, clip);
        }
        Self { _events: events, resize: watch_size(stage) }
    }
}

fn watch_size(stage: &Rc<Stage>) -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let late = Rc::downgrade(stage);
    let changed = Closure::<dyn FnMut()>::new(move || {
        if let Some(stage) = late.upgrade() {
            stage.measure();
        }
    });
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    observer.observe(&stage.root);
    Some((observer, changed))
}

/// Whether an event belongs to text that is being written on the canvas.
fn is_text(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches("input, textarea, select, [contenteditable]").unwrap_or(false))
}

fn mods(event: &JsValue, shift: bool, ctrl: bool, alt: bool) -> Mods {
    let meta = event.dyn_ref::<MouseEvent>().map(MouseEvent::meta_key);
    let meta = meta.or_else(|| event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::meta_key));
    Mods { shift, ctrl: ctrl || meta.unwrap_or(false), alt }
}

fn pointer_of(stage: &Stage, event: &PointerEvent) -> Pointer {
    Pointer {
        at: stage.inside(event.client_x().into(), event.client_y().into()),
        button: match event.button() {
            1 => Button::Middle,
            2 => Button::Secondary,
            _ => Button::Primary,
        },
        mods: mods(event, event.shift_key(), event.ctrl_key(), event.alt_key()),
        time: event.time_stamp(),
        id: event.pointer_id(),
        touch: event.pointer_type() == "touch",
    }
}

fn pointer(stage: &Stage, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    if is_text(event) {
        return;
    }
    let id = event.pointer_id();
    match event.type_().as_str() {
        "pointerenter" => stage.measure(),
        "pointermove" => {
            let pointer = pointer_of(stage, event);
            if placing::moved(stage, id, pointer.at) {
                stage.move_later(pointer);
            }
        }
        "pointerdown" => {
            stage.measure();
            // What is dragged may leave the canvas.
            let _ = stage.root.set_pointer_capture(id);
            // Else the middle button would scroll by itself.
            if event.button() == 1 {
                event.prevent_default();
            }
            stage.input(Input::PointerDown(pointer_of(stage, event)));
        }
        "pointerup" => {
            if placing::ended(stage, id) {
                stage.input(Input::PointerUp(pointer_of(stage, event)));
            }
        }
        "pointercancel" => {
            stage.placing.set(None);
            stage.input(Input::Cancel);
        }
        _ => {
            stage.input(Input::PointerLeave);
        }
    }
}

fn wheel(stage: &Stage, event: &Event) {
    let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
    if is_text(event) && !event.ctrl_key() {
        return;
    }
    // The page neither scrolls nor zooms: the canvas does.
    event.prevent_default();
    stage.wheel_later(Wheel {
        at: stage.inside(event.client_x().into(), event.client_y().into()),
        dx: event.delta_x(),
        dy: event.delta_y(),
        mode: match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => DeltaMode::Lines,
            WheelEvent::DOM_DELTA_PAGE => DeltaMode::Pages,
            _ => DeltaMode::Pixels,
        },
        mods: mods(event, event.shift_key(), event.ctrl_key(), event.alt_key()),
    });
}

fn key_of(event: &KeyboardEvent) -> Key {
    Key {
        key: event.key(),
        mods: mods(event, event.shift_key(), event.ctrl_key(), event.alt_key()),
        repeat: event.repeat(),
    }
}

fn key_down(stage: &Stage, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if is_text(event) || event.is_composing() || event.default_prevented() {
        return;
    }
    let key = key_of(event);
    // These come as events of the clipboard, which may be read without asking.
    let is_clipboard =
        key.mods.ctrl && !key.mods.shift && matches!(key.key.to_ascii_lowercase().as_str(), "c" | "x" | "v");
    if is_clipboard {
        return;
    }
    if key.key == "Escape" && stage.placing.get().is_some() {
        placing::cancel(stage);
        return;
    }
    if stage.input(Input::KeyDown(key)) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn key_up(stage: &Stage, event: &Event) {
    if let Some(event) = event.dyn_ref::<KeyboardEvent>()
        && !is_text(event)
    {
        stage.input(Input::KeyUp(key_of(event)));
    }
}

/// Copy, cut and paste belong to the canvas while it, or nothing, has the focus.
fn clip(stage: &Stage, event: &Event) {
    let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
    let active = document().active_element();
    let ours = active.as_ref().is_none_or(|active| {
        active.tag_name() == "BODY"
            || (stage.root.contains(Some(active)) && !active.matches("input, textarea").unwrap_or(false))
    });
    if ours {
        clipboard::event(stage.studio, event);
    }
}
