//! What is shown while nothing has been given: a file is asked for, or a text.

use leptos::html;
use leptos::prelude::*;
use trazo_formats::import;

use super::job::use_job;
use crate::app::with_code;
use crate::ui::{Button, Icon};
use crate::words::t;

/// The question.
#[component]
pub(super) fn Ask() -> impl IntoView {
    let job = use_job();
    let field = NodeRef::<html::Textarea>::new();
    let choose = NodeRef::<html::Button>::new();
    // The dialog was opened before what it holds had come, so `autofocus` would be too late.
    Effect::new(move || {
        if let Some(choose) = choose.get() {
            request_animation_frame(move || {
                let _ = choose.focus();
            });
        }
    });
    let read = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !text.trim().is_empty() {
            job.import.show(&untrack(|| t("ui.import.pasted")), &text);
        }
    };
    // A text is pasted in one go: what was typed by hand is read when its button is pressed.
    let pasted = move |_| request_animation_frame(read);
    let formats = move || {
        import::ALL.iter().map(|one| view! { <li>{t(&format!("import.{}.title", one.key))}</li> }).collect_view()
    };
    view! {
        <div class="import-ask">
            <button node_ref=choose type="button" class="import-file" on:click=move |_| job.desk.ask_for_file()>
                <Icon name="upload" />
                <strong>{move || t("ui.import.choose")}</strong>
                <span>{move || t("ui.import.choose_help")}</span>
            </button>
            <div class="import-paste">
                <label for="import-text">{move || t("ui.import.paste")}</label>
                <textarea
                    node_ref=field
                    id="import-text"
                    class="textarea"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder=move || t("ui.import.paste_placeholder")
                    on:paste=pasted
                ></textarea>
                <p><Button label=move || t("ui.import.read") on_press=read /></p>
            </div>
            <div class="import-formats">
                <h3>{move || t("ui.import.formats")}</h3>
                <ul>{formats}</ul>
                <p class="quiet">{move || with_code(&t("ui.import.private"))}</p>
            </div>
        </div>
    }
}
