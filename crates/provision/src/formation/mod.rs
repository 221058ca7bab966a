//! The CloudFormation engine: a design becomes a stack, is changed, watched and taken away.
//!
//! [`prepare`] makes of a design what will be asked for; [`preview`] shows each request before anything is sent. Then, each step a
//! call of [`Formation`]: [`validate`](Formation::validate), [`change_set`](Formation::change_set) whose [`Change`]s a person
//! reads, [`execute`](Formation::execute), and [`follow`](Formation::follow), which tells what happens to each element until AWS
//! is done. Nothing has to be remembered in between: the stack itself is the journal. It carries the design's id as a tag, and
//! change sets and tokens have names that are made from what they ask for. So a step that is taken twice, from two tabs, or
//! whose answer was lost, is the same step.

mod change;
mod changeset;
mod drift;
mod events;
mod follow;
mod loss;
mod name;
mod prepare;
mod preview;
mod problem;
mod progress;
mod read;
mod reason;
mod remove;
mod resources;
mod run;
mod seen;
mod status;
mod words;

pub use change::{Action, Change, PropertyChange, Replacement};
pub use changeset::ChangeSet;
pub use drift::{Difference, Drift, DriftOf, DriftState};
pub use events::Event;
pub use follow::Watch;
pub use loss::{loss, loss_keys};
pub use name::{MAX_NAME, is_stack_name, stack_name};
pub use prepare::{MAX_BODY, Order, Prepared, prepare};
pub use preview::{Planned, preview, preview_delete};
pub use problem::Problem;
pub use progress::{Cause, Item, Operation, Output, Progress, State};
pub use reason::{explanation, explanation_keys};
pub use remove::{Leftovers, Remains};
pub use seen::Seen;
pub use status::{STATUSES, Stand, is_success, stand, status_key};
pub use words::KEPT;

use serde_json::Value as Json;
use trazo_calls::Call;

use crate::{Caller, World};

/// Does what was prepared, by a caller, in a world.
#[derive(Clone, Copy)]
pub struct Formation<'a> {
    caller: &'a dyn Caller,
    world: &'a dyn World,
}

/// How long the pauses between two looks get, in milliseconds.
const PAUSES: &[u32] = &[1_000, 1_500, 2_000, 3_000, 4_000, 5_000];

/// How often a call is made again that only reads and fails for a reason that may pass.
const TRIES: u32 = 6;

/// How long Trazo waits for what takes AWS seconds, in milliseconds.
const PATIENCE: u64 = 10 * 60 * 1_000;

impl<'a> Formation<'a> {
    /// An engine.
    pub fn new(caller: &'a dyn Caller, world: &'a dyn World) -> Self {
        Self { caller, world }
    }

    /// Makes a call.
    async fn ask(&self, call: &Call) -> Result<Json, Problem> {
        Ok(self.caller.call(call).await?)
    }

    /// Makes a call that changes nothing, several times if need be: while one waits for AWS, a network that is gone for a moment
    /// or an answer cut short is no reason to give up.
    async fn insist(&self, call: &Call) -> Result<Json, Problem> {
        let mut tries = 0;
        loop {
            match self.ask(call).await {
                Err(problem) if problem.is_passing() && tries < TRIES => {
                    self.world.sleep(2_000 << tries.min(4)).await;
                    tries += 1;
                }
                other => return other,
            }
        }
    }

    /// Waits before the next look; the pauses grow with each turn.
    async fn pause(&self, turn: &mut usize) {
        let pause = PAUSES.get(*turn).or(PAUSES.last()).copied().unwrap_or(5_000);
        *turn += 1;
        self.world.sleep(pause).await;
    }
}
