//! Nodes: what is drawn on the canvas as a card, a group or a note.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Kind, NodeId, Props};

/// A tag that AWS keeps on what is created.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tag {
    /// 1 to 128 characters, not beginning with `aws:`.
    pub key: String,
    /// 0 to 256 characters.
    pub value: String,
}

/// Width and height in whole units of the world (CSS pixels at 100 %).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

/// Where a node lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Left edge, in whole world units.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Size of a group or a note; cards have one size and hold `None`.
    pub size: Option<Size>,
    /// The group that it lies in.
    pub parent: Option<NodeId>,
}

/// Fields of a manifest that this version does not know, kept as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unknown {
    /// Beside `id`, `kind`, `name` …
    pub outer: Map<String, Value>,
    /// Inside `props`.
    pub props: Map<String, Value>,
}

/// One element of the architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its id, unique among the nodes.
    pub id: NodeId,
    /// Its name: shown on the card, and the base of the names that AWS gets.
    pub name: String,
    /// Where it lies.
    pub place: Placement,
    /// Tags of what is created from it.
    pub tags: Vec<Tag>,
    /// The properties of its kind.
    pub props: Props,
    /// What a newer version wrote.
    pub unknown: Unknown,
}

impl Node {
    /// A node with the default properties of `kind`.
    pub fn new(id: NodeId, kind: Kind, name: &str, x: i32, y: i32) -> Self {
        let spec = kind.spec();
        Self {
            id,
            name: name.to_owned(),
            place: Placement { x, y, size: spec.shape.default_size(), parent: None },
            tags: Vec::new(),
            props: (spec.new)(),
            unknown: Unknown::default(),
        }
    }

    /// The same node inside `parent`.
    #[must_use]
    pub fn inside(mut self, parent: &NodeId) -> Self {
        self.place.parent = Some(parent.clone());
        self
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.props.kind()
    }
}
