//! The CloudFormation engine as a person sees it: the stack, what would change, what goes on, what came of it.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::formation::{Formation, Problem, Seen, Stand, stand, status_key};

use super::changes::Changes;
use super::outcome::{Delete, DriftView, LeftoversView};
use super::progress::ProgressView;
use super::{Doing, Known};
use crate::app::with_code;
use crate::deploy::bits::{BusyButton, Callout, Tone};
use crate::deploy::job::{Job, use_job};
use crate::deploy::offers::Offers;
use crate::deploy::trouble;
use crate::ui::{Button, Icon};
use crate::words::{say, t, t_if, t_with};

/// The engine.
#[component]
pub(in crate::deploy) fn FormationView() -> impl IntoView {
    let job = use_job();
    let formation = job.formation;
    if formation.known.get_untracked() == Known::Nothing {
        job.look();
    }
    let engine = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<Option<Doing>>| {
        let doing = formation.doing.get();
        // Who pressed a button below a long list sees what comes of it.
        if before.is_some_and(|before| before.is_none()) && doing.is_some_and(|doing| doing != Doing::Looking) {
            show_top(engine);
        }
        doing
    });
    Effect::new(move |before: Option<bool>| {
        let is_there = formation.set.with(Option::is_some);
        if before == Some(false) && is_there {
            show_top(engine);
        }
        is_there
    });
    let is_watched = Memo::new(move |_| formation.progress.with(Option::is_some));
    view! {
        <div class="deploy-engine" data-testid="formation" node_ref=engine>
            {move || head(job, &formation.known.get())}
            {move || formation.problem.get().map(problem)}
            <Now />
            {move || formation.leftovers.get().map(|left| view! { <LeftoversView left=left /> })}
            {move || formation.drift.get().map(|drift| view! { <DriftView drift=drift /> })}
            {move || formation.set.get().map(|set| view! { <Changes set=set /> })}
            {move || is_watched.get().then(|| view! { <ProgressView /> })}
        </div>
    }
}

/// Scrolls to where the engine begins.
fn show_top(engine: NodeRef<leptos::html::Div>) {
    let Some(element) = engine.get_untracked() else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Start);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The stack, and what can be done with it.
fn head(job: Job, known: &Known) -> Option<AnyView> {
    match known {
        Known::Nothing => None,
        Known::None => Some(
            view! {
                <p>{t("ui.deploy.formation.none")}</p>
                <div class="btn-row">{prepare(job, "ui.deploy.formation.prepare")}</div>
            }
            .into_any(),
        ),
        Known::Stack(seen) => Some(of_stack(job, seen)),
    }
}

fn prepare(job: Job, key: &'static str) -> AnyView {
    let formation = job.formation;
    let idle = move || formation.set.with(Option::is_none);
    // What the account offers is chosen ahead as soon as it is known: who is quicker would be told that it is missing.
    let asking = move || job.offers.with(|offers| *offers == Offers::Asking);
    (move || {
        idle().then(|| {
            view! {
                <BusyButton
                    icon="search"
                    look="primary"
                    label=move || t(key)
                    busy=Signal::derive(move || formation.doing.with(Option::is_some) || job.errors() > 0 || asking())
                    on_press=move || job.prepare_changes()
                />
            }
        })
    })
    .into_any()
}

fn of_stack(job: Job, seen: &Arc<Seen>) -> AnyView {
    let status = seen.status.clone();
    let (tone, actions) = match seen.stand() {
        Stand::Review | Stand::Gone => (Tone::Quiet, prepare(job, "ui.deploy.formation.prepare")),
        Stand::Busy => (Tone::Now, cancel(job)),
        Stand::Up => (
            Tone::Fine,
            view! {
                {prepare(job, "ui.deploy.formation.prepare_update")}
                {act(job, "eye", "ui.deploy.formation.drift", move || job.find_drift())}
                <Delete />
            }
            .into_any(),
        ),
        Stand::Dead => (Tone::Bad, view! { <Delete /> }.into_any()),
        Stand::Stuck => (
            Tone::Bad,
            view! {
                {act(job, "reset", "ui.deploy.formation.continue", move || job.continue_rollback())}
                <Delete />
            }
            .into_any(),
        ),
    };
    let reason = (!seen.reason.is_empty() && tone == Tone::Bad).then(|| {
        view! { <blockquote class="refused-words" lang="en">{seen.reason.clone()}</blockquote> }
    });
    let can_delete = Formation::can_delete(seen);
    // What was found before is old news while AWS is at it.
    let formation = job.formation;
    let is_at_it = Memo::new(move |_| formation.doing.get() == Some(Doing::Following));
    let shown = status.clone();
    let chip = move || {
        let now = formation.progress.with(|progress| progress.as_ref().map(|one| one.status.clone()));
        match now.filter(|status| is_at_it.get() && !status.is_empty()) {
            Some(now) => view! { <span class="deploy-chip now-tone">{status_text(&now)}</span> }.into_any(),
            None => {
                view! { <span class=format!("deploy-chip {}", tone.class())>{status_text(&shown)}</span> }.into_any()
            }
        }
    };
    view! {
        <div class="deploy-stack" data-stack-status=status>
            <p class="deploy-stack-name">
                <Icon name="group" />
                <strong>{seen.name.clone()}</strong>
                {chip}
            </p>
            {reason}
            {(!can_delete).then(|| view! { <p class="deploy-help">{t("ui.deploy.formation.protected")}</p> })}
            <div class="btn-row" hidden=move || is_at_it.get()>{actions}</div>
        </div>
    }
    .into_any()
}

/// A status in words, or as AWS writes it.
pub(super) fn status_text(status: &str) -> String {
    t_if(&status_key(status)).unwrap_or_else(|| status.to_owned())
}

fn act(job: Job, icon: &'static str, key: &'static str, press: impl Fn() + Send + Sync + 'static) -> AnyView {
    let busy = Signal::derive(move || job.formation.doing.with(Option::is_some));
    view! { <BusyButton icon=icon label=move || t(key) busy=busy on_press=move || press() /> }.into_any()
}

fn cancel(job: Job) -> AnyView {
    let press = move || job.cancel();
    view! { <Button icon="close" label=move || t("ui.deploy.formation.cancel") on_press=press /> }.into_any()
}

/// What is under way.
#[component]
fn Now() -> impl IntoView {
    let job = use_job();
    let formation = job.formation;
    // Not made anew with each event: a button that goes while one presses it is none.
    let with_cancel = Memo::new(move |_| {
        formation.doing.get() == Some(Doing::Following)
            && formation.progress.with(|progress| {
                progress.as_ref().is_some_and(|progress| {
                    !progress.rolling_back && !progress.ended && stand(&progress.status) == Stand::Busy
                })
            })
    });
    move || {
        let doing = formation.doing.get()?;
        Some(view! {
            <div class="deploy-progress" role="status">
                <span class="deploy-spinner" aria-hidden="true"></span>
                <span>{t(&format!("ui.deploy.formation.doing.{}", doing.key()))}</span>
                {move || with_cancel.get().then(|| cancel(job))}
            </div>
        })
    }
}

/// Why it was not done.
fn problem(problem: Arc<Problem>) -> AnyView {
    let job = use_job();
    let (tone, words) = match &*problem {
        Problem::Call(error) => (Tone::Bad, trouble::view(error)),
        Problem::NoChanges => (Tone::Fine, paragraph(&problem)),
        Problem::Missing(_) | Problem::Busy { .. } | Problem::Stale | Problem::Slow => {
            (Tone::Warning, paragraph(&problem))
        }
        _ => (Tone::Bad, paragraph(&problem)),
    };
    let advice = problem.explained().map(|key| view! { <p>{with_code(&t(key))}</p> });
    let causes = match &*problem {
        Problem::ChangeSetFailed { causes, .. } => super::progress::causes(causes),
        _ => ().into_any(),
    };
    let next = match &*problem {
        Problem::Call(_) | Problem::Slow | Problem::Busy { .. } => {
            let again = move || match job.formation.progress.with_untracked(Option::is_some) {
                true => job.resume(),
                false => job.look(),
            };
            view! { <Button icon="refresh" label=move || t("ui.dialog.retry") on_press=again /> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <Callout tone=tone>
            {words}
            {advice}
            {causes}
            {next}
        </Callout>
    }
    .into_any()
}

fn paragraph(problem: &Problem) -> AnyView {
    view! { <p>{with_code(&say(&problem.phrase()))}</p> }.into_any()
}

/// How the engine stands, at a glance: tone and words. Tracked.
pub(in crate::deploy) fn glance(job: Job) -> Option<(Tone, String)> {
    let formation = job.formation;
    if let Some(doing) = formation.doing.get() {
        let done =
            formation.progress.with(|progress| progress.as_ref().map(|progress| super::progress::count(progress)));
        let words = match done {
            Some((done, all)) if doing == Doing::Following && all > 0 => {
                t_with("ui.deploy.formation.count", &[("done", &done.to_string()), ("all", &all.to_string())])
            }
            _ => t(&format!("ui.deploy.formation.doing.{}", doing.key())),
        };
        return Some((Tone::Now, words));
    }
    if formation.problem.with(|problem| problem.as_ref().is_some_and(|problem| **problem != Problem::NoChanges)) {
        return Some((Tone::Bad, t("ui.deploy.formation.glance_problem")));
    }
    if let Some(set) = formation.set.get() {
        let n = set.changes.len();
        return Some((Tone::Now, crate::words::t_count("ui.deploy.formation.to_review", n)));
    }
    let known = formation.known.get();
    let seen = known.stack()?;
    let tone = match seen.stand() {
        Stand::Up => Tone::Fine,
        Stand::Busy => Tone::Now,
        Stand::Dead | Stand::Stuck => Tone::Bad,
        Stand::Review | Stand::Gone => return None,
    };
    Some((tone, format!("{} · {}", seen.name, status_text(&seen.status))))
}
