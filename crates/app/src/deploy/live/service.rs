//! One service: its counts, its tasks, its targets, what it says, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::live::{Container, Event, Place, ServiceState, Sight, Target, Task, redeploy, scale};
use trazo_stack::Element;

use super::logs::Logs;
use crate::app::with_code;
use crate::deploy::bits::{BusyButton, Callout, Tone};
use crate::deploy::client::client;
use crate::deploy::clock::span;
use crate::deploy::job::use_job;
use crate::deploy::place::NodeLink;
use crate::deploy::trouble;
use crate::deploy::world;
use crate::ui::{Button, Icon};
use crate::words::{t, t_count, t_if, t_with};

/// A service.
#[component]
pub(super) fn ServiceView(
    /// Its place among the services.
    at: usize,
    /// Where it is.
    place: Place,
) -> impl IntoView {
    let live = use_job().live;
    let seen = Memo::new(move |_| live.sights.with(|sights| sights.get(&at).cloned()));
    let element = Element::Node(Arc::clone(&place.node));
    let kept = StoredValue::new(place.clone());
    // What can be done stands apart from what is seen, which is looked at again and again: what one writes there stays.
    let desired = Memo::new(move |before: Option<&Option<u32>>| match seen.get().as_deref() {
        Some(Ok(sight)) => sight.service.as_ref().map(|service| service.desired),
        // A look that fails says nothing of the service.
        _ => before.copied().flatten(),
    });
    let is_up = Memo::new(move |_| desired.get().is_some());
    let state = move || {
        match seen.get().as_deref() {
        None => view! { <p class="deploy-progress" role="status"><span class="deploy-spinner" aria-hidden="true"></span> {t("ui.deploy.live.looking")}</p> }.into_any(),
        Some(Err(error)) => {
            let words = trouble::view(error);
            view! { <Callout tone=Tone::Bad>{words}</Callout> }.into_any()
        }
        Some(Ok(Sight { service: None, .. })) => view! { <p>{t("ui.deploy.live.gone")}</p> }.into_any(),
        Some(Ok(Sight { service: Some(service), .. })) => counts(service),
    }
    };
    let parts = move || match seen.get().as_deref() {
        Some(Ok(Sight { service: Some(service), targets })) => Some(parts(service, targets)),
        _ => None,
    };
    view! {
        <section class="deploy-service" data-service=place.service>
            <header>
                <h4><NodeLink element=element /></h4>
            </header>
            {state}
            <Show when=move || is_up.get()>
                <Acts desired=desired place=kept.get_value() />
            </Show>
            {parts}
            <Logs places=place.logs />
        </section>
    }
}

fn counts(service: &ServiceState) -> AnyView {
    let tone = if service.is_steady() { Tone::Fine } else { Tone::Now };
    let counts = [("running", service.running), ("pending", service.pending), ("desired", service.desired)];
    let counts = counts.map(|(key, n)| {
        view! {
            <div>
                <dt>{t(&format!("ui.deploy.live.{key}"))}</dt>
                <dd>{n}</dd>
            </div>
        }
    });
    let deployment = service.deployments.first().map(|one| {
        view! { <span class=format!("deploy-chip {}", tone.class())>{one.task_definition.clone()} " · " {rollout(&one.rollout)}</span> }
    });
    view! {
        <dl class="deploy-known">{counts.into_iter().collect_view()} <div><dt>{t("ui.deploy.live.version")}</dt><dd>{deployment}</dd></div></dl>
    }
    .into_any()
}

fn parts(service: &ServiceState, targets: &[(String, Vec<Target>)]) -> AnyView {
    let targets: Vec<AnyView> = targets.iter().flat_map(|(_, all)| all).map(target).collect();
    view! {
        {list("ui.deploy.live.tasks", service.tasks.iter().map(task).collect())}
        {list("ui.deploy.live.stopped", service.stopped.iter().map(task).collect())}
        {list("ui.deploy.live.targets", targets)}
        {list("ui.deploy.live.events", service.events.iter().map(event).collect())}
    }
    .into_any()
}

/// How far the tasks of a version have come, in words or as AWS writes it.
fn rollout(state: &str) -> String {
    t_if(&format!("ui.deploy.live.rollout.{state}")).unwrap_or_else(|| state.to_owned())
}

fn list(key: &'static str, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <h5>{t(key)}</h5>
            <ul class="deploy-rows compact">{rows}</ul>
        }
        .into_any()
    })
}

fn ago(at: Option<u64>) -> Option<String> {
    at.map(|at| t_with("ui.deploy.live.ago", &[("span", &span(world::now().saturating_sub(at)))]))
}

fn row(tone: Tone, head: AnyView, words: AnyView, state: String) -> AnyView {
    let icon = match tone {
        Tone::Now => view! { <span class="deploy-spinner" aria-hidden="true"></span> }.into_any(),
        other => view! { <Icon name=other.icon() /> }.into_any(),
    };
    view! {
        <li class=format!("deploy-row {}", tone.class())>
            <span class="deploy-row-mark">{icon}</span>
            <div class="deploy-row-words"><p>{head}</p> {words}</div>
            <span class="deploy-row-state">{state}</span>
        </li>
    }
    .into_any()
}

fn explained(key: Option<&'static str>) -> Option<AnyView> {
    key.map(|key| view! { <p class="deploy-help">{with_code(&t(key))}</p> }.into_any())
}

fn task(task: &Task) -> AnyView {
    let tone = match (task.status.as_str(), task.health.as_str()) {
        ("RUNNING", "UNHEALTHY") => Tone::Bad,
        ("RUNNING", _) => Tone::Fine,
        ("STOPPED", _) => Tone::Warning,
        _ => Tone::Now,
    };
    let reason = (!task.reason.is_empty())
        .then(|| view! { <blockquote class="refused-words" lang="en">{task.reason.clone()}</blockquote> });
    let containers = task.containers.iter().filter(|one| one.exit.is_some() || !one.reason.is_empty()).map(container);
    let id: String = task.id.chars().take(12).collect();
    let head = view! { <code>{id}</code> " " <span class="quiet">{ago(task.at)}</span> }.into_any();
    let words = view! { {reason} {explained(task.explain)} {containers.collect_view()} }.into_any();
    row(tone, head, words, task.status.clone())
}

fn container(one: &Container) -> AnyView {
    let exit = one.exit.map(|code| t_with("ui.deploy.live.exit", &[("code", &code.to_string())]));
    view! {
        <p><strong>{one.name.clone()}</strong> " " {exit} " " <span class="quiet" lang="en">{one.reason.clone()}</span></p>
        {explained(one.explain)}
    }
    .into_any()
}

fn target(target: &Target) -> AnyView {
    let tone = match target.state.as_str() {
        "healthy" => Tone::Fine,
        "initial" | "draining" => Tone::Now,
        "unhealthy" | "unavailable" => Tone::Bad,
        _ => Tone::Quiet,
    };
    let port = target.port.map(|port| format!(":{port}"));
    let head = view! { <code>{target.id.clone()} {port}</code> " " <span class="quiet">{target.zone.clone()}</span> }
        .into_any();
    row(tone, head, explained(Some(target.explain)).into_any(), target.state.clone())
}

fn event(event: &Event) -> AnyView {
    let head = view! { <span lang="en">{event.message.clone()}</span> }.into_any();
    row(Tone::Quiet, head, explained(event.explain).into_any(), ago(event.at).unwrap_or_default())
}

/// More or fewer tasks, and new ones.
#[component]
fn Acts(
    /// How many tasks the service is to have.
    desired: Memo<Option<u32>>,
    place: Place,
) -> impl IntoView {
    let job = use_job();
    // What was written, until when the field follows the service.
    let written = RwSignal::new(None::<u32>);
    let wanted = move || written.get().or_else(|| desired.get()).unwrap_or_default();
    let busy = RwSignal::new(false);
    let told = RwSignal::new(None::<Result<String, Arc<trazo_provision::CallError>>>);
    let place = StoredValue::new(place);
    let region = move || untrack(|| job.region());
    let scale_now = move || {
        let Some(client) = client(&region()) else { return };
        busy.set(true);
        spawn_local(async move {
            let (place, n) = (place.get_value(), untrack(wanted));
            let done = scale(&client, &place.cluster, &place.service, n).await;
            if busy.try_set(false).is_none() {
                told.set(Some(
                    done.map_err(Arc::new)
                        .map(|scaled| scaled.explain.map_or_else(|| t_count("ui.deploy.live.scaled", n as usize), t)),
                ));
            }
        });
    };
    let renew = move || {
        let Some(client) = client(&region()) else { return };
        busy.set(true);
        spawn_local(async move {
            let place = place.get_value();
            let done = redeploy(&client, &place.cluster, &place.service).await;
            if busy.try_set(false).is_none() {
                told.set(Some(done.map_err(Arc::new).map(|()| t("ui.deploy.live.redeployed"))));
            }
        });
    };
    let shown = move || {
        told.get().map(|told| match told {
            Ok(words) => view! { <p role="status">{with_code(&words)}</p> }.into_any(),
            Err(error) => view! { <Callout tone=Tone::Bad>{trouble::view(&error)}</Callout> }.into_any(),
        })
    };
    view! {
        <div class="btn-row deploy-acts">
            <label class="deploy-inline">
                <span>{move || t("ui.deploy.live.tasks_wanted")}</span>
                <input
                    class="input"
                    type="number"
                    min="0"
                    max="100"
                    prop:value=move || wanted().to_string()
                    on:input=move |event| {
                        if let Ok(n) = event_target_value(&event).parse() { written.set(Some(n)); }
                    }
                />
            </label>
            <BusyButton label=move || t("ui.deploy.live.scale") busy=busy on_press=scale_now />
            <Button icon="refresh" label=move || t("ui.deploy.live.redeploy") disabled=busy on_press=renew />
        </div>
        {shown}
    }
}
