//! A list of records: cards that open, with the fields of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use web_sys::KeyboardEvent;

use super::super::parts::next_frame;
use super::super::problem::{badge, problems};
use super::super::sections::{Depth, sections};
use super::super::slot::{Slot, join};
use super::super::words::{choice, plain};
use super::list::{RowButtons, adder, numbered, rows, shift, way_of};
use crate::ui::Icon;
use trazo_model::field::Field;

/// What the table says of the records.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) fields: &'static [Field],
    pub(super) new: &'static str,
    pub(super) title: &'static [&'static str],
}

/// The cards that are open, by position.
type Open = RwSignal<BTreeSet<usize>>;

/// The list at `slot`.
pub(super) fn records(slot: Slot, table: Table) -> AnyView {
    // One alone is what one came for; of several, one looks for the right one first.
    let open: Open = RwSignal::new(if slot.items().len() == 1 { BTreeSet::from([0]) } else { BTreeSet::new() });
    let asked = slot.subject.studio.asked_field;
    Effect::new(move |_| {
        let wanted = asked.with(|asked| asked.as_ref().and_then(|asked| position(&slot.path(), &asked.field)));
        if let Some(index) = wanted {
            open.update(|open| {
                open.insert(index);
            });
        }
    });
    let added = Callback::new(move |index: usize| {
        open.update(|open| {
            open.insert(index);
        });
    });
    let item: Value = serde_json::from_str(table.new).unwrap_or_default();
    let first = table.fields.first().map_or("", |field| field.key);
    view! {
        <div
            role="group"
            id=slot.id()
            aria-labelledby=format!("{}-label", slot.id())
        >
            {rows(slot, "", Arc::new(move |index| card(slot, table, index, open)))}
            {adder(slot, "ui.inspector.list.add", item, first, Some(added))}
        </div>
    }
    .into_any()
}

/// The position that a path below a list begins with.
fn position(list: &str, at: &str) -> Option<usize> {
    at.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse().ok()
}

fn card(slot: Slot, table: Table, index: usize, open: Open) -> AnyView {
    let item = slot.below(&index.to_string());
    let title = move || title(slot, item, table, index);
    let is_open = Memo::new(move |_| open.with(|open| open.contains(&index)));
    let toggle = move |_| {
        open.update(|open| {
            if !open.remove(&index) {
                open.insert(index);
            }
        });
    };
    let move_by = move |way: isize| {
        if let Some(to) = shift(slot, index, way, &untrack(title)) {
            open.update(|open| swap(open, index, to));
            focus_head(&join(&slot.path(), &to.to_string()));
        }
    };
    let key = move |event: KeyboardEvent| {
        if let Some(way) = way_of(&event) {
            event.prevent_default();
            event.stop_propagation();
            move_by(way);
        }
    };
    let removed = move |index: usize| open.update(|open| close_up(open, index));
    let (shift, removed) = (Some(Callback::new(move_by)), Some(Callback::new(removed)));
    let buttons = RowButtons { slot, index, name: Arc::new(title), shift, removed };
    let body = format!("{}-body", item.id());
    let controls = body.clone();
    view! {
        <li class="record" data-field=item.path().to_string()>
            <div class="record-head">
                <button
                    type="button"
                    class="record-title"
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    aria-controls=move || is_open.get().then(|| controls.clone())
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    on:click=toggle
                    on:keydown=key
                >
                    <Icon name="chevron-right" />
                    <span class="clip">{title}</span>
                    {move || (!is_open.get()).then(|| badge(item.subject, vec![item.path().to_string()]))}
                </button>
                {buttons.show()}
            </div>
            {problems(item)}
            {move || {
                let fields = || sections(item.subject, table.fields, &item.path(), Depth::Record);
                is_open.get().then(|| view! { <div class="record-body" id=body.clone()>{fields()}</div> })
            }}
        </li>
    }
    .into_any()
}

/// What a record is called: the values of its title fields, or its number.
fn title(slot: Slot, item: Slot, table: Table, index: usize) -> String {
    let shown = |key: &&'static str| {
        let text = plain(&item.part(key));
        (!text.is_empty()).then(|| choice(&text))
    };
    let parts: Vec<String> = table.title.iter().filter_map(shown).collect();
    if parts.is_empty() { numbered(slot, index) } else { parts.join(" · ") }
}

/// What was open stays open where it has been moved to.
fn swap(open: &mut BTreeSet<usize>, a: usize, b: usize) {
    let (was_a, was_b) = (open.remove(&a), open.remove(&b));
    if was_a {
        open.insert(b);
    }
    if was_b {
        open.insert(a);
    }
}

/// After the removal of one, those behind it have moved up.
fn close_up(open: &mut BTreeSet<usize>, gone: usize) {
    let behind = |index: usize| if index > gone { index - 1 } else { index };
    *open = open.iter().filter(|index| **index != gone).map(|index| behind(*index)).collect();
}

fn focus_head(at: &str) {
    use wasm_bindgen::JsCast;

    let selector = format!(".inspector [data-field=\"{at}\"] > .record-head > .record-title");
    next_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(head) = found.and_then(|head| head.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = head.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_position_in_a_path() {
        assert_eq!(position("containers", "containers.2.ports.0.name"), Some(2));
        assert_eq!(position("containers.2.ports", "containers.2.ports.0.name"), Some(0));
        assert_eq!(position("containers", "containersX.2"), None);
        assert_eq!(position("containers", "containers"), None);
    }

    #[test]
    fn what_is_open_follows_its_record() {
        let mut open = BTreeSet::from([0, 2, 3]);
        swap(&mut open, 0, 1);
        assert_eq!(open, BTreeSet::from([1, 2, 3]));
        close_up(&mut open, 2);
        assert_eq!(open, BTreeSet::from([1, 2]));
    }
}
