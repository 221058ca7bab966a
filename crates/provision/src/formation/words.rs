//! The texts that name what is found: a state, an action.

use super::{Action, DriftState, Replacement, State};

impl State {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "deploy.formation.state.pending",
            Self::Active => "deploy.formation.state.active",
            Self::Done => "deploy.formation.state.done",
            Self::Failed => "deploy.formation.state.failed",
            Self::Undoing => "deploy.formation.state.undoing",
            Self::Undone => "deploy.formation.state.undone",
            Self::Removed => "deploy.formation.state.removed",
            Self::Kept => "deploy.formation.state.kept",
        }
    }
}

impl Action {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Add => "deploy.formation.action.add",
            Self::Change => "deploy.formation.action.change",
            Self::Replace => "deploy.formation.action.replace",
            Self::Remove => "deploy.formation.action.remove",
            Self::Import => "deploy.formation.action.import",
        }
    }
}

impl Replacement {
    /// The text that says what it means.
    pub fn key(self) -> &'static str {
        match self {
            Self::Always => "deploy.formation.replacement.always",
            Self::Conditional => "deploy.formation.replacement.conditional",
            Self::Never => "deploy.formation.replacement.never",
        }
    }
}

/// The text for what leaves the stack and stays in the account.
pub const KEPT: &str = "deploy.formation.replacement.kept";

impl DriftState {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::InSync => "deploy.formation.drift.in_sync",
            Self::Modified => "deploy.formation.drift.modified",
            Self::Deleted => "deploy.formation.drift.deleted",
            Self::NotChecked => "deploy.formation.drift.not_checked",
        }
    }
}
