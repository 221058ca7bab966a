//! What AWS is at: each resource with its state, why something failed, and what the stack gives back.

use leptos::prelude::*;
use trazo_provision::formation::{Cause, Item, Operation, Output, Progress, State};

use super::view::status_text;
use crate::app::with_code;
use crate::deploy::bits::{Callout, Tone};
use crate::deploy::job::use_job;
use crate::deploy::place::NodeLink;
use crate::deploy::room::{Step, room};
use crate::ui::{Button, Icon};
use crate::words::{t, t_count, t_with};

/// How many resources have come to their end, of how many.
pub(super) fn count(progress: &Progress) -> (usize, usize) {
    let ended = |item: &&Item| matches!(item.state, State::Done | State::Removed | State::Kept | State::Undone);
    (progress.items.values().filter(ended).count(), progress.items.len())
}

/// The operation.
#[component]
pub(super) fn ProgressView() -> impl IntoView {
    let job = use_job();
    let progress = job.formation.progress;
    let shown = Memo::new(move |_| progress.get());
    // What the person folded stays folded when the next event comes.
    let (list, events) = (RwSignal::new(None::<bool>), RwSignal::new(false));
    move || {
        let progress = shown.get()?;
        let (done, all) = count(&progress);
        let share = (done * 100).checked_div(all).unwrap_or(0);
        let ended = progress.ended.then(|| end(&progress));
        let undoing = (progress.rolling_back && !progress.ended).then(|| {
            view! { <Callout tone=Tone::Warning><p>{t("ui.deploy.formation.rolling_back")}</p></Callout> }
        });
        let rows = progress.items.iter().map(|(id, item)| row(id, item)).collect_view();
        // While it goes on, what happens is what matters; afterwards, what came of it.
        let unfolded = list.get_untracked().unwrap_or(!progress.ended);
        let words = t_with("ui.deploy.formation.count", &[("done", &done.to_string()), ("all", &all.to_string())]);
        let label = words.clone();
        let status = (!progress.status.is_empty()).then(|| format!(" · {}", status_text(&progress.status)));
        Some(view! {
            <section class="deploy-operation" data-status=progress.status.clone() data-ended=progress.ended.then_some("")>
                {ended}
                {undoing}
                {causes(&progress.causes)}
                {(progress.operation != Operation::Delete).then(|| outputs(&progress.outputs))}
                <div class="deploy-meter" hidden=progress.ended>
                    <progress max="100" value=share aria-label=label></progress>
                </div>
                <details class="deploy-more" open=unfolded data-section="resources">
                    <summary on:click=move |_| list.update(|list| *list = Some(!list.unwrap_or(unfolded)))>
                        <Icon name="chevron-right" />
                        <span>{words} {status}</span>
                    </summary>
                    <ul class="deploy-rows compact">{rows}</ul>
                </details>
                {log(&progress, events)}
            </section>
        })
    }
}

/// How it ended.
fn end(progress: &Progress) -> AnyView {
    let good = progress.succeeded();
    let key = match (progress.operation, good) {
        (Operation::Create, true) => "created",
        (Operation::Update, true) => "updated",
        (Operation::Delete, true) => "deleted",
        (Operation::Create, false) => "not_created",
        (Operation::Update, false) => "not_updated",
        (Operation::Delete, false) => "not_deleted",
    };
    let next = (good && progress.operation != Operation::Delete).then(|| {
        let go = move || room().go(Step::Running);
        view! { <Button look="primary" icon="eye" label=move || t("ui.deploy.formation.see") on_press=go /> }
    });
    let tone = if good { Tone::Fine } else { Tone::Bad };
    view! {
        <Callout tone=tone>
            <p>{t(&format!("ui.deploy.formation.ended.{key}"))}</p>
            {next}
        </Callout>
    }
    .into_any()
}

/// Why it failed, first things first.
pub(super) fn causes(causes: &[Cause]) -> AnyView {
    let one = |cause: &Cause| {
        let advice = cause.explained.map(|key| view! { <p>{with_code(&t(key))}</p> });
        view! {
            <li>
                <p>
                    <strong>{cause.logical.clone()}</strong>
                    " "
                    <span class="quiet">{cause.type_name.clone()}</span>
                </p>
                <blockquote class="refused-words" lang="en">{cause.reason.clone()}</blockquote>
                {advice}
                {cause.element.clone().map(|element| view! { <NodeLink element=element /> })}
            </li>
        }
        .into_any()
    };
    if causes.is_empty() {
        return ().into_any();
    }
    view! { <ul class="deploy-causes" aria-label=t("ui.deploy.formation.causes")>{causes.iter().map(one).collect_view()}</ul> }
        .into_any()
}

fn tone(state: State) -> Tone {
    match state {
        State::Pending => Tone::Quiet,
        State::Active => Tone::Now,
        State::Done | State::Removed | State::Kept => Tone::Fine,
        State::Failed => Tone::Bad,
        State::Undoing | State::Undone => Tone::Warning,
    }
}

fn row(id: &str, item: &Item) -> AnyView {
    let mark = match item.state {
        State::Active | State::Undoing => view! { <span class="deploy-spinner" aria-hidden="true"></span> }.into_any(),
        State::Done | State::Removed | State::Kept => view! { <Icon name="check" /> }.into_any(),
        State::Failed => view! { <Icon name="close" /> }.into_any(),
        State::Pending | State::Undone => view! { <Icon name="pending" /> }.into_any(),
    };
    view! {
        <li class=format!("deploy-row {}", tone(item.state).class()) data-resource=id.to_owned() data-state=format!("{:?}", item.state)>
            <span class="deploy-row-mark">{mark}</span>
            <div class="deploy-row-words">
                <p>
                    <strong>{id.to_owned()}</strong>
                    " "
                    <span class="quiet">{item.type_name.clone()}</span>
                </p>
            </div>
            <span class="deploy-row-state">{t(item.state.key())}</span>
            {item.element.clone().map(|element| view! { <NodeLink element=element /> })}
        </li>
    }
    .into_any()
}

/// What the stack gives back.
fn outputs(outputs: &[Output]) -> AnyView {
    if outputs.is_empty() {
        return ().into_any();
    }
    let one = |output: &Output| {
        let value = output.value.clone();
        let shown = if value.starts_with("http") {
            let href = value.clone();
            view! { <a href=href target="_blank" rel="noreferrer">{value}</a> }.into_any()
        } else {
            view! { <code>{value}</code> }.into_any()
        };
        view! {
            <div>
                <dt>{output.name.clone()}</dt>
                <dd>{shown}</dd>
            </div>
        }
    };
    view! {
        <dl class="deploy-known" aria-label=t("ui.deploy.formation.outputs")>{outputs.iter().map(one).collect_view()}</dl>
    }
    .into_any()
}

/// All that happened, for those who want to see it.
fn log(progress: &Progress, open: RwSignal<bool>) -> AnyView {
    let lines = progress.log.iter().rev().take(400).map(|event| {
        let time = event.at.get(11..19).unwrap_or(&event.at).to_owned();
        view! {
            <li>
                <time>{time}</time>
                <span>{event.logical.clone()}</span>
                <code>{event.status.clone()}</code>
                <span class="quiet">{event.reason.clone()}</span>
            </li>
        }
    });
    view! {
        <details class="deploy-more" open=open.get_untracked() data-section="events">
            <summary on:click=move |_| open.update(|open| *open = !*open)>
                <Icon name="chevron-right" />
                <span>{t_count("ui.deploy.formation.events", progress.log.len())}</span>
            </summary>
            <ol class="deploy-log" lang="en">{lines.collect_view()}</ol>
        </details>
    }
    .into_any()
}
