//! What Trazo knows of a kind of node or link: the form that each kind's folder fills in.

use serde_json::Value;

use crate::field::{Field, TextRule};
use crate::finding::{Check, Findings};
use crate::lowering::Lowering;
use crate::node::Size;
use crate::{Design, Kind, Link, LinkKind, LinkProps, Node, Phrase, Props};

/// The family of AWS services that gives a glyph its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// People and systems outside.
    Outside,
    /// API Gateway.
    Integration,
    /// VPC, load balancing.
    Network,
    /// ECS, Lambda.
    Compute,
    /// IAM.
    Security,
    /// Notes.
    Plain,
}

impl Family {
    /// The name that style sheets know it by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Integration => "integration",
            Self::Network => "network",
            Self::Compute => "compute",
            Self::Security => "security",
            Self::Plain => "plain",
        }
    }
}

/// How a kind is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A card of fixed size.
    Card,
    /// A frame that holds other nodes and can be resized.
    Group,
    /// Text on the canvas that can be resized.
    Note,
}

impl Shape {
    /// Size of a new node; `None` for cards, which all have [`CARD`].
    pub fn default_size(self) -> Option<Size> {
        match self {
            Self::Card => None,
            Self::Group => Some(Size { w: 480, h: 320 }),
            Self::Note => Some(Size { w: 200, h: 120 }),
        }
    }

    /// The smallest size that a node may be given.
    pub fn min_size(self) -> Size {
        match self {
            Self::Card => CARD,
            Self::Group => Size { w: 280, h: 200 },
            Self::Note => Size { w: 96, h: 48 },
        }
    }
}

/// The size of every card.
pub const CARD: Size = Size { w: 200, h: 72 };

/// What Trazo knows of a kind of node. One for each folder in `resources/`.
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its name in manifests and text keys (`load_balancer`).
    pub key: &'static str,
    /// What the ids of its nodes begin with (`alb`).
    pub id_prefix: &'static str,
    /// The family that gives its colour.
    pub family: Family,
    /// How it is drawn.
    pub shape: Shape,
    /// AWS's page about it; empty for what is not AWS's.
    pub doc: &'static str,
    /// What AWS accepts as its name.
    pub name_rule: TextRule,
    /// Its fields, in the order in which they are shown.
    pub fields: &'static [Field],
    /// The kinds of groups that it may lie in. It may always lie outside any.
    pub lies_in: &'static [Kind],
    /// The links that may begin at it.
    pub links: &'static [&'static LinkSpec],
    /// Properties of a new node.
    pub new: fn() -> Props,
    /// Reads properties from the manifest's JSON.
    pub read: fn(&Value) -> Result<Props, serde_json::Error>,
    /// What matters of a node, in one line on its card: phrases that are joined by dots.
    pub summary: fn(&Design, &Node) -> Vec<Phrase>,
    /// What else has to be set when the field at a path was set, so that the node stays legal: `(path, value)`.
    pub settle: fn(&Node, &str) -> Vec<(String, Value)>,
}

/// What Trazo does with a kind of node once it is drawn. Apart from [`KindSpec`], so that a page that only draws need not
/// hold it: nothing reaches it but [`crate::check()`] and [`crate::lower`].
pub struct KindWork {
    /// The checks that [`KindWork::check`] may report.
    pub checks: &'static [&'static Check],
    /// Reports what would fail, cost or be unsafe.
    pub check: fn(&Design, &Node, &mut Findings),
    /// Adds its part of the stack.
    pub lower: fn(&mut Lowering<'_>, &Node),
}

/// What Trazo knows of a kind of link. Written in the folder of the kind where the link begins.
pub struct LinkSpec {
    /// The kind of link.
    pub kind: LinkKind,
    /// Its name in text keys (`http_api-load_balancer`).
    pub key: &'static str,
    /// Where it begins.
    pub from: Kind,
    /// Where it ends.
    pub to: Kind,
    /// How many links of this kind may begin at one node; 0 for any number.
    pub max_out: usize,
    /// How many links of this kind may end at one node; 0 for any number.
    pub max_in: usize,
    /// AWS's page about it; empty for what is not AWS's.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Properties of a new link.
    pub new: fn() -> LinkProps,
    /// Reads properties from the manifest's JSON.
    pub read: fn(&Value) -> Result<LinkProps, serde_json::Error>,
    /// What matters of a link, in a few words beside its line.
    pub summary: fn(&Design, &Link) -> Vec<Phrase>,
    /// Changes a new link so that it fits the nodes it joins (a port, a free priority).
    pub fit: fn(&Design, &mut Link),
}

/// What Trazo does with a kind of link once it is drawn; see [`KindWork`].
pub struct LinkWork {
    /// The checks that [`LinkWork::check`] may report.
    pub checks: &'static [&'static Check],
    /// Reports what would fail, cost or be unsafe.
    pub check: fn(&Design, &Link, &mut Findings),
}

/// For kinds that have nothing to settle.
pub fn settles_nothing(_: &Node, _: &str) -> Vec<(String, Value)> {
    Vec::new()
}

/// For kinds that make nothing on AWS.
pub fn lowers_nothing(_: &mut Lowering<'_>, _: &Node) {}

/// For links that need no fitting.
pub fn fits_as_it_is(_: &Design, _: &mut Link) {}

/// For links that nothing can be wrong with.
pub fn checks_nothing(_: &Design, _: &Link, _: &mut Findings) {}

/// For links that have nothing to tell.
pub fn tells_nothing(_: &Design, _: &Link) -> Vec<Phrase> {
    Vec::new()
}
