//! Plans where nodes will lie, and makes one edit of it.
//!
//! Everything that moves, resizes or regroups nodes goes through a plan: it moves what lies in a group with the group, and
//! lets groups grow around what comes to lie in them.

use std::collections::BTreeMap;

use trazo_model::{Design, Edit, NodeId, Placement, Size};

use crate::geometry::{GRID, Rect};
use crate::hit::HEADER;
use crate::scene::rect_of;

/// Between a group's border and what it holds, at least.
pub(crate) const PADDING: f64 = 16.0;

/// A plan over a design.
pub(crate) struct Arrangement<'a> {
    design: &'a Design,
    places: BTreeMap<NodeId, Placement>,
}

impl<'a> Arrangement<'a> {
    /// Everything as it is.
    pub(crate) fn new(design: &'a Design) -> Self {
        Self { design, places: BTreeMap::new() }
    }

    pub(crate) fn place(&self, id: &NodeId) -> Option<Placement> {
        self.places.get(id).cloned().or_else(|| self.design.node(id).map(|node| node.place.clone()))
    }

    /// Where a node will lie.
    pub(crate) fn rect(&self, id: &NodeId) -> Option<Rect> {
        let mut node = rect_of(self.design.node(id)?);
        if let Some(place) = self.places.get(id) {
            (node.x, node.y) = (place.x.into(), place.y.into());
            if let Some(size) = place.size {
                (node.w, node.h) = (size.w.into(), size.h.into());
            }
        }
        Some(node)
    }

    fn change(&mut self, id: &NodeId, change: impl FnOnce(&mut Placement)) {
        if let Some(mut place) = self.place(id) {
            change(&mut place);
            self.places.insert(id.clone(), place);
        }
    }

    /// Moves a node alone.
    pub(crate) fn put(&mut self, id: &NodeId, x: f64, y: f64) {
        self.change(id, |place| (place.x, place.y) = (x.round() as i32, y.round() as i32));
    }

    /// Moves a node and all that lies in it.
    pub(crate) fn shift(&mut self, id: &NodeId, dx: f64, dy: f64) {
        if let Some(rect) = self.rect(id) {
            self.put(id, rect.x + dx, rect.y + dy);
        }
        for child in self.children(id) {
            self.shift(&child, dx, dy);
        }
    }

    /// Moves and resizes a group or a note; a card only moves.
    pub(crate) fn reshape(&mut self, id: &NodeId, rect: Rect) {
        self.put(id, rect.x, rect.y);
        self.change(id, |place| {
            if let Some(size) = &mut place.size {
                *size = Size { w: rect.w.round() as i32, h: rect.h.round() as i32 };
            }
        });
    }

    /// Puts a node into a group, or outside all.
    pub(crate) fn set_parent(&mut self, id: &NodeId, parent: Option<&NodeId>) {
        self.change(id, |place| place.parent = parent.cloned());
    }

    pub(crate) fn parent(&self, id: &NodeId) -> Option<NodeId> {
        self.place(id).and_then(|place| place.parent)
    }

    /// What will lie directly in a group.
    pub(crate) fn children(&self, group: &NodeId) -> Vec<NodeId> {
        let before = self.design.children(group).map(|node| node.id.clone());
        let stay = before.filter(|id| self.parent(id).as_ref() == Some(group));
        let is_in = |place: &Placement| place.parent.as_ref() == Some(group);
        let was_in = |id: &NodeId| self.design.node(id).is_some_and(|node| node.place.parent.as_ref() == Some(group));
        let come = self.places.iter().filter(|(id, place)| is_in(place) && !was_in(id)).map(|(id, _)| id.clone());
        stay.chain(come).collect()
    }

    /// The room that a group needs for what will lie in it.
    pub(crate) fn needed(&self, group: &NodeId) -> Option<Rect> {
        let inside = Rect::around_all(self.children(group).iter().filter_map(|id| self.rect(id)))?;
        let room = inside.inflate(PADDING);
        let step = f64::from(GRID);
        let (down, up) = (|v: f64| (v / step).floor() * step, |v: f64| (v / step).ceil() * step);
        let (x, y) = (down(room.x), down(room.y - HEADER));
        Some(Rect::new(x, y, up(room.right()) - x, up(room.bottom()) - y))
    }

    /// Lets a group, and those around it, grow around what will lie in them.
    pub(crate) fn grow(&mut self, group: Option<NodeId>) {
        let mut at = group;
        while let Some(id) = at {
            if let (Some(rect), Some(needed)) = (self.rect(&id), self.needed(&id))
                && !rect.contains_rect(needed)
            {
                self.reshape(&id, rect.union(needed));
            }
            at = self.parent(&id);
        }
    }

    /// The edit that does all that differs from the design; `None` if nothing does.
    pub(crate) fn edit(self) -> Option<Edit> {
        let design = self.design;
        let differs = |id: &NodeId, place: &Placement| design.node(id).is_some_and(|node| &node.place != place);
        let edits: Vec<Edit> = self
            .places
            .into_iter()
            .filter(|(id, place)| differs(id, place))
            .map(|(node, place)| Edit::Place { node, place })
            .collect();
        (!edits.is_empty()).then_some(Edit::Batch(edits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_model::edit::apply;
    use trazo_model::{Kind, Node};

    fn design() -> Design {
        let mut design = Design::new("", "");
        let cluster = Node::new(NodeId::new("cluster"), Kind::Cluster, "c", 0, 0);
        let service = Node::new(NodeId::new("service"), Kind::Service, "s", 40, 80).inside(&cluster.id);
        for node in [cluster, service] {
            apply(&mut design, Edit::add_node(node)).expect("applies");
        }
        design
    }

    #[test]
    fn what_lies_in_a_group_moves_with_it() {
        let mut design = design();
        let mut plan = Arrangement::new(&design);
        plan.shift(&NodeId::new("cluster"), 80.0, 8.0);
        let edit = plan.edit().expect("something moved");
        apply(&mut design, edit).expect("applies");
        let service = design.node(&NodeId::new("service")).expect("there");
        assert_eq!((service.place.x, service.place.y), (120, 88));
    }

    #[test]
    fn a_group_grows_to_all_sides_and_stays_on_the_grid() {
        let design = design();
        let mut plan = Arrangement::new(&design);
        let (cluster, service) = (NodeId::new("cluster"), NodeId::new("service"));
        plan.put(&service, -101.0, 400.0);
        plan.grow(Some(cluster.clone()));
        let rect = plan.rect(&cluster).expect("there");
        assert_eq!(rect, Rect::new(-120.0, 0.0, 600.0, 488.0));
        assert_eq!(rect.x % 8.0, 0.0);
    }

    #[test]
    fn a_plan_that_changes_nothing_is_no_edit() {
        let design = design();
        let mut plan = Arrangement::new(&design);
        plan.shift(&NodeId::new("cluster"), 0.0, 0.0);
        assert!(plan.edit().is_none());
    }
}
