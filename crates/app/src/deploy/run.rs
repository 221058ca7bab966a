//! The step-by-step engine at work: which deployment it is at, and what it is told to do.

mod over;
mod row;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::formation::stack_name;
use trazo_provision::steps::{
    Around, Begun, Change, Hold, Journal, Order, Phase, Removal, Run, StepState, StepView, Trouble, Untaken,
};
use trazo_provision::{Client, World};

use super::client::client;
use super::job::Job;
use super::journal::Browsers;
use super::room::room;
use super::tabs;
use super::world::Browser;
use crate::files::target_of;
use crate::studio::{Failure, Progress};

pub(super) use view::{RunView, glance};

/// How often it is looked what another tab does, in milliseconds.
const GLANCE: u32 = 1_500;

/// What a person tells the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Next,
    All,
    Retry,
    TakeBack,
    /// Finds out what is there of a deployment that was begun elsewhere.
    TakeOver,
}

/// What stands in the way before there is a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Barrier {
    /// The design cannot be made step by step.
    Untaken(Untaken),
    /// The browser keeps no journal.
    Journal,
}

/// A step as it stands. Two of them are the same where they are one: what went out and came back may be long.
#[derive(Clone)]
pub(super) struct Seen(Arc<StepView>);

impl Seen {
    fn new(view: StepView) -> Self {
        Self(Arc::new(view))
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Seen {
    type Target = StepView;

    fn deref(&self) -> &StepView {
        &self.0
    }
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct RunJob {
    run: RwSignal<Option<Rc<Run>>, LocalStorage>,
    /// The steps as they stand.
    pub(super) views: RwSignal<Vec<Seen>>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) trouble: RwSignal<Option<Arc<Trouble>>>,
    pub(super) barrier: RwSignal<Option<Arc<Barrier>>>,
    /// What the last taking back found and left.
    pub(super) removal: RwSignal<Arc<Removal>>,
    /// What was begun of this design elsewhere, as the account tells.
    pub(super) begun: RwSignal<Vec<Begun>>,
    /// Why it could not be taken over.
    pub(super) refused: RwSignal<Option<Arc<Trouble>>>,
    /// When the tab that is at it was last heard of, where that is another one.
    pub(super) heard: RwSignal<Option<u64>>,
    /// Whether an act is under way.
    pub(super) busy: RwSignal<bool>,
    /// Whether the person wants it to stop after this step.
    pub(super) pausing: RwSignal<bool>,
    looking: RwSignal<bool>,
    watching: RwSignal<bool>,
    /// The latest deployment of the design when the journal was read.
    seen: StoredValue<Option<String>>,
}

impl RunJob {
    pub(super) fn new() -> Self {
        Self {
            run: RwSignal::new_local(None),
            views: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Fresh),
            trouble: RwSignal::new(None),
            barrier: RwSignal::new(None),
            removal: RwSignal::new(Arc::default()),
            begun: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            heard: RwSignal::new(None),
            busy: RwSignal::new(false),
            pausing: RwSignal::new(false),
            looking: RwSignal::new(false),
            watching: RwSignal::new(false),
            seen: StoredValue::new(None),
        }
    }

    /// The deployment that it is at. Tracked.
    pub(super) fn run(&self) -> Option<Rc<Run>> {
        self.run.get()
    }

    /// The deployment that it is at. Not tracked.
    pub(super) fn now(&self) -> Option<Rc<Run>> {
        self.run.get_untracked()
    }

    /// Whether anything of it is, or may be, in the account. Tracked.
    pub(super) fn is_begun(&self) -> bool {
        self.run.with(Option::is_some) && !matches!(self.phase.get(), Phase::Fresh | Phase::Removed)
    }
}

impl Job {
    /// Takes up the deployment that the journal has of this design, or begins one of which nothing was asked yet.
    pub(super) fn open_run(self) {
        let job = self.run;
        if job.run.with_untracked(Option::is_some) || job.looking.get_untracked() {
            return;
        }
        let Some(caller) = untrack(|| room().session.caller()) else { return };
        job.looking.set(true);
        spawn_local(async move {
            let found = self.find_run(&caller.account).await;
            if job.looking.try_set(false).is_some() {
                return;
            }
            self.take_run(found);
            self.look_elsewhere().await;
        });
    }

    async fn find_run(self, account: &str) -> Result<Run, Barrier> {
        let latest = Browsers.latest(&self.id()).await.map_err(|_| Barrier::Journal)?;
        let _ = self.run.seen.try_set_value(latest.clone());
        let mut token = self.new_token();
        if let Some(latest) = latest {
            let records = Browsers.read(&latest).await.map_err(|_| Barrier::Journal)?;
            match Run::resume(&records) {
                // One that is over is history: a new one begins.
                Ok(run) if run.phase() != Phase::Removed => return Ok(run),
                // Another tab may be about to begin: only one of the two will.
                _ if records.is_empty() => token = latest,
                _ => {}
            }
        }
        self.fresh_run(account, &token)
    }

    fn new_token(self) -> String {
        Begun::token(&self.id(), Browser.random())
    }

    fn fresh_run(self, account: &str, token: &str) -> Result<Run, Barrier> {
        let parameters: Vec<(String, String)> = self.given.get_untracked().into_iter().collect();
        let run = self.studio.design(|design| {
            Run::new(Order {
                design,
                stack: &stack_name(&self.id(), design.name()),
                token,
                account,
                region: design.region(),
                parameters: &parameters,
            })
        });
        run.map_err(Barrier::Untaken)
    }

    fn take_run(self, found: Result<Run, Barrier>) {
        match found {
            Ok(run) => {
                self.run.barrier.set(None);
                self.run.run.set(Some(Rc::new(run)));
                self.show_run();
                self.watch_run();
            }
            Err(barrier) => self.run.barrier.set(Some(Arc::new(barrier))),
        }
    }

    /// Begins anew: after all was taken away, or where the design has changed before anything was asked.
    pub(super) fn renew_run(self) {
        if self.run.busy.get_untracked() {
            return;
        }
        let Some(caller) = untrack(|| room().session.caller()) else { return };
        let fresh = self.run.now().filter(|run| run.phase() == Phase::Fresh && !run.head().elsewhere);
        let token = fresh.map_or_else(|| self.new_token(), |run| run.head().token.clone());
        self.take_run(self.fresh_run(&caller.account, &token));
    }

    /// Does what the person asked for.
    pub(super) fn act(self, act: Act) {
        let job = self.run;
        // Values for parameters may have been given since the steps were made; nothing was asked yet.
        let given = self.given.get_untracked();
        let is_late = job.now().is_some_and(|run| !run.head().parameters.iter().eq(given.iter()));
        if job.phase.get_untracked() == Phase::Fresh && is_late {
            self.renew_run();
        }
        let Some(run) = job.now() else { return };
        let Some(caller) = untrack(|| room().session.caller()) else { return };
        let Some(client) = client(&run.head().region) else { return room().session.check() };
        if job.busy.get_untracked() {
            return;
        }
        job.busy.set(true);
        job.pausing.set(false);
        job.refused.set(None);
        spawn_local(async move {
            match self.begin_run(&run).await {
                Ok(_) if act == Act::TakeOver => {
                    self.drive(act, &run, &client, &caller.account).await;
                    self.taken_over(&run, &caller.account).await;
                }
                Ok(true) => self.drive(act, &run, &client, &caller.account).await,
                // Another tab was quicker: what it does is shown.
                Ok(false) => {
                    let found = self.find_run(&caller.account).await;
                    if self.studio.is_open() {
                        self.take_run(found);
                    }
                }
                Err(barrier) => {
                    let _ = job.barrier.try_set(Some(Arc::new(barrier)));
                }
            }
            if job.busy.try_set(false).is_none() {
                job.pausing.set(false);
                room().session.check();
                self.show_run();
                if run.phase() == Phase::Elsewhere {
                    self.watch_run();
                }
            }
        });
    }

    /// Notes which deployment it is before anything is asked, so that a reload finds it; whether it is the only one.
    async fn begin_run(self, run: &Run) -> Result<bool, Barrier> {
        if run.phase() != Phase::Fresh || run.head().elsewhere {
            return Ok(true);
        }
        let seen = self.run.seen.try_get_value().flatten();
        let token = &run.head().token;
        let noted = Browsers.set_latest(&self.id(), seen.as_deref(), token).await;
        let records = if seen.as_ref() == Some(token) { Browsers.read(token).await } else { Ok(Vec::new()) };
        let (Ok(noted), Ok(records)) = (noted, records) else { return Err(Barrier::Journal) };
        let only = noted && records.is_empty();
        if only {
            let _ = self.run.seen.try_set_value(Some(token.clone()));
        }
        Ok(only)
    }

    async fn drive(self, act: Act, run: &Run, client: &Client, account: &str) {
        let told = |change: Change| self.tell_run(change);
        let tab = tabs::name();
        let around = Around { caller: client, world: &Browser, journal: &Browsers, tab: &tab, account, told: &told };
        match act {
            Act::Next => run.next(&around).await,
            Act::All => run.run_all(&around).await,
            Act::Retry => run.retry(&around).await,
            Act::TakeBack => run.take_back(&around).await,
            Act::TakeOver => run.take_over(&around).await,
        }
    }

    /// Looks whether another tab is at it, again and again as long as one is.
    fn watch_run(self) {
        let job = self.run;
        if job.watching.get_untracked() || job.phase.get_untracked() == Phase::Fresh {
            return;
        }
        job.watching.set(true);
        spawn_local(async move {
            while let Some(Some(run)) = job.run.try_get_untracked() {
                let looked = run.watch(&Browser, &Browsers, &tabs::name()).await;
                if !self.studio.is_open() || job.busy.get_untracked() {
                    break;
                }
                self.show_run();
                if looked.is_err() || run.phase() != Phase::Elsewhere {
                    break;
                }
                Browser.sleep(GLANCE).await;
            }
            let _ = job.watching.try_set(false);
        });
    }

    /// Stops after the step that is under way.
    pub(super) fn pause(self) {
        if let Some(run) = self.run.run.get_untracked() {
            run.pause();
            self.run.pausing.set(true);
        }
    }

    /// Something has changed. A design that was left meanwhile pauses its run: the journal has all of it.
    fn tell_run(self, change: Change) {
        let Some(Some(run)) = self.run.run.try_get_untracked() else { return };
        if !self.studio.is_open() {
            return run.pause();
        }
        match change {
            Change::Step(at) => {
                let seen = run.view(at).map(Seen::new);
                self.run.views.update(|views| {
                    if let (Some(place), Some(seen)) = (views.get_mut(at), seen) {
                        *place = seen;
                    }
                });
                self.mark_run(&run);
            }
            Change::Phase => self.show_run(),
        }
    }

    /// Shows how the run stands: here, on the canvas and among the problems.
    fn show_run(self) {
        let job = self.run;
        let Some(Some(run)) = job.run.try_get_untracked() else { return };
        job.phase.set(run.phase());
        job.trouble.set(run.trouble().map(Arc::new));
        job.removal.set(Arc::new(run.removal()));
        job.heard.set(match run.hold() {
            Some(Hold::Theirs(lease)) => Some(lease.beat),
            _ => None,
        });
        job.views.set(run.views().into_iter().map(Seen::new).collect());
        self.mark_run(&run);
    }

    /// Marks on the canvas and among the problems how the steps stand.
    fn mark_run(self, run: &Run) {
        let views = self.run.views.get_untracked();
        let begun = run.phase() != Phase::Fresh && run.phase() != Phase::Removed;
        let steps = run.steps().iter().zip(&views).filter(|_| begun);
        let failures: Vec<Failure> = steps
            .clone()
            .filter_map(|(step, view)| {
                let trouble = view.trouble.as_ref().filter(|_| is_bad(view.state))?;
                let what = format!("{} ({})", step.logical_id, step.type_name);
                let reason = if trouble.message.is_empty() { trouble.code.clone() } else { trouble.message.clone() };
                Some(Failure { target: target_of(&step.origin.element), what, reason })
            })
            .collect();
        let marks: Vec<_> =
            steps.filter_map(|(step, view)| Some((step.origin.element.clone(), mark(view.state)?))).collect();
        self.show(marks.into_iter(), failures);
    }
}

fn is_bad(state: StepState) -> bool {
    matches!(state, StepState::Failed | StepState::UndoFailed)
}

fn mark(state: StepState) -> Option<Progress> {
    Some(match state {
        StepState::Pending | StepState::Ready => Progress::Pending,
        StepState::Sending | StepState::Unsure | StepState::Checking | StepState::Waiting => Progress::Busy,
        StepState::Done => Progress::Done,
        StepState::Failed | StepState::UndoFailed => Progress::Failed,
        StepState::Undoing => Progress::Leaving,
        StepState::Skipped | StepState::Undone => return None,
    })
}
