//! Text that could not be stored in time: written at once when a tab is closed or the page crashes, taken up when the design
//! is opened again. IndexedDB answers too late for that; this storage answers at once.

use crate::prefs;

const PREFIX: &str = "trazo.pending.";

/// A text that is waiting to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// The stored version that it was made from.
    pub(crate) rev: u32,
    /// The manifest.
    pub(crate) text: String,
}

/// Writes it down; tells whether the browser took it.
pub(crate) fn write(id: &str, rev: u32, text: &str) -> bool {
    let Some(storage) = prefs::storage() else { return false };
    storage.set_item(&key(id), &format!("{rev}\n{text}")).is_ok()
}

/// What is written down for a design.
pub(crate) fn read(id: &str) -> Option<Pending> {
    let (rev, text) = prefs::read(&key(id))
        .as_deref()
        .and_then(|kept| kept.split_once('\n'))
        .map(|(rev, text)| (rev.parse(), text.to_owned()))?;
    Some(Pending { rev: rev.ok()?, text })
}

/// Forgets it.
pub(crate) fn forget(id: &str) {
    if let Some(storage) = prefs::storage() {
        // There is nothing to do about a refusal: the text is stored, and will be found to be the same.
        let _ = storage.remove_item(&key(id));
    }
}

fn key(id: &str) -> String {
    format!("{PREFIX}{id}")
}
