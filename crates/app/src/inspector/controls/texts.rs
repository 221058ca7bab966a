//! A list of short texts.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::super::parts::focus_soon;
use super::super::problem::problems;
use super::super::slot::{Slot, join};
use super::list::{RowButtons, adder, insert, numbered, remove, rows, shift, way_of};
use super::text::TextBox;
use super::typing::Reading;
use crate::words::t;

/// The list at `slot`.
pub(super) fn texts(slot: Slot, example: &'static str) -> AnyView {
    view! {
        <div role="group" id=slot.id() aria-labelledby=format!("{}-label", slot.id())>
            {rows(slot, "", Arc::new(move |index| row(slot, index, example)))}
            {adder(slot, "ui.inspector.list.add", "".into(), "", None)}
        </div>
    }
    .into_any()
}

fn row(slot: Slot, index: usize, example: &'static str) -> AnyView {
    let item = slot.below(&index.to_string());
    let name = Arc::new(move || {
        let text = super::super::words::plain(&item.part(""));
        if text.is_empty() { numbered(slot, index) } else { text }
    });
    let move_by = move |way: isize| {
        if let Some(to) = shift(slot, index, way, &untrack(|| numbered(slot, index))) {
            focus_soon(join(&slot.path(), &to.to_string()));
        }
    };
    let mut field = TextBox::new(item, Reading::Text);
    field.example = example;
    field.name = Some((move || numbered(slot, index)).into());
    field.keys = Some(Arc::new(move |event| key(slot, item, index, event, &move_by)));
    let buttons = RowButtons { slot, index, name, shift: Some(Callback::new(move_by)), removed: None };
    view! {
        <li class="list-item" data-field=item.path().to_string()>
            <div class="list-row">{field.show()} {buttons.show()}</div>
            {problems(item)}
        </li>
    }
    .into_any()
}

/// Alt with an arrow moves the row, Enter begins the next one, Backspace takes an empty one away.
fn key(slot: Slot, item: Slot, index: usize, event: &KeyboardEvent, move_by: &dyn Fn(isize)) -> bool {
    if let Some(way) = way_of(event) {
        event.prevent_default();
        move_by(way);
        return true;
    }
    let is_empty = item.now().value().is_some_and(|value| value == "");
    match event.key().as_str() {
        "Enter" if !is_empty => {
            event.prevent_default();
            insert(slot, index + 1, "".into(), "");
            true
        }
        "Backspace" if is_empty => {
            event.prevent_default();
            remove(slot, index, &t("ui.inspector.list.blank"));
            true
        }
        _ => false,
    }
}
