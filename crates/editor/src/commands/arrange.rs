//! Lining up, spacing, grouping, and laying out the whole anew.

use trazo_model::edit::EditError;
use trazo_model::{Design, Edit, Kind, Node, NodeId, Phrase, Shape, Size, Target, can_lie_in};

use crate::arrangement::{Arrangement, PADDING};
use crate::editor::Editor;
use crate::geometry::{Point, Rect, to_grid};
use crate::hit::{Form, HEADER};
use crate::layout::{Item, layout};
use crate::scene::rect_of;
use crate::selection::Selection;

/// Between a group and what has been taken out of it.
const ROOM: f64 = 88.0;

/// What is brought to one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left edges.
    Left,
    /// Middles, to one upright line.
    Center,
    /// Right edges.
    Right,
    /// Upper edges.
    Top,
    /// Middles, to one level line.
    Middle,
    /// Lower edges.
    Bottom,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// The design laid out from left to right, for one that comes without places.
#[must_use]
pub fn tidied(mut design: Design) -> Design {
    if let Some(edit) = tidying(&design) {
        // A layout holds to the rules of the document; if ever it did not, the places stay as they are.
        let _ = trazo_model::edit::apply(&mut design, edit);
    }
    design
}

/// What brings a design into a tidy order; `None` where it is in order.
fn tidying(design: &Design) -> Option<Edit> {
    let nodes: Vec<&Node> = design.nodes().collect();
    let index = |id: &NodeId| nodes.iter().position(|node| &node.id == id);
    let items: Vec<Item> = nodes
        .iter()
        .map(|node| Item {
            size: rect_of(node).size(),
            is_group: node.kind().spec().shape == Shape::Group,
            parent: node.place.parent.as_ref().and_then(index),
        })
        .collect();
    let edges: Vec<_> = design.links().filter_map(|link| Some((index(&link.from)?, index(&link.to)?))).collect();
    let before = Rect::around_all(nodes.iter().map(|node| rect_of(node))).unwrap_or_default();
    let (dx, dy) = (f64::from(to_grid(before.x)), f64::from(to_grid(before.y)));
    let mut plan = Arrangement::new(design);
    for (node, rect) in nodes.iter().zip(layout(&items, &edges)) {
        plan.reshape(&node.id, rect.translate(dx, dy));
    }
    plan.edit()
}

impl Editor {
    /// Applies a plan for the selected nodes.
    fn arrange(&mut self, label: &'static str, roots: &[NodeId], places: &[(f64, f64)]) -> bool {
        let mut plan = Arrangement::new(self.history.design());
        for (root, (x, y)) in roots.iter().zip(places) {
            if let Some(rect) = plan.rect(root) {
                plan.shift(root, f64::from(to_grid(*x)) - rect.x, f64::from(to_grid(*y)) - rect.y);
            }
            let parent = plan.parent(root);
            plan.grow(parent);
        }
        let Some(edit) = plan.edit() else { return false };
        if self.edit(label, edit).is_err() {
            return false;
        }
        self.announce_moved(roots);
        true
    }

    fn root_rects(&self) -> (Vec<NodeId>, Vec<Rect>) {
        let roots = self.selected_root_ids();
        let rects = roots.iter().filter_map(|id| self.design().node(id)).map(rect_of).collect();
        (roots, rects)
    }

    pub(crate) fn align_selected(&mut self, align: Align) -> bool {
        let (roots, rects) = self.root_rects();
        let Some(all) = Rect::around_all(rects.iter().copied()).filter(|_| rects.len() > 1) else { return false };
        let place = |r: &Rect| match align {
            Align::Left => (all.x, r.y),
            Align::Center => (all.center().x - r.w / 2.0, r.y),
            Align::Right => (all.right() - r.w, r.y),
            Align::Top => (r.x, all.y),
            Align::Middle => (r.x, all.center().y - r.h / 2.0),
            Align::Bottom => (r.x, all.bottom() - r.h),
        };
        let places: Vec<_> = rects.iter().map(place).collect();
        self.arrange("edit.align", &roots, &places)
    }

    pub(crate) fn distribute_selected(&mut self, axis: Axis) -> bool {
        let (roots, rects) = self.root_rects();
        if rects.len() < 3 {
            return false;
        }
        let span = |r: &Rect| if axis == Axis::Horizontal { (r.x, r.w) } else { (r.y, r.h) };
        let mut order: Vec<usize> = (0..rects.len()).collect();
        trazo_model::sort::sort_by(&mut order, |&a, &b| {
            let middle = |i: usize| span(&rects[i]).0 + span(&rects[i]).1 / 2.0;
            middle(a).total_cmp(&middle(b))
        });
        let (first, last) = (span(&rects[order[0]]), span(&rects[order[order.len() - 1]]));
        let lengths: f64 = rects.iter().map(|r| span(r).1).sum();
        let gap = (last.0 + last.1 - first.0 - lengths) / (rects.len() - 1) as f64;
        let mut places: Vec<(f64, f64)> = rects.iter().map(|r| (r.x, r.y)).collect();
        let mut at = first.0;
        for i in order {
            if axis == Axis::Horizontal {
                places[i].0 = at;
            } else {
                places[i].1 = at;
            }
            at += span(&rects[i]).1 + gap;
        }
        self.arrange("edit.align", &roots, &places)
    }

    pub(crate) fn tidy_all(&mut self) -> bool {
        let Some(edit) = tidying(self.history.design()) else { return false };
        let count = self.history.design().nodes().len();
        if self.edit("edit.layout", edit).is_err() {
            return false;
        }
        self.changes.announce(Phrase::counted("ui.announce.moved_many", count as i64));
        true
    }

    pub(crate) fn move_selected_into(&mut self, group: Option<&NodeId>) -> Result<(), EditError> {
        let roots: Vec<NodeId> = self.selected_root_ids().into_iter().filter(|root| Some(root) != group).collect();
        let refused =
            |root: &&NodeId| self.design().node(root).is_some_and(|n| !can_lie_in(self.design(), n.kind(), group));
        if let (Some(root), Some(group)) = (roots.iter().find(refused), group) {
            return Err(EditError::BadParent(root.clone(), group.clone()));
        }
        let left = roots.first().and_then(|root| self.design().ancestors(root).next()).map(|node| node.id.clone());
        let label = if group.is_some() { "edit.into" } else { "edit.out" };
        self.as_one(label, |editor| roots.iter().try_for_each(|root| editor.move_one_into(root, group)))?;
        self.announce_home(&roots, left.as_ref(), group);
        Ok(())
    }

    fn move_one_into(&mut self, root: &NodeId, group: Option<&NodeId>) -> Result<(), EditError> {
        let mut plan = Arrangement::new(self.history.design());
        let Some(rect) = plan.rect(root).filter(|_| plan.parent(root).as_ref() != group) else { return Ok(()) };
        let place = match group {
            Some(id) if plan.rect(id).is_some_and(|group| group.contains_rect(rect)) => rect.origin(),
            Some(id) => {
                let handle = self.scene.node_handle(id).ok_or_else(|| EditError::NoNode(id.clone()))?;
                self.room_in(handle, rect.size())
            }
            None => {
                let outer = self.design().ancestors(root).last().map_or(rect, rect_of);
                self.room_near(Point::new(outer.right() + ROOM, rect.y), rect.size())
            }
        };
        plan.shift(root, place.x - rect.x, place.y - rect.y);
        plan.set_parent(root, group);
        plan.grow(group.cloned());
        plan.edit().map_or(Ok(()), |edit| self.edit("edit.into", edit))
    }

    /// Tells in what the nodes lie now that have left one group for another, or for none.
    pub(crate) fn announce_home(&mut self, roots: &[NodeId], left: Option<&NodeId>, group: Option<&NodeId>) {
        let name = |id: &NodeId| self.design().node(id).map(|node| node.name.clone()).unwrap_or_default();
        let phrase = match (roots, left, group) {
            ([root], _, Some(group)) => {
                Phrase::new("ui.announce.into_group").with("name", name(root)).with("group", name(group))
            }
            ([root], Some(left), None) => {
                Phrase::new("ui.announce.out_of_group").with("name", name(root)).with("group", name(left))
            }
            _ => return self.announce_moved(roots),
        };
        self.changes.announce(phrase);
    }

    /// The kind of group that may hold all of `kinds` and may itself lie in `home`: the narrowest one.
    fn group_kind(&self, kinds: &[Kind], home: Option<Kind>) -> Option<Kind> {
        let groups = Kind::ALL.into_iter().filter(|kind| kind.spec().shape == Shape::Group);
        let holds = |group: &Kind| kinds.iter().all(|kind| kind.spec().lies_in.contains(group));
        let fits = |group: &Kind| home.is_none_or(|home| group.spec().lies_in.contains(&home));
        groups.filter(holds).filter(fits).max_by_key(|group| group.spec().lies_in.len())
    }

    pub(crate) fn group_selected(&mut self) -> bool {
        let roots = self.selected_root_ids();
        let slots: Vec<_> = roots.iter().filter_map(|id| self.scene.node(id)).collect();
        let Some(first) = slots.first() else { return false };
        let home = first.parent;
        if slots.iter().any(|slot| slot.parent != home) {
            return false;
        }
        let kinds: Vec<Kind> = slots.iter().map(|slot| slot.kind).collect();
        let home_slot = home.and_then(|handle| self.scene.slot(handle)).filter(|slot| slot.form() == Form::Group);
        let Some(kind) = self.group_kind(&kinds, home_slot.map(|slot| slot.kind)) else { return false };
        let inside = Rect::around_all(slots.iter().map(|slot| slot.rect)).unwrap_or_default();
        let home = home_slot.map(|slot| slot.id.clone());
        self.make_group(kind, &roots, inside, home)
    }

    /// Makes a group of `kind` around `roots`, which take up `inside`.
    fn make_group(&mut self, kind: Kind, roots: &[NodeId], inside: Rect, home: Option<NodeId>) -> bool {
        let design = self.history.design();
        let (id, name) = (design.free_node_id(kind), design.free_name(kind));
        let room = inside.inflate(PADDING);
        let mut node = Node::new(id.clone(), kind, &name, to_grid(room.x), to_grid(room.y - HEADER));
        let min = kind.spec().shape.min_size();
        node.place.size = Some(Size { w: min.w, h: min.h });
        node.place.parent = home;
        let done = self.as_one("edit.group", |editor| {
            editor.edit("edit.group", Edit::add_node(node))?;
            let mut plan = Arrangement::new(editor.history.design());
            roots.iter().for_each(|root| plan.set_parent(root, Some(&id)));
            plan.grow(Some(id.clone()));
            plan.edit().map_or(Ok(()), |edit| editor.edit("edit.group", edit))
        });
        if done.is_err() {
            return false;
        }
        self.changes.announce(Phrase::new("ui.announce.added").with("name", name).with("kind", kind.spec().key));
        self.selection = Selection::of(&[Target::Node(id)]);
        true
    }
}
