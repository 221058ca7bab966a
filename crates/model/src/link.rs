//! Links: typed connections between two nodes.

use serde_json::{Map, Value};

use crate::node::Unknown;
use crate::{LinkId, LinkKind, LinkProps, NodeId};

/// One connection, from the caller to the called.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its id, unique among the links.
    pub id: LinkId,
    /// Where it begins.
    pub from: NodeId,
    /// Where it ends.
    pub to: NodeId,
    /// What it carries.
    pub props: LinkProps,
    /// What a newer version wrote.
    pub unknown: Unknown,
}

impl Link {
    /// A link with the default properties of `kind`.
    pub fn new(id: LinkId, kind: LinkKind, from: &NodeId, to: &NodeId) -> Self {
        Self {
            id,
            from: from.clone(),
            to: to.clone(),
            props: (kind.spec().new)(),
            unknown: Unknown { outer: Map::<String, Value>::new(), props: Map::new() },
        }
    }

    /// Its kind.
    pub fn kind(&self) -> LinkKind {
        self.props.kind()
    }

    /// The other end than `node`.
    pub fn other_end(&self, node: &NodeId) -> &NodeId {
        if &self.from == node { &self.to } else { &self.from }
    }
}
