//! Files that are dropped on the page, pasted, or chosen in the browser's dialog.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Event, FileList, HtmlElement, HtmlInputElement};

use super::desk::Screen;
use super::{Desk, use_desk};
use crate::words::t;

/// The place where files arrive.
#[component]
pub(crate) fn DropPlace() -> impl IntoView {
    let desk = use_desk();
    let over = RwSignal::new(false);
    let listeners = StoredValue::new_local(listen(desk, over));
    on_cleanup(move || listeners.dispose());
    let choose = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        desk.open_files(input.files());
        // So that choosing the same file again is a change again.
        input.set_value("");
    };
    view! {
        <input
            node_ref=desk.input
            type="file"
            hidden
            multiple
            accept=".json,.trazo.json,.yaml,.yml,.template,.drawio,.xml,.txt,application/json"
            on:change=choose
        />
        <div class="drop" class:drop-over=move || over.get() aria-hidden="true">
            <p>{move || over.get().then(|| t("ui.start.drop"))}</p>
        </div>
    }
}

fn listen(desk: Desk, over: RwSignal<bool>) -> Vec<EventListener> {
    let on = |name: &'static str, act: Box<dyn Fn(&Event)>| {
        EventListener::new_with_options(&window(), name, EventListenerOptions::enable_prevent_default(), move |event| {
            act(event);
        })
    };
    vec![
        on(
            "dragover",
            Box::new(move |event| {
                let Some(data) = files_of(event) else { return };
                event.prevent_default();
                data.set_drop_effect("copy");
                if !over.get_untracked() {
                    over.set(true);
                }
            }),
        ),
        on(
            "dragleave",
            Box::new(move |event| {
                // Only what leaves the window leads to no other element.
                if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                    over.set(false);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                let Some(data) = files_of(event) else { return };
                event.prevent_default();
                over.set(false);
                desk.open_files(data.files());
            }),
        ),
        on("paste", Box::new(move |event| desk.paste(event))),
    ]
}

/// What is dragged, if it is files.
fn files_of(event: &Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().iter().any(|kind| kind == "Files").then_some(data)
}

impl Desk {
    fn open_files(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        match (files.length(), files.get(0)) {
            (1, Some(file)) => self.open_file(file),
            (0, _) | (_, None) => {}
            _ => self.open_all((0..files.length()).filter_map(|at| files.get(at)).collect()),
        }
    }

    /// On the start page and into the dialog, files may be pasted; the editor has its own meaning for that.
    fn paste(self, event: &Event) {
        let into_field =
            event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|target| {
                matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA") || target.is_content_editable()
            });
        let asked = self.import.open.get_untracked();
        if into_field || !asked && self.screen.with_untracked(|screen| *screen != Screen::Start) {
            return;
        }
        let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
        if data.files().is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            self.open_files(data.files());
        } else if let Ok(text) = data.get_data("text/plain")
            && !text.trim().is_empty()
        {
            event.prevent_default();
            let name = t("ui.open.clipboard");
            // While the dialog is open, it is what a text is for.
            if asked {
                self.import.show(&name, &text);
            } else {
                self.open_text(&name, &text);
            }
        }
    }
}
