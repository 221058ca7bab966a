//! Why an edit is refused.

use crate::edit::Refusal;
use crate::{LinkId, NodeId};

/// An edit would break a rule of the document. The text for a person is `errors.edit.<key>`.
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
    /// Its name in text keys.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoNode(_) => "no_node",
            Self::NoLink(_) => "no_link",
            Self::BadId(_) => "bad_id",
            Self::InUse(_) => "in_use",
            Self::BadPlace(_) => "bad_place",
            Self::Link(_) => "link",
            Self::BadParent(..) => "bad_parent",
            Self::BadValue { .. } => "bad_value",
        }
    }
}
