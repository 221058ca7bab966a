//! The design: nodes, links, and where each is found fast.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::resources::Typed;
use crate::{Account, CARD, Kind, Link, LinkId, Node, NodeId};

mod change;
mod journal;
mod key;
mod lists;
mod reads;
mod series;
#[cfg(test)]
mod tests;

use journal::Journal;
use key::Key;
use lists::Lists;
use reads::note;
use series::{LINK_PREFIX, Numbers};

pub(crate) use journal::Moment;
pub(crate) use key::{ByKey, Key as Question};
pub(crate) use reads::record;

/// What part of the canvas was last seen. Not a part of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// World x at the left edge of the screen.
    pub x: i32,
    /// World y at the upper edge.
    pub y: i32,
    /// Percent.
    pub zoom: i32,
}

impl Default for View {
    fn default() -> Self {
        Self { x: 0, y: 0, zoom: 100 }
    }
}

/// What a design says of itself, beside its nodes and links.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Own {
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) account: Account,
    /// What a newer version wrote.
    pub(crate) unknown: Map<String, Value>,
}

/// The document. It changes only through [`crate::edit`], which keeps its rules:
/// ids are unique; both ends of a link exist, and their kinds may be linked; a node lies in a group that may hold its
/// kind, and in no circle; two nodes have at most one link in each direction.
///
/// Each way to read it notes what was asked, and each way to change it what is answered differently from then on: see
/// [`crate::check::Checker`]. No question but for all nodes or all links at once costs more than its answer is long.
#[derive(Clone, Debug, Default)]
pub struct Design {
    own: Own,
    nodes: IndexMap<NodeId, Node>,
    links: IndexMap<LinkId, Link>,
    /// What was last seen of the canvas. Nothing that is made from a design depends on it.
    pub view: View,
    listed_nodes: Lists,
    listed_links: Lists,
    numbers: Numbers,
    journal: Journal,
}

/// Designs are equal when they say the same; what was last seen does not count.
impl PartialEq for Design {
    fn eq(&self, other: &Self) -> bool {
        self.own == other.own
            && self.nodes.len() == other.nodes.len()
            && self.links.len() == other.links.len()
            && self.nodes.values().eq(other.nodes.values())
            && self.links.values().eq(other.links.values())
    }
}

impl Design {
    /// An empty design.
    pub fn new(name: &str, region: &str) -> Self {
        let own = Own { name: name.to_owned(), region: region.to_owned(), ..Own::default() };
        Self { own, ..Self::default() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.own().name
    }

    /// The AWS region that it is for (`us-east-1`).
    pub fn region(&self) -> &str {
        &self.own().region
    }

    /// What it says of itself.
    pub(crate) fn own(&self) -> &Own {
        note(Key::Own);
        &self.own
    }

    /// The nodes in the order of the document.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = &Node> + ExactSizeIterator {
        note(Key::Nodes);
        self.nodes.values()
    }

    /// The links in the order of the document.
    pub fn links(&self) -> impl DoubleEndedIterator<Item = &Link> + ExactSizeIterator {
        note(Key::Links);
        self.links.values()
    }

    /// A node.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        note(Key::Node(id));
        self.nodes.get(id)
    }

    /// A link.
    pub fn link(&self, id: &LinkId) -> Option<&Link> {
        note(Key::Link(id));
        self.links.get(id)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        note(Key::Census);
        self.nodes.is_empty()
    }

    /// The nodes of a kind, in the order of the document.
    pub fn nodes_of(&self, kind: Kind) -> impl Iterator<Item = &Node> {
        self.listed(Key::Kind(kind), move |node| node.kind() == kind)
    }

    /// The nodes with a name, in the order of the document.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.listed(Key::Name(name), move |node| node.name == name)
    }

    /// The links that begin or end at a node, in the order of the document.
    pub fn links_of<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Link> {
        self.listed_links(Key::At(id), move |link| &link.from == id || &link.to == id)
    }

    /// The links that begin at a node, in the order of the document.
    pub fn links_from<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Link> {
        self.listed_links(Key::From(id), move |link| &link.from == id)
    }

    /// The links that end at a node, in the order of the document.
    pub fn links_to<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Link> {
        self.listed_links(Key::To(id), move |link| &link.to == id)
    }

    /// The link between two nodes in this direction.
    pub fn link_between<'a>(&'a self, from: &'a NodeId, to: &'a NodeId) -> Option<&'a Link> {
        self.links_from(from).find(|link| &link.to == to)
    }

    /// The nodes that lie directly in a group, in the order of the document.
    pub fn children<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Node> {
        self.listed(Key::In(id), move |node| node.place.parent.as_ref() == Some(id))
    }

    /// The groups that a node lies in, the nearest first.
    pub fn ancestors<'a>(&'a self, id: &NodeId) -> impl Iterator<Item = &'a Node> {
        let parent = |node: &Node| node.place.parent.as_ref().and_then(|parent| self.node(parent));
        std::iter::successors(self.node(id).and_then(parent), move |node| parent(node))
    }

    /// The nearest group of a kind that a node lies in.
    pub fn ancestor(&self, id: &NodeId, kind: Kind) -> Option<&Node> {
        self.ancestors(id).find(|node| node.kind() == kind)
    }

    /// A node and its properties, if it is of the kind that has properties of type `T`.
    pub fn get<T: Typed>(&self, id: &NodeId) -> Option<(&Node, &T)> {
        let node = self.node(id)?;
        Some((node, T::of(&node.props)?))
    }

    /// The nodes that links from `id` lead to whose properties are a `T`, with the links.
    pub fn targets<'a, T: Typed + 'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a Node, &'a T)> {
        self.links_from(id).filter_map(|link| self.get::<T>(&link.to).map(|(node, props)| (link, node, props)))
    }

    /// The nodes that links to `id` come from whose properties are a `T`, with the links.
    pub fn sources<'a, T: Typed + 'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a Node, &'a T)> {
        self.links_to(id).filter_map(|link| self.get::<T>(&link.from).map(|(node, props)| (link, node, props)))
    }

    /// Whether a card with its corner there would lie over another card.
    pub(crate) fn is_over_card(&self, x: i32, y: i32) -> bool {
        let (column, row) = change::cell(x, y);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        let near = move |node: &Node| {
            node.place.x.abs_diff(x) < CARD.w.unsigned_abs() && node.place.y.abs_diff(y) < CARD.h.unsigned_abs()
        };
        { around }.any(|(column, row)| self.listed(Key::Cell(column, row), near).next().is_some())
    }

    /// The first free id of a new node of `kind`: its prefix and a number.
    pub fn free_node_id(&self, kind: Kind) -> NodeId {
        note(Key::FreeNode(kind));
        NodeId::new(&format!("{}{}", kind.spec().id_prefix, self.numbers.ids[kind as usize].first_free()))
    }

    /// The first free id of a new link.
    pub fn free_link_id(&self) -> LinkId {
        note(Key::FreeLink);
        LinkId::new(&format!("{LINK_PREFIX}{}", self.numbers.links.first_free()))
    }

    /// The first free name of a new node of `kind`: its key and a number (`task-definition-1`).
    pub fn free_name(&self, kind: Kind) -> String {
        note(Key::FreeName(kind));
        let number = self.numbers.names[kind as usize].first_free();
        format!("{}-{number}", series::name_base(kind.spec().key))
    }

    fn listed<'a>(&'a self, key: Key<'_>, fits: impl Fn(&Node) -> bool + 'a) -> impl Iterator<Item = &'a Node> {
        note(key);
        let found = self.listed_nodes.of(key).iter().filter_map(|id| self.nodes.get(&**id));
        found.filter(move |node| fits(node)).inspect(|node| note(Key::Node(&node.id)))
    }

    fn listed_links<'a>(&'a self, key: Key<'_>, fits: impl Fn(&Link) -> bool + 'a) -> impl Iterator<Item = &'a Link> {
        note(key);
        let found = self.listed_links.of(key).iter().filter_map(|id| self.links.get(&**id));
        found.filter(move |link| fits(link)).inspect(|link| note(Key::Link(&link.id)))
    }
}
