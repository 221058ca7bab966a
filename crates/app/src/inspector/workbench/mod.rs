//! The workbench for parameter mappings: the table, a sample message, and what comes of it.

mod outcome;
mod sample;
mod state;
mod table;

use leptos::prelude::*;
use trazo_model::field::{Control, Field};
use trazo_model::mapping::Side;
use trazo_model::{LinkId, LinkSpec, NodeId, trial};
use web_sys::KeyboardEvent;

use super::subject::Subject;
use crate::studio::Studio;
use crate::ui::keys::{hits, is_typing};
use crate::ui::{Button, Dialog, IconButton, Tab, Tabs};
use crate::words::{t, t_with};

pub(crate) use sample::Samples;
use state::Bench;

/// The name of the dialog in code.
const NAME: &str = "workbench";

/// The records that a side's mappings are.
pub(super) fn records(spec: &'static LinkSpec, side: Side) -> Option<&'static [Field]> {
    let key = list_of(side);
    spec.fields.iter().find(|field| field.key == key).and_then(|field| match field.control {
        Control::Records { fields, .. } => Some(fields),
        _ => None,
    })
}

/// The field that holds a side's mappings.
pub(super) fn list_of(side: Side) -> &'static str {
    match side {
        Side::Request => "requestParameters",
        Side::Response => "responseParameters",
    }
}

/// The fields of a link before its mappings, and from them on.
pub(super) fn parted(spec: &'static LinkSpec) -> (&'static [Field], &'static [Field]) {
    let at = spec.fields.iter().position(|field| field.key == list_of(Side::Request));
    spec.fields.split_at(at.unwrap_or(spec.fields.len()))
}

/// The button that opens the workbench of a link, and the workbench; nothing for links without mappings to try.
pub(super) fn opener(studio: Studio, id: &LinkId, spec: &'static LinkSpec) -> AnyView {
    if trial::sides(spec.kind).is_empty() {
        return ().into_any();
    }
    let open = RwSignal::new(false);
    let (link, titled) = (StoredValue::new(id.clone()), id.clone());
    let title = move || {
        let (from, to) = ends(studio, &titled);
        t_with("ui.bench.title", &[("from", &from), ("to", &to)])
    };
    view! {
        <div class="bench-open">
            <Button icon="fix" label=|| t("ui.bench.open") on_press=move || open.set(true) />
        </div>
        <Dialog open title=title wide=true name=NAME>
            {move || panel(studio, &link.get_value(), spec)}
        </Dialog>
    }
    .into_any()
}

/// The names of the nodes that a link joins.
fn ends(studio: Studio, link: &LinkId) -> (String, String) {
    studio.design(|design| {
        let name = |id: &NodeId| design.node(id).map_or(String::new(), |node| node.name.clone());
        design.link(link).map(|link| (name(&link.from), name(&link.to))).unwrap_or_default()
    })
}

fn panel(studio: Studio, link: &LinkId, spec: &'static LinkSpec) -> AnyView {
    let subject = Subject::links(studio, vec![link.into()], spec).again("bench");
    let bench = Bench::new(subject, link.clone());
    let chosen = Signal::derive(move || tab(bench.side.get()));
    let choose = move |id: &'static str| {
        studio.seal();
        bench.side.set(if id == tab(Side::Response) { Side::Response } else { Side::Request });
    };
    let named = |side: &Side| {
        let key = if *side == Side::Request { "ui.bench.request" } else { "ui.bench.response" };
        Tab::new(tab(*side), "", move || t(key))
    };
    let tabs = trial::sides(spec.kind).iter().map(named).collect();
    let body = move || {
        let side = bench.side.get();
        view! {
            {table::table(bench, spec, side)}
            <div class="bench-trial">{sample::editor(bench, side)} {outcome::outcome(bench, side)}</div>
        }
    };
    view! {
        <div class="bench" on:keydown=move |event| undo_by_key(studio, &event)>
            <div class="bench-bar">
                <Tabs tabs=tabs chosen=chosen on_choose=choose label=move || t("ui.bench.sides") />
                {steps(studio)}
            </div>
            <div
                class="bench-body"
                role="tabpanel"
                id=move || format!("panel-{}", chosen.get())
                aria-labelledby=move || format!("tab-{}", chosen.get())
            >
                {body}
            </div>
        </div>
    }
    .into_any()
}

fn tab(side: Side) -> &'static str {
    match side {
        Side::Request => "bench-request",
        Side::Response => "bench-response",
    }
}

/// Undo and redo, which behind a dialog cannot be reached.
fn steps(studio: Studio) -> AnyView {
    let none = move |step: fn(&crate::studio::Steps) -> bool| Signal::derive(move || studio.steps.with(step));
    view! {
        <div class="bench-steps">
            <IconButton icon="undo" label=|| t("ui.top.undo") keys="Mod+Z" disabled=none(|steps| steps.undo.is_none()) on_press=move || studio.undo() />
            <IconButton icon="redo" label=|| t("ui.top.redo") keys="Mod+Shift+Z" disabled=none(|steps| steps.redo.is_none()) on_press=move || studio.redo() />
        </div>
    }
    .into_any()
}

/// The keys of the page are silent while a dialog is open; a field has an undo of its own.
fn undo_by_key(studio: Studio, event: &KeyboardEvent) {
    if is_typing(event) {
        return;
    }
    if hits("Mod+Z", event) {
        studio.undo();
    } else if hits("Mod+Shift+Z", event) || hits("Mod+Y", event) {
        studio.redo();
    } else {
        return;
    }
    event.prevent_default();
}
