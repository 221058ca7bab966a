//! Lists of two texts each: environment variables and tags.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Value, json};
use web_sys::ClipboardEvent;

use super::super::problem::problems;
use super::super::slot::Slot;
use super::super::words::plain;
use super::dotenv::{paste, pasted};
use super::list::{RowButtons, adder, rows};
use super::text::TextBox;
use super::typing::Reading;
use crate::words::{t, t_with};

/// What the two texts are called, in JSON and in text keys.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Names {
    first: &'static str,
    texts: &'static str,
    is_env: bool,
}

pub(super) const ENV: Names = Names { first: "name", texts: "env", is_env: true };
pub(super) const TAGS: Names = Names { first: "key", texts: "tags", is_env: false };

impl Names {
    fn key(self, name: &str) -> String {
        format!("ui.inspector.{}.{name}", self.texts)
    }
}

/// The list at `slot`.
pub(super) fn pairs(slot: Slot, names: Names) -> AnyView {
    let (first, value) = (names.key(names.first), names.key("value"));
    let is_filled =
        move || slot.value.with(|shown| shown.value().and_then(Value::as_array).is_some_and(|all| !all.is_empty()));
    let heads = move || {
        let (first, value) = (t(&first), t(&value));
        is_filled().then(
            || view! { <div class="pair-heads" aria-hidden="true"><span>{first}</span><span>{value}</span></div> },
        )
    };
    let fresh = json!({ names.first: "", "value": "" });
    let empty = if names.is_env { "ui.inspector.env.empty" } else { "ui.inspector.tags.empty" };
    let add = if names.is_env { "ui.inspector.env.add" } else { "ui.inspector.tags.add" };
    view! {
        <div role="group" id=slot.id() class="pairs" aria-labelledby=format!("{}-label", slot.id())>
            {heads} {rows(slot, empty, Arc::new(move |index| row(slot, index, names)))}
            <div class="pair-foot">
                {adder(slot, add, fresh, names.first, None)}
                {names.is_env.then(|| paste(slot))}
            </div>
        </div>
    }
    .into_any()
}

fn row(slot: Slot, index: usize, names: Names) -> AnyView {
    let item = slot.below(&index.to_string());
    let (name, value) = (item.below(names.first), item.below("value"));
    let number = (index + 1).to_string();
    let called = Arc::new(move || {
        let text = plain(&item.part(names.first));
        if text.is_empty() { super::list::numbered(slot, index) } else { text }
    });
    let cell = |at: Slot, key: &'static str| {
        let (key, number) = (names.key(key), number.clone());
        let mut field = TextBox::new(at, Reading::Text);
        field.name = Some((move || format!("{} {number}", t(&key))).into());
        if names.is_env {
            let is_name = key_is_name(at);
            field.paste = Some(Arc::new(move |event: &ClipboardEvent| pasted(slot, event, is_name)));
        }
        view! { <div class="pair-cell" data-field=at.path().to_string()>{field.show()}</div> }
    };
    let cells = (cell(name, names.first), cell(value, "value"));
    let buttons = RowButtons { slot, index, name: called, shift: None, removed: None };
    view! {
        <li class="list-item" data-field=item.path().to_string()>
            <div class="pair-row">{cells} {buttons.show()}</div>
            {problems(item)} {problems(name)} {problems(value)}
        </li>
    }
    .into_any()
}

fn key_is_name(at: Slot) -> bool {
    at.path().ends_with(".name")
}

/// Names and values as they are pasted take the place of those of the same name; empty rows go.
pub(super) fn merged(items: &[Value], read: &[(String, String)]) -> Vec<Value> {
    let is_blank = |item: &Value| item["name"] == "" && item["value"] == "";
    let mut all: Vec<Value> = items.iter().filter(|item| !is_blank(item)).cloned().collect();
    for (name, value) in read {
        let fresh = json!({ "name": name, "value": value });
        match all.iter_mut().find(|item| item["name"] == name.as_str()) {
            Some(item) => *item = fresh,
            None => all.push(fresh),
        }
    }
    all
}

/// What a screen reader and the notice say of a paste.
pub(super) fn told(read: usize, skipped: &[usize]) -> (String, Option<String>) {
    let done = crate::words::t_count("ui.inspector.env.pasted", read);
    let lines = skipped.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let form = if skipped.len() == 1 { "one" } else { "other" };
    let key = format!("ui.inspector.env.skipped.{form}");
    let failed = (!skipped.is_empty()).then(|| t_with(&key, &[("n", &skipped.len().to_string()), ("lines", &lines)]));
    (done, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[(&str, &str)]) -> Vec<(String, String)> {
        lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn pasted_variables_take_the_place_of_those_of_the_same_name() {
        let items = [json!({ "name": "PORT", "value": "80" }), json!({ "name": "", "value": "" })];
        let merged = merged(&items, &read(&[("HOST", "db"), ("PORT", "8080")]));
        assert_eq!(merged, [json!({ "name": "PORT", "value": "8080" }), json!({ "name": "HOST", "value": "db" })]);
    }

    #[test]
    fn a_row_that_somebody_has_begun_is_kept() {
        let items = [json!({ "name": "", "value": "half" })];
        assert_eq!(merged(&items, &read(&[])).len(), 1);
    }
}
