//! Edits: the only way in which a design changes. Each is checked against the rules of the document and gives back its
//! inverse.

use serde_json::Value;

use crate::node::Placement;
use crate::{Design, Kind, Link, LinkId, Node, NodeId};

mod element;
mod error;
mod rules;

pub use element::{element_json, with_field};
pub use error::EditError;
pub use rules::{Refusal, can_lie_in, can_link};

/// What an edit, a finding or a selection is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The design itself.
    Design,
    /// A node.
    Node(NodeId),
    /// A link.
    Link(LinkId),
}

impl From<&NodeId> for Target {
    fn from(id: &NodeId) -> Self {
        Self::Node(id.clone())
    }
}

impl From<&LinkId> for Target {
    fn from(id: &LinkId) -> Self {
        Self::Link(id.clone())
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a node at a position in the order of the document.
    AddNode {
        /// Where in the order; the end if it is greater than the number of nodes.
        index: usize,
        /// The node.
        node: Box<Node>,
    },
    /// Removes a node that has no links and holds no nodes.
    RemoveNode(NodeId),
    /// Adds a link at a position in the order of the document.
    AddLink {
        /// Where in the order; the end if it is greater than the number of links.
        index: usize,
        /// The link.
        link: Box<Link>,
    },
    /// Removes a link.
    RemoveLink(LinkId),
    /// Moves, resizes or puts a node into a group or out of it. Nodes inside it stay where they are.
    Place {
        /// The node.
        node: NodeId,
        /// Where it shall lie.
        place: Placement,
    },
    /// Sets a field. Of a node `name`, `tags` and the properties of its kind; of a link its properties; of the design
    /// `name`, `region` and `account`.
    Set {
        /// The element.
        target: Target,
        /// Dotted path (`containers.0.image`).
        path: String,
        /// The value; `None` takes an optional one away.
        value: Option<Value>,
    },
    /// Several edits in order, all or none.
    Batch(Vec<Edit>),
}

/// What an edit has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The node is new.
    NodeAdded(NodeId),
    /// The node is gone.
    NodeRemoved(NodeId),
    /// The node lies elsewhere, has another size or another parent.
    NodePlaced(NodeId),
    /// A field of the node has another value.
    NodeSet(NodeId),
    /// The link is new.
    LinkAdded(LinkId),
    /// The link is gone.
    LinkRemoved(LinkId),
    /// A field of the link has another value.
    LinkSet(LinkId),
    /// A field of the design has another value.
    DesignSet,
}

/// What applying an edit gives.
#[derive(Debug)]
pub struct Applied {
    /// The edit that takes it back.
    pub inverse: Edit,
    /// What it changed, in order.
    pub touched: Vec<Touch>,
}

impl Edit {
    /// Adds `node` at the end.
    pub fn add_node(node: Node) -> Self {
        Self::AddNode { index: usize::MAX, node: Box::new(node) }
    }

    /// Adds `link` at the end.
    pub fn add_link(link: Link) -> Self {
        Self::AddLink { index: usize::MAX, link: Box::new(link) }
    }

    /// Sets a field.
    pub fn set(target: impl Into<Target>, path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::Set { target: target.into(), path: path.into(), value: Some(value.into()) }
    }
}

/// Applies an edit.
///
/// # Errors
/// An [`EditError`] where it would break a rule of the document; the design is then as it was.
pub fn apply(design: &mut Design, edit: Edit) -> Result<Applied, EditError> {
    let mut touched = Vec::new();
    let inverse = run(design, edit, &mut touched)?;
    Ok(Applied { inverse, touched })
}

fn run(design: &mut Design, edit: Edit, touched: &mut Vec<Touch>) -> Result<Edit, EditError> {
    match edit {
        Edit::AddNode { index, node } => {
            rules::node_may_be_added(design, &node)?;
            let id = node.id.clone();
            design.insert_node(index, *node);
            touched.push(Touch::NodeAdded(id.clone()));
            Ok(Edit::RemoveNode(id))
        }
        Edit::RemoveNode(id) => {
            rules::node_may_be_removed(design, &id)?;
            let (index, node) = design.take_node(&id).ok_or_else(|| EditError::NoNode(id.clone()))?;
            touched.push(Touch::NodeRemoved(id));
            Ok(Edit::AddNode { index, node: Box::new(node) })
        }
        Edit::AddLink { index, link } => {
            rules::link_may_be_added(design, &link)?;
            let id = link.id.clone();
            design.insert_link(index, *link);
            touched.push(Touch::LinkAdded(id.clone()));
            Ok(Edit::RemoveLink(id))
        }
        Edit::RemoveLink(id) => {
            let (index, link) = design.take_link(&id).ok_or_else(|| EditError::NoLink(id.clone()))?;
            touched.push(Touch::LinkRemoved(id));
            Ok(Edit::AddLink { index, link: Box::new(link) })
        }
        Edit::Place { node, place } => {
            rules::node_may_be_placed(design, &node, &place)?;
            let old = design.set_placement(&node, place).ok_or_else(|| EditError::NoNode(node.clone()))?;
            touched.push(Touch::NodePlaced(node.clone()));
            Ok(Edit::Place { node, place: old })
        }
        Edit::Set { target, path, value } => {
            let old = element::set(design, &target, &path, value)?;
            touched.push(match &target {
                Target::Design => Touch::DesignSet,
                Target::Node(id) => Touch::NodeSet(id.clone()),
                Target::Link(id) => Touch::LinkSet(id.clone()),
            });
            Ok(Edit::Set { target, path, value: old })
        }
        Edit::Batch(edits) => batch(design, edits, touched),
    }
}

fn batch(design: &mut Design, edits: Vec<Edit>, touched: &mut Vec<Touch>) -> Result<Edit, EditError> {
    let before = touched.len();
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match run(design, edit, touched) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                touched.truncate(before);
                let mut undone = Vec::new();
                for inverse in inverses.into_iter().rev() {
                    // The inverse of an edit that has just been applied holds by construction.
                    let _ = run(design, inverse, &mut undone);
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Batch(inverses))
}

/// The kind of a node, for messages.
pub(crate) fn kind_of(design: &Design, id: &NodeId) -> Result<Kind, EditError> {
    design.node(id).map(Node::kind).ok_or_else(|| EditError::NoNode(id.clone()))
}
