//! Waiting until what was made is there, or what was taken away is gone.

use serde_json::Value as Json;
use trazo_calls::{Condition, Verdict, Wait, path};

use super::{Around, Progress, Run, Trouble, TroubleKind};

impl Run {
    /// Asks until it is so; gives the last answer where there is one.
    pub(super) async fn wait(&self, around: &Around<'_>, at: usize, wait: &Wait) -> Result<Option<Json>, Trouble> {
        let call = self.call(&wait.poll)?;
        let (began, limit) = (around.world.now(), u64::from(wait.longest) * 1000);
        for attempt in 1.. {
            let answer = self.send(around, at, &call).await;
            let verdict = match &answer {
                Ok(answer) => wait.judge(answer),
                Err(error) => match error.refusal().and_then(|said| wait.judge_refusal(&said.code, &said.message)) {
                    Some(verdict) => verdict,
                    None => return Err(Trouble::from_call(error, &call)),
                },
            };
            let state = answer.as_ref().ok().and_then(|answer| state(wait, answer)).unwrap_or_default();
            match verdict {
                Verdict::Ready => return Ok(answer.ok()),
                Verdict::Failed(reason) => return Err(Trouble::state(TroubleKind::Broken, reason)),
                Verdict::NotYet => {}
            }
            let elapsed = around.world.now().saturating_sub(began);
            if elapsed >= limit {
                return Err(Trouble::state(TroubleKind::Slow, state));
            }
            self.show(around, at, |view| {
                view.progress = Some(Progress { key: "waiting", state, attempt, elapsed, limit });
            });
            self.pass(around, wait.interval.max(1) * 1000).await?;
        }
        Ok(None)
    }
}

/// What AWS calls the state that it is in.
fn state(wait: &Wait, answer: &Json) -> Option<String> {
    wait.until.iter().find_map(|condition| match condition {
        Condition::Is(at, _) => path::text(answer, at),
        _ => None,
    })
}
