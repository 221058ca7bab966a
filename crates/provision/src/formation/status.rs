//! The states of a stack, and what can be done in each.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html>

/// Where a stack stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Only change sets so far: nothing was made.
    Review,
    /// Something goes on in it.
    Busy,
    /// It is up and can be updated.
    Up,
    /// Its creation failed: it can only be deleted.
    Dead,
    /// Rolling an update back failed: that has to be continued first.
    Stuck,
    /// It was deleted.
    Gone,
}

/// Where a stack of this status stands.
pub fn stand(status: &str) -> Stand {
    match status {
        "REVIEW_IN_PROGRESS" => Stand::Review,
        "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "DELETE_FAILED" | "CREATE_FAILED" => Stand::Dead,
        "UPDATE_ROLLBACK_FAILED" => Stand::Stuck,
        "DELETE_COMPLETE" => Stand::Gone,
        other if other.ends_with("_IN_PROGRESS") => Stand::Busy,
        _ => Stand::Up,
    }
}

/// Whether what was asked for has come about; a rollback that went well is not it.
pub fn is_success(status: &str) -> bool {
    matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "DELETE_COMPLETE" | "IMPORT_COMPLETE")
}

/// Whether a status of the whole stack is the first of an operation.
pub(super) fn begins(status: &str) -> bool {
    matches!(
        status,
        "CREATE_IN_PROGRESS"
            | "UPDATE_IN_PROGRESS"
            | "DELETE_IN_PROGRESS"
            | "IMPORT_IN_PROGRESS"
            | "REVIEW_IN_PROGRESS"
    )
}

/// The text that names a status: `deploy.formation.status.<status>`.
pub fn status_key(status: &str) -> String {
    format!("deploy.formation.status.{status}")
}

/// All statuses of stacks that AWS knows.
pub const STATUSES: &[&str] = &[
    "CREATE_IN_PROGRESS",
    "CREATE_FAILED",
    "CREATE_COMPLETE",
    "ROLLBACK_IN_PROGRESS",
    "ROLLBACK_FAILED",
    "ROLLBACK_COMPLETE",
    "DELETE_IN_PROGRESS",
    "DELETE_FAILED",
    "DELETE_COMPLETE",
    "UPDATE_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_COMPLETE",
    "UPDATE_FAILED",
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_FAILED",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE",
    "REVIEW_IN_PROGRESS",
    "IMPORT_IN_PROGRESS",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_IN_PROGRESS",
    "IMPORT_ROLLBACK_FAILED",
    "IMPORT_ROLLBACK_COMPLETE",
];
