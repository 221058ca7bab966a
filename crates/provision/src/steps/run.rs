//! A run: what a person drives.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value as Json;
use trazo_calls::{Bindings, Step};

use super::head::Plan;
use super::past::Pasts;
use super::{
    Change, Head, Hold, Journal, JournalError, Lease, Order, Phase, Record, Removal, STALE, StepState, StepView,
    Trouble, TroubleKind, Untaken, What,
};
use crate::{Caller, World};

/// What an action stands on. Each is handed one anew: credentials may have been pasted since.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Who makes calls.
    pub caller: &'a dyn Caller,
    /// Time, chance and waiting.
    pub world: &'a dyn World,
    /// Where the records rest.
    pub journal: &'a dyn Journal,
    /// The name of this tab, which no other has.
    pub tab: &'a str,
    /// The account that the caller's credentials are for.
    pub account: &'a str,
    /// Is told of each change.
    pub told: &'a dyn Fn(Change),
}

/// A deployment, step by step.
pub struct Run {
    pub(super) plan: Plan,
    pub(super) inner: RefCell<Inner>,
    busy: Cell<bool>,
    pause: Cell<bool>,
}

/// What changes in a run. No borrow of it lasts over an `await`.
pub(super) struct Inner {
    pub(super) pasts: Pasts,
    pub(super) bindings: Bindings,
    pub(super) views: Vec<StepView>,
    pub(super) phase: Phase,
    pub(super) hold: Option<Hold>,
    pub(super) removal: Removal,
    pub(super) trouble: Option<Trouble>,
    /// Steps of which nobody can tell from here whether they were made, and why.
    pub(super) unseen: BTreeMap<usize, Trouble>,
    /// When the lease was last renewed.
    pub(super) beat: u64,
}

/// Gives back the right to act, also where the future is dropped.
pub(super) struct Turn<'a>(&'a Cell<bool>);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Run {
    /// A deployment that has not begun.
    ///
    /// # Errors
    /// [`Untaken`] where the design cannot be made step by step.
    pub fn new(order: Order<'_>) -> Result<Self, Untaken> {
        Ok(Self::with(Plan::of(order)?, &[]))
    }

    /// A deployment as its records tell it. What is made is the design of its first record, also where it was changed since.
    ///
    /// # Errors
    /// [`Untaken`] where the records do not tell of one.
    pub fn resume(records: &[Record]) -> Result<Self, Untaken> {
        Ok(Self::with(Plan::again(Head::read(records)?)?, records))
    }

    pub(super) fn with(plan: Plan, records: &[Record]) -> Self {
        let inner = Inner {
            pasts: Pasts::default(),
            bindings: plan.bindings.clone(),
            views: plan.steps.iter().map(|step| StepView::new(&step.id)).collect(),
            phase: Phase::Fresh,
            hold: None,
            removal: Removal::default(),
            trouble: None,
            unseen: BTreeMap::new(),
            beat: 0,
        };
        let run = Self { plan, inner: RefCell::new(inner), busy: Cell::new(false), pause: Cell::new(false) };
        run.take_records(records);
        run
    }

    /// What the deployment is.
    pub fn head(&self) -> &Head {
        &self.plan.head
    }

    /// The steps, in the order in which they are made.
    pub fn steps(&self) -> &[Step] {
        &self.plan.steps
    }

    /// Where each step stands, in the same order.
    pub fn views(&self) -> Vec<StepView> {
        self.inner.borrow().views.clone()
    }

    /// Where one step stands.
    pub fn view(&self, at: usize) -> Option<StepView> {
        self.inner.borrow().views.get(at).cloned()
    }

    /// Where the whole stands.
    pub fn phase(&self) -> Phase {
        self.inner.borrow().phase
    }

    /// Who is at it, where that is known.
    pub fn hold(&self) -> Option<Hold> {
        self.inner.borrow().hold.clone()
    }

    /// What the last taking back found and left.
    pub fn removal(&self) -> Removal {
        self.inner.borrow().removal.clone()
    }

    /// Why the last action stopped, where it did.
    pub fn trouble(&self) -> Option<Trouble> {
        self.inner.borrow().trouble.clone()
    }

    /// What is known of parameters, account, and what the steps gave.
    pub fn bindings(&self) -> Ref<'_, Bindings> {
        Ref::map(self.inner.borrow(), |inner| &inner.bindings)
    }

    /// How many steps are done.
    pub fn done(&self) -> usize {
        (0..self.plan.steps.len()).filter(|at| self.is_done(*at)).count()
    }

    /// What the stack gives back (the URL of the API …), as far as it is known.
    pub fn outputs(&self) -> IndexMap<String, Json> {
        let inner = self.inner.borrow();
        let outputs = self.plan.stack.outputs.iter();
        outputs
            .filter_map(|(name, output)| {
                let value = trazo_calls::resolve(&output.value, &inner.bindings).ok()??;
                Some((name.clone(), value))
            })
            .collect()
    }

    /// Makes the next step. Nothing happens where another action is under way.
    pub async fn next(&self, around: &Around<'_>) {
        let Some(_turn) = self.turn() else { return };
        if let Err(trouble) = self.make_next(around).await {
            self.stop(around, &trouble);
        }
        self.end(around).await;
    }

    /// Makes all steps, until it is [paused](Self::pause) or one fails.
    pub async fn run_all(&self, around: &Around<'_>) {
        let Some(_turn) = self.turn() else { return };
        self.pause.set(false);
        loop {
            match self.make_next(around).await {
                Ok(true) if !self.pause.get() => {}
                Ok(_) => break,
                Err(trouble) => {
                    self.stop(around, &trouble);
                    break;
                }
            }
        }
        self.end(around).await;
    }

    /// Stops after the step that is under way.
    pub fn pause(&self) {
        self.pause.set(true);
    }

    /// Tries the step that failed once more, and goes no further. What was asked without a known outcome is looked up first.
    pub async fn retry(&self, around: &Around<'_>) {
        self.next(around).await;
    }

    /// Takes away all that was made, in reverse; also what only its tags tell of. It may be called again as long as something is
    /// left.
    pub async fn take_back(&self, around: &Around<'_>) {
        let Some(_turn) = self.turn() else { return };
        self.pause.set(false);
        if let Err(trouble) = self.remove_all(around).await {
            self.stop(around, &trouble);
        }
        self.end(around).await;
    }

    /// Reads the journal anew: what another tab did meanwhile, and whether it is still at it. Nobody needs credentials for it.
    ///
    /// # Errors
    /// [`JournalError`] where it cannot be read.
    pub async fn watch(&self, world: &dyn World, journal: &dyn Journal, tab: &str) -> Result<(), JournalError> {
        let token = &self.plan.head.token;
        let holder = journal.holder(token, world.now()).await?.filter(|lease| lease.tab != tab);
        let records = journal.read(token).await?;
        if self.busy.get() {
            return Ok(());
        }
        self.take_records(&records);
        let mut inner = self.inner.borrow_mut();
        inner.trouble.take_if(|trouble| trouble.kind == TroubleKind::Elsewhere);
        inner.hold = holder.map(Hold::Theirs);
        if inner.hold.is_some() && !matches!(inner.phase, Phase::Fresh | Phase::Removed) {
            inner.phase = Phase::Elsewhere;
        }
        Ok(())
    }

    /// Whether somebody asked for a pause.
    pub(super) fn wants_pause(&self) -> bool {
        self.pause.get()
    }

    /// Keeps a trouble that does not stop the action.
    pub(super) fn keep(&self, trouble: &Trouble) {
        self.inner.borrow_mut().trouble.get_or_insert_with(|| trouble.clone());
    }

    pub(super) fn turn(&self) -> Option<Turn<'_>> {
        if self.busy.replace(true) {
            return None;
        }
        self.inner.borrow_mut().trouble = None;
        Some(Turn(&self.busy))
    }

    /// Makes the next step; whether there was one.
    async fn make_next(&self, around: &Around<'_>) -> Result<bool, Trouble> {
        self.claim(around).await?;
        if self.inner.borrow().pasts.removing {
            return Ok(false);
        }
        self.survey(around).await?;
        let Some(at) = (0..self.plan.steps.len()).find(|at| !self.is_done(*at)) else { return Ok(false) };
        self.set_phase(around, Phase::Running);
        if self.inner.borrow().pasts.next == 0 {
            self.note(around, What::Began, None, String::new(), self.plan.head.given()).await?;
        }
        self.make(around, at).await?;
        Ok(true)
    }

    /// Takes the lease and what the journal has, and sees that it is the right account.
    pub(super) async fn claim(&self, around: &Around<'_>) -> Result<(), Trouble> {
        let head = &self.plan.head;
        if around.account != head.account || around.caller.region() != head.region {
            let place = format!("{} ({})", head.account, head.region);
            return Err(Trouble { action: place, ..Trouble::of(TroubleKind::OtherAccount) });
        }
        // As long as this tab has had the lease all the time, nobody else has written.
        let unbroken = {
            let inner = self.inner.borrow();
            inner.hold == Some(Hold::Ours) && around.world.now().abs_diff(inner.beat) < STALE
        };
        self.beat(around).await?;
        if !unbroken {
            let records = around.journal.read(&head.token).await?;
            if records.len() != self.inner.borrow().pasts.next as usize {
                self.take_records(&records);
            }
        }
        Ok(())
    }

    /// Renews the lease.
    pub(super) async fn beat(&self, around: &Around<'_>) -> Result<(), Trouble> {
        let now = around.world.now();
        let wanted = Lease { deployment: self.plan.head.token.clone(), tab: around.tab.to_owned(), beat: now };
        let held = around.journal.lease(&wanted).await?;
        let ours = held.tab == wanted.tab;
        let mut inner = self.inner.borrow_mut();
        inner.beat = now;
        inner.hold = Some(if ours { Hold::Ours } else { Hold::Theirs(held) });
        if ours { Ok(()) } else { Err(Trouble::of(TroubleKind::Elsewhere)) }
    }

    /// Whether a step is made.
    pub(super) fn is_done(&self, at: usize) -> bool {
        let step = &self.plan.steps[at];
        let (done, ready) = self.inner.borrow().pasts.stage(&step.id);
        done && (ready || step.ready.is_none())
    }

    /// Takes up what the journal tells.
    fn take_records(&self, records: &[Record]) {
        let mut inner = self.inner.borrow_mut();
        let inner = &mut *inner;
        inner.pasts = Pasts::read(records);
        inner.bindings = self.plan.bindings.clone();
        // What was taken away is still named by what takes the rest away: records of before count too.
        for record in records.iter().filter(|record| !record.step.is_empty()) {
            let step = self.plan.steps.iter().find(|step| step.id == record.step);
            for (attribute, value) in step.iter().flat_map(|_| &record.given) {
                let id = step.map_or("", |step| step.logical_id.as_str());
                inner.bindings.give(id, attribute, value.clone());
            }
        }
        self.view_pasts(inner);
        let all_done = inner.views.iter().all(|view| view.state == StepState::Done);
        inner.phase = match &inner.pasts {
            pasts if pasts.next == 0 => Phase::Fresh,
            pasts if pasts.ended => Phase::Removed,
            pasts if pasts.removing => Phase::HalfRemoved,
            _ if all_done => Phase::Complete,
            _ => Phase::Paused,
        };
    }

    /// Shows of each step what the journal tells.
    fn view_pasts(&self, inner: &mut Inner) {
        for (step, view) in self.plan.steps.iter().zip(&mut inner.views) {
            let past = inner.pasts.of(&step.id);
            view.given = past.given.clone();
            view.state = state_of(&past, step, inner.pasts.removing);
            (view.progress, view.trouble) = (None, None);
        }
        ready_up(&self.plan.steps, &mut inner.views);
    }

    /// The same, and tells of it.
    pub(super) fn show_pasts(&self, around: &Around<'_>) {
        self.view_pasts(&mut self.inner.borrow_mut());
        for at in 0..self.plan.steps.len() {
            (around.told)(Change::Step(at));
        }
    }

    /// Ends an action: another tab may go on from here.
    pub(super) async fn end(&self, around: &Around<'_>) {
        self.settle(around);
        if !matches!(self.inner.borrow().hold, Some(Hold::Theirs(_))) {
            // What could not be given back is free once it is stale.
            let _ = around.journal.release(&self.plan.head.token, around.tab).await;
            self.inner.borrow_mut().hold = None;
        }
    }

    /// Keeps why it stopped.
    pub(super) fn stop(&self, around: &Around<'_>, trouble: &Trouble) {
        if trouble.kind == TroubleKind::Elsewhere && self.inner.borrow().hold == Some(Hold::Ours) {
            // Somebody wrote all the same: the journal has to be read anew.
            self.inner.borrow_mut().hold = None;
        }
        let phase = match trouble.kind {
            TroubleKind::Elsewhere => Phase::Elsewhere,
            _ if self.inner.borrow().pasts.removing => Phase::HalfRemoved,
            _ => Phase::Stopped,
        };
        self.inner.borrow_mut().trouble = Some(trouble.clone());
        self.set_phase(around, phase);
    }

    /// Sets the phase after an action that did not stop.
    fn settle(&self, around: &Around<'_>) {
        let phase = {
            let mut inner = self.inner.borrow_mut();
            let inner = &mut *inner;
            if !inner.pasts.removing {
                ready_up(&self.plan.steps, &mut inner.views);
            }
            match inner.phase {
                Phase::Running if inner.views.iter().all(|view| view.state == StepState::Done) => Phase::Complete,
                Phase::Running => Phase::Paused,
                Phase::Removing if inner.pasts.ended => Phase::Removed,
                Phase::Removing => Phase::HalfRemoved,
                other => other,
            }
        };
        self.set_phase(around, phase);
    }

    pub(super) fn set_phase(&self, around: &Around<'_>, phase: Phase) {
        let before = std::mem::replace(&mut self.inner.borrow_mut().phase, phase);
        if before != phase {
            (around.told)(Change::Phase);
        }
    }

    /// Changes what is shown of a step, and tells of it.
    pub(super) fn show(&self, around: &Around<'_>, at: usize, change: impl FnOnce(&mut StepView)) {
        if let Some(view) = self.inner.borrow_mut().views.get_mut(at) {
            change(view);
        }
        (around.told)(Change::Step(at));
    }
}

/// The state of a step of which only the journal is known.
fn state_of(past: &super::past::Past, step: &Step, removing: bool) -> StepState {
    match past {
        past if past.gone => StepState::Undone,
        past if removing && past.may_stand() && step.undo.is_empty() => StepState::Undone,
        past if past.done && (past.ready || step.ready.is_none()) => StepState::Done,
        past if past.done => StepState::Waiting,
        past if past.open.is_some() => StepState::Unsure,
        _ if removing => StepState::Skipped,
        _ => StepState::Pending,
    }
}

/// Marks the steps that wait for nothing any more.
fn ready_up(steps: &[Step], views: &mut [StepView]) {
    let done = |id: &String| {
        steps.iter().zip(views.iter()).any(|(step, view)| step.id == *id && view.state == StepState::Done)
    };
    let ready: Vec<usize> = (0..steps.len())
        .filter(|at| views[*at].state == StepState::Pending && steps[*at].needs.iter().all(done))
        .collect();
    for at in ready {
        views[at].state = StepState::Ready;
    }
}
