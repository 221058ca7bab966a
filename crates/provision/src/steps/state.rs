//! What can be seen of a run: the state of each step, and what went out and came back.

use serde_json::{Map, Value as Json};
use trazo_calls::Call;

use super::{Lease, Trouble};

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Waits for others.
    Pending,
    /// All that it needs is there.
    Ready,
    /// A call is under way.
    Sending,
    /// It was asked, and nobody knows whether it was done: going on begins with looking it up.
    Unsure,
    /// It is not known whether a call was done; AWS is asked.
    Checking,
    /// What was made is coming up.
    Waiting,
    /// Made.
    Done,
    /// Stopped: see the trouble.
    Failed,
    /// Taking back: there was nothing to take away.
    Skipped,
    /// What was made is being taken away.
    Undoing,
    /// What was made is gone.
    Undone,
    /// What was made could not be taken away: see the trouble.
    UndoFailed,
}

impl StepState {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Pending,
        Self::Ready,
        Self::Sending,
        Self::Unsure,
        Self::Checking,
        Self::Waiting,
        Self::Done,
        Self::Failed,
        Self::Skipped,
        Self::Undoing,
        Self::Undone,
        Self::UndoFailed,
    ];

    /// Its name in text keys: `deploy.engine.state.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Unsure => "unsure",
            Self::Checking => "checking",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
            Self::UndoFailed => "undo_failed",
        }
    }
}

/// What a step is waiting for, as a text with arguments tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What: `deploy.engine.progress.<key>`.
    pub key: &'static str,
    /// What AWS calls the state that it is in; empty where that does not matter.
    pub state: String,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// How long it has lasted, in milliseconds.
    pub elapsed: u64,
    /// How long it may last, in milliseconds; 0 where the number of attempts is limited instead.
    pub limit: u64,
}

/// One call as it went out, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The call; its `aws` command is that of [`Call`].
    pub call: Call,
    /// When it went out, in milliseconds since 1970.
    pub sent: u64,
    /// When its answer came.
    pub answered: Option<u64>,
    /// The answer, in the names that `aws` prints.
    pub answer: Option<Json>,
    /// Why there is none.
    pub trouble: Option<Trouble>,
}

/// A step of a run, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// The id of the step.
    pub id: String,
    /// Where it stands.
    pub state: StepState,
    /// What it is waiting for.
    pub progress: Option<Progress>,
    /// Why it stopped.
    pub trouble: Option<Trouble>,
    /// What went out and came back in this tab, oldest first. Of questions that are asked again and again, only the last.
    pub exchanges: Vec<Exchange>,
    /// What AWS gave: by attribute, `""` for what `Ref` gives.
    pub given: Map<String, Json>,
    /// When it began and ended, in milliseconds since 1970.
    pub began: Option<u64>,
    /// When it ended.
    pub ended: Option<u64>,
}

impl StepView {
    pub(super) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            state: StepState::Pending,
            progress: None,
            trouble: None,
            exchanges: Vec::new(),
            given: Map::new(),
            began: None,
            ended: None,
        }
    }
}

/// Where the whole stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was asked for yet.
    Fresh,
    /// Between steps: go on when you like.
    Paused,
    /// A step is under way.
    Running,
    /// A step failed.
    Stopped,
    /// Everything is made.
    Complete,
    /// Being taken back.
    Removing,
    /// Taking back stopped before the end.
    HalfRemoved,
    /// Nothing is left.
    Removed,
    /// Another tab is at it.
    Elsewhere,
}

impl Phase {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Fresh,
        Self::Paused,
        Self::Running,
        Self::Stopped,
        Self::Complete,
        Self::Removing,
        Self::HalfRemoved,
        Self::Removed,
        Self::Elsewhere,
    ];

    /// Its name in text keys: `deploy.engine.phase.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Paused => "paused",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Complete => "complete",
            Self::Removing => "removing",
            Self::HalfRemoved => "half_removed",
            Self::Removed => "removed",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// What changed in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The step of this place in the order.
    Step(usize),
    /// Where the whole stands.
    Phase,
}

/// Who is at the deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// This tab.
    Ours,
    /// Another tab: watch, or take over when it is not fresh any more.
    Theirs(Lease),
}
