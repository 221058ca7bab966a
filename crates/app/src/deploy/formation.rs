//! The CloudFormation engine at work: what it is at, what it found, and what it is told.

mod act;
mod changes;
mod outcome;
mod progress;
mod view;

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::formation::{ChangeSet, Drift, Leftovers, Prepared, Problem, Progress, Seen};

pub(super) use act::prepared;
pub(super) use view::{FormationView, glance};

/// What the engine is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// Looks for the design's stack.
    Looking,
    /// Has the template looked through, and the changes prepared.
    Preparing,
    /// AWS makes, changes or takes away.
    Following,
    /// Throws the prepared changes away.
    Discarding,
    /// Compares what is there with what was deployed.
    Drifting,
    /// Looks whether anything was left behind.
    Sweeping,
}

impl Doing {
    /// Its name in the keys of texts.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::Preparing => "preparing",
            Self::Following => "following",
            Self::Discarding => "discarding",
            Self::Drifting => "drifting",
            Self::Sweeping => "sweeping",
        }
    }
}

/// What is known of the design's stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Known {
    /// Nobody has looked yet.
    #[default]
    Nothing,
    /// There is none.
    None,
    /// It is there.
    Stack(Arc<Seen>),
}

impl Known {
    /// The stack, where there is one.
    pub(super) fn stack(&self) -> Option<&Arc<Seen>> {
        match self {
            Self::Stack(seen) => Some(seen),
            _ => None,
        }
    }
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct FormationJob {
    pub(super) doing: RwSignal<Option<Doing>>,
    pub(super) known: RwSignal<Known>,
    /// The changes that wait for the person.
    pub(super) set: RwSignal<Option<Arc<ChangeSet>>>,
    /// What they were prepared for.
    pub(super) wish: RwSignal<Option<Arc<Prepared>>>,
    /// The operation that is watched, or was.
    pub(super) progress: RwSignal<Option<Arc<Progress>>>,
    pub(super) problem: RwSignal<Option<Arc<Problem>>>,
    pub(super) drift: RwSignal<Option<Arc<Drift>>>,
    pub(super) leftovers: RwSignal<Option<Arc<Leftovers>>>,
}

impl FormationJob {
    pub(super) fn new() -> Self {
        Self {
            doing: RwSignal::new(None),
            known: RwSignal::new(Known::Nothing),
            set: RwSignal::new(None),
            wish: RwSignal::new(None),
            progress: RwSignal::new(None),
            problem: RwSignal::new(None),
            drift: RwSignal::new(None),
            leftovers: RwSignal::new(None),
        }
    }
}
