//! The picture that the document makes: where every node is now, and the way of every link.
//!
//! It is a cache. It is brought up to date from what an edit touched ([`Scene::absorb`]) and, while something is being
//! dragged, by moving rectangles that the document does not know of yet ([`Scene::set_rect`]). After each, only the links
//! that this concerns are routed anew ([`Scene::settle`]). What it holds always equals what [`Scene::new`] would make.

mod routes;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use trazo_model::{CARD, Design, Kind, LinkId, Node, NodeId, Shape, Touch};

use crate::geometry::{Point, Rect};
use crate::hit::{self, Form, Hit, Item, Things};
use crate::lanes::Lanes;
use crate::path;
use crate::spatial::SpatialIndex;

/// Where a node lies by the document.
#[must_use]
pub fn rect_of(node: &Node) -> Rect {
    let size = node.place.size.unwrap_or(CARD);
    Rect::new(node.place.x.into(), node.place.y.into(), size.w.into(), size.h.into())
}

/// What a node is for the pointer.
#[must_use]
pub fn form_of(kind: Kind) -> Form {
    match kind.spec().shape {
        Shape::Card => Form::Card,
        Shape::Group => Form::Group,
        Shape::Note => Form::Note,
    }
}

#[derive(Clone, Debug)]
pub(crate) struct NodeSlot {
    pub(crate) id: NodeId,
    pub(crate) kind: Kind,
    pub(crate) rect: Rect,
    pub(crate) parent: Option<u32>,
    pub(crate) depth: u32,
    pub(crate) order: u32,
    pub(crate) links: Vec<u32>,
}

impl NodeSlot {
    pub(crate) fn form(&self) -> Form {
        form_of(self.kind)
    }

    fn item(&self) -> Item {
        Item { rect: self.rect, form: self.form(), depth: self.depth, order: self.order, has_grips: false }
    }
}

#[derive(Clone, Debug)]
struct LinkSlot {
    id: LinkId,
    from: u32,
    to: u32,
    /// The way by itself.
    plain: Vec<Point>,
    /// The way beside those of other links: what is drawn.
    points: Vec<Point>,
}

/// What has changed since it was last asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    pub(crate) moved: BTreeSet<NodeId>,
    pub(crate) routed: BTreeSet<LinkId>,
    /// Nodes came or went, or lie in another group: the order of painting is another.
    pub(crate) order: bool,
    /// Links came or went.
    pub(crate) links: bool,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    nodes: Vec<Option<NodeSlot>>,
    links: Vec<Option<LinkSlot>>,
    node_handles: BTreeMap<NodeId, u32>,
    link_handles: BTreeMap<LinkId, u32>,
    /// Nodes by their rectangles.
    places: SpatialIndex,
    /// Links by the rectangles around them.
    bounds: SpatialIndex,
    /// Links by what their routes depend on.
    reaches: SpatialIndex,
    lanes: Lanes,
    dirty: BTreeSet<u32>,
    journal: Journal,
}

impl Scene {
    /// The picture of a design.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let mut scene = Self::default();
        let nodes = design.nodes().map(|node| Touch::NodeAdded(node.id.clone()));
        let links = design.links().map(|link| Touch::LinkAdded(link.id.clone()));
        scene.absorb(design, &nodes.chain(links).collect::<Vec<_>>());
        scene.journal = Journal::default();
        scene
    }

    /// Brings the picture up to date with a design in which `touched` has changed.
    pub fn absorb(&mut self, design: &Design, touched: &[Touch]) {
        let (mut nodes, mut links) = (BTreeSet::new(), BTreeSet::new());
        for touch in touched {
            match touch {
                Touch::NodeAdded(id) | Touch::NodeRemoved(id) | Touch::NodePlaced(id) => {
                    nodes.insert(id);
                }
                Touch::LinkAdded(id) | Touch::LinkRemoved(id) => {
                    links.insert(id);
                }
                Touch::NodeSet(_) | Touch::LinkSet(_) | Touch::DesignSet => {}
            }
        }
        // Links go before their ends and come after them.
        links.iter().for_each(|id| self.drop_link(design, id));
        for id in &nodes {
            match design.node(id) {
                Some(node) => self.take_node(node),
                None => self.drop_node(id),
            }
        }
        self.nest(design, &nodes);
        links.iter().for_each(|id| self.take_link(design, id));
        self.settle();
    }

    fn take_node(&mut self, node: &Node) {
        let rect = rect_of(node);
        if let Some(handle) = self.node_handle(&node.id) {
            if let Some(slot) = self.slot_mut(handle) {
                slot.kind = node.kind();
            }
            self.set_rect(handle, rect);
            return;
        }
        let slot = NodeSlot {
            id: node.id.clone(),
            kind: node.kind(),
            rect,
            parent: None,
            depth: 0,
            order: 0,
            links: Vec::new(),
        };
        let handle = put(&mut self.nodes, slot);
        self.node_handles.insert(node.id.clone(), handle);
        self.places.insert(handle, rect);
        self.mark(rect);
        self.journal.order = true;
    }

    fn drop_node(&mut self, id: &NodeId) {
        let Some(handle) = self.node_handles.remove(id) else { return };
        if let Some(rect) = self.places.remove(handle) {
            self.mark(rect);
        }
        self.nodes[handle as usize] = None;
        self.journal.order = true;
        self.journal.moved.remove(id);
    }

    /// Which group each of `nodes` lies in, how deep, and the order of all.
    fn nest(&mut self, design: &Design, nodes: &BTreeSet<&NodeId>) {
        let mut nested = self.journal.order;
        for id in nodes {
            let Some(handle) = self.node_handle(id) else { continue };
            let parent = design.node(id).and_then(|node| node.place.parent.as_ref());
            let parent = parent.and_then(|parent| self.node_handle(parent));
            let Some(slot) = self.slot_mut(handle) else { continue };
            if slot.parent != parent {
                slot.parent = parent;
                nested = true;
                // Which groups are in the way of a link depends on what its ends lie in.
                self.mark_subtree(handle);
            }
        }
        if !nested {
            return;
        }
        self.journal.order = true;
        for (order, node) in design.nodes().enumerate() {
            let depth = design.ancestors(&node.id).count() as u32;
            if let Some(slot) = self.node_handle(&node.id).and_then(|handle| self.slot_mut(handle)) {
                (slot.order, slot.depth) = (order as u32, depth);
            }
        }
    }

    /// Moves or resizes a node in the picture. Call [`Scene::settle`] when all are moved.
    pub(crate) fn set_rect(&mut self, handle: u32, rect: Rect) {
        let Some(slot) = self.slot_mut(handle) else { return };
        if slot.rect == rect {
            return;
        }
        slot.rect = rect;
        let (id, links) = (slot.id.clone(), slot.links.clone());
        self.dirty.extend(links);
        self.journal.moved.insert(id);
        if let Some(before) = self.places.insert(handle, rect) {
            self.mark(before);
        }
        self.mark(rect);
    }

    pub(crate) fn take_journal(&mut self) -> Journal {
        std::mem::take(&mut self.journal)
    }

    /// The handle of a node.
    pub(crate) fn node_handle(&self, id: &NodeId) -> Option<u32> {
        self.node_handles.get(id).copied()
    }

    pub(crate) fn slot(&self, handle: u32) -> Option<&NodeSlot> {
        self.nodes.get(handle as usize)?.as_ref()
    }

    pub(crate) fn node(&self, id: &NodeId) -> Option<&NodeSlot> {
        self.slot(self.node_handle(id)?)
    }

    fn slot_mut(&mut self, handle: u32) -> Option<&mut NodeSlot> {
        self.nodes.get_mut(handle as usize)?.as_mut()
    }

    fn link_slot(&self, handle: u32) -> Option<&LinkSlot> {
        self.links.get(handle as usize)?.as_ref()
    }

    /// All nodes.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (u32, &NodeSlot)> {
        self.nodes.iter().enumerate().filter_map(|(h, slot)| Some((h as u32, slot.as_ref()?)))
    }

    /// Where a node is shown.
    #[must_use]
    pub fn node_rect(&self, id: &NodeId) -> Option<Rect> {
        self.node(id).map(|slot| slot.rect)
    }

    /// The way of a link.
    #[must_use]
    pub fn link_points(&self, id: &LinkId) -> Option<&[Point]> {
        let slot = self.link_slot(*self.link_handles.get(id)?)?;
        Some(&slot.points)
    }

    pub(crate) fn link_id(&self, handle: u32) -> Option<&LinkId> {
        self.link_slot(handle).map(|slot| &slot.id)
    }

    /// The rectangle around everything; `None` if there is nothing.
    #[must_use]
    pub fn extent(&self) -> Option<Rect> {
        let nodes = self.slots().map(|(_, slot)| slot.rect);
        let links = self.links.iter().flatten().filter_map(|slot| Rect::around(&slot.points));
        Rect::around_all(nodes.chain(links))
    }

    /// The nodes that touch `area`, in the order of painting: groups, outer ones first, then cards and notes.
    #[must_use]
    pub fn nodes_in(&self, area: Rect) -> Vec<&NodeId> {
        let mut found: Vec<&NodeSlot> = self.places.query(area).into_iter().filter_map(|h| self.slot(h)).collect();
        trazo_model::sort::sort_by_key(&mut found, |slot| slot.item().layer());
        found.into_iter().map(|slot| &slot.id).collect()
    }

    pub(crate) fn handles_in(&self, area: Rect) -> Vec<u32> {
        self.places.query(area)
    }

    /// The links whose surrounding rectangle touches `area`.
    #[must_use]
    pub fn links_in(&self, area: Rect) -> Vec<&LinkId> {
        self.bounds.query(area).into_iter().filter_map(|h| self.link_id(h)).collect()
    }

    /// What lies at `p` (world), where a pixel is `pixel` units long and the nodes of `has_grips` show their handles.
    pub(crate) fn hit(&self, p: Point, pixel: f64, has_grips: &dyn Fn(&NodeId) -> bool) -> Hit {
        let item = |handle: u32| {
            let slot = self.slot(handle)?;
            Some(Item { has_grips: slot.form() != Form::Card && has_grips(&slot.id), ..slot.item() })
        };
        let things = Things {
            nodes: &self.places,
            item: &item,
            links: &self.bounds,
            line: &|handle| self.link_slot(handle).map(|slot| slot.points.as_slice()),
        };
        hit::hit(&things, p, pixel)
    }

    /// Whether `above` is `handle` or a group that it lies in.
    pub(crate) fn lies_in(&self, handle: u32, above: u32) -> bool {
        let mut at = Some(handle);
        // The document has no circles; the bound is for a picture that is being built.
        for _ in 0..=self.nodes.len() {
            match at {
                Some(h) if h == above => return true,
                Some(h) => at = self.slot(h).and_then(|slot| slot.parent),
                None => return false,
            }
        }
        false
    }

    /// A node and all that lies in it, however deep.
    pub(crate) fn subtree(&self, handle: u32) -> Vec<u32> {
        let mut found = vec![handle];
        let mut at = 0;
        while at < found.len() {
            let group = found[at];
            if self.slot(group).is_some_and(|slot| slot.form() == Form::Group) {
                found.extend(self.slots().filter(|(_, slot)| slot.parent == Some(group)).map(|(h, _)| h));
            }
            at += 1;
        }
        found
    }

    /// The `d` of a link's path.
    #[must_use]
    pub fn link_path(&self, id: &LinkId) -> Option<String> {
        self.link_points(id).map(path::svg)
    }
}

/// Puts something into the first free slot.
fn put<T>(slots: &mut Vec<Option<T>>, thing: T) -> u32 {
    let free = slots.iter().position(Option::is_none);
    if let Some(at) = free {
        slots[at] = Some(thing);
        at as u32
    } else {
        slots.push(Some(thing));
        slots.len() as u32 - 1
    }
}
