//! Where the records rest, and which tab may go on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Record;
use crate::Later;

/// Why the journal did not take a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// There is a record of this number already: another tab goes on with the deployment.
    #[error("another tab goes on with this deployment")]
    Taken,
    /// The storage does not work or is full.
    #[error("the journal cannot be written")]
    Broken,
}

/// Who is at a deployment, and when that was last heard.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Lease {
    /// The deployment.
    pub deployment: String,
    /// The tab.
    pub tab: String,
    /// When it was last heard of, in milliseconds since 1970.
    pub beat: u64,
}

/// A tab that was not heard of for this long is gone, in milliseconds. Browsers let a tab that nobody sees run once a minute
/// (<https://developer.chrome.com/blog/timer-throttling-in-chrome-88>), and no call is under way for longer.
pub const STALE: u64 = 150_000;

/// How often a tab at work is heard of, in milliseconds.
pub const BEAT: u64 = 10_000;

impl Lease {
    /// Whether whoever holds it is still there.
    pub fn is_fresh(&self, now: u64) -> bool {
        // A beat from the future is that of a clock which was set back since.
        now.abs_diff(self.beat) < STALE
    }
}

/// Keeps records: the page in IndexedDB, tests in memory.
pub trait Journal {
    /// All records of a deployment, by their numbers.
    ///
    /// # Errors
    /// [`JournalError::Broken`] where it cannot be read.
    fn read<'a>(&'a self, deployment: &'a str) -> Later<'a, Result<Vec<Record>, JournalError>>;

    /// Adds a record, and is done when it rests safely. Two records of one deployment never have one number: this is what keeps
    /// two tabs from asking for one thing twice.
    ///
    /// # Errors
    /// [`JournalError::Taken`] where there is one of this number already; [`JournalError::Broken`] where it was not kept.
    fn write<'a>(&'a self, record: &'a Record) -> Later<'a, Result<(), JournalError>>;

    /// Asks for the lease of a deployment, or tells that its holder is still there, and gives the lease that holds from now on:
    /// the wanted one where nobody has it, where the same tab has it or where its holder is not [fresh](Lease::is_fresh) at the
    /// wanted one's beat; otherwise that of the holder. Reading and writing are one transaction.
    ///
    /// # Errors
    /// [`JournalError::Broken`] where it was not kept.
    fn lease<'a>(&'a self, wanted: &'a Lease) -> Later<'a, Result<Lease, JournalError>>;

    /// Who has the lease of a deployment and is still there at `now`, which is [`Lease::is_fresh`] unless the journal knows better.
    ///
    /// # Errors
    /// [`JournalError::Broken`] where it cannot be read.
    fn holder<'a>(&'a self, deployment: &'a str, now: u64) -> Later<'a, Result<Option<Lease>, JournalError>>;

    /// Gives the lease back, where this tab has it.
    ///
    /// # Errors
    /// [`JournalError::Broken`] where it was not kept.
    fn release<'a>(&'a self, deployment: &'a str, tab: &'a str) -> Later<'a, Result<(), JournalError>>;
}

/// A journal that lasts as long as the program.
#[derive(Debug, Default)]
pub struct Memory {
    records: RefCell<BTreeMap<(String, u32), Record>>,
    leases: RefCell<BTreeMap<String, Lease>>,
}

impl Memory {
    /// All records, of all deployments.
    pub fn records(&self) -> Vec<Record> {
        self.records.borrow().values().cloned().collect()
    }
}

impl Journal for Memory {
    fn read<'a>(&'a self, deployment: &'a str) -> Later<'a, Result<Vec<Record>, JournalError>> {
        Box::pin(async move {
            let mut found = self.records();
            found.retain(|record| record.deployment == deployment);
            Ok(found)
        })
    }

    fn write<'a>(&'a self, record: &'a Record) -> Later<'a, Result<(), JournalError>> {
        Box::pin(async move {
            let key = (record.deployment.clone(), record.number);
            let mut records = self.records.borrow_mut();
            if records.contains_key(&key) {
                return Err(JournalError::Taken);
            }
            records.insert(key, record.clone());
            Ok(())
        })
    }

    fn lease<'a>(&'a self, wanted: &'a Lease) -> Later<'a, Result<Lease, JournalError>> {
        Box::pin(async move {
            let mut leases = self.leases.borrow_mut();
            if let Some(held) = leases.get(&wanted.deployment)
                && held.tab != wanted.tab
                && held.is_fresh(wanted.beat)
            {
                return Ok(held.clone());
            }
            leases.insert(wanted.deployment.clone(), wanted.clone());
            Ok(wanted.clone())
        })
    }

    fn holder<'a>(&'a self, deployment: &'a str, now: u64) -> Later<'a, Result<Option<Lease>, JournalError>> {
        Box::pin(async move { Ok(self.leases.borrow().get(deployment).filter(|lease| lease.is_fresh(now)).cloned()) })
    }

    fn release<'a>(&'a self, deployment: &'a str, tab: &'a str) -> Later<'a, Result<(), JournalError>> {
        Box::pin(async move {
            self.leases.borrow_mut().retain(|key, lease| key != deployment || lease.tab != tab);
            Ok(())
        })
    }
}
