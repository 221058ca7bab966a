//! The mappings of one side: a row each, with what is wrong and what it gives below.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trazo_model::LinkSpec;
use trazo_model::field::{Control, Field};
use trazo_model::mapping::Side;
use trazo_model::trial::Given;

use super::super::controls::choice::select;
use super::super::controls::complete::complete;
use super::super::controls::list::{RowButtons, adder, numbered, rows};
use super::super::controls::text::TextBox;
use super::super::controls::typing::Reading;
use super::super::field::doc_link;
use super::super::parts::prose;
use super::super::problem::problems;
use super::super::slot::Slot;
use super::super::words::{label, plain};
use super::state::Bench;
use super::{list_of, records};
use crate::words::{t, t_with};

/// The table.
pub(super) fn table(bench: Bench, spec: &'static LinkSpec, side: Side) -> AnyView {
    let Some(fields) = records(spec, side) else { return ().into_any() };
    let slot = Slot::new(bench.subject, list_of(side));
    let key = bench.subject.key();
    let heads = move || {
        let head = |field: &Field| {
            // What the number is of is told by the heading above.
            let text = match field.key {
                "status" => t("ui.bench.code"),
                other => label(key, &format!("{}.{other}", list_of(side))),
            };
            view! { <span class=format!("cell-{}", field.key)>{text}</span> }
        };
        let some = slot.value.with(|shown| shown.value().and_then(Value::as_array).is_some_and(|all| !all.is_empty()));
        some.then(|| {
            view! { <div class="bench-heads" aria-hidden="true">{fields.iter().map(head).collect_view()}<span></span></div> }
        })
    };
    let empty = match side {
        Side::Request => "ui.bench.empty.request",
        Side::Response => "ui.bench.empty.response",
    };
    let help = move || t(&format!("field.{key}.{}.help", list_of(side)));
    let doc = fields.first().map_or("", |field| field.doc);
    view! {
        <section class=format!("bench-part bench-table columns-{}", fields.len()) aria-labelledby="bench-table-title">
            <header class="bench-head">
                <h3 id="bench-table-title">{move || slot.label()}</h3>
                {doc_link(doc, move || slot.label())}
            </header>
            <p class="field-help">{move || prose(&help())}</p>
            <div role="group" id=slot.id() aria-labelledby="bench-table-title" class="bench-rows" data-field=list_of(side)>
                {heads} {rows(slot, empty, Arc::new(move |index| row(bench, slot, fields, side, index)))}
                {adder(slot, "ui.bench.add", serde_json::json!({}), fields.first().map_or("", |field| field.key), None)}
            </div>
        </section>
    }
    .into_any()
}

fn row(bench: Bench, slot: Slot, fields: &'static [Field], side: Side, index: usize) -> AnyView {
    let item = slot.below(&index.to_string());
    let cells = fields.iter().map(|field| cell(bench, item, field, side, index)).collect_view();
    let name = move || {
        let shown = |key: &str| Some(plain(&item.part(key))).filter(|text| !text.is_empty());
        let parts: Vec<String> = ["status", "action", "location", "name"].into_iter().filter_map(shown).collect();
        if parts.is_empty() { numbered(slot, index) } else { parts.join(" ") }
    };
    let buttons = RowButtons { slot, index, name: Arc::new(name), shift: None, removed: None };
    let wrong = |field: &Field| {
        let slot = item.below(field.key);
        view! { <div class="bench-wrong"><span class="bench-where">{move || slot.label()}</span> <div>{problems(slot)}</div></div> }
    };
    let wrong = fields.iter().map(wrong).collect_view();
    view! {
        <li class="bench-row" data-field=item.path().to_string()>
            <div class="bench-cells">{cells} {buttons.show()}</div>
            {given(bench, item, side, index)} {problems(item)} {wrong}
        </li>
    }
    .into_any()
}

fn cell(bench: Bench, item: Slot, field: &'static Field, side: Side, index: usize) -> AnyView {
    let at = item.path();
    let applies = Memo::new(move |_| bench.subject.applies(&at, field.applies));
    let path = super::super::slot::join(&item.path(), field.key);
    let control = move || {
        let slot = item.below(field.key);
        let name = move || format!("{} {}", slot.label(), index + 1);
        if !applies.get() {
            return view! { <span class="bench-none" aria-hidden="true">"–"</span> }.into_any();
        }
        let text = |reading| {
            let mut text = TextBox::new(slot, reading);
            (text.name, text.required) = (Some(name.into()), field.required);
            text
        };
        match field.control {
            Control::Choice(all) => select(slot, all, false, Some(name.into())),
            Control::Number { min, max, step } => text(Reading::Number { min, max, step }).show(),
            Control::Suggest { .. } => complete(text(Reading::Text), Arc::new(move || bench.offers(side))),
            Control::Text { example, .. } => {
                let mut text = text(Reading::Text);
                text.example = example;
                text.show()
            }
            _ => ().into_any(),
        }
    };
    view! { <div class=format!("bench-cell cell-{}", field.key) data-field=path>{control}</div> }.into_any()
}

/// What a mapping gives with the sample. A fixed text gives itself, which needs no telling.
fn given(bench: Bench, item: Slot, side: Side, index: usize) -> AnyView {
    let told = move || {
        let text = match bench.given(side, index)? {
            Given::Value(value) if item.part("value") == value.as_str() => return None,
            Given::Value(value) => {
                let code = view! { <code>{value}</code> };
                return Some(view! { <p class="bench-given">{t("ui.bench.gives")} " " {code}</p> }.into_any());
            }
            Given::Nothing => t("ui.bench.nothing"),
            Given::Elsewhere => {
                let status = bench.sample.with(|sample| sample.response().status.to_string());
                t_with("ui.bench.elsewhere", &[("status", &status)])
            }
            Given::Done | Given::Wrong => return None,
        };
        Some(view! { <p class="bench-given">{text}</p> }.into_any())
    };
    told.into_any()
}
