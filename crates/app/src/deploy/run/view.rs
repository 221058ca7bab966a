//! The step-by-step engine as a person sees it.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::steps::{Begun, Phase, StepState, Trouble, TroubleKind, Untaken};

use super::row::{StepRow, is_busy, sentence};
use super::{Act, Barrier, Seen};
use crate::app::with_code;
use crate::deploy::bits::{Callout, Tone};
use crate::deploy::clock::span;
use crate::deploy::job::{Engine, Job, use_job};
use crate::deploy::place::OriginLink;
use crate::deploy::room::{Step, room};
use crate::deploy::session::Without;
use crate::deploy::trouble::remedy;
use crate::ui::{Button, Dialog};
use crate::words::{t, t_count, t_with};

/// The engine.
#[component]
pub(in crate::deploy) fn RunView() -> impl IntoView {
    let job = use_job();
    Effect::new(move || {
        if room().session.caller().is_some() {
            job.open_run();
        }
    });
    let steps = move || job.run.run().map(|_| view! { <Steps /> });
    view! {
        <div class="deploy-engine" data-testid="steps">
            {move || job.run.barrier.get().map(|barrier| barred(&barrier))}
            {steps}
        </div>
    }
}

fn barred(barrier: &Barrier) -> AnyView {
    let words = match barrier {
        Barrier::Journal => with_code(&t("deploy.engine.trouble.journal")).into_any(),
        Barrier::Untaken(Untaken::Steps(error)) => {
            with_code(&t_with("ui.deploy.run.no_steps", &[("error", &error.to_string())])).into_any()
        }
        Barrier::Untaken(_) => with_code(&t("ui.deploy.run.unreadable")).into_any(),
    };
    view! { <Callout tone=Tone::Bad><p>{words}</p></Callout> }.into_any()
}

#[component]
fn Steps() -> impl IntoView {
    let job = use_job();
    let run = job.run;
    let done = Memo::new(move |_| run.views.with(|views| how_far(run.phase.get(), views)));
    let share = move || done.with(|(done, all)| if *all == 0 { 0 } else { done * 100 / all });
    let words = move || done.with(|(done, all)| crate::deploy::count_of(*done, *all));
    let phase = Memo::new(move |_| run.phase.get());
    let stopped = move || {
        let trouble = run.trouble.get().filter(|trouble| trouble.kind != TroubleKind::Elsewhere);
        trouble.or_else(|| run.refused.get())
    };
    let rows = move || {
        let Some(now) = run.run() else { return Vec::new() };
        (0..now.steps().len()).map(|at| view! { <StepRow at=at /> }.into_any()).collect::<Vec<_>>()
    };
    view! {
        <p class="deploy-phase" role="status" data-phase=move || phase.get().key()>
            {move || with_code(&t(&format!("deploy.engine.phase.{}", phase.get().key()))).into_any()}
        </p>
        {move || elsewhere(job)}
        {move || begun(job)}
        {move || unreached(job)}
        {move || unsigned(job)}
        {move || changed(job)}
        {move || stopped().map(|trouble| told(&trouble))}
        {move || removal(job)}
        <Buttons />
        <div class="deploy-meter">
            <span class="deploy-now">
                <span>{words}</span>
                {move || now(job)}
            </span>
            <progress max="100" value=share aria-label=words></progress>
        </div>
        <ol class="deploy-rows steps">{rows}</ol>
    }
}

/// How many steps are made, or taken back where that is what is done, of how many.
fn how_far(phase: Phase, views: &[Seen]) -> (usize, usize) {
    let of = |states: &[StepState]| views.iter().filter(|view| states.contains(&view.state)).count();
    match phase {
        Phase::Removing | Phase::HalfRemoved | Phase::Removed => {
            let never = of(&[StepState::Skipped]);
            (of(&[StepState::Undone]), views.len() - never)
        }
        _ => (of(&[StepState::Done]), views.len()),
    }
}

/// What is done now, in the words of its step.
fn now(job: Job) -> Option<AnyView> {
    let run = job.run.run()?;
    let phase = job.run.phase.get();
    if !matches!(phase, Phase::Running | Phase::Removing) {
        return None;
    }
    let at = job.run.views.with(|views| views.iter().position(|view| is_busy(view.state)))?;
    let words = sentence(run.steps().get(at)?);
    let words = if phase == Phase::Removing { t_with("ui.deploy.run.undoes", &[("step", &words)]) } else { words };
    Some(view! { <span class="quiet clip">{with_code(&words)}</span> }.into_any())
}

/// That another tab is at it, and when it was last heard of.
fn elsewhere(job: Job) -> Option<AnyView> {
    let heard = job.run.heard.get()?;
    let ago = move || span(room().session.now.get().saturating_sub(heard));
    Some(
        view! {
            <Callout tone=Tone::Warning>
                <p>{t("deploy.engine.lease.held")}</p>
                <p class="deploy-help">{move || t_with("deploy.engine.lease.heard", &[("elapsed", &ago())])}</p>
            </Callout>
        }
        .into_any(),
    )
}

/// What was begun of this design elsewhere, as the account tells, before anything is begun here.
fn begun(job: Job) -> Option<AnyView> {
    let found = job.run.begun.get();
    if job.run.phase.get() != Phase::Fresh || found.is_empty() {
        return None;
    }
    let off = Signal::derive(move || {
        job.run.busy.get() || room().session.caller().is_none() || job.errors() > 0 || !job.missing().is_empty()
    });
    let one = move |one: Begun| {
        let label = t_count("ui.deploy.run.take_over", one.things);
        view! { <Button icon="play" label=move || label.clone() disabled=off on_press=move || job.take_over(&one) /> }
    };
    Some(
        view! {
            <Callout tone=Tone::Now>
                <p><strong>{t("ui.deploy.run.begun")}</strong></p>
                <p>{t("ui.deploy.run.begun_help")}</p>
                <div class="btn-row" data-testid="begun">{found.into_iter().map(one).collect_view()}</div>
            </Callout>
        }
        .into_any(),
    )
}

/// That some of what is still to be made does not get through on the way that was chosen, and what to do.
fn unreached(job: Job) -> Option<AnyView> {
    let phase = job.run.phase.get();
    let told = job.run.trouble.get().is_some_and(|trouble| trouble.kind == TroubleKind::NeedsRelay);
    if told || !matches!(phase, Phase::Fresh | Phase::Paused | Phase::Stopped) {
        return None;
    }
    let way = room().transport.endpoints();
    let run = job.run.run()?;
    let left = job.run.views.with(|views| {
        let steps = run.steps().iter().zip(views);
        steps.filter(|(step, view)| view.state != StepState::Done && !way.reaches(step.call.service)).count()
    });
    if left == 0 {
        return None;
    }
    let (count, all) = (left.to_string(), run.steps().len().to_string());
    let other = (phase == Phase::Fresh).then(|| {
        let go = move || job.engine.set(Engine::CloudFormation);
        view! { <Button icon="template" label=move || t("ui.deploy.run.by_formation") on_press=go /> }
    });
    Some(
        view! {
            <div data-testid="barred">
                <Callout tone=Tone::Warning>
                    <p><strong>{t_with("deploy.plan.PLN013.message", &[("count", &count), ("all", &all)])}</strong></p>
                    {other}
                    {remedy()}
                </Callout>
            </div>
        }
        .into_any(),
    )
}

/// That it takes credentials to go on.
fn unsigned(job: Job) -> Option<AnyView> {
    let session = room().session;
    if session.caller().is_some() || matches!(job.run.phase.get(), Phase::Removed) {
        return None;
    }
    let go = move || room().go(Step::Credentials);
    let key = match session.without.get() {
        Without::Expired => "ui.deploy.run.expired",
        _ => "ui.deploy.run.unsigned",
    };
    Some(
        view! {
            <Callout tone=Tone::Warning>
                <p>{t(key)}</p>
                <Button icon="key" look="primary" label=move || t("ui.deploy.run.paste") on_press=go />
            </Callout>
        }
        .into_any(),
    )
}

/// What taking back found and left.
fn removal(job: Job) -> Option<AnyView> {
    let phase = job.run.phase.get();
    if !matches!(phase, Phase::Removed | Phase::HalfRemoved) {
        return None;
    }
    let told = job.run.removal.get();
    let found = (!told.found.is_empty())
        .then(|| view! { <p class="deploy-help">{t_count("deploy.engine.removal.found", told.found.len())}</p> });
    let clean = (phase == Phase::Removed && told.unseen.is_none())
        .then(|| view! { <Callout tone=Tone::Fine>{t("deploy.engine.removal.clean")}</Callout> });
    let unseen = told.unseen.as_ref().map(|trouble| {
        let args = [("action", trouble.action.as_str())];
        let reason = t_with(&format!("deploy.engine.trouble.{}", trouble.kind.key()), &args);
        let words = t_with("deploy.engine.removal.unseen", &[("reason", &reason)]);
        view! { <Callout tone=Tone::Warning>{with_code(&words)}</Callout> }
    });
    let names = |ids: Vec<String>| {
        let item = |id: String| view! { <li><code>{id}</code></li> };
        view! { <ul class="deploy-names">{ids.into_iter().map(item).collect_view()}</ul> }
    };
    let arns: Vec<String> = told.left.iter().map(|one| one.arn.clone()).collect();
    let left = (!arns.is_empty()).then(|| {
        view! {
            <Callout tone=Tone::Bad>
                <p>{t_count("deploy.engine.removal.left", arns.len())}</p>
                {names(arns)}
            </Callout>
        }
    });
    let ids = told.stays.clone();
    let stays = (!ids.is_empty()).then(|| {
        view! {
            <Callout tone=Tone::Quiet>
                <p>{t("deploy.engine.removal.stays")}</p>
                {names(ids)}
            </Callout>
        }
    });
    Some(view! { {clean} {found} {unseen} {left} {stays} }.into_any())
}

/// That the design is another than the one that was deployed.
fn changed(job: Job) -> Option<AnyView> {
    job.studio.revision.track();
    let phase = job.run.phase.get();
    let run = job.run.run()?;
    if matches!(phase, Phase::Removed | Phase::Running | Phase::Removing) {
        return None;
    }
    let changed = job.studio.design(|design| run.changed(design)).ok().filter(|changed| !changed.is_same())?;
    if phase == Phase::Fresh {
        // Nothing was asked yet: the steps are simply made anew.
        request_animation_frame(move || job.renew_run());
        return None;
    }
    let parts: Vec<String> = [
        ("deploy.engine.changed.added", changed.added.len()),
        ("deploy.engine.changed.changed", changed.changed.len()),
        ("deploy.engine.changed.removed", changed.removed.len()),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(key, n)| t_count(key, n))
    .collect();
    let advice =
        if phase == Phase::Complete { "deploy.engine.changed.advice" } else { "deploy.engine.changed.mid_way" };
    Some(
        view! {
            <Callout tone=Tone::Warning>
                <p><strong>{t("deploy.engine.changed.title")}</strong></p>
                <p>{parts.join(" · ")}</p>
                <p>{t(advice)}</p>
            </Callout>
        }
        .into_any(),
    )
}

/// Why it stopped, and what to do.
pub(super) fn told(trouble: &Arc<Trouble>) -> AnyView {
    let key = trouble.kind.key();
    let args = [("action", trouble.action.as_str())];
    let message = (!trouble.message.is_empty()).then(|| {
        view! {
            <blockquote class="refused-words" lang="en">
                <code>{trouble.code.clone()}</code>
                " "
                {trouble.message.clone()}
            </blockquote>
        }
    });
    let request = (!trouble.request_id.is_empty()).then(
        || view! { <p class="deploy-help">{t_with("ui.deploy.trouble.request", &[("id", &trouble.request_id)])}</p> },
    );
    let title = with_code(&t_with(&format!("deploy.engine.trouble.{key}"), &args)).into_any();
    let is_lab = use_job().studio.design(trazo_model::Design::is_learner_lab);
    let advice = with_code(&t_with(&advice(trouble.kind, is_lab), &args)).into_any();
    let origin = trouble.origin.clone().map(|origin| view! { <OriginLink origin=origin /> });
    let remedy = (trouble.kind == TroubleKind::NeedsRelay).then(remedy);
    view! {
        <Callout tone=Tone::Bad>
            <p>
                <strong>{title}</strong>
            </p>
            {message}
            <p>{advice}</p>
            {remedy}
            {origin}
            {request}
        </Callout>
    }
    .into_any()
}

/// The text of what to do. Who has drawn for a Learner Lab already is not told to.
fn advice(kind: TroubleKind, is_lab: bool) -> String {
    match kind {
        TroubleKind::Lab if is_lab => "deploy.engine.advice.in_lab".to_owned(),
        kind => format!("deploy.engine.advice.{}", kind.key()),
    }
}

/// What can be done now.
#[component]
fn Buttons() -> impl IntoView {
    let job = use_job();
    let run = job.run;
    let taking = RwSignal::new(false);
    let act = move |icon: &'static str, look: &'static str, key: &'static str, act: Act| {
        let hindered = move || run.phase.get() == Phase::Fresh && (job.errors() > 0 || !job.missing().is_empty());
        let off = Signal::derive(move || run.busy.get() || room().session.caller().is_none() || hindered());
        view! { <Button icon=icon look=look label=move || t(key) disabled=off on_press=move || job.act(act) /> }
            .into_any()
    };
    let pause = move || {
        let pausing = run.pausing;
        let off = Signal::derive(move || pausing.get());
        let label = move || t(if pausing.get() { "ui.deploy.run.pausing" } else { "ui.deploy.run.pause" });
        view! { <Button icon="pause" label=label disabled=off on_press=move || job.pause() /> }.into_any()
    };
    let take_back = move || {
        let off = Signal::derive(move || run.busy.get() || room().session.caller().is_none());
        let ask = move || taking.set(true);
        view! { <Button icon="trash" label=move || t("ui.deploy.run.take_back") disabled=off on_press=ask /> }
            .into_any()
    };
    let buttons = move || match run.phase.get() {
        Phase::Fresh => vec![
            act("play", "primary", "ui.deploy.run.first", Act::Next),
            act("deploy", "", "ui.deploy.run.all", Act::All),
        ],
        Phase::Paused => vec![
            act("play", "primary", "ui.deploy.run.next", Act::Next),
            act("deploy", "", "ui.deploy.run.rest", Act::All),
            take_back(),
        ],
        Phase::Running | Phase::Removing => vec![pause()],
        Phase::Stopped => vec![
            act("refresh", "primary", "ui.deploy.run.retry", Act::Retry),
            act("deploy", "", "ui.deploy.run.retry_all", Act::All),
            take_back(),
        ],
        Phase::Complete => {
            let go = move || room().go(Step::Running);
            let see =
                view! { <Button look="primary" icon="eye" label=move || t("ui.deploy.formation.see") on_press=go /> };
            vec![see.into_any(), take_back()]
        }
        Phase::HalfRemoved => vec![act("trash", "primary", "ui.deploy.run.take_rest", Act::TakeBack)],
        Phase::Removed => {
            let anew = move || job.renew_run();
            vec![view! { <Button icon="plus" label=move || t("ui.deploy.run.anew") on_press=anew /> }.into_any()]
        }
        // As soon as the other tab stops, this one is told.
        Phase::Elsewhere => Vec::new(),
    };
    view! {
        <div class="btn-row">{buttons}</div>
        <Dialog open=taking title=move || t("deploy.engine.removal.title") name="take-back">
            <Confirm open=taking />
        </Dialog>
    }
}

#[component]
fn Confirm(open: RwSignal<bool>) -> impl IntoView {
    let job = use_job();
    let typed = RwSignal::new(String::new());
    let name = job.run.now().map(|run| run.head().stack.clone()).unwrap_or_default();
    let wanted = name.clone();
    let wrong = Signal::derive(move || typed.get().trim() != wanted);
    let go = move || {
        open.set(false);
        job.act(Act::TakeBack);
    };
    view! {
        <p>{t("ui.deploy.run.take_back_help")}</p>
        <div class="deploy-field">
            <label for="deploy-take-back-name">{t_with("ui.deploy.formation.delete_type", &[("name", &name)])}</label>
            <input
                id="deploy-take-back-name"
                class="input"
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </div>
        <div class="btn-row">
            <Button look="danger" icon="trash" label=move || t("ui.deploy.run.take_back_now") disabled=wrong on_press=go />
            <Button look="plain" label=move || t("ui.dialog.cancel") on_press=move || open.set(false) />
        </div>
    }
}

/// How the engine stands, at a glance. Tracked.
pub(in crate::deploy) fn glance(job: Job) -> Option<(Tone, String)> {
    job.run.run()?;
    let phase = job.run.phase.get();
    let (done, all) = job.run.views.with(|views| how_far(phase, views));
    let tone = match phase {
        Phase::Fresh => return None,
        Phase::Paused | Phase::Running | Phase::Removing => Tone::Now,
        Phase::Complete => Tone::Fine,
        Phase::Removed => Tone::Quiet,
        Phase::Stopped | Phase::HalfRemoved => Tone::Bad,
        Phase::Elsewhere => Tone::Warning,
    };
    let words = match phase {
        Phase::Removed => t("deploy.engine.phase.removed"),
        _ => crate::deploy::count_of(done, all),
    };
    Some((tone, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_to_choose_the_lab_that_was_chosen() {
        let words = |kind, is_lab| {
            trazo_texts::load_deploy();
            trazo_texts::text(trazo_texts::Lang::Es, &advice(kind, is_lab), &[("action", "iam:CreateRole")])
        };
        assert!(words(TroubleKind::Lab, false).starts_with("Elige la cuenta «Learner Lab»"));
        assert!(!words(TroubleKind::Lab, true).contains("Elige la cuenta"));
        assert!(words(TroubleKind::Lab, true).contains("quita lo creado"));
        assert_eq!(words(TroubleKind::Quota, true), words(TroubleKind::Quota, false));
    }
}
