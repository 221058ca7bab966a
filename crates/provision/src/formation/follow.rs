//! Watching a stack until AWS is done with it.

use trazo_stack::Stack;

use super::{Formation, Problem, Progress, Seen, Stand, events::Known, stand};

/// After how long without anything new Trazo asks how the stack stands, in milliseconds.
const SILENCE: u64 = 60_000;

/// One operation that is watched. It outlives errors: following it again goes on where it stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// The ARN of the stack.
    pub stack_id: String,
    /// Its name.
    pub stack_name: String,
    /// How far it is.
    pub progress: Progress,
    known: Known,
}

impl Watch {
    /// Watches the latest operation of a stack, whoever began it.
    pub fn of(stack_id: &str, stack_name: &str) -> Self {
        Self::since(stack_id, stack_name, None)
    }

    /// Watches what comes after an event.
    pub(super) fn since(stack_id: &str, stack_name: &str, since: Option<String>) -> Self {
        Self {
            stack_id: stack_id.to_owned(),
            stack_name: stack_name.to_owned(),
            progress: Progress::default(),
            known: Known { last: None, since },
        }
    }
}

impl Formation<'_> {
    /// Watches what goes on in a stack that was found, or how its last operation ended: after a reload, or in another tab.
    pub fn resume(&self, seen: &Seen) -> Watch {
        Watch::of(&seen.id, &seen.name)
    }

    /// Follows an operation to its end and tells of each change. `stack` says which resource was made from which element.
    ///
    /// That it ended says nothing about how: see [`Progress::succeeded`].
    ///
    /// # Errors
    /// [`Problem::Call`]. The watch keeps all that was read; following it again goes on from there.
    pub async fn follow(
        &self,
        watch: &mut Watch,
        stack: &Stack,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<(), Problem> {
        let mut heard = self.world.now();
        let mut turn = 0;
        tell(&watch.progress);
        loop {
            let news = match self.news(&watch.stack_id, &mut watch.known).await {
                Err(problem) if super::seen::is_missing(&problem) => {
                    gone(&mut watch.progress);
                    tell(&watch.progress);
                    return Ok(());
                }
                other => other?,
            };
            let silent = news.is_empty() && self.world.now().saturating_sub(heard) > SILENCE;
            if !news.is_empty() {
                (turn, heard) = (0, self.world.now());
                for event in news {
                    watch.progress.apply(event, stack);
                }
                tell(&watch.progress);
            }
            let status = watch.progress.status.as_str();
            let rests = !status.is_empty() && !matches!(stand(status), Stand::Busy | Stand::Review);
            if (rests || silent) && self.ended(watch, stack).await? {
                tell(&watch.progress);
                return Ok(());
            }
            if silent {
                heard = self.world.now();
                if watch.progress.log.is_empty() {
                    // What was before the operation is all there is: take that for it.
                    watch.known.since = None;
                }
            }
            self.pause(&mut turn).await;
        }
    }

    /// Whether the stack has come to rest, and how.
    async fn ended(&self, watch: &mut Watch, stack: &Stack) -> Result<bool, Problem> {
        let seen = self.insist_look(&watch.stack_id).await?;
        let Some(seen) = seen else {
            gone(&mut watch.progress);
            return Ok(true);
        };
        if matches!(seen.stand(), Stand::Busy | Stand::Review) {
            return Ok(false);
        }
        watch.progress.finish(&seen, stack);
        if watch.progress.causes.iter().any(|it| it.reason.contains("DescribeEvents")) {
            let found = self.validations("StackName", &watch.stack_id, stack).await;
            watch.progress.causes.splice(0..0, found);
        }
        Ok(true)
    }

    async fn insist_look(&self, stack: &str) -> Result<Option<Seen>, Problem> {
        match self.insist(&super::seen::describe_call(stack)).await {
            Ok(answer) => Ok(super::read::list(&answer, "Stacks").first().map(Seen::read)),
            Err(problem) if super::seen::is_missing(&problem) => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

/// A stack of which AWS knows nothing any more is as good as one that says that it is deleted.
fn gone(progress: &mut Progress) {
    "DELETE_COMPLETE".clone_into(&mut progress.status);
    progress.ended = true;
}
