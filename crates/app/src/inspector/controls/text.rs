//! Fields that are typed in: text of one line or several, numbers, text with suggestions.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::{ClipboardEvent, KeyboardEvent};

use super::super::slot::Slot;
use super::super::subject::Shown;
use super::typing::{Reading, Typing};
use crate::words::t;

/// What is done with what is pasted.
pub(in crate::inspector) type Pasted = Arc<dyn Fn(&ClipboardEvent)>;

/// A key handler that tells whether it has used the key.
pub(in crate::inspector) type Keys = Arc<dyn Fn(&KeyboardEvent) -> bool>;

/// A list of offers below a field, as far as the field tells of it.
#[derive(Clone)]
pub(in crate::inspector) struct Combo {
    /// Its id.
    pub(in crate::inspector) list: String,
    /// Whether it is there.
    pub(in crate::inspector) open: Signal<bool>,
    /// The id of the offer that Enter would take.
    pub(in crate::inspector) active: Signal<Option<String>>,
}

/// How a field that is typed in looks and behaves.
pub(in crate::inspector) struct TextBox {
    pub(in crate::inspector) slot: Slot,
    pub(in crate::inspector) reading: Reading,
    pub(in crate::inspector) lines: bool,
    pub(in crate::inspector) required: bool,
    /// Whether help with the id `<id>-help` stands beside it.
    pub(in crate::inspector) help: bool,
    pub(in crate::inspector) example: &'static str,
    /// The list of offers.
    pub(in crate::inspector) combo: Option<Combo>,
    /// Its name, where no label beside it gives one.
    pub(in crate::inspector) name: Option<TextProp>,
    /// Keys of the list that it is in.
    pub(in crate::inspector) keys: Option<Keys>,
    /// What to do with what is pasted.
    pub(in crate::inspector) paste: Option<Pasted>,
}

impl TextBox {
    pub(in crate::inspector) fn new(slot: Slot, reading: Reading) -> Self {
        Self {
            slot,
            reading,
            lines: false,
            required: false,
            help: false,
            example: "",
            combo: None,
            name: None,
            keys: None,
            paste: None,
        }
    }

    pub(in crate::inspector) fn show(self) -> AnyView {
        let typing = Typing::new(self.slot, self.reading);
        let unreadable = move || {
            let text = || view! { <p class="field-problem" role="status">{t("ui.inspector.invalid.number")}</p> };
            typing.unreadable.get().then(text)
        };
        let field = if self.lines { self.area(typing) } else { self.input(typing) };
        view! { {field} {unreadable} }.into_any()
    }

    fn input(self, typing: Typing) -> AnyView {
        let Self { slot, reading, required, help, example, combo, name, keys, paste, .. } = self;
        let role = if combo.is_some() { Some("combobox") } else { None };
        let (is_number, range) = match reading {
            Reading::Number { min, max, .. } => (true, Some((min, max))),
            Reading::Text => (false, None),
        };
        let (open, active) = (combo.as_ref().map(|combo| combo.open), combo.as_ref().map(|combo| combo.active));
        let expanded = move || open.map(|open| if open.get() { "true" } else { "false" });
        let active = move || active.and_then(|active| active.get());
        let numbers = move || slot.value.with(|shown| shown.value().and_then(serde_json::Value::as_i64));
        view! {
            <input
                type="text"
                class="input"
                class:input-number=is_number
                id=slot.id()
                role=role.or(is_number.then_some("spinbutton"))
                inputmode=is_number.then_some("numeric")
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-autocomplete=role.map(|_| "list")
                aria-controls=combo.as_ref().map(|combo| combo.list.clone())
                aria-expanded=expanded
                aria-activedescendant=active
                aria-label=move || name.as_ref().map(TextProp::get)
                aria-required=required.then_some("true")
                aria-invalid=move || invalid(slot, typing)
                aria-describedby=move || described(slot, help)
                aria-valuenow=move || if is_number { numbers().map(|n| n.to_string()) } else { None }
                aria-valuemin=range.map(|(min, _)| min.to_string())
                aria-valuemax=range.map(|(_, max)| max.to_string())
                placeholder=move || placeholder(slot, example)
                prop:value=move || typing.text()
                on:focus=move |_| typing.enter()
                on:input=move |event| typing.input(event_target_value(&event))
                on:blur=move |event| typing.leave(event.target())
                on:paste=move |event| if let Some(paste) = &paste { paste(&event) }
                on:keydown=move |event| {
                    if !keys.as_ref().is_some_and(|keys| keys(&event)) {
                        typing.key(&event, false);
                    }
                }
            />
        }
        .into_any()
    }

    fn area(self, typing: Typing) -> AnyView {
        let Self { slot, required, help, .. } = self;
        view! {
            <textarea
                class="textarea"
                id=slot.id()
                rows="3"
                spellcheck="true"
                aria-required=required.then_some("true")
                aria-invalid=move || invalid(slot, typing)
                aria-describedby=move || described(slot, help)
                placeholder=move || placeholder(slot, "")
                prop:value=move || typing.text()
                on:focus=move |_| typing.enter()
                on:input=move |event| typing.input(event_target_value(&event))
                on:blur=move |event| typing.leave(event.target())
                on:keydown=move |event| typing.key(&event, true)
            ></textarea>
        }
        .into_any()
    }
}

fn invalid(slot: Slot, typing: Typing) -> Option<&'static str> {
    (typing.unreadable.get() || slot.has_error()).then_some("true")
}

/// The ids of what tells more about a field.
pub(in crate::inspector) fn described(slot: Slot, help: bool) -> Option<String> {
    let id = slot.id();
    let problem = slot.findings.with(|found| !found.is_empty());
    match (help, problem) {
        (true, true) => Some(format!("{id}-help {id}-problem")),
        (true, false) => Some(format!("{id}-help")),
        (false, true) => Some(format!("{id}-problem")),
        (false, false) => None,
    }
}

fn placeholder(slot: Slot, example: &'static str) -> String {
    if slot.value.with(|shown| *shown == Shown::Mixed) {
        t("ui.inspector.mixed")
    } else if !example.is_empty() {
        example.to_owned()
    } else if slot.is_optional() {
        t("ui.inspector.unset")
    } else {
        String::new()
    }
}
