//! What happens while somebody types: each key is an edit, all of them together are one step, Enter keeps it, Escape takes it
//! back.

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::super::slot::Slot;
use super::super::subject::Shown;
use super::super::words::plain;

/// How what is typed is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::inspector) enum Reading {
    Text,
    Number { min: i64, max: i64, step: i64 },
}

/// What was typed in one field since it was entered.
#[derive(Clone, Copy)]
pub(in crate::inspector) struct Typing {
    slot: Slot,
    reading: Reading,
    /// What the field held when it was entered.
    before: StoredValue<Option<Shown>>,
    /// What was typed last and what the field holds because of it: the text is then left as it was typed.
    own: StoredValue<Option<(String, Shown)>>,
    /// Whether the last text could not be read.
    pub(in crate::inspector) unreadable: RwSignal<bool>,
}

impl Typing {
    pub(in crate::inspector) fn new(slot: Slot, reading: Reading) -> Self {
        Self {
            slot,
            reading,
            before: StoredValue::new(None),
            own: StoredValue::new(None),
            unreadable: RwSignal::new(false),
        }
    }

    /// What stands in the field. Tracks its value.
    pub(in crate::inspector) fn text(&self) -> String {
        let shown = self.slot.value.get();
        let typed = self.own.with_value(|own| match own {
            Some((text, held)) if *held == shown => Some(text.clone()),
            _ => None,
        });
        typed.unwrap_or_else(|| {
            self.unreadable.set(false);
            // Changed from elsewhere (undo, another field): that is what Escape goes back to now.
            self.before.update_value(|before| {
                if before.is_some() {
                    *before = Some(shown.clone());
                }
            });
            shown.value().map(plain).unwrap_or_default()
        })
    }

    pub(in crate::inspector) fn enter(&self) {
        let now = self.slot.now();
        let _ = self.before.try_update_value(|before| *before = Some(now));
    }

    /// Takes in what was typed.
    pub(in crate::inspector) fn input(&self, text: String) {
        let Some(value) = self.read(&text) else {
            let _ = self.unreadable.try_set(true);
            return;
        };
        let _ = self.unreadable.try_set(false);
        // Set before the edit, so that the field is left alone when its own edit comes back.
        let held = Shown::Same(value.clone().unwrap_or_default());
        let _ = self.own.try_update_value(|own| *own = Some((text, held)));
        self.slot.type_in(value);
    }

    /// `None`: this is no value at all.
    fn read(&self, text: &str) -> Option<Option<Value>> {
        if text.trim().is_empty() && self.slot.is_optional() {
            return Some(None);
        }
        match self.reading {
            Reading::Text => Some(Some(text.into())),
            Reading::Number { .. } => text.trim().parse::<i64>().ok().map(|number| Some(number.into())),
        }
    }

    /// The field is left: what comes next is another step.
    pub(in crate::inspector) fn leave(&self, field: Option<web_sys::EventTarget>) {
        self.slot.subject.studio.seal();
        let _ = self.before.try_update_value(|before| *before = None);
        self.show_again(field);
    }

    fn show_again(&self, field: Option<web_sys::EventTarget>) {
        let _ = self.own.try_update_value(|own| *own = None);
        let _ = self.unreadable.try_set(false);
        if self.slot.value.try_get_untracked().is_some() {
            write(field, &self.slot.now().value().map(plain).unwrap_or_default());
        }
    }

    /// Keys that mean something in every field that is typed in.
    pub(in crate::inspector) fn key(&self, event: &KeyboardEvent, lines: bool) {
        match event.key().as_str() {
            "Enter" if !lines || event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                self.leave(event.target());
                self.enter();
            }
            "Escape" => self.escape(event),
            "ArrowUp" if !event.alt_key() => self.step(event, 1),
            "ArrowDown" if !event.alt_key() => self.step(event, -1),
            _ => {}
        }
    }

    /// Takes back what was typed since the field was entered. Where nothing was, Escape means what it means around.
    fn escape(&self, event: &KeyboardEvent) {
        let Some(Some(before)) = self.before.try_get_value() else { return };
        let unreadable = self.unreadable.get_untracked();
        if self.slot.now() == before && !unreadable {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if self.slot.now() != before {
            // All that was typed is the last step.
            self.slot.subject.studio.undo();
        }
        if let (true, Shown::Same(value)) = (self.slot.now() != before, before) {
            self.slot.set(Some(value));
        }
        self.show_again(event.target());
    }

    fn step(&self, event: &KeyboardEvent, way: i64) {
        let Reading::Number { min, max, step } = self.reading else { return };
        event.prevent_default();
        let step = step.saturating_mul(if event.shift_key() { 10 } else { 1 });
        let now = self.slot.now().value().and_then(Value::as_i64);
        let now = now.or_else(|| self.slot.default()?.as_i64());
        let next = match now {
            Some(now) => now.saturating_add(way.saturating_mul(step)).clamp(min, max),
            None => min,
        };
        write(event.target(), &next.to_string());
        self.input(next.to_string());
    }
}

/// Puts a text into a field, which keeps the caret where it already stands there.
fn write(field: Option<web_sys::EventTarget>, text: &str) {
    let Some(field) = field else { return };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        if input.value() != text {
            input.set_value(text);
        }
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>()
        && area.value() != text
    {
        area.set_value(text);
    }
}
