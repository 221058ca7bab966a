//! What has changed in a design, in order.

use std::sync::atomic::{AtomicU64, Ordering};

use super::key::Key;

/// How many changes are remembered. Who was away for longer looks at everything anew.
const LIMIT: usize = 1 << 14;

/// A moment in the life of one design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    design: u64,
    time: u64,
}

/// The numbers of the questions whose answers have changed. A clone of a design has a life of its own.
#[derive(Debug)]
pub(super) struct Journal {
    design: u64,
    /// How many changes are no longer remembered.
    forgotten: u64,
    changes: Vec<u64>,
}

impl Default for Journal {
    fn default() -> Self {
        // 0 is the moment before all designs.
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self { design: NEXT.fetch_add(1, Ordering::Relaxed), forgotten: 0, changes: Vec::new() }
    }
}

impl Clone for Journal {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Journal {
    pub(super) fn note(&mut self, key: Key<'_>) {
        if self.changes.len() >= LIMIT {
            self.forgotten += self.changes.len() as u64;
            self.changes.clear();
        }
        self.changes.push(key.number());
    }

    pub(super) fn now(&self) -> Moment {
        Moment { design: self.design, time: self.forgotten + self.changes.len() as u64 }
    }

    pub(super) fn since(&self, then: Moment) -> Option<&[u64]> {
        let known = then.time.checked_sub(self.forgotten).filter(|_| then.design == self.design)?;
        self.changes.get(usize::try_from(known).ok()?..)
    }
}
