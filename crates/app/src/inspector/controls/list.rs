//! What all lists have in common: rows by position, adding, removing, moving.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use serde_json::Value;
use web_sys::KeyboardEvent;

use super::super::parts::{focus_soon, prose};
use super::super::slot::{Slot, join};
use super::super::subject::Shown;
use crate::ui::{Icon, IconButton};
use crate::words::{t, t_with};

/// Makes the row at a position.
pub(in crate::inspector) type MakeRow = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// The rows of a list; `empty` is the text key of what to say while there are none, if anything. A row belongs to a position, not to an item: what stands in it follows the list.
pub(in crate::inspector) fn rows(slot: Slot, empty: &'static str, make: MakeRow) -> AnyView {
    let len = Memo::new(move |_| slot.value.with(|shown| shown.value().and_then(Value::as_array).map_or(0, Vec::len)));
    let note = move || {
        let mixed = slot.value.with(|shown| *shown == Shown::Mixed);
        let text = if mixed { "ui.inspector.list.mixed" } else { empty };
        (len.get() == 0 && !text.is_empty()).then(|| view! { <p class="field-help">{prose(&t(text))}</p> })
    };
    view! {
        {note}
        <ul class="list">
            <For each=move || 0..len.get() key=|index| *index children=move |index| make(index) />
        </ul>
    }
    .into_any()
}

/// The button that adds an item, which is then focused at `focus` below it. `added` is told the position before that.
pub(in crate::inspector) fn adder(
    slot: Slot,
    label: &'static str,
    item: Value,
    focus: &'static str,
    added: Option<Callback<usize>>,
) -> AnyView {
    let add = move |_| {
        if let Some(added) = added {
            added.run(slot.items().len());
        }
        insert(slot, usize::MAX, item.clone(), focus);
    };
    let name = move || format!("{}: {}", t(label), slot.label());
    let is_mixed = move || slot.value.with(|shown| *shown == Shown::Mixed);
    view! {
        <button type="button" class="btn plain adder" aria-label=name disabled=is_mixed on:click=add>
            <Icon name="plus" /> <span>{move || t(label)}</span>
        </button>
    }
    .into_any()
}

/// Adds an item at a position and moves the focus there.
pub(in crate::inspector) fn insert(slot: Slot, index: usize, item: Value, focus: &str) {
    let mut items = slot.items();
    let index = index.min(items.len());
    items.insert(index, item);
    slot.set(Some(items.into()));
    focus_soon(join(&join(&slot.path(), &index.to_string()), focus));
}

/// Takes an item away. The focus goes to the one before it, or to the list.
pub(in crate::inspector) fn remove(slot: Slot, index: usize, name: &str) {
    let mut items = slot.items();
    if index >= items.len() {
        return;
    }
    items.remove(index);
    let next = (!items.is_empty()).then(|| index.min(items.len() - 1));
    slot.set(Some(items.into()));
    slot.subject.studio.say(t_with("ui.inspector.list.removed", &[("item", name)]));
    focus_soon(next.map_or_else(|| slot.path().to_string(), |next| join(&slot.path(), &next.to_string())));
}

/// Moves an item and says where it is now. Tells whether it could be moved.
pub(in crate::inspector) fn shift(slot: Slot, index: usize, way: isize, name: &str) -> Option<usize> {
    let mut items = slot.items();
    let to = index.checked_add_signed(way).filter(|to| *to < items.len() && index < items.len())?;
    items.swap(index, to);
    let total = items.len().to_string();
    slot.set(Some(items.into()));
    let place = (to + 1).to_string();
    slot.subject.studio.say(t_with("ui.inspector.list.moved", &[("item", name), ("i", &place), ("total", &total)]));
    Some(to)
}

/// Whether a key moves an item, and which way.
pub(in crate::inspector) fn way_of(event: &KeyboardEvent) -> Option<isize> {
    match event.key().as_str() {
        "ArrowUp" if event.alt_key() => Some(-1),
        "ArrowDown" if event.alt_key() => Some(1),
        _ => None,
    }
}

/// What an item is called: its title, or its number in the list.
pub(in crate::inspector) fn numbered(slot: Slot, index: usize) -> String {
    t_with("ui.inspector.list.item", &[("label", &slot.label()), ("n", &(index + 1).to_string())])
}

/// The buttons at the end of a row.
pub(in crate::inspector) struct RowButtons {
    pub(in crate::inspector) slot: Slot,
    pub(in crate::inspector) index: usize,
    /// What the item is called.
    pub(in crate::inspector) name: Arc<dyn Fn() -> String + Send + Sync>,
    /// Moves the item; none for lists without an order.
    pub(in crate::inspector) shift: Option<Callback<isize>>,
    /// Told the position of an item that was taken away.
    pub(in crate::inspector) removed: Option<Callback<usize>>,
}

impl RowButtons {
    pub(in crate::inspector) fn show(self) -> AnyView {
        let Self { slot, index, name, shift, removed } = self;
        let says = |key: &'static str, name: &Arc<dyn Fn() -> String + Send + Sync>| {
            let name = name.clone();
            TextProp::from(move || t_with(key, &[("item", &name())]))
        };
        let is_last = Signal::derive(move || {
            slot.value
                .with(|shown| shown.value().and_then(Value::as_array).is_none_or(|items| index + 1 >= items.len()))
        });
        let (up, down, gone) = (
            says("ui.inspector.list.up", &name),
            says("ui.inspector.list.down", &name),
            says("ui.inspector.list.remove", &name),
        );
        let several = Memo::new(move |_| {
            slot.value.with(|shown| shown.value().and_then(Value::as_array).map_or(0, Vec::len)) > 1
        });
        let movers = move || {
            let (up, down) = (up.clone(), down.clone());
            shift.filter(|_| several.get()).map(|shift| {
                view! {
                    <IconButton icon="arrow-up" label=up disabled=Signal::derive(move || index == 0) on_press=move || shift.run(-1) />
                    <IconButton icon="arrow-down" label=down disabled=is_last on_press=move || shift.run(1) />
                }
            })
        };
        let take_away = move || {
            remove(slot, index, &untrack(|| name()));
            if let Some(removed) = removed {
                removed.run(index);
            }
        };
        view! {
            <div class="row-buttons">
                {movers} <IconButton icon="close" label=gone on_press=take_away />
            </div>
        }
        .into_any()
    }
}
