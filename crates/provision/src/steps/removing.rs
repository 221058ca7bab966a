//! Taking back: all that was made, in reverse.

use std::collections::BTreeMap;

use serde_json::Map;
use trazo_calls::Undo;

use super::asking::{backoff, is_unsure};
use super::sweeping::Unknown;
use super::trouble::{is_gone, is_in_use};
use super::{Around, Phase, Progress, Run, StepState, Trouble, TroubleKind, What};

/// How long to try where something that is closing down still uses it, in milliseconds. The network interfaces of a load balancer
/// or of a VPC link go away minutes after it.
const IN_USE: u64 = 900_000;

/// How often a call that takes something away is repeated where nobody knows what became of it: twice is as good as once.
const TRIES: u32 = 4;

impl Run {
    /// Takes away all that was made, then all that its tags tell of.
    pub(super) async fn remove_all(&self, around: &Around<'_>) -> Result<(), Trouble> {
        self.claim(around).await?;
        self.set_phase(around, Phase::Removing);
        if self.inner.borrow().pasts.next == 0 {
            self.note(around, What::Began, None, String::new(), self.plan.head.given()).await?;
        }
        self.inner.borrow_mut().unseen.clear();
        if self.plan.head.elsewhere {
            // What the journal cannot know comes first, so that all goes in the right order.
            let tagged = self.tagged(around).await;
            self.recover(around, tagged.as_deref().unwrap_or_default(), Unknown::Presumed).await?;
        }
        if !self.inner.borrow().pasts.removing {
            self.note(around, What::Removes, None, String::new(), Map::new()).await?;
        }
        if !self.remove_known(around).await? || !self.sweep(around).await? {
            return Ok(());
        }
        if !self.inner.borrow().pasts.ended {
            self.note(around, What::Ended, None, String::new(), Map::new()).await?;
        }
        Ok(())
    }

    /// Takes away what the journal knows, last things first; whether nothing of it is left. What cannot be taken away keeps what
    /// it needs, and the rest goes all the same.
    pub(super) async fn remove_known(&self, around: &Around<'_>) -> Result<bool, Trouble> {
        // Each by the logical id of what needs it.
        let mut kept: BTreeMap<&str, &str> = BTreeMap::new();
        for at in (0..self.plan.steps.len()).rev() {
            let step = &self.plan.steps[at];
            if self.wants_pause() {
                return Ok(false);
            }
            if let Some(by) = kept.get(step.id.as_str()).copied() {
                let stands = self.inner.borrow().pasts.of(&step.id).may_stand();
                if stands {
                    self.show(around, at, |view| view.progress = Some(kept_by(by)));
                }
                let by = if stands { &step.logical_id } else { by };
                kept.extend(step.needs.iter().map(|id| (id.as_str(), by)));
                continue;
            }
            let unseen = self.inner.borrow().unseen.get(&at).cloned();
            let removed = match unseen {
                Some(trouble) => Err(trouble),
                None => self.remove(around, at).await,
            };
            if let Err(trouble) = removed {
                let trouble = trouble.at(self.plan.stack.resource(&step.logical_id));
                self.show(around, at, |view| {
                    (view.state, view.progress) = (StepState::UndoFailed, None);
                    view.trouble = Some(trouble.clone());
                });
                if trouble.kind.concerns_all() {
                    return Err(trouble);
                }
                self.keep(&trouble);
                kept.extend(step.needs.iter().map(|id| (id.as_str(), step.logical_id.as_str())));
            }
        }
        Ok(kept.is_empty() && self.trouble().is_none())
    }

    /// Takes away what one step made, if it made anything.
    async fn remove(&self, around: &Around<'_>, at: usize) -> Result<(), Trouble> {
        let step = &self.plan.steps[at];
        let past = self.inner.borrow().pasts.of(&step.id);
        let state = if past.gone { StepState::Undone } else { StepState::Skipped };
        if !past.may_stand() {
            self.show(around, at, |view| (view.state, view.progress, view.trouble) = (state, None, None));
            return Ok(());
        }
        if step.undo.is_empty() {
            // It goes with what it belongs to, or stays by intent.
            self.show(around, at, |view| (view.state, view.progress) = (StepState::Undone, None));
            return Ok(());
        }
        self.show(around, at, |view| (view.state, view.progress, view.trouble) = (StepState::Undoing, None, None));
        self.knock(around, step.call.service).await?;
        if let Some(asked) = past.open.filter(|_| !past.done && step.find.is_some())
            && !self.look_up(around, at, asked).await?
        {
            self.show(around, at, |view| (view.state, view.progress) = (StepState::Skipped, None));
            return Ok(());
        }
        if let Some(wait) = step.ready.as_ref().filter(|wait| past.done && !past.ready && !wait.gives.is_empty())
            && self.call(&step.undo[0].call).is_err()
        {
            // It is taken away by an id that AWS tells only when it is there.
            self.come_up(around, at, wait).await?;
        }
        self.mark(around, What::Removes, at).await?;
        for undo in &step.undo {
            self.undo(around, at, undo).await?;
        }
        self.mark(around, What::Gone, at).await?;
        self.show(around, at, |view| (view.state, view.progress) = (StepState::Undone, None));
        Ok(())
    }

    /// One call that takes something away, until it is gone.
    async fn undo(&self, around: &Around<'_>, at: usize, undo: &Undo) -> Result<(), Trouble> {
        let call = self.call(&undo.call)?;
        let (began, mut tries, mut attempt) = (around.world.now(), 0, 0);
        loop {
            self.show(around, at, |view| view.state = StepState::Undoing);
            let Err(error) = self.act(around, at, &call).await else { break };
            let trouble = Trouble::from_call(&error, &call);
            let elapsed = around.world.now().saturating_sub(began);
            match error.refusal() {
                Some(said) if undo.is_gone(&said.code, &said.message) => break,
                Some(said) if undo.is_busy(&said.code, &said.message) || is_in_use(said) => {
                    attempt += 1;
                    if elapsed >= IN_USE {
                        return Err(Trouble { kind: TroubleKind::InUse, ..trouble });
                    }
                    let progress =
                        Progress { key: "in_use", state: said.code.clone(), attempt, elapsed, limit: IN_USE };
                    self.show(around, at, |view| view.progress = Some(progress));
                    self.pass(around, backoff(around, attempt, 15_000)).await?;
                }
                Some(said) if is_gone(said) => break,
                _ if is_unsure(&error) && tries < TRIES => {
                    tries += 1;
                    self.pass(around, backoff(around, tries, 8_000)).await?;
                }
                _ => return Err(trouble),
            }
        }
        match &undo.wait {
            Some(wait) => self.wait(around, at, wait).await.map(|_| ()),
            None => Ok(()),
        }
    }
}

/// That something stays as long as what needs it.
fn kept_by(logical_id: &str) -> Progress {
    Progress { key: "kept", state: logical_id.to_owned(), attempt: 0, elapsed: 0, limit: 0 }
}
