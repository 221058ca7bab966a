//! One call: sent, shown, repeated where AWS asks for patience; and the records around it.

use serde_json::{Map, Value as Json};
use trazo_calls::{Call, Unresolved};

use super::{Around, BEAT, Exchange, Progress, Record, Run, Trouble, TroubleKind, What};
use crate::{CallError, Refusal};

/// How often a call that AWS wants slower is repeated, beyond what the caller does by itself.
const THROTTLED: u32 = 6;

/// How many exchanges a step keeps.
const KEPT: usize = 40;

impl Run {
    /// Writes a record.
    pub(super) async fn note(
        &self,
        around: &Around<'_>,
        what: What,
        at: Option<usize>,
        code: String,
        given: Map<String, Json>,
    ) -> Result<(), Trouble> {
        let step = at.and_then(|at| self.plan.steps.get(at));
        let operation = step.map(|step| format!("{} {}", step.call.service.cli(), step.call.operation));
        let record = Record {
            deployment: self.plan.head.token.clone(),
            number: self.inner.borrow().pasts.next,
            at: around.world.now(),
            tab: around.tab.to_owned(),
            what,
            step: step.map(|step| step.id.clone()).unwrap_or_default(),
            operation: operation.unwrap_or_default(),
            code,
            given,
        };
        around.journal.write(&record).await?;
        self.inner.borrow_mut().pasts.take(&record);
        Ok(())
    }

    /// Writes a record that holds nothing but that it is so.
    pub(super) async fn mark(&self, around: &Around<'_>, what: What, at: usize) -> Result<(), Trouble> {
        self.note(around, what, Some(at), String::new(), Map::new()).await
    }

    /// Sends a call for a step, and shows it. Where AWS wants slower calls it waits and sends it again: such a call was not done.
    pub(super) async fn send(&self, around: &Around<'_>, at: usize, call: &Call) -> Result<Json, CallError> {
        let mut attempt = 0;
        loop {
            let answer = self.send_once(around, at, call).await;
            let slower = match &answer {
                Err(CallError::Refused(refusal)) => refusal.is_throttle(),
                _ => false,
            };
            attempt += 1;
            if !slower || attempt > THROTTLED {
                return answer;
            }
            let (began, now) = (Some(0), around.world.now());
            self.show(around, at, |view| {
                let elapsed = now.saturating_sub(view.began.or(began).unwrap_or(now));
                view.progress = Some(Progress { key: "throttled", state: String::new(), attempt, elapsed, limit: 0 });
            });
            if self.pass(around, backoff(around, attempt, 30_000)).await.is_err() {
                return answer;
            }
        }
    }

    /// Sends a call that does something. An answer may tell of a failure without being an error.
    pub(super) async fn act(&self, around: &Around<'_>, at: usize, call: &Call) -> Result<Json, CallError> {
        let answer = self.send(around, at, call).await?;
        let Some((code, message)) = trazo_calls::trouble(&answer) else { return Ok(answer) };
        let (service, operation) = (call.service, call.operation);
        Err(CallError::Refused(Refusal { service, operation, status: 400, code, message, request_id: String::new() }))
    }

    async fn send_once(&self, around: &Around<'_>, at: usize, call: &Call) -> Result<Json, CallError> {
        let sent = around.world.now();
        self.show(around, at, |view| {
            // Of a question that is asked again and again only the last one is kept.
            let again = view.exchanges.last().is_some_and(|last| last.call == *call);
            if again || view.exchanges.len() >= KEPT {
                view.exchanges.pop();
            }
            let exchange = Exchange { call: call.clone(), sent, answered: None, answer: None, trouble: None };
            view.exchanges.push(exchange);
        });
        let answer = around.caller.call(call).await;
        let now = around.world.now();
        self.show(around, at, |view| {
            if let Some(last) = view.exchanges.last_mut() {
                last.answered = Some(now);
                match &answer {
                    Ok(answer) => last.answer = Some(answer.clone()),
                    Err(error) => last.trouble = Some(Trouble::from_call(error, call)),
                }
            }
        });
        answer
    }

    /// Waits, and lets other tabs know meanwhile that this one is there.
    pub(super) async fn pass(&self, around: &Around<'_>, millis: u32) -> Result<(), Trouble> {
        let mut left = millis;
        while left > 0 {
            let part = left.min(u32::try_from(BEAT).unwrap_or(left));
            around.world.sleep(part).await;
            left -= part;
            if around.world.now().abs_diff(self.inner.borrow().beat) >= BEAT {
                self.beat(around).await?;
            }
        }
        Ok(())
    }

    /// The call of a template with what is known.
    pub(super) fn call(&self, template: &trazo_calls::Template) -> Result<Call, Box<Trouble>> {
        template.call(&self.inner.borrow().bindings).map_err(|error| Box::new(unresolved(&error)))
    }

    /// Keeps what a step gave, in what is known and in what is shown.
    pub(super) fn give(&self, around: &Around<'_>, at: usize, given: &Map<String, Json>) {
        let id = self.plan.steps[at].logical_id.clone();
        for (attribute, value) in given {
            self.inner.borrow_mut().bindings.give(&id, attribute, value.clone());
        }
        self.show(around, at, |view| view.given.extend(given.clone()));
    }
}

/// Attributes as a record holds them.
pub(super) fn given(attributes: Vec<(&'static str, Json)>) -> Map<String, Json> {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What has no value.
pub(super) fn unresolved(error: &Unresolved) -> Trouble {
    let action = match error {
        Unresolved::Unknown { id, attribute } if attribute.is_empty() => id.clone(),
        Unresolved::Unknown { id, attribute } => format!("{id}.{attribute}"),
        other => other.to_string(),
    };
    Trouble { action, ..Trouble::of(TroubleKind::Unresolved) }
}

/// Whether nobody knows if the call was done.
pub(super) fn is_unsure(error: &CallError) -> bool {
    match error {
        CallError::Unsent(_) | CallError::Unreadable => true,
        CallError::Refused(refusal) => refusal.status >= 500 && !refusal.is_throttle(),
        CallError::Expired | CallError::Unknown(..) | CallError::Unsendable(..) => false,
    }
}

/// Milliseconds to wait before an attempt: twice as long each time, up to a most, with chance so that not all come at once.
pub(super) fn backoff(around: &Around<'_>, attempt: u32, most: u32) -> u32 {
    let whole = 1_000_u32.saturating_mul(1 << attempt.min(10)).min(most);
    let chance = u32::try_from(around.world.random() >> 40).unwrap_or(0);
    whole / 2 + chance % (whole / 2 + 1)
}
