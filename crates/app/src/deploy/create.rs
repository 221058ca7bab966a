//! The third step: which engine makes it, and that engine at work.

use leptos::prelude::*;

use super::bits::{Callout, Glance, Tone};
use super::formation::{self, FormationView};
use super::job::{Engine, Job, use_job};
use super::room::{Step, room};
use super::run::{self, RunView};
use super::steps::Teaching;
use crate::app::with_code;
use crate::ui::{Button, Icon, fresh_id};
use crate::words::{t, t_count};

/// How the step stands. Tracked.
pub(super) fn glance(job: Job) -> Glance {
    let told = match job.engine.get() {
        Engine::CloudFormation => formation::glance(job),
        Engine::Steps => run::glance(job),
    };
    match told {
        Some((tone, words)) => Glance::new(tone, words),
        None => Glance::new(Tone::Quiet, t("ui.deploy.create.glance_none")),
    }
}

/// The step.
#[component]
pub(super) fn CreateStep() -> impl IntoView {
    let job = use_job();
    let ready = Memo::new(move |_| room().session.caller().is_some());
    let begun = Memo::new(move |_| job.run.run().is_some());
    let hindered = Memo::new(move |_| (job.is_empty(), job.errors(), job.unchosen()));
    let body = move || {
        match job.engine.get() {
            // What was begun stays in sight, also where the credentials have ended meanwhile.
            Engine::Steps if ready.get() || begun.get() => view! { <RunView /> }.into_any(),
            Engine::CloudFormation if ready.get() => view! { <FormationView /> }.into_any(),
            _ => view! { <Teaching icon="deploy" of="create" /> }.into_any(),
        }
    };
    view! {
        <Engines />
        {move || hindrance(hindered.get())}
        {body}
    }
}

/// What should be mended in the plan first.
fn hindrance((empty, errors, missing): (bool, usize, usize)) -> Option<AnyView> {
    let words = match (empty, errors, missing) {
        (true, ..) => t("deploy.formation.problem.empty"),
        (_, 1.., _) => t_count("ui.deploy.plan.errors_first", errors),
        (.., 1..) => t_count("ui.deploy.plan.missing", missing),
        _ => return None,
    };
    let go = move || room().go(Step::Plan);
    Some(
        view! {
            <Callout tone=Tone::Warning>
                <p>{with_code(&words)}</p>
                <Button look="plain" label=move || t("ui.deploy.create.to_plan") on_press=go />
            </Callout>
        }
        .into_any(),
    )
}

#[component]
fn Engines() -> impl IntoView {
    let job = use_job();
    let group = fresh_id("deploy-engine");
    let busy = move || job.formation.doing.with(Option::is_some) || job.run.busy.get();
    let one = move |(engine, key, icon): (Engine, &'static str, &'static str)| {
        view! {
            <label class="deploy-choice" class:chosen=move || job.engine.get() == engine>
                <input
                    type="radio"
                    name=group.clone()
                    value=key
                    prop:checked=move || job.engine.get() == engine
                    disabled=busy
                    on:change=move |_| job.engine.set(engine)
                />
                <Icon name=icon />
                <span>
                    <strong>{move || t(&format!("ui.deploy.create.{key}"))}</strong>
                    <span class="deploy-help">{move || t(&format!("ui.deploy.create.{key}_help"))}</span>
                </span>
            </label>
        }
    };
    let both = [(Engine::CloudFormation, "formation", "template"), (Engine::Steps, "steps", "outline")];
    view! {
        <div class="deploy-choices" role="radiogroup" aria-label=move || t("ui.deploy.create.engine")>
            {both.into_iter().map(one).collect_view()}
        </div>
    }
}
