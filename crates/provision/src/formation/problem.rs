//! Why the engine did not do what was asked, each with its text.

use trazo_model::Phrase;

use super::{Cause, explanation, prepare::MAX_BODY};
use crate::CallError;

/// Why the engine did not do what was asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    /// There is nothing to deploy.
    #[error("the design has no resource that can be deployed")]
    Empty,
    /// The template is larger than a request may carry.
    #[error("the template has {bytes} bytes")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The resources that take most of it: logical id and bytes.
        most: Vec<(String, usize)>,
    },
    /// Parameters without a value.
    #[error("parameters without a value: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// A stack of this name is there, and it is not this design's.
    #[error("the stack {0} belongs to something else")]
    Foreign(String),
    /// Something goes on in the stack already.
    #[error("the stack {name} is in {status}")]
    Busy {
        /// The stack.
        name: String,
        /// Its status.
        status: String,
    },
    /// The stack can only be deleted.
    #[error("the stack {name} is in {status} and has to be deleted first")]
    MustDelete {
        /// The stack.
        name: String,
        /// Its status.
        status: String,
    },
    /// A rollback has to be continued first.
    #[error("the rollback of the stack {0} has to be continued first")]
    MustContinue(String),
    /// What is there is what was drawn.
    #[error("nothing has changed")]
    NoChanges,
    /// CloudFormation does not take the template.
    #[error("{0}")]
    Invalid(String),
    /// CloudFormation could not make the change set.
    #[error("{reason}")]
    ChangeSetFailed {
        /// CloudFormation's words.
        reason: String,
        /// What it found, at which resource.
        causes: Vec<Cause>,
    },
    /// The change set is no longer there, or no longer fits what is there.
    #[error("the change set is out of date")]
    Stale,
    /// AWS did not come to an end within the time that Trazo waits.
    #[error("no end in time")]
    Slow,
    /// What goes on cannot be cancelled any more.
    #[error("the stack {name} is in {status}: nothing can be cancelled")]
    NothingToCancel {
        /// The stack.
        name: String,
        /// Its status.
        status: String,
    },
    /// A call failed.
    #[error("{0}")]
    Call(#[from] CallError),
}

impl Problem {
    /// Whether new credentials are needed to go on.
    pub fn is_expired(&self) -> bool {
        match self {
            Self::Call(CallError::Expired) => true,
            Self::Call(error) => EXPIRED.iter().any(|code| error.is(code)),
            _ => false,
        }
    }

    /// Whether the same call may well succeed a little later.
    pub(super) fn is_passing(&self) -> bool {
        let Self::Call(error) = self else { return false };
        match error {
            CallError::Unsent(why) => *why != crate::Unsent::Cancelled,
            CallError::Unreadable => true,
            CallError::Refused(refusal) => refusal.status >= 500 || refusal.is_throttle(),
            CallError::Expired | CallError::Unknown(..) | CallError::Unsendable(..) => false,
        }
    }

    /// The text that explains what AWS said, where it is known well enough: `deploy.formation.reason.…`.
    pub fn explained(&self) -> Option<&'static str> {
        match self {
            Self::Invalid(words) | Self::ChangeSetFailed { reason: words, .. } => explanation(words),
            Self::Call(error) => {
                error.refusal().and_then(|it| explanation(&it.message).or_else(|| explanation(&it.code)))
            }
            _ => None,
        }
    }

    /// What to say. The texts say what to do, too.
    pub fn phrase(&self) -> Phrase {
        let stack = |key, name: &str| Phrase::new(key).with("stack", name);
        match self {
            Self::Empty => Phrase::new("deploy.formation.problem.empty"),
            Self::TooLarge { bytes, most } => Phrase::new("deploy.formation.problem.too_large")
                .with("bytes", bytes.to_string())
                .with("limit", MAX_BODY.to_string())
                .with("most", most.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ")),
            Self::Missing(names) => Phrase::new("deploy.formation.problem.missing").with("names", names.join(", ")),
            Self::Foreign(name) => stack("deploy.formation.problem.foreign", name),
            Self::Busy { name, status } => stack("deploy.formation.problem.busy", name).with("status", status),
            Self::MustDelete { name, status } => {
                stack("deploy.formation.problem.must_delete", name).with("status", status)
            }
            Self::MustContinue(name) => stack("deploy.formation.problem.must_continue", name),
            Self::NoChanges => Phrase::new("deploy.formation.problem.no_changes"),
            Self::Invalid(words) => Phrase::new("deploy.formation.problem.invalid").with("aws", words),
            Self::ChangeSetFailed { reason, .. } => {
                Phrase::new("deploy.formation.problem.change_set").with("aws", reason)
            }
            Self::Stale => Phrase::new("deploy.formation.problem.stale"),
            Self::Slow => Phrase::new("deploy.formation.problem.slow"),
            Self::NothingToCancel { name, status } => {
                stack("deploy.formation.problem.nothing_to_cancel", name).with("status", status)
            }
            Self::Call(error) if self.is_expired() => {
                Phrase::new("deploy.formation.problem.expired").with("aws", error.to_string())
            }
            Self::Call(error) => Phrase::new("deploy.formation.problem.call").with("aws", error.to_string()),
        }
    }
}

/// How AWS says that credentials have ended
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html>).
const EXPIRED: &[&str] = &["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
