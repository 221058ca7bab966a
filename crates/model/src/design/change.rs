//! The ways in which a design changes, for [`crate::edit`] alone: each keeps the lists and notes what is answered differently.

use std::sync::Arc;

use super::key::Key;
use super::series::{self, LINK_PREFIX};
use super::{Design, Moment, Own};
use crate::{CARD, Kind, Link, LinkId, Node, NodeId, Placement, Shape};

/// The cell of the canvas that a corner lies in. A card is smaller, so what it may lie over has its corner in the same cell
/// or in one beside it.
pub(super) fn cell(x: i32, y: i32) -> (i32, i32) {
    (x.div_euclid(CARD.w + 1), y.div_euclid(CARD.h + 1))
}

fn is_card(node: &Node) -> bool {
    node.kind().spec().shape == Shape::Card
}

impl Design {
    /// The moment after the last change.
    pub(crate) fn now(&self) -> Moment {
        self.journal.now()
    }

    /// The numbers of the questions that are answered differently since then; `None` where that is not known any more, or
    /// the moment was one of another design.
    pub(crate) fn changed_since(&self, then: Moment) -> Option<&[u64]> {
        self.journal.since(then)
    }

    /// What it says of itself, to be changed.
    pub(crate) fn own_mut(&mut self) -> &mut Own {
        self.journal.note(Key::Own);
        &mut self.own
    }

    pub(crate) fn insert_node(&mut self, index: usize, node: Node) {
        let (id, at) = (node.id.clone(), index.min(self.nodes.len()));
        self.nodes.shift_insert(at, id.clone(), node);
        let Some(node) = self.nodes.get(&id) else { return };
        let (kind, name, place) =
            (node.kind(), node.name.clone(), is_card(node).then(|| cell(node.place.x, node.place.y)));
        if let Some(parent) = node.place.parent.clone() {
            self.list_node(Key::In(&parent), &id);
        }
        self.list_node(Key::Kind(kind), &id);
        self.list_node(Key::Name(&name), &id);
        if let Some((column, row)) = place {
            self.list_node(Key::Cell(column, row), &id);
        }
        self.journal.note(Key::Census);
        self.node_changed(&id);
        self.take_id(&id);
        self.take_name(&name);
    }

    pub(crate) fn take_node(&mut self, id: &NodeId) -> Option<(usize, Node)> {
        let (index, _, node) = self.nodes.shift_remove_full(id)?;
        if let Some(parent) = &node.place.parent {
            self.unlist_node(Key::In(parent), id);
        }
        self.unlist_node(Key::Kind(node.kind()), id);
        self.unlist_node(Key::Name(&node.name), id);
        if is_card(&node) {
            let (column, row) = cell(node.place.x, node.place.y);
            self.unlist_node(Key::Cell(column, row), id);
        }
        self.journal.note(Key::Census);
        self.node_changed(id);
        for kind in Kind::ALL {
            let number = id.as_str().strip_prefix(kind.spec().id_prefix).and_then(series::number);
            if self.numbers.ids[kind as usize].give_back(number) {
                self.journal.note(Key::FreeNode(kind));
            }
        }
        self.give_name_back(&node.name);
        Some((index, node))
    }

    /// Changes a node, but not its id, kind and place.
    pub(crate) fn change_node<R>(&mut self, id: &NodeId, change: impl FnOnce(&mut Node) -> R) -> Option<R> {
        let node = self.nodes.get_mut(id)?;
        let was = node.name.clone();
        let made = change(node);
        let is = (node.name != was).then(|| node.name.clone());
        self.node_changed(id);
        if let Some(is) = is {
            self.unlist_node(Key::Name(&was), id);
            self.list_node(Key::Name(&is), id);
            self.give_name_back(&was);
            self.take_name(&is);
        }
        Some(made)
    }

    pub(crate) fn set_placement(&mut self, id: &NodeId, place: Placement) -> Option<Placement> {
        let node = self.nodes.get_mut(id)?;
        let old = std::mem::replace(&mut node.place, place);
        let (new, is_card) = (node.place.clone(), is_card(node));
        if old.parent != new.parent {
            if let Some(parent) = &old.parent {
                self.unlist_node(Key::In(parent), id);
            }
            if let Some(parent) = &new.parent {
                self.list_node(Key::In(parent), id);
            }
        }
        let (from, to) = (cell(old.x, old.y), cell(new.x, new.y));
        if is_card && from != to {
            self.unlist_node(Key::Cell(from.0, from.1), id);
            self.list_node(Key::Cell(to.0, to.1), id);
        }
        self.node_changed(id);
        Some(old)
    }

    pub(crate) fn insert_link(&mut self, index: usize, link: Link) {
        let (id, from, to) = (link.id.clone(), link.from.clone(), link.to.clone());
        self.links.shift_insert(index.min(self.links.len()), id.clone(), link);
        let at = self.links.get_index_of(&id);
        for key in [Key::At(&from), Key::At(&to), Key::From(&from), Key::To(&to)] {
            self.listed_links.add(key, id.shared(), &|other| self.links.get_index_of(other) < at);
            self.journal.note(key);
        }
        self.journal.note(Key::Census);
        self.link_changed(&id);
        let is_taken = |n: u32| self.links.contains_key(format!("{LINK_PREFIX}{n}").as_str());
        if self.numbers.links.take(link_number(&id), &is_taken) {
            self.journal.note(Key::FreeLink);
        }
    }

    pub(crate) fn take_link(&mut self, id: &LinkId) -> Option<(usize, Link)> {
        let (index, _, link) = self.links.shift_remove_full(id)?;
        for key in [Key::At(&link.from), Key::At(&link.to), Key::From(&link.from), Key::To(&link.to)] {
            self.listed_links.remove(key, id.as_str());
            self.journal.note(key);
        }
        self.journal.note(Key::Census);
        self.link_changed(id);
        if self.numbers.links.give_back(link_number(id)) {
            self.journal.note(Key::FreeLink);
        }
        Some((index, link))
    }

    /// Changes what a link carries.
    pub(crate) fn change_link<R>(&mut self, id: &LinkId, change: impl FnOnce(&mut Link) -> R) -> Option<R> {
        let made = change(self.links.get_mut(id)?);
        self.link_changed(id);
        Some(made)
    }

    fn node_changed(&mut self, id: &NodeId) {
        self.journal.note(Key::Node(id));
        self.journal.note(Key::Nodes);
    }

    fn link_changed(&mut self, id: &LinkId) {
        self.journal.note(Key::Link(id));
        self.journal.note(Key::Links);
    }

    fn list_node(&mut self, key: Key<'_>, id: &NodeId) {
        let at = self.nodes.get_index_of(id);
        self.listed_nodes.add(key, id.shared(), &|other| self.nodes.get_index_of(other) < at);
        self.journal.note(key);
    }

    fn unlist_node(&mut self, key: Key<'_>, id: &NodeId) {
        self.listed_nodes.remove(key, id.as_str());
        self.journal.note(key);
    }

    fn take_id(&mut self, id: &NodeId) {
        for kind in Kind::ALL {
            let prefix = kind.spec().id_prefix;
            let number = id.as_str().strip_prefix(prefix).and_then(series::number);
            let is_taken = |n: u32| self.nodes.contains_key(format!("{prefix}{n}").as_str());
            if self.numbers.ids[kind as usize].take(number, &is_taken) {
                self.journal.note(Key::FreeNode(kind));
            }
        }
    }

    fn take_name(&mut self, name: &str) {
        for kind in Kind::ALL {
            let key = kind.spec().key;
            let number = series::behind_base(name, key).and_then(series::number);
            let is_taken = |n: u32| self.has_name(&format!("{}-{n}", series::name_base(key)));
            let mut names = self.numbers.names[kind as usize];
            if names.take(number, &is_taken) {
                self.numbers.names[kind as usize] = names;
                self.journal.note(Key::FreeName(kind));
            }
        }
    }

    /// To be called when the node has the name no more.
    fn give_name_back(&mut self, name: &str) {
        if self.has_name(name) {
            return;
        }
        for kind in Kind::ALL {
            let number = series::behind_base(name, kind.spec().key).and_then(series::number);
            if self.numbers.names[kind as usize].give_back(number) {
                self.journal.note(Key::FreeName(kind));
            }
        }
    }

    fn has_name(&self, name: &str) -> bool {
        let listed: &[Arc<str>] = self.listed_nodes.of(Key::Name(name));
        listed.iter().any(|id| self.nodes.get(&**id).is_some_and(|node| node.name == name))
    }
}

fn link_number(id: &LinkId) -> Option<u32> {
    id.as_str().strip_prefix(LINK_PREFIX).and_then(series::number)
}
