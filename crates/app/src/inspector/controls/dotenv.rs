//! Environment variables from pasted lines of a `.env` file: into any cell, or into a dialog that tells what was read.

use leptos::prelude::*;
use trazo_formats::dotenv::{Variables, looks_like_one, read};
use web_sys::ClipboardEvent;

use super::super::parts::{focus_soon, prose};
use super::super::slot::Slot;
use super::pairs::{merged, told};
use crate::ui::{Button, Dialog, fresh_id};
use crate::words::t;

/// Takes in what is pasted into a cell, if it is rather lines of variables. A value may itself hold `=`, so that in the
/// cell of a value only several lines count.
pub(super) fn pasted(slot: Slot, event: &ClipboardEvent, is_name: bool) {
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let several = text.trim().lines().nth(1).is_some();
    if (is_name || several) && looks_like_one(&text) {
        event.prevent_default();
        take_in(slot, &read(&text));
    }
}

fn take_in(slot: Slot, variables: &Variables) {
    slot.set(Some(merged(&slot.items(), &variables.pairs).into()));
    let studio = slot.subject.studio;
    let (done, failed) = told(variables.pairs.len(), &variables.skipped);
    match failed {
        Some(failed) => studio.warn(format!("{done} · {failed}")),
        None => studio.inform(done),
    }
    focus_soon(slot.path().to_string());
}

/// The button that opens the dialog, and the dialog.
pub(super) fn paste(slot: Slot) -> AnyView {
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| read(&text.read()));
    let none = Signal::derive(move || found.with(|found| found.pairs.is_empty()));
    let apply = move || {
        let variables = found.get_untracked();
        open.set(false);
        text.set(String::new());
        take_in(slot, &variables);
    };
    let foot = move || {
        view! {
            <Button label=|| t("ui.dialog.cancel") on_press=move || open.set(false) />
            <Button label=|| t("ui.inspector.env.paste_apply") look="primary" disabled=none on_press=apply />
        }
    };
    view! {
        <Button icon="paste" label=|| t("ui.inspector.env.paste") look="plain" on_press=move || open.set(true) />
        <Dialog open title=|| t("ui.inspector.env.paste") name="dotenv" foot=foot>
            {move || body(text, found)}
        </Dialog>
    }
    .into_any()
}

fn body(text: RwSignal<String>, found: Memo<Variables>) -> AnyView {
    let id = fresh_id("dotenv");
    let help = format!("{id}-help");
    let result = move || {
        found.with(|found| {
            let is_empty = found.pairs.is_empty() && found.skipped.is_empty();
            (!is_empty).then(|| {
                let (done, failed) = told(found.pairs.len(), &found.skipped);
                view! { <p>{done}</p> {failed.map(|failed| view! { <p class="field-problem">{failed}</p> })} }
            })
        })
    };
    view! {
        <div class="dotenv">
            <p class="field-help" id=help.clone()>{move || prose(&t("ui.inspector.env.paste_help"))}</p>
            <textarea
                class="textarea dotenv-text"
                id=id
                rows="10"
                autofocus
                spellcheck="false"
                aria-label=move || t("ui.inspector.env.paste")
                aria-describedby=help
                placeholder="DB_HOST=db.example.com"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <div class="dotenv-result" role="status">{result}</div>
        </div>
    }
    .into_any()
}
