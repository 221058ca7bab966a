//! Making one step.

use serde_json::Map;
use trazo_calls::{Repeat, Step, Wait};

use super::asking::{backoff, given, is_unsure};
use super::{Around, Progress, Run, StepState, Trouble, TroubleKind, What};
use crate::{CallError, Refusal};

/// How often a step is asked where nobody knows what became of it, in one go.
const ASKS: u32 = 4;

/// How long to be patient with what AWS does not know everywhere yet, in milliseconds.
const PATIENCE: u64 = 120_000;

/// What came of asking.
enum Asked {
    /// It was done.
    Done,
    /// Nobody knows.
    Unsure(Trouble),
    /// What it needs is not known everywhere yet.
    NotYet(Trouble),
    /// It is there already.
    There(Trouble),
}

impl Run {
    /// Makes a step, from wherever it stands.
    pub(super) async fn make(&self, around: &Around<'_>, at: usize) -> Result<(), Trouble> {
        let now = around.world.now();
        self.show(around, at, |view| {
            view.began = Some(view.began.unwrap_or(now));
            (view.trouble, view.progress, view.ended) = (None, None, None);
        });
        let made = self
            .make_whole(around, at)
            .await
            .map_err(|trouble| trouble.at(self.plan.stack.resource(&self.plan.steps[at].logical_id)));
        let ended = Some(around.world.now());
        self.show(around, at, |view| {
            (view.progress, view.ended) = (None, ended);
            match &made {
                Ok(()) => view.state = StepState::Done,
                Err(trouble) => {
                    (view.state, view.trouble) = (StepState::Failed, Some(trouble.clone()));
                }
            }
        });
        made
    }

    async fn make_whole(&self, around: &Around<'_>, at: usize) -> Result<(), Trouble> {
        let step = &self.plan.steps[at];
        let done = self.inner.borrow().pasts.of(&step.id).done;
        if !done {
            self.ask_until_done(around, at).await?;
        }
        let Some(wait) = &step.ready else { return Ok(()) };
        self.show(around, at, |view| view.state = StepState::Waiting);
        self.come_up(around, at, wait).await
    }

    /// Waits until what was made is there, and writes down what only shows then.
    pub(super) async fn come_up(&self, around: &Around<'_>, at: usize, wait: &Wait) -> Result<(), Trouble> {
        let answer = self.wait(around, at, wait).await?.unwrap_or_default();
        let read = wait.read(&answer, &self.inner.borrow().bindings);
        let given = given(read.map_err(|_| Trouble::of(TroubleKind::Unreadable))?);
        self.note(around, What::Ready, Some(at), String::new(), given.clone()).await?;
        self.give(around, at, &given);
        Ok(())
    }

    async fn ask_until_done(&self, around: &Around<'_>, at: usize) -> Result<(), Trouble> {
        let step = &self.plan.steps[at];
        let (began, mut asks, mut patience) = (around.world.now(), 0, 0);
        loop {
            let past = self.inner.borrow().pasts.of(&step.id);
            if let Some(asked) = past.open {
                if self.look_up(around, at, asked).await? {
                    return Ok(());
                }
            } else if !past.doubt && asks + patience == 0 && self.look_first(around, at).await? {
                return Ok(());
            }
            asks += 1;
            match self.ask(around, at).await? {
                Asked::Done => return Ok(()),
                Asked::There(trouble) => {
                    return self.adopt(around, at, past.doubt || past.open.is_some(), trouble).await;
                }
                Asked::Unsure(trouble) if asks >= ASKS => return Err(trouble),
                Asked::Unsure(_) => self.pass(around, backoff(around, asks, 8_000)).await?,
                Asked::NotYet(trouble) => {
                    (asks, patience) = (asks - 1, patience + 1);
                    let elapsed = around.world.now().saturating_sub(began);
                    if elapsed >= PATIENCE {
                        return Err(trouble);
                    }
                    let progress =
                        Progress { key: "settling", state: String::new(), attempt: patience, elapsed, limit: PATIENCE };
                    self.show(around, at, |view| view.progress = Some(progress));
                    self.pass(around, backoff(around, patience, 10_000)).await?;
                }
            }
        }
    }

    /// Refuses to take over what somebody else made where AWS would answer as though this deployment had made it: it is looked up
    /// beforehand. Whether the step turned out to be done already.
    async fn look_first(&self, around: &Around<'_>, at: usize) -> Result<bool, Trouble> {
        let step = &self.plan.steps[at];
        let Some(find) = step.find.as_ref().filter(|_| step.repeat == Repeat::Harmless) else { return Ok(false) };
        if step.undo.is_empty() || self.is_own(step, find) {
            return Ok(false);
        }
        match self.find_any(around, at, find).await? {
            (_, Some(found)) if find.tagged.is_some() || find.proof.is_some() => {
                self.answered(around, at, found).await?;
                Ok(true)
            }
            (true, _) => Err(Trouble::of(TroubleKind::Exists)),
            (false, _) => Ok(false),
        }
    }

    /// Takes what is there already for this step's own where it can be no other's.
    async fn adopt(&self, around: &Around<'_>, at: usize, doubt: bool, trouble: Trouble) -> Result<(), Trouble> {
        let step = &self.plan.steps[at];
        let Some(find) = &step.find else {
            // A rule, a permission: that it is there is all that was wanted.
            let read = step.read(&serde_json::Value::Null, &self.inner.borrow().bindings);
            return match read {
                Ok(attributes) => self.answered(around, at, given(attributes)).await,
                Err(_) => Err(trouble),
            };
        };
        if !doubt && !self.is_sure(step, find) {
            return Err(trouble);
        }
        match self.find(around, at).await? {
            Some(found) => self.answered(around, at, found).await,
            None => Err(trouble),
        }
    }

    async fn answered(
        &self,
        around: &Around<'_>,
        at: usize,
        given: Map<String, serde_json::Value>,
    ) -> Result<(), Trouble> {
        self.note(around, What::Answered, Some(at), String::new(), given.clone()).await?;
        self.give(around, at, &given);
        Ok(())
    }

    /// Asks once.
    async fn ask(&self, around: &Around<'_>, at: usize) -> Result<Asked, Trouble> {
        let step = &self.plan.steps[at];
        let call = self.call(&step.call)?;
        self.knock(around, call.service).await?;
        self.mark(around, What::Asks, at).await?;
        self.show(around, at, |view| (view.state, view.progress) = (StepState::Sending, None));
        let error = match self.act(around, at, &call).await {
            Ok(answer) => {
                let read = step.read(&answer, &self.inner.borrow().bindings);
                match read {
                    Ok(attributes) => {
                        self.answered(around, at, given(attributes)).await?;
                        return Ok(Asked::Done);
                    }
                    Err(_) => CallError::Unreadable,
                }
            }
            Err(error) => error,
        };
        let trouble = Trouble::from_call(&error, &call);
        if is_unsure(&error) {
            self.note(around, What::Unsure, Some(at), trouble.code.clone(), Map::new()).await?;
            return Ok(Asked::Unsure(trouble));
        }
        self.note(around, What::Refused, Some(at), trouble.code.clone(), Map::new()).await?;
        match error.refusal() {
            Some(said) if step.is_patient_with(&said.code, &said.message) => Ok(Asked::NotYet(trouble)),
            Some(said) if is_there_already(step, said) => Ok(Asked::There(trouble)),
            _ => Err(trouble),
        }
    }
}

/// Whether a refusal says that the call was done before.
fn is_there_already(step: &Step, said: &Refusal) -> bool {
    match step.repeat {
        Repeat::Refused(codes) => codes.contains(&said.code.as_str()) || super::trouble::is_there(said),
        Repeat::Harmless | Repeat::Again => super::trouble::is_there(said),
    }
}
