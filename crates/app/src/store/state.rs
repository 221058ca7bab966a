//! Whether the open design is stored.

use super::StoreError;

/// Whether the open design is stored in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SaveState {
    /// It is.
    #[default]
    Saved,
    /// The last change is about to be.
    Saving,
    /// It could not be; editing goes on.
    Unsaved(Reason),
    /// Another tab has stored something else; nothing is stored until the person has chosen.
    Conflict(Clash),
}

/// Why a design could not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// No space.
    Full,
    /// The browser keeps nothing for this page.
    Refused,
    /// A newer Trazo in another tab.
    Newer,
    /// Something else; it is tried again.
    Failed,
}

/// What another tab did to the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// It was changed there, too.
    Changed,
    /// It was deleted there.
    Gone,
}

impl SaveState {
    /// The state after a failure.
    pub(super) fn after(error: &StoreError) -> Self {
        match error {
            StoreError::Full => Self::Unsaved(Reason::Full),
            StoreError::Refused => Self::Unsaved(Reason::Refused),
            StoreError::Newer => Self::Unsaved(Reason::Newer),
            StoreError::Failed(_) => Self::Unsaved(Reason::Failed),
            StoreError::Changed => Self::Conflict(Clash::Changed),
            StoreError::Gone => Self::Conflict(Clash::Gone),
        }
    }

    /// The key of the short text for it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Saved => "ui.saved.yes",
            Self::Saving => "ui.saved.busy",
            Self::Unsaved(Reason::Refused) => "ui.saved.never",
            Self::Unsaved(_) | Self::Conflict(_) => "ui.saved.no",
        }
    }
}
