//! All that the dialog holds: the inside of the part.

use leptos::prelude::*;
use trazo_formats::import::{self, ImportError};

use super::ask::Ask;
use super::job::{Job, Outcome};
use super::part::Reader;
use super::review::Review;
use crate::ui::Button;
use crate::words::t;

struct Here;

/// The part, with the texts that it says.
pub(super) fn here() -> &'static dyn Reader {
    trazo_texts::load_import();
    &Here
}

impl Reader for Here {
    fn panel(&self) -> AnyView {
        view! { <Panel /> }.into_any()
    }

    fn recognises(&self, name: &str, text: &str) -> bool {
        matches!(import::read(name, text.as_bytes(), None), Ok(_) | Err(ImportError::Manifest(_)))
    }
}

#[component]
fn Panel() -> impl IntoView {
    let job = Job::new();
    provide_context(job);
    let has = Memo::new(move |_| job.import.given.with(Option::is_some));
    view! {
        <div class="import">
            <Show when=move || has.get() fallback=Ask>
                <Review />
            </Show>
        </div>
        <Foot job=job />
    }
}

#[component]
fn Foot(job: Job) -> impl IntoView {
    let cannot = Signal::derive(move || !job.is_of_use());
    let busy = move || matches!(job.outcome.get(), Outcome::Busy);
    let has_design = Memo::new(move |_| job.desk.has_design());
    let add = move || {
        has_design.get().then(|| {
            view! { <Button icon="plus" label=move || t("ui.import.add") disabled=cannot on_press=move || job.add() /> }
        })
    };
    view! {
        <footer class="dialog-foot import-foot">
            <p class="import-busy" role="status">{move || busy().then(|| t("ui.import.busy"))}</p>
            <Button label=move || t("ui.dialog.cancel") on_press=move || job.import.open.set(false) />
            {add}
            <Button look="primary" label=move || t("ui.import.open") disabled=cannot on_press=move || job.open() />
        </footer>
    }
}
