//! What the engine is told to do. Each act ends by itself where the credentials are wiped or the design is left.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_formats::cloudformation;
use trazo_provision::client::Client;
use trazo_provision::formation::{Formation, Order, Prepared, Problem, Progress, Seen, Stand, State, Watch, prepare};
use trazo_stack::Stack;

use super::{Doing, Known};
use crate::deploy::client::client;
use crate::deploy::job::Job;
use crate::deploy::place::element_of;
use crate::deploy::world::Browser;
use crate::files::target_of;
use crate::studio::{Failure, Progress as Mark};

/// Prepares the open design, as it is now.
pub(in crate::deploy) fn prepared(job: Job) -> Result<Prepared, Problem> {
    let stack = job.stack();
    let body = cloudformation::body(&stack);
    let given = job.given.get_untracked();
    prepare(&Order { design: &job.id(), name: &job.name(), stack: &stack, body: &body, given: &given })
}

impl Job {
    /// Begins something, unless something is under way or there are no credentials.
    fn begin(self, doing: Doing) -> Option<Client> {
        let formation = self.formation;
        if formation.doing.get_untracked().is_some() {
            return None;
        }
        let client = client(&untrack(|| self.region()))?;
        formation.problem.set(None);
        formation.doing.set(Some(doing));
        Some(client)
    }

    /// Ends it; the design may have been left meanwhile.
    fn end<T>(self, outcome: Result<T, Problem>) -> Option<T> {
        let _ = self.formation.doing.try_set(None);
        match outcome {
            Ok(value) => Some(value),
            Err(problem) => {
                let _ = self.formation.problem.try_set(Some(Arc::new(problem)));
                None
            }
        }
    }

    /// Looks for the design's stack. Where something goes on in it, that is followed.
    pub(in crate::deploy) fn look(self) {
        let Some(client) = self.begin(Doing::Looking) else { return };
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            let found = match prepared(self) {
                Ok(wish) => engine.find(&wish).await,
                Err(problem) => Err(problem),
            };
            let Some(found) = self.end(found) else { return };
            let busy = found.as_ref().is_some_and(|seen| seen.stand() == Stand::Busy);
            self.know(found);
            if busy {
                self.resume();
            }
        });
    }

    fn know(self, found: Option<Seen>) {
        let known = found.map_or(Known::None, |seen| Known::Stack(Arc::new(seen)));
        let _ = self.formation.known.try_set(known);
    }

    /// Has the template looked through and the changes prepared, for the person to read.
    pub(in crate::deploy) fn prepare_changes(self) {
        let Some(client) = self.begin(Doing::Preparing) else { return };
        let formation = self.formation;
        formation.set.set(None);
        formation.progress.set(None);
        formation.leftovers.set(None);
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            let stack = self.stack();
            let set = async {
                let wish = prepared(self)?;
                engine.validate(&wish).await?;
                let set = engine.change_set(&wish, &stack).await?;
                let _ = formation.wish.try_set(Some(Arc::new(wish)));
                Ok(set)
            };
            if let Some(set) = self.end(set.await) {
                let _ = formation.set.try_set(Some(Arc::new(set)));
            }
        });
    }

    /// Throws the prepared changes away.
    pub(in crate::deploy) fn discard(self) {
        let Some(set) = self.formation.set.get_untracked() else { return };
        let Some(client) = self.begin(Doing::Discarding) else { return };
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            if self.end(engine.discard(&set).await).is_some() {
                let _ = self.formation.set.try_set(None);
            }
        });
    }

    /// Does what was prepared, and follows it.
    pub(in crate::deploy) fn execute(self) {
        let Some(set) = self.formation.set.get_untracked() else { return };
        let Some(client) = self.begin(Doing::Following) else { return };
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            match engine.execute(&set).await {
                Ok(mut watch) => {
                    watch.progress.expect(&set.changes);
                    let _ = self.formation.set.try_set(None);
                    self.follow(&client, watch).await;
                }
                Err(problem) => {
                    self.end::<()>(Err(problem));
                }
            }
        });
    }

    /// Follows what goes on in the stack that was found.
    pub(in crate::deploy) fn resume(self) {
        self.with_stack(async |engine: Formation<'_>, seen: &Seen| Ok(engine.resume(seen)));
    }

    /// Cancels what goes on.
    pub(in crate::deploy) fn cancel(self) {
        // What is being followed goes on being followed: it will tell of the cancelling.
        let Some(client) = client(&untrack(|| self.region())) else { return };
        let stack = self.formation.known.with_untracked(|known| known.stack().cloned());
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            let Some(seen) = stack else { return };
            let now = engine.look(&seen.id).await.ok().flatten().unwrap_or_else(|| (*seen).clone());
            if let Err(problem) = engine.cancel(&now).await {
                let _ = self.formation.problem.try_set(Some(Arc::new(problem)));
            }
        });
    }

    /// Goes on with a rollback that failed.
    pub(in crate::deploy) fn continue_rollback(self) {
        self.with_stack(async |engine: Formation<'_>, seen: &Seen| engine.continue_rollback(seen, &[]).await);
    }

    /// Deletes the stack. `retain`: what could not be deleted before is left in the account.
    pub(in crate::deploy) fn delete(self, retain: bool) {
        self.with_stack(async move |engine: Formation<'_>, seen: &Seen| {
            // Asked of AWS: after a reload nobody here has seen what failed.
            let kept = if retain { engine.undeletable(&seen.id).await? } else { Vec::new() };
            engine.delete(seen, &kept).await
        });
    }

    /// Does something with the stack that is there, and follows what comes of it.
    fn with_stack(self, act: impl AsyncFnOnce(Formation<'_>, &Seen) -> Result<Watch, Problem> + 'static) {
        let Some(seen) = self.formation.known.with_untracked(|known| known.stack().cloned()) else { return };
        let Some(client) = self.begin(Doing::Following) else { return };
        self.formation.progress.set(None);
        self.formation.leftovers.set(None);
        self.formation.drift.set(None);
        spawn_local(async move {
            let engine = Formation::new(&client, &Browser);
            // What is known may be old; a stack that is gone is looked for by its ARN.
            let now = engine.look(&seen.id).await.ok().flatten().unwrap_or_else(|| (*seen).clone());
            match act(engine, &now).await {
                Ok(watch) => self.follow(&client, watch).await,
                Err(problem) => {
                    self.end::<()>(Err(problem));
                }
            }
        });
    }

    /// Follows an operation to its end; a network that breaks is waited for, credentials that end are not.
    async fn follow(self, client: &Client, mut watch: Watch) {
        let engine = Formation::new(client, &Browser);
        let stack = self.stack();
        let followed = engine.follow(&mut watch, &stack, &mut |progress| self.tell(progress)).await;
        let seen = engine.look(&watch.stack_id).await;
        if self.end(followed).is_none() {
            return;
        }
        let gone = matches!(&seen, Ok(seen) if seen.as_ref().is_none_or(|seen| seen.stand() == Stand::Gone));
        if let Ok(found) = seen {
            self.know(found.filter(|seen| seen.stand() != Stand::Gone));
        }
        self.tell(&watch.progress);
        if gone {
            self.sweep(client, &watch.stack_id).await;
        }
    }

    /// Looks whether anything of the design is left in the account.
    async fn sweep(self, client: &Client, stack_id: &str) {
        let formation = self.formation;
        if formation.doing.try_set(Some(Doing::Sweeping)).is_some() {
            return;
        }
        let left = Formation::new(client, &Browser).leftovers(&self.id(), stack_id).await;
        if let Some(left) = self.end(left) {
            let _ = formation.leftovers.try_set(Some(Arc::new(left)));
            self.show(std::iter::empty(), Vec::new());
        }
    }

    /// Compares what is there with what was deployed.
    pub(in crate::deploy) fn find_drift(self) {
        let Some(seen) = self.formation.known.with_untracked(|known| known.stack().cloned()) else { return };
        let Some(client) = self.begin(Doing::Drifting) else { return };
        spawn_local(async move {
            let stack = self.stack();
            let drift = Formation::new(&client, &Browser).drift(&seen, &stack).await;
            let Some(drift) = self.end(drift) else { return };
            let changed: Vec<_> = drift.changed().filter_map(|one| one.element.clone()).collect();
            let done = drift.resources.iter().filter_map(|one| Some((one.element.clone()?, Mark::Done)));
            self.show(done.chain(changed.into_iter().map(|element| (element, Mark::Drifted))), Vec::new());
            let _ = self.formation.drift.try_set(Some(Arc::new(drift)));
        });
    }

    /// Shows how far an operation is: here, on the canvas and among the problems.
    fn tell(self, progress: &Progress) {
        if self.formation.progress.try_set(Some(Arc::new(progress.clone()))).is_some() {
            return;
        }
        let stack = self.stack();
        let failure = |cause: &trazo_provision::formation::Cause| {
            let element = cause.element.as_ref().or_else(|| origin(&stack, &cause.logical))?;
            let what = format!("{} ({})", cause.logical, cause.type_name);
            Some(Failure { target: target_of(element), what, reason: cause.reason.clone() })
        };
        let failures: Vec<Failure> = progress.causes.iter().filter_map(failure).collect();
        let mark = |state: State| match state {
            State::Pending => Some(Mark::Pending),
            State::Active => Some(match progress.operation {
                trazo_provision::formation::Operation::Delete => Mark::Leaving,
                _ => Mark::Busy,
            }),
            State::Undoing => Some(Mark::Leaving),
            State::Done | State::Kept => Some(Mark::Done),
            State::Failed => Some(Mark::Failed),
            State::Undone | State::Removed => None,
        };
        let elements = progress.elements();
        let marks = elements.iter().filter_map(|(element, state, _)| Some((element.clone(), mark(*state)?)));
        let failed = failures.iter().filter_map(|failure| element_of(&failure.target)).map(|it| (it, Mark::Failed));
        self.show(marks.chain(failed).collect::<Vec<_>>().into_iter(), failures.clone());
    }
}

fn origin<'a>(stack: &'a Stack, logical: &str) -> Option<&'a trazo_stack::Element> {
    stack.resources.get(logical).map(|resource| &resource.origin.element)
}
