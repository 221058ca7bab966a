//! One step: what it does, how it stands, and unfolded what went out and came back.

use leptos::prelude::*;
use trazo_calls::Step as Planned;
use trazo_provision::steps::{Exchange, Progress, StepState};

use super::Seen;
use super::view::told;
use crate::app::with_code;
use crate::deploy::bits::{Copyable, Tone};
use crate::deploy::clock::span;
use crate::deploy::job::use_job;
use crate::deploy::place::OriginLink;
use crate::deploy::request::{RequestView, command, pretty};
use crate::deploy::room::room;
use crate::deploy::trouble::barred_chip;
use crate::ui::Icon;
use crate::words::{t, t_count, t_if, t_with};

/// The step at a place in the order.
#[component]
pub(super) fn StepRow(
    /// Its place.
    at: usize,
) -> impl IntoView {
    let job = use_job();
    let run = job.run;
    let seen = Memo::new(move |_| run.views.with(|views| views.get(at).cloned()));
    let state = Memo::new(move |_| seen.with(|seen| seen.as_ref().map_or(StepState::Pending, |seen| seen.state)));
    let open = RwSignal::new(false);
    let step = run.now().and_then(|run| run.steps().get(at).cloned())?;
    let sentence = sentence(&step);
    let operation = format!("{} {}", step.call.service.cli(), step.call.operation);
    let (logical, origin) = (step.logical_id.clone(), step.origin.clone());
    let service = step.call.service;
    let is_barred = Memo::new(move |_| {
        // What is not made does not have to be taken away.
        !matches!(state.get(), StepState::Skipped | StepState::Undone) && !room().transport.endpoints().reaches(service)
    });
    let body = format!("deploy-step-{at}");
    let controls = body.clone();
    let mark = move || match tone(state.get()) {
        _ if is_busy(state.get()) => view! { <span class="deploy-spinner" aria-hidden="true"></span> }.into_any(),
        Tone::Fine => view! { <Icon name="check" /> }.into_any(),
        Tone::Bad => view! { <Icon name="close" /> }.into_any(),
        _ => (at + 1).into_any(),
    };
    Some(view! {
        <li
            class=move || format!("deploy-row deploy-one {}", tone(state.get()).class())
            data-step-id=step.id
            data-state=move || state.get().key()
        >
            <span class="deploy-row-mark" aria-hidden="true">{mark}</span>
            <div class="deploy-row-words">
                <button
                    type="button"
                    class="deploy-one-head"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=controls
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span>{with_code(&sentence)}</span>
                    <span class="quiet">{logical} " · " <code>{operation}</code></span>
                    {move || is_barred.get().then(barred_chip)}
                </button>
                {move || seen.with(|seen| seen.as_ref().and_then(|seen| seen.progress.as_ref().map(progress)))}
                {move || seen.with(|seen| {
                    seen.as_ref().and_then(|seen| seen.trouble.clone()).map(|trouble| told(&std::sync::Arc::new(trouble)))
                })}
                <div id=body hidden=move || !open.get()>
                    {move || open.get().then(|| details(at, seen))}
                </div>
            </div>
            <span class="deploy-row-state">{move || t(&format!("deploy.engine.state.{}", state.get().key()))}</span>
            <OriginLink origin=origin />
        </li>
    })
}

/// What a step does.
pub(super) fn sentence(step: &Planned) -> String {
    t_if(&step.text_key()).unwrap_or_else(|| format!("{} {}", step.call.service.cli(), step.call.operation))
}

/// Whether something is under way for it.
pub(super) fn is_busy(state: StepState) -> bool {
    matches!(state, StepState::Sending | StepState::Checking | StepState::Waiting | StepState::Undoing)
}

fn tone(state: StepState) -> Tone {
    match state {
        StepState::Pending | StepState::Skipped | StepState::Undone => Tone::Quiet,
        StepState::Ready | StepState::Sending | StepState::Checking | StepState::Waiting | StepState::Undoing => {
            Tone::Now
        }
        StepState::Unsure => Tone::Warning,
        StepState::Done => Tone::Fine,
        StepState::Failed | StepState::UndoFailed => Tone::Bad,
    }
}

/// What it waits for, and how long already.
fn progress(progress: &Progress) -> AnyView {
    let n = progress.attempt.to_string();
    let (elapsed, limit) = (span(progress.elapsed), span(progress.limit));
    let args = [("n", n.as_str()), ("state", &progress.state), ("elapsed", &elapsed), ("limit", &limit)];
    let words = t_with(&format!("deploy.engine.progress.{}", progress.key), &args);
    let bar = (progress.limit > 0).then(|| {
        let share = (progress.elapsed * 100 / progress.limit.max(1)).min(100);
        view! { <progress max="100" value=share aria-label=words.clone()></progress> }
    });
    view! { <p class="deploy-waiting">{words} {bar}</p> }.into_any()
}

/// The request as it will go out, or all that went out and came back.
fn details(at: usize, seen: Memo<Option<Seen>>) -> AnyView {
    let job = use_job();
    let exchanges = seen.with(|seen| seen.as_ref().map(|seen| seen.exchanges.clone()).unwrap_or_default());
    let Some(run) = job.run.now() else { return ().into_any() };
    let region = run.head().region.clone();
    if exchanges.is_empty() {
        let Some(step) = run.steps().get(at) else { return ().into_any() };
        let call = step.call.preview(&run.bindings(), &|place| {
            let name = if place.attribute.is_empty() {
                place.id.to_owned()
            } else {
                format!("{}.{}", place.id, place.attribute)
            };
            format!("<{name}>")
        });
        let waits = step.ready.as_ref().filter(|wait| wait.is_slow()).map(|wait| {
            let minutes = (wait.usual / 60).max(1) as usize;
            view! { <p class="deploy-help">{t_count("ui.deploy.run.slow", minutes)}</p> }
        });
        return view! {
            {waits}
            <RequestView call=call region=region />
        }
        .into_any();
    }
    exchanges.iter().map(|exchange| one(exchange, &region)).collect_view().into_any()
}

fn one(exchange: &Exchange, region: &str) -> AnyView {
    let operation = format!("{} {}", exchange.call.service.cli(), exchange.call.operation);
    let body = (!exchange.call.input.is_empty())
        .then(|| pretty(&serde_json::Value::Object(exchange.call.input.clone())))
        .map(|body| view! { <Copyable label=move || t("ui.deploy.request.body") text=body /> });
    let answer = exchange
        .answer
        .as_ref()
        .map(|answer| view! { <Copyable label=move || t("ui.deploy.request.answer") text=pretty(answer) /> });
    let trouble = exchange.trouble.clone().map(|trouble| {
        view! { <blockquote class="refused-words" lang="en"><code>{trouble.code}</code> " " {trouble.message}</blockquote> }
    });
    let took = exchange.answered.map(|at| {
        let millis = at.saturating_sub(exchange.sent).to_string();
        t_with("ui.deploy.request.took", &[("n", &millis)])
    });
    view! {
        <section class="deploy-exchange">
            <h5><code>{operation}</code> " " <span class="quiet">{took}</span></h5>
            {body}
            {answer}
            {trouble}
            <Copyable label=move || t("ui.deploy.request.command") text=command(&exchange.call, region) />
        </section>
    }
    .into_any()
}
