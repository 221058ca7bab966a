//! What is drawn over the design while something is going on, and how the pointer looks.

use trazo_model::{Kind, NodeId, Refusal};

use crate::geometry::{Point, Rect};
use crate::hit::Grip;
use crate::snap::Guide;

/// What passes. All in world units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// The frame that is being drawn to select what lies in it.
    pub marquee: Option<Rect>,
    /// The link that is being drawn.
    pub draft: Option<Draft>,
    /// Lines that show what is aligned.
    pub guides: Vec<Guide>,
    /// The node that would be placed.
    pub ghost: Option<Ghost>,
    /// The group that what is being dragged would fall into.
    pub drop_target: Option<NodeId>,
    /// The nodes that the link under way may lead to.
    pub lit: Vec<NodeId>,
}

/// A link that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its way.
    pub points: Vec<Point>,
    /// The node at which it was begun.
    pub node: NodeId,
    /// Whether it was begun at its end: it leads from the pointer to the node.
    pub backwards: bool,
    /// The node that it would lead to now.
    pub target: Option<NodeId>,
    /// Why it may not lead there.
    pub refusal: Option<Refusal>,
}

/// A node that would be placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Its kind.
    pub kind: Kind,
    /// Where it would lie.
    pub rect: Rect,
}

/// How the pointer looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// An arrow.
    #[default]
    Default,
    /// A hand over what can be clicked.
    Pointer,
    /// An open hand.
    Grab,
    /// A closed hand.
    Grabbing,
    /// Something is being moved.
    Move,
    /// A cross, for drawing.
    Crosshair,
    /// A handle.
    Resize(Grip),
    /// It cannot be dropped here.
    NotAllowed,
    /// It will be added here.
    Copy,
}

impl Cursor {
    /// The value of CSS's `cursor`.
    #[must_use]
    pub const fn css(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pointer => "pointer",
            Self::Grab => "grab",
            Self::Grabbing => "grabbing",
            Self::Move => "move",
            Self::Crosshair => "crosshair",
            Self::Resize(Grip::TopLeft | Grip::BottomRight) => "nwse-resize",
            Self::Resize(Grip::TopRight | Grip::BottomLeft) => "nesw-resize",
            Self::Resize(Grip::Top | Grip::Bottom) => "ns-resize",
            Self::Resize(Grip::Left | Grip::Right) => "ew-resize",
            Self::NotAllowed => "not-allowed",
            Self::Copy => "copy",
        }
    }
}
