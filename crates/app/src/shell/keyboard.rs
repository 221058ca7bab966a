//! Shortcuts that hold on the whole page. Those of the canvas are the canvas's own.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::Frame;
use super::commands::COMMANDS;
use crate::ui::keys::{hits, is_typing};

/// Listens as long as the view around is there.
pub(super) fn listen(frame: Frame) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            handle(frame, event);
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || drop(listener.try_update_value(Option::take)));
}

fn handle(frame: Frame, event: &KeyboardEvent) {
    // Whoever has answered the key keeps it; while letters are composed, they are letters.
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.keys.iter().any(|chord| hits(chord, event))) else {
        return;
    };
    // A question that is open comes first. Saving a page or opening a file is then nobody's: not the browser's either.
    if document().query_selector("dialog[open]").ok().flatten().is_some() {
        if matches!(command.id, "save" | "open") {
            event.prevent_default();
        }
        return;
    }
    // A field has an undo of its own, and there a question mark is a question mark.
    let allowed = !(matches!(command.id, "undo" | "redo" | "shortcuts") && is_typing(event));
    if allowed && (command.enabled)(frame) {
        event.prevent_default();
        (command.run)(frame);
    }
}
