//! The step-by-step engine at work: which deployment it is at, and what it is told to do.

mod row;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::World;
use trazo_provision::formation::stack_name;
use trazo_provision::steps::{Around, Change, Order, Phase, Run, StepState, StepView, Trouble, Untaken};

use super::client::client;
use super::job::Job;
use super::journal::Browsers;
use super::room::room;
use super::world::Browser;
use crate::files::target_of;
use crate::studio::{Failure, Progress};

pub(super) use view::{RunView, glance};

/// What a person tells the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Next,
    All,
    Retry,
    TakeBack,
}

/// What stands in the way before there is a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Barrier {
    /// The design cannot be made step by step.
    Untaken(Untaken),
    /// The browser keeps no journal.
    Journal,
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct RunJob {
    run: RwSignal<Option<Rc<Run>>, LocalStorage>,
    /// The steps as they stand.
    pub(super) views: RwSignal<Arc<Vec<StepView>>>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) trouble: RwSignal<Option<Arc<Trouble>>>,
    pub(super) barrier: RwSignal<Option<Arc<Barrier>>>,
    /// Whether an act is under way.
    pub(super) busy: RwSignal<bool>,
    /// Whether the person wants it to stop after this step.
    pub(super) pausing: RwSignal<bool>,
    looking: RwSignal<bool>,
}

impl RunJob {
    pub(super) fn new() -> Self {
        Self {
            run: RwSignal::new_local(None),
            views: RwSignal::new(Arc::default()),
            phase: RwSignal::new(Phase::Fresh),
            trouble: RwSignal::new(None),
            barrier: RwSignal::new(None),
            busy: RwSignal::new(false),
            pausing: RwSignal::new(false),
            looking: RwSignal::new(false),
        }
    }

    /// The deployment that it is at. Tracked.
    pub(super) fn run(&self) -> Option<Rc<Run>> {
        self.run.get()
    }
}

thread_local! {
    /// The name of this tab, which no other has.
    static TAB: String = format!("{:016x}", Browser.random());
}

fn tab() -> String {
    TAB.with(Clone::clone)
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
        });
    }

    async fn find_run(self, account: &str) -> Result<Run, Barrier> {
        use trazo_provision::steps::Journal;
        let latest = Browsers.latest(&self.id()).await.map_err(|_| Barrier::Journal)?;
        if let Some(token) = latest {
            let records = Browsers.read(&token).await.map_err(|_| Barrier::Journal)?;
            let run = if records.is_empty() { None } else { Run::resume(&records).ok() };
            // One that is over is history: a new one begins.
            if let Some(run) = run.filter(|run| run.phase() != Phase::Removed) {
                return Ok(run);
            }
        }
        self.fresh_run(account)
    }

    fn fresh_run(self, account: &str) -> Result<Run, Barrier> {
        let token = format!("{}-{:012x}", self.id(), Browser.random() >> 16);
        let parameters: Vec<(String, String)> = self.given.get_untracked().into_iter().collect();
        let run = self.studio.design(|design| {
            Run::new(Order {
                design,
                stack: &stack_name(&self.id(), design.name()),
                token: &token,
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
        self.take_run(self.fresh_run(&caller.account));
    }

    /// Does what the person asked for.
    pub(super) fn act(self, act: Act) {
        let job = self.run;
        if job.phase.get_untracked() == Phase::Fresh {
            // Values for parameters may have been given since the steps were made; nothing was asked yet.
            self.renew_run();
        }
        let Some(run) = job.run.get_untracked() else { return };
        let Some(caller) = untrack(|| room().session.caller()) else { return };
        let Some(client) = client(&run.head().region) else { return };
        if job.busy.get_untracked() {
            return;
        }
        job.busy.set(true);
        job.pausing.set(false);
        spawn_local(async move {
            // Known before anything is asked, so that a reload finds it.
            let noted = run.phase() != Phase::Fresh || Browsers.set_latest(&self.id(), &run.head().token).await.is_ok();
            if noted {
                let told = |change: Change| self.tell_run(change);
                let tab = tab();
                let around = Around {
                    caller: &client,
                    world: &Browser,
                    journal: &Browsers,
                    tab: &tab,
                    account: &caller.account,
                    told: &told,
                };
                match act {
                    Act::Next => run.next(&around).await,
                    Act::All => run.run_all(&around).await,
                    Act::Retry => run.retry(&around).await,
                    Act::TakeBack => run.take_back(&around).await,
                }
            } else {
                let _ = job.barrier.try_set(Some(Arc::new(Barrier::Journal)));
            }
            if job.busy.try_set(false).is_none() {
                job.pausing.set(false);
                self.show_run();
            }
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
    fn tell_run(self, _: Change) {
        match self.run.run.try_get_untracked() {
            Some(Some(run)) if !self.studio.is_open() => run.pause(),
            Some(Some(_)) => self.show_run(),
            _ => {}
        }
    }

    /// Shows how the run stands: here, on the canvas and among the problems.
    fn show_run(self) {
        let job = self.run;
        let Some(Some(run)) = job.run.try_get_untracked() else { return };
        let views = run.views();
        job.phase.set(run.phase());
        job.trouble.set(run.trouble().map(Arc::new));
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
        job.views.set(Arc::new(views));
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
