//! Fields that are chosen: a switch, a few words side by side, a list.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use serde_json::Value;
use trazo_model::field::{Choice, Place};

use super::super::slot::Slot;
use super::super::subject::Shown;
use super::super::words::{choice, choice_label, plain};
use super::text::described;
use crate::words::{t, t_with};

/// The most words that are set side by side, and the most letters of them together.
const SIDE_BY_SIDE: (usize, usize) = (3, 26);

/// Yes or no.
pub(super) fn toggle(slot: Slot, help: bool) -> AnyView {
    let on = move || slot.value.with(|shown| shown.value().and_then(Value::as_bool).unwrap_or(false));
    let mixed = move || slot.value.with(|shown| *shown == Shown::Mixed);
    view! {
        <input
            type="checkbox"
            role="switch"
            class="switch"
            id=slot.id()
            prop:checked=on
            prop:indeterminate=mixed
            aria-checked=move || if mixed() { "mixed" } else if on() { "true" } else { "false" }
            aria-invalid=move || slot.has_error().then_some("true")
            aria-describedby=move || described(slot, help)
            on:change=move |event| slot.set(Some(event_target_checked(&event).into()))
            on:keydown=move |event| if event.key() == "Enter" {
                event.prevent_default();
                slot.set(Some((!on()).into()));
            }
        />
    }
    .into_any()
}

/// One of fixed words.
pub(super) fn words(slot: Slot, all: &'static [&'static str], help: bool) -> AnyView {
    if fit_side_by_side(slot, all) {
        return side_by_side(slot, all, help);
    }
    select(slot, all, help, None)
}

/// One of fixed words, as a list; `name` where no label beside it gives it one.
pub(in crate::inspector) fn select(
    slot: Slot,
    all: &'static [&'static str],
    help: bool,
    name: Option<TextProp>,
) -> AnyView {
    let choices = all.iter().map(|word| Choice { value: (*word).into(), label: None }).collect::<Vec<_>>();
    list(slot, Memo::new(move |_| choices.clone()), help, name)
}

/// Whether the words are few and short, in the language that was chosen when the field is first shown.
pub(super) fn fit_side_by_side(slot: Slot, all: &[&str]) -> bool {
    let letters: usize = untrack(|| all.iter().map(|word| choice(word).chars().count()).sum());
    all.len() <= SIDE_BY_SIDE.0 && letters <= SIDE_BY_SIDE.1 && !slot.is_optional()
}

fn side_by_side(slot: Slot, all: &'static [&'static str], help: bool) -> AnyView {
    let id = slot.id();
    let one = |word: &&'static str| {
        let word = *word;
        let is_chosen = move || slot.value.with(|shown| shown.value().is_some_and(|value| value == word));
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=slot.id()
                    value=word
                    prop:checked=is_chosen
                    on:change=move |_| slot.set(Some(word.into()))
                />
                <span>{move || choice(word)}</span>
            </label>
        }
    };
    view! {
        <div
            class="segments"
            role="radiogroup"
            id=id.clone()
            aria-labelledby=format!("{id}-label")
            aria-describedby=move || described(slot, help)
        >
            {all.iter().map(one).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// One of choices that depend on the rest of the design.
pub(super) fn choices(slot: Slot, from: fn(&Place<'_>) -> Vec<Choice>, help: bool) -> AnyView {
    let all = Memo::new(move |_| {
        slot.subject.studio.revision.track();
        slot.subject.look_up(from).unwrap_or_default()
    });
    list(slot, all, help, None)
}

/// What stands in a list: what is stored, what is shown, and whether it may be chosen.
type Row = (String, String, bool);

fn list(slot: Slot, all: Memo<Vec<Choice>>, help: bool, name: Option<TextProp>) -> AnyView {
    let rows = Memo::new(move |_| slot.value.with(|shown| all.with(|all| rows(shown, all, slot.is_optional()))));
    let chosen = move || slot.value.with(|shown| shown.value().map(plain).unwrap_or_default());
    let option = move |(value, text, allowed): Row| {
        let held = value.clone();
        view! { <option value=value disabled=!allowed prop:selected=move || chosen() == held>{text}</option> }
    };
    let choose = move |text: String| {
        let found = all.with_untracked(|all| all.iter().find(|one| plain(&one.value) == text).cloned());
        match found {
            Some(found) => slot.set(Some(found.value)),
            None if text.is_empty() && slot.is_optional() => slot.set(None),
            None => {}
        }
    };
    view! {
        <select
            class="select"
            id=slot.id()
            aria-label=move || name.as_ref().map(TextProp::get)
            aria-invalid=move || slot.has_error().then_some("true")
            aria-describedby=move || described(slot, help)
            on:change=move |event| choose(event_target_value(&event))
        >
            {move || rows.get().into_iter().map(option).collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}

/// The rows of a list. What is stored stays to be seen even where it is not allowed.
fn rows(shown: &Shown, all: &[Choice], optional: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = all.iter().map(|one| (plain(&one.value), choice_label(one), true)).collect();
    let first = match shown {
        Shown::Mixed => Some((String::new(), t("ui.inspector.mixed"), false)),
        Shown::Same(Value::Null) if !optional => Some((String::new(), t("ui.inspector.choose"), false)),
        _ if optional => Some((String::new(), t("ui.inspector.unset"), true)),
        Shown::Same(Value::String(text)) if text.is_empty() => Some((String::new(), t("ui.inspector.choose"), false)),
        Shown::Same(_) => None,
    };
    let known = |value: &Value| value.is_null() || all.iter().any(|one| &one.value == value);
    if let Some(value) = shown.value().filter(|value| !known(value) && !plain(value).is_empty()) {
        let text = t_with("ui.inspector.not_allowed", &[("value", &choice(&plain(value)))]);
        rows.insert(0, (plain(value), text, false));
    }
    rows.splice(0..0, first);
    rows
}
