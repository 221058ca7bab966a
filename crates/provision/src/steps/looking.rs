//! Looking up whether something was made, where the answer was lost.

use serde_json::{Map, Value as Json};
use trazo_calls::{Call, Find, Step, Unread};
use trazo_stack::{Expr, Value};

use super::asking::given;
use super::{Around, Progress, Run, StepState, Trouble, TroubleKind, What};

/// What was asked may be seen only after a while, and may be done only after a while where the connection broke: so long it is
/// looked for, in milliseconds after it was asked.
const SETTLES: u64 = 20_000;

/// The most pages of an answer that are looked through.
const PAGES: usize = 50;

impl Run {
    /// Looks once for what a step has made: what it gives, or none where there is nothing of its own. A step that cannot be looked
    /// for gives none either.
    pub(super) async fn find(&self, around: &Around<'_>, at: usize) -> Result<Option<Map<String, Json>>, Trouble> {
        let Some(find) = &self.plan.steps[at].find else { return Ok(None) };
        let Some(found) = self.search(around, at, find).await? else { return Ok(None) };
        let Some(proof) = &find.proof else { return Ok(Some(found)) };
        let mut known = self.inner.borrow().bindings.clone();
        for (attribute, value) in &found {
            known.give(&self.plan.steps[at].logical_id, attribute, value.clone());
        }
        let Ok(call) = proof.call.call(&known) else { return Ok(None) };
        let answer = self.send(around, at, &call).await.map_err(|error| Trouble::from_call(&error, &call))?;
        Ok(proof.tagged.holds(&answer).then_some(found))
    }

    /// Looks for anything in the place of what a step would make: whether there is something, and what it gives where it is its own.
    pub(super) async fn find_any(
        &self,
        around: &Around<'_>,
        at: usize,
        find: &Find,
    ) -> Result<(bool, Option<Map<String, Json>>), Trouble> {
        let anything = Find { tagged: None, proof: None, ..find.clone() };
        let any = self.search(around, at, &anything).await?.is_some();
        let own = if any { self.find(around, at).await? } else { None };
        Ok((any, own))
    }

    /// Looks through all pages of the answer to a question.
    async fn search(&self, around: &Around<'_>, at: usize, find: &Find) -> Result<Option<Map<String, Json>>, Trouble> {
        let Ok(mut call) = self.call(&find.call) else { return Ok(None) };
        for _ in 0..PAGES {
            let Some(answer) = self.question(around, at, find, &call).await? else { break };
            if let Some(found) = self.found(at, find, &answer)? {
                return Ok(Some(found));
            }
            let Some((member, token)) = Find::next(&answer) else { break };
            call.input.insert(member.to_owned(), token.into());
        }
        Ok(None)
    }

    fn found(&self, at: usize, find: &Find, answer: &Json) -> Result<Option<Map<String, Json>>, Box<Trouble>> {
        match find.read(&self.plan.steps[at], answer, &self.inner.borrow().bindings) {
            Ok(found) => Ok(found.map(given)),
            // What it belongs to is not there, so that it is not there either.
            Err(Unread::Unresolved(_)) => Ok(None),
            Err(Unread::Missing(_)) => Err(Box::new(Trouble::of(TroubleKind::Unreadable))),
        }
    }

    /// The answer to a question; none where AWS says that there is no such thing.
    async fn question(
        &self,
        around: &Around<'_>,
        at: usize,
        find: &Find,
        call: &Call,
    ) -> Result<Option<Json>, Trouble> {
        match self.send(around, at, call).await {
            Ok(answer) => Ok(Some(answer)),
            Err(error) => {
                let trouble = Trouble::from_call(&error, call);
                let none = error.refusal().is_some_and(|said| find.is_missing(&said.code, &said.message));
                if none || trouble.kind == TroubleKind::Missing { Ok(None) } else { Err(trouble) }
            }
        }
    }

    /// Finds out what became of a step that was asked without a known outcome, and writes it down: whether it was done.
    pub(super) async fn look_up(&self, around: &Around<'_>, at: usize, asked: u64) -> Result<bool, Trouble> {
        if self.plan.steps[at].find.is_none() {
            return Ok(false);
        }
        for attempt in 1.. {
            let now = around.world.now();
            self.show(around, at, |view| {
                view.state = StepState::Checking;
                let elapsed = now.saturating_sub(asked);
                view.progress =
                    Some(Progress { key: "checking", state: String::new(), attempt, elapsed, limit: SETTLES });
            });
            if let Some(found) = self.find(around, at).await? {
                self.note(around, What::Answered, Some(at), String::new(), found.clone()).await?;
                self.give(around, at, &found);
                return Ok(true);
            }
            if now.saturating_sub(asked) >= SETTLES {
                break;
            }
            self.pass(around, 2_000 * attempt.min(4)).await?;
        }
        self.mark(around, What::Absent, at).await?;
        Ok(false)
    }

    /// Whether it is sure whose it is that is found for a step: its tags are looked at, or it can be no other's.
    pub(super) fn is_sure(&self, step: &Step, find: &Find) -> bool {
        find.tagged.is_some() || find.proof.is_some() || self.is_own(step, find)
    }

    /// Whether what is found for a step can only be this deployment's: it is looked for by a name or a tag that only this
    /// deployment has, or inside of something that this deployment made.
    pub(super) fn is_own(&self, step: &Step, find: &Find) -> bool {
        let marks = self.marks(step);
        let mut values = find.call.input.values().chain(find.matching.iter().map(|(_, value)| value));
        values.any(|value| self.names_own(step, value, &marks))
    }

    /// What only this deployment's names, tokens and tags hold.
    pub(super) fn marks(&self, step: &Step) -> [String; 3] {
        let deployment = self.plan.head.deployment("");
        let name = deployment.name(&step.logical_id, 64);
        let digest = name.rsplit('-').next().unwrap_or(&name).to_owned();
        [deployment.token(&step.id), self.plan.head.token.clone(), digest]
    }

    /// Whether a value names something that the stack made before this step, or holds one of these marks.
    pub(super) fn names_own(&self, step: &Step, value: &Value, marks: &[String]) -> bool {
        let is_made = |id: &str| {
            let before = id != step.logical_id || step.id != step.logical_id;
            before && self.plan.stack.resources.contains_key(id)
        };
        let mut found = false;
        value.walk(&mut |inner| {
            found |= match &inner.expr {
                Expr::Ref(id) | Expr::Att(id, _) => is_made(id),
                Expr::Str(text) => marks.iter().any(|mark| !mark.is_empty() && text.contains(mark.as_str())),
                Expr::Sub(text) => {
                    text.split("${").skip(1).any(|place| place.split(['}', '.']).next().is_some_and(is_made))
                }
                _ => false,
            };
        });
        found
    }
}
