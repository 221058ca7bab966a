//! How far the deployment of each element has come, as the canvas and the list of problems show it.
//!
//! The deployment itself is another part of the page: it writes this, and everybody else reads it.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::Target;

use super::Studio;

/// How far AWS has come with what an element became.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Progress {
    /// All of it is as it is drawn.
    Done,
    /// It was changed outside of Trazo.
    Drifted,
    /// It waits for its turn.
    Pending,
    /// It is being taken away.
    Leaving,
    /// It is being made or changed.
    Busy,
    /// AWS has refused something of it.
    Failed,
}

impl Progress {
    /// Its name in code and in the keys of texts.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Drifted => "drifted",
            Self::Pending => "pending",
            Self::Leaving => "leaving",
            Self::Busy => "busy",
            Self::Failed => "failed",
        }
    }
}

/// Something that AWS has refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The element that it was made from.
    pub(crate) target: Target,
    /// What was to be made: its type and name.
    pub(crate) what: String,
    /// AWS's own words.
    pub(crate) reason: String,
}

/// The deployment as others see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Deployed {
    /// How far each element has come; those that are no part of it are not there.
    pub(crate) progress: HashMap<Target, Progress>,
    /// What has failed, the first first.
    pub(crate) failures: Vec<Failure>,
}

impl Studio {
    /// Shows another state of the deployment.
    pub(crate) fn show_deployed(&self, deployed: Deployed) {
        if self.is_open() && self.deployed.with_untracked(|now| **now != deployed) {
            self.deployed.set(Arc::new(deployed));
        }
    }
}
