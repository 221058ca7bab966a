//! All that the place of the deployment shows: who asks at the top, and below it the way in four steps.

use leptos::prelude::*;
use trazo_model::Target;

use super::bits::Stage;
use super::clock::span;
use super::create::{self, CreateStep};
use super::credentials::{self, CredentialsStep};
use super::job::{Engine, Job, open_job};
use super::live::{self, LiveStep};
use super::offers::offer;
use super::part::Work;
use super::plan::{self, PlanStep};
use super::room::{Step, room};
use super::session::Without;
use crate::studio::use_studio;
use crate::ui::{Button, Icon};
use crate::words::{t, t_with};

struct Here;

/// The part, with the texts that it says.
pub(super) fn here() -> &'static dyn Work {
    trazo_texts::load_deploy();
    &Here
}

impl Work for Here {
    fn panel(&self) -> AnyView {
        room().transport.look();
        view! { <Panel /> }.into_any()
    }
}

#[component]
fn Panel() -> impl IntoView {
    let room = room();
    let job = open_job(use_studio());
    provide_context(job);
    let credentials = Memo::new(move |_| credentials::glance());
    let plan = Memo::new(move |_| plan::glance(job));
    let create = Memo::new(move |_| create::glance(job));
    let running = Memo::new(move |_| live::glance(job));
    resume(job);
    offer(job);
    view! {
        <div class="deploy">
            <Who />
            <div class="deploy-steps">
                <Stage
                    number=1
                    id="credentials"
                    title=move || t("ui.deploy.credentials.title")
                    glance=credentials
                    open=room.open(Step::Credentials)
                >
                    <CredentialsStep />
                </Stage>
                <Stage number=2 id="plan" title=move || t("ui.deploy.plan.title") glance=plan open=room.open(Step::Plan)>
                    <PlanStep />
                </Stage>
                <Stage
                    number=3
                    id="create"
                    title=move || t("ui.deploy.create.title")
                    glance=create
                    open=room.open(Step::Create)
                >
                    <CreateStep />
                </Stage>
                <Stage
                    number=4
                    id="running"
                    title=move || t("ui.deploy.running.title")
                    glance=running
                    open=room.open(Step::Running)
                >
                    <LiveStep />
                </Stage>
            </div>
        </div>
    }
}

/// As soon as it is known who asks, what was deployed before is found again: in the account, or in the journal.
fn resume(job: Job) {
    Effect::new(move || {
        if room().session.caller().is_none() {
            return;
        }
        match job.engine.get() {
            Engine::CloudFormation => job.look(),
            Engine::Steps => job.open_run(),
        }
    });
}

/// Who asks, where, and for how long: always in sight.
#[component]
fn Who() -> impl IntoView {
    let session = room().session;
    let studio = use_studio();
    let held = Memo::new(move |_| session.held().is_some());
    let name = move || match session.caller() {
        Some(caller) => format!("{} · {}", caller.name(), caller.account_shown()),
        None => session.held().map(|held| held.credentials.short_id()).unwrap_or_default(),
    };
    let region = move || {
        studio.revision.track();
        studio.design(|design| design.region().to_owned())
    };
    let left = Memo::new(move |_| session.left().map(|left| t_with("ui.deploy.who.left", &[("span", &span(left))])));
    let hurry = Memo::new(move |_| session.hurry());
    let without = move || {
        let key = match session.without.get() {
            Without::Yet => "ui.deploy.who.none",
            Without::Forgotten => "ui.deploy.who.forgotten",
            Without::Expired => "ui.deploy.who.expired",
        };
        t(key)
    };
    view! {
        <header class="deploy-who" data-testid="deploy-who">
            <Icon name="key" />
            {move || {
                if held.get() {
                    view! {
                        <strong class="clip">{name}</strong>
                        <button
                            type="button"
                            class="deploy-region"
                            data-tip=move || t("ui.deploy.who.region")
                            on:click=move |_| studio.reveal(&Target::Design, "region")
                        >
                            {region}
                        </button>
                        <span
                            class="deploy-left"
                            class:soon=move || hurry.get() == 1
                            class:very-soon=move || hurry.get() == 2
                            data-testid="deploy-left"
                        >
                            {left}
                        </span>
                        <span class="deploy-gap"></span>
                        <Button
                            look="plain"
                            icon="trash"
                            label=move || t("ui.deploy.who.forget")
                            on_press=move || session.forget(Without::Forgotten)
                        />
                    }
                        .into_any()
                } else {
                    view! { <span class="quiet" role="status">{without}</span> }.into_any()
                }
            }}
            // Said aloud when it becomes urgent, not each second.
            <span class="sr-only" role="status">
                {move || (hurry.get() > 0).then(|| left.get_untracked())}
            </span>
        </header>
    }
}
