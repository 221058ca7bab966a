//! The fourth step: what is up, how it does, and small acts upon it. It looks again and again while the step is open.

mod console;
mod logs;
mod service;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::formation::{Formation, Problem};
use trazo_provision::live::{Address, Place, Sight, addresses, look, places, watch};
use trazo_provision::{CallError, Later};

use self::console::Console;
use self::service::ServiceView;
use super::bits::{Callout, Glance, Tone};
use super::client::client;
use super::job::{Engine, Job, use_job};
use super::room::room;
use super::steps::Teaching;
use super::trouble;
use super::world::Browser;
use crate::words::{t, t_count, t_with};

/// How one service does, or why that is not known.
pub(super) type Look = Result<Sight, CallError>;

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct LiveJob {
    pub(super) places: RwSignal<Arc<Vec<Place>>>,
    pub(super) addresses: RwSignal<Arc<Vec<Address>>>,
    /// The last look at each service, by its place in the list.
    pub(super) sights: RwSignal<BTreeMap<usize, Arc<Look>>>,
    /// Why it is not known where to look.
    problem: RwSignal<Option<Arc<CallError>>>,
}

impl LiveJob {
    pub(super) fn new() -> Self {
        Self {
            places: RwSignal::new(Arc::default()),
            addresses: RwSignal::new(Arc::default()),
            sights: RwSignal::new(BTreeMap::new()),
            problem: RwSignal::new(None),
        }
    }

    fn has_any(&self) -> bool {
        self.places.with(|all| !all.is_empty()) || self.addresses.with(|all| !all.is_empty())
    }
}

/// How the step stands. Tracked.
pub(super) fn glance(job: Job) -> Glance {
    let live = job.live;
    let sums = live.sights.with(|sights| {
        let services = sights.values().filter_map(|look| look.as_ref().as_ref().ok()?.service.as_ref());
        services.fold(None, |sum: Option<(u32, u32)>, one| {
            let (running, desired) = sum.unwrap_or_default();
            Some((running + one.running, desired + one.desired))
        })
    });
    match sums {
        Some((running, desired)) => {
            let args = [("running", running.to_string()), ("desired", desired.to_string())];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let tone = if running >= desired { Tone::Fine } else { Tone::Now };
            Glance::new(tone, t_with("ui.deploy.live.tasks_of", &args))
        }
        None if live.has_any() => {
            Glance::new(Tone::Fine, t_count("ui.deploy.live.addresses", live.addresses.with(|all| all.len())))
        }
        None => Glance::new(Tone::Quiet, t("ui.deploy.running.glance_none")),
    }
}

/// The step.
#[component]
pub(super) fn LiveStep() -> impl IntoView {
    let job = use_job();
    let alive = Rc::new(Cell::new(true));
    let kept = StoredValue::new_local(Rc::clone(&alive));
    on_cleanup(move || kept.with_value(|alive| alive.set(false)));
    Effect::new(move || {
        // What is up is another thing after each operation.
        job.formation.known.track();
        job.run.phase.track();
        if room().session.caller().is_some() {
            find(job, &kept.get_value());
        }
    });
    let live = job.live;
    move || {
        if !live.has_any() {
            let problem =
                live.problem.get().map(|error| view! { <Callout tone=Tone::Bad>{trouble::view(&error)}</Callout> });
            return view! {
                {problem}
                <Teaching icon="eye" of="running" />
            }
            .into_any();
        }
        let services = live
            .places
            .get()
            .iter()
            .cloned()
            .enumerate()
            .map(|(at, place)| {
                view! { <ServiceView at=at place=place /> }
            })
            .collect_view();
        view! {
            <Console />
            <div class="deploy-services">{services}</div>
        }
        .into_any()
    }
}

/// Finds out where to look, and begins.
fn find(job: Job, alive: &Rc<Cell<bool>>) {
    let alive = Rc::clone(alive);
    let stack = job.stack();
    match job.engine.get_untracked() {
        Engine::Steps => {
            let Some(run) = untrack(|| job.run.run()) else { return };
            let bindings = run.bindings();
            let ids = |id: &str| bindings.get(id, "").and_then(|value| value.as_str().map(str::to_owned));
            let outputs = run.outputs();
            let value = |name: &str| outputs.get(name).and_then(|value| value.as_str().map(str::to_owned));
            let found = (places(&stack, &ids), addresses(&stack, &value));
            drop(bindings);
            begin(job, found, &alive);
        }
        Engine::CloudFormation => {
            let Some(seen) = job.formation.known.with_untracked(|known| known.stack().cloned()) else {
                // What was up is gone.
                return begin(job, (Vec::new(), Vec::new()), &alive);
            };
            let Some(client) = client(&untrack(|| job.region())) else { return };
            spawn_local(async move {
                let physical = match Formation::new(&client, &Browser).physical(&seen.id).await {
                    Ok(physical) => physical,
                    Err(Problem::Call(error)) => {
                        let _ = job.live.problem.try_set(Some(Arc::new(error)));
                        return;
                    }
                    Err(_) => return,
                };
                let ids = |id: &str| physical.get(id).cloned();
                let value =
                    |name: &str| seen.outputs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
                let found = (places(&stack, &ids), addresses(&stack, &value));
                begin(job, found, &alive);
            });
        }
    }
}

/// Looks at each service until the step is folded, the design is left or the credentials are gone.
fn begin(job: Job, (places, addresses): (Vec<Place>, Vec<Address>), alive: &Rc<Cell<bool>>) {
    let live = job.live;
    if live.problem.try_set(None).is_some() {
        return;
    }
    live.addresses.set(Arc::new(addresses));
    if live.places.with_untracked(|known| **known == places)
        && live.sights.with_untracked(|sights| !sights.is_empty())
        && alive.get()
        && STARTED.get() == Rc::as_ptr(alive) as usize
    {
        return;
    }
    STARTED.set(Rc::as_ptr(alive) as usize);
    live.sights.set(BTreeMap::new());
    live.places.set(Arc::new(places.clone()));
    for (at, place) in places.into_iter().enumerate() {
        let alive = Rc::clone(alive);
        let Some(client) = client(&untrack(|| job.region())) else { return };
        spawn_local(async move {
            let (client, place) = (Rc::new(client), Rc::new(place));
            let mut again = || -> Later<'static, Look> {
                let (client, place) = (Rc::clone(&client), Rc::clone(&place));
                Box::pin(async move { look(&*client, &place).await })
            };
            let mut show = |seen: &Look| {
                let _ = live.sights.try_update(|sights| sights.insert(at, Arc::new(seen.clone())));
            };
            watch(&Browser, &mut again, &mut show, &|| !alive.get() || !job.studio.is_open()).await;
        });
    }
}

thread_local! {
    /// For which showing of the step the looking has begun.
    static STARTED: Cell<usize> = const { Cell::new(0) };
}
