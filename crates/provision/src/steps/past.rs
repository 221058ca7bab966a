//! What the journal tells of each step: read from its records, and kept as new ones are written.

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::{Record, What};

/// What is known of one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Past {
    /// It was asked, no outcome is known, and this is when it was asked.
    pub(super) open: Option<u64>,
    /// It was asked at least once without a known outcome: what is there may be its own.
    pub(super) doubt: bool,
    /// The call was done.
    pub(super) done: bool,
    /// What had to be waited for is there.
    pub(super) ready: bool,
    /// What AWS gave.
    pub(super) given: Map<String, Json>,
    /// It was taken away.
    pub(super) gone: bool,
}

impl Past {
    /// Whether something of it is, or may be, in the account.
    pub(super) fn may_stand(&self) -> bool {
        !self.gone && (self.done || self.open.is_some())
    }
}

/// What is known of a deployment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pasts {
    steps: IndexMap<String, Past>,
    /// The number of the next record.
    pub(super) next: u32,
    /// What was begun elsewhere is known.
    pub(super) surveyed: bool,
    /// Taking back has begun.
    pub(super) removing: bool,
    /// Nothing is left.
    pub(super) ended: bool,
}

impl Pasts {
    /// What records tell.
    pub(super) fn read(records: &[Record]) -> Self {
        let mut pasts = Self::default();
        for record in records {
            pasts.take(record);
        }
        pasts
    }

    /// What is known of a step.
    pub(super) fn of(&self, step: &str) -> Past {
        self.steps.get(step).cloned().unwrap_or_default()
    }

    /// Whether a step was done, and whether what had to be waited for is there.
    pub(super) fn stage(&self, step: &str) -> (bool, bool) {
        self.steps.get(step).map_or((false, false), |past| (past.done, past.ready))
    }

    /// Takes up one more record.
    pub(super) fn take(&mut self, record: &Record) {
        self.next = self.next.max(record.number.saturating_add(1));
        match record.what {
            What::Ended => self.ended = true,
            What::Removes => self.removing = true,
            What::Surveyed => self.surveyed = true,
            _ => {}
        }
        if record.step.is_empty() {
            return;
        }
        let past = self.steps.entry(record.step.clone()).or_default();
        match record.what {
            What::Asks => {
                // Asked twice without anything between: nobody knows of the first.
                past.doubt |= past.open.is_some();
                past.open = Some(record.at);
                past.gone = false;
            }
            What::Answered => {
                (past.open, past.done, past.gone) = (None, true, false);
                past.given.extend(record.given.clone());
            }
            What::Refused => past.open = None,
            What::Absent => (past.open, past.doubt) = (None, true),
            What::Unsure => past.doubt = true,
            What::Ready => {
                past.ready = true;
                past.given.extend(record.given.clone());
            }
            What::Gone => *past = Past { gone: true, ..Past::default() },
            What::Removes | What::Began | What::Surveyed | What::Ended => {}
        }
    }
}
