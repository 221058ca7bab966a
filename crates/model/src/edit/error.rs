//! Why an edit is refused.

use crate::edit::Refusal;
use crate::{LinkId, NodeId, Phrase};

/// An edit would break a rule of the document. [`EditError::phrase`] is what is said of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// There is no such node.
    #[error("there is no node {0}")]
    NoNode(NodeId),
    /// There is no such link.
    #[error("there is no link {0}")]
    NoLink(LinkId),
    /// The id is taken, or is none.
    #[error("the id {0} is taken or cannot be an id")]
    BadId(String),
    /// The node has links or holds nodes.
    #[error("the node {0} has links or holds other nodes")]
    InUse(NodeId),
    /// A position or size is out of range.
    #[error("the node {0} cannot lie there")]
    BadPlace(NodeId),
    /// The kinds may not be linked, or not so.
    #[error("this link is not allowed: {}", .0.key())]
    Link(Refusal),
    /// The node may not lie in that group.
    #[error("the node {0} cannot lie in {1}")]
    BadParent(NodeId, NodeId),
    /// There is no such field, or it may not hold that value.
    #[error("the field {path} cannot take this value: {reason}")]
    BadValue {
        /// The field.
        path: String,
        /// Why, as serde or the field table says it, for logs and the command line.
        reason: String,
    },
}

impl EditError {
    /// What is said of it.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NoNode(id) => Phrase::new("errors.edit.no_node").with("id", id.as_str()),
            Self::NoLink(id) => Phrase::new("errors.edit.no_link").with("id", id.as_str()),
            Self::BadId(id) => Phrase::new("errors.edit.bad_id").with("id", id),
            Self::InUse(id) => Phrase::new("errors.edit.in_use").with("id", id.as_str()),
            Self::BadPlace(id) => Phrase::new("errors.edit.bad_place").with("id", id.as_str()),
            Self::Link(refusal) => {
                // The others name the two nodes, which are not known here.
                let reason = match refusal {
                    Refusal::Itself | Refusal::Already => format!("refusal.{}", refusal.key()),
                    _ => String::new(),
                };
                Phrase::new("errors.edit.link").with("reason", reason)
            }
            Self::BadParent(id, group) => {
                Phrase::new("errors.edit.bad_parent").with("id", id.as_str()).with("group", group.as_str())
            }
            Self::BadValue { path, reason } => {
                Phrase::new("errors.edit.bad_value").with("path", path).with("reason", reason)
            }
        }
    }
}
