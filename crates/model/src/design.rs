//! The design: nodes, links, and where each is found fast.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::resources::Typed;
use crate::{Account, Kind, Link, LinkId, Node, NodeId};

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

/// The document. It changes only through [`crate::edit`], which keeps its rules:
/// ids are unique; both ends of a link exist, and their kinds may be linked; a node lies in a group that may hold its
/// kind, and in no circle; two nodes have at most one link in each direction.
#[derive(Clone, Debug, Default)]
pub struct Design {
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) account: Account,
    pub(crate) nodes: IndexMap<NodeId, Node>,
    pub(crate) links: IndexMap<LinkId, Link>,
    pub(crate) unknown: Map<String, Value>,
    /// What was last seen of the canvas.
    pub view: View,
    incident: IndexMap<NodeId, Vec<LinkId>>,
    children: IndexMap<NodeId, Vec<NodeId>>,
}

/// Designs are equal when they say the same; what was last seen does not count.
impl PartialEq for Design {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.region == other.region
            && self.account == other.account
            && self.unknown == other.unknown
            && self.nodes.len() == other.nodes.len()
            && self.links.len() == other.links.len()
            && self.nodes.values().eq(other.nodes.values())
            && self.links.values().eq(other.links.values())
    }
}

impl Design {
    /// An empty design.
    pub fn new(name: &str, region: &str) -> Self {
        Self { name: name.to_owned(), region: region.to_owned(), ..Self::default() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The AWS region that it is for (`us-east-1`).
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The nodes in the order of the document.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = &Node> + ExactSizeIterator {
        self.nodes.values()
    }

    /// The links in the order of the document.
    pub fn links(&self) -> impl DoubleEndedIterator<Item = &Link> + ExactSizeIterator {
        self.links.values()
    }

    /// A node.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// A link.
    pub fn link(&self, id: &LinkId) -> Option<&Link> {
        self.links.get(id)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The links that begin or end at a node, oldest first.
    pub fn links_of(&self, id: &NodeId) -> impl Iterator<Item = &Link> {
        self.incident.get(id).into_iter().flatten().filter_map(|link| self.links.get(link))
    }

    /// The links that begin at a node.
    pub fn links_from<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Link> {
        self.links_of(id).filter(move |link| &link.from == id)
    }

    /// The links that end at a node.
    pub fn links_to<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a Link> {
        self.links_of(id).filter(move |link| &link.to == id)
    }

    /// The link between two nodes in this direction.
    pub fn link_between<'a>(&'a self, from: &'a NodeId, to: &'a NodeId) -> Option<&'a Link> {
        self.links_from(from).find(|link| &link.to == to)
    }

    /// The nodes that lie directly in a group, oldest first.
    pub fn children(&self, id: &NodeId) -> impl Iterator<Item = &Node> {
        self.children.get(id).into_iter().flatten().filter_map(|child| self.nodes.get(child))
    }

    /// The groups that a node lies in, the nearest first.
    pub fn ancestors<'a>(&'a self, id: &NodeId) -> impl Iterator<Item = &'a Node> {
        let parent = |node: &Node| node.place.parent.as_ref().and_then(|parent| self.nodes.get(parent));
        std::iter::successors(self.nodes.get(id).and_then(parent), move |node| parent(node))
    }

    /// The nearest group of a kind that a node lies in.
    pub fn ancestor(&self, id: &NodeId, kind: Kind) -> Option<&Node> {
        self.ancestors(id).find(|node| node.kind() == kind)
    }

    /// A node and its properties, if it is of the kind that has properties of type `T`.
    pub fn get<T: Typed>(&self, id: &NodeId) -> Option<(&Node, &T)> {
        let node = self.nodes.get(id)?;
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

    /// The first free id of a new node of `kind`: its prefix and a number.
    pub fn free_node_id(&self, kind: Kind) -> NodeId {
        let prefix = kind.spec().id_prefix;
        first_free(|n| NodeId::new(&format!("{prefix}{n}")), |id| self.nodes.contains_key(id))
    }

    /// The first free id of a new link.
    pub fn free_link_id(&self) -> LinkId {
        first_free(|n| LinkId::new(&format!("link{n}")), |id| self.links.contains_key(id))
    }

    /// The first free name of a new node of `kind`: its key and a number (`task-definition-1`).
    pub fn free_name(&self, kind: Kind) -> String {
        let base = kind.spec().key.replace('_', "-");
        first_free(|n| format!("{base}-{n}"), |name| self.nodes.values().any(|node| &node.name == name))
    }

    pub(crate) fn insert_node(&mut self, index: usize, node: Node) {
        if let Some(parent) = &node.place.parent {
            self.children.entry(parent.clone()).or_default().push(node.id.clone());
        }
        self.nodes.shift_insert(index.min(self.nodes.len()), node.id.clone(), node);
    }

    pub(crate) fn take_node(&mut self, id: &NodeId) -> Option<(usize, Node)> {
        let (index, _, node) = self.nodes.shift_remove_full(id)?;
        self.unlist_child(&node);
        Some((index, node))
    }

    pub(crate) fn insert_link(&mut self, index: usize, link: Link) {
        for end in [&link.from, &link.to] {
            self.incident.entry(end.clone()).or_default().push(link.id.clone());
        }
        self.links.shift_insert(index.min(self.links.len()), link.id.clone(), link);
    }

    pub(crate) fn take_link(&mut self, id: &LinkId) -> Option<(usize, Link)> {
        let (index, _, link) = self.links.shift_remove_full(id)?;
        for end in [&link.from, &link.to] {
            if let Some(list) = self.incident.get_mut(end) {
                list.retain(|listed| listed != id);
            }
        }
        Some((index, link))
    }

    pub(crate) fn set_placement(&mut self, id: &NodeId, place: crate::Placement) -> Option<crate::Placement> {
        let node = self.nodes.get_mut(id)?;
        let old = std::mem::replace(&mut node.place, place);
        if old.parent != node.place.parent {
            let new_parent = node.place.parent.clone();
            if let Some(list) = old.parent.as_ref().and_then(|parent| self.children.get_mut(parent)) {
                list.retain(|child| child != id);
            }
            if let Some(parent) = new_parent {
                self.children.entry(parent).or_default().push(id.clone());
            }
        }
        Some(old)
    }

    fn unlist_child(&mut self, node: &Node) {
        if let Some(list) = node.place.parent.as_ref().and_then(|parent| self.children.get_mut(parent)) {
            list.retain(|child| child != &node.id);
        }
    }
}

fn first_free<T>(make: impl Fn(u32) -> T, taken: impl Fn(&T) -> bool) -> T {
    let mut n = 1;
    loop {
        let candidate = make(n);
        if !taken(&candidate) {
            return candidate;
        }
        n += 1;
    }
}
