//! What was understood, beside what it was understood from.

use leptos::html;
use leptos::prelude::*;
use trazo_formats::import;

use super::Given;
use super::counts::Counts;
use super::job::{Job, Outcome, use_job};
use super::notes::Notes;
use super::source::Source;
use super::trouble::Trouble;
use crate::app::picture;
use crate::start::drawing;
use crate::ui::Button;
use crate::words::{t, t_count, t_with};

/// The review.
#[component]
pub(super) fn Review() -> impl IntoView {
    let job = use_job();
    let right = move || match job.outcome.get() {
        Outcome::Nothing => ().into_any(),
        Outcome::Busy => view! { <p class="import-wait">{t("ui.import.busy")}</p> }.into_any(),
        Outcome::Refused(error) => view! { <Trouble error=error /> }.into_any(),
        Outcome::Read(understood) => {
            let sketch = drawing(&picture(&understood.design));
            let empty = understood.design.is_empty();
            view! {
                {(!empty).then(|| view! { <div class="import-picture">{sketch}</div> })}
                {empty.then(|| view! { <p class="import-nothing">{t("ui.import.nothing")}</p> })}
                <Counts understood=understood.clone() />
                <Notes understood=understood />
            }
            .into_any()
        }
    };
    // What had the focus before, a button or a field, is no more.
    let found = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(found) = found.get() {
            request_animation_frame(move || {
                let _ = found.focus();
            });
        }
    });
    view! {
        <Bar job=job />
        <div class="import-body">
            <Source job=job />
            <section node_ref=found class="import-found" tabindex="0" aria-label=move || t("ui.import.found")>
                {right}
            </section>
        </div>
    }
}

/// The name of the file; where several were given, a choice among them.
#[component]
fn Files(job: Job) -> impl IntoView {
    let import = job.import;
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let chosen = import.files.with_untracked(|files| files.get(at?).cloned());
        if chosen.is_some() {
            import.given.set(chosen);
        }
    };
    let option = move |(at, file): (usize, Given)| {
        let name = file.name.to_string();
        let chosen = move || import.given.with(|given| given.as_ref() == Some(&file));
        view! { <option value=at.to_string() prop:selected=chosen>{name}</option> }
    };
    move || {
        let files = import.files.get();
        if files.len() < 2 && import.unread.get() == 0 {
            let name = move || import.given.with(|given| given.as_ref().map(|given| given.name.to_string()));
            return view! { <strong class="clip import-name">{name}</strong> }.into_any();
        }
        let unread = import.unread.get();
        let unread = (unread > 0).then(|| t_count("ui.import.unread", unread));
        let told = [Some(t_count("ui.import.several", files.len())), unread].into_iter().flatten().collect::<Vec<_>>();
        view! {
            <label class="import-format import-files">
                <span>{t("ui.import.file")}</span>
                <select class="select" on:change=choose>{files.into_iter().enumerate().map(option).collect_view()}</select>
            </label>
            <span class="quiet import-name" role="status">{told.join(" ")}</span>
        }
        .into_any()
    }
}

/// The file, and what it is.
#[component]
fn Bar(job: Job) -> impl IntoView {
    let found = Memo::new(move |_| job.understood().map(|understood| understood.format));
    let title = |key: &str| t(&format!("import.{key}.title"));
    let auto = move || match (job.wish.get(), found.get(), job.outcome.get()) {
        (None, Some(key), _) => t_with("ui.import.auto_found", &[("format", &title(key))]),
        (None, None, Outcome::Refused(_)) => t("ui.import.auto_none"),
        _ => t("ui.import.auto"),
    };
    let choose = move |key: String| job.wish.set(import::ALL.iter().map(|one| one.key).find(|one| *one == key));
    let option = move |key: &'static str| {
        view! { <option value=key prop:selected=move || job.wish.get() == Some(key)>{move || title(key)}</option> }
    };
    view! {
        <div class="import-bar">
            <Files job=job />
            <label class="import-format">
                <span>{move || t("ui.import.format")}</span>
                <select class="select" on:change=move |event| choose(event_target_value(&event))>
                    <option value="" prop:selected=move || job.wish.get().is_none()>{auto}</option>
                    {import::ALL.iter().map(|one| option(one.key)).collect_view()}
                </select>
            </label>
            <Button look="plain" icon="replace" label=move || t("ui.import.other") on_press=move || job.import.ask() />
        </div>
    }
}
