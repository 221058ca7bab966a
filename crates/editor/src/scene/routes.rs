//! The ways of the links: which have to be found anew, and finding them.

use std::collections::BTreeSet;

use trazo_model::{Design, LinkId};

use super::{LinkSlot, Scene, put};
use crate::geometry::{Point, Rect};
use crate::hit::Form;
use crate::lanes::FURTHEST;
use crate::ports;
use crate::router::{End, Obstacles, TIGHT, is_free, route};

impl Scene {
    pub(super) fn take_link(&mut self, design: &Design, id: &LinkId) {
        let Some(link) = design.link(id) else { return };
        if self.link_handles.contains_key(id) {
            return;
        }
        let (Some(from), Some(to)) = (self.node_handle(&link.from), self.node_handle(&link.to)) else { return };
        let slot = LinkSlot { id: id.clone(), from, to, plain: Vec::new(), points: Vec::new() };
        let handle = put(&mut self.links, slot);
        self.link_handles.insert(id.clone(), handle);
        self.journal.links = true;
        for end in [from, to] {
            if let Some(slot) = self.slot_mut(end) {
                slot.links.push(handle);
            }
        }
        self.dirty.extend(self.twins(from, to));
    }

    /// Takes a link out that the design no longer has, or has between other nodes.
    pub(super) fn drop_link(&mut self, design: &Design, id: &LinkId) {
        let Some(&handle) = self.link_handles.get(id) else { return };
        let Some(slot) = self.link_slot(handle) else { return };
        let (from, to) = (slot.from, slot.to);
        let end = |handle: u32| self.slot(handle).map(|slot| &slot.id);
        if design.link(id).is_some_and(|link| Some(&link.from) == end(from) && Some(&link.to) == end(to)) {
            return;
        }
        self.dirty.extend(self.twins(from, to));
        self.dirty.remove(&handle);
        self.link_handles.remove(id);
        self.journal.links = true;
        self.bounds.remove(handle);
        self.reaches.remove(handle);
        for end in [from, to] {
            if let Some(slot) = self.slot_mut(end) {
                slot.links.retain(|&h| h != handle);
            }
        }
        let mut touched = Vec::new();
        if let Some(slot) = self.links[handle as usize].take() {
            self.lanes.replace(handle, &slot.plain, &[], &mut touched);
        }
        self.dirty.extend(touched);
        self.journal.routed.remove(id);
    }

    /// The links between two nodes in either direction, in an order that is always the same.
    fn twins(&self, a: u32, b: u32) -> Vec<u32> {
        let Some(node) = self.slot(a) else { return Vec::new() };
        let joins = |slot: &&LinkSlot| (slot.from, slot.to) == (a, b) || (slot.from, slot.to) == (b, a);
        let mut found: Vec<(&LinkId, u32)> =
            node.links.iter().filter_map(|&h| self.link_slot(h).filter(joins).map(|slot| (&slot.id, h))).collect();
        trazo_model::sort::sort_by(&mut found, |a, b| a.cmp(b));
        found.into_iter().map(|(_, h)| h).collect()
    }

    /// Marks the links whose routes looked at `area`.
    pub(super) fn mark(&mut self, area: Rect) {
        let mut found = Vec::new();
        self.reaches.query_into(area, &mut found);
        self.dirty.extend(found);
    }

    /// Marks the links of all that lies in a node.
    pub(super) fn mark_subtree(&mut self, handle: u32) {
        for inner in self.subtree(handle) {
            if let Some(slot) = self.slot(inner) {
                let links = slot.links.clone();
                self.dirty.extend(links);
            }
        }
    }

    /// Finds anew the ways of the links that are marked.
    pub fn settle(&mut self) {
        let marked = std::mem::take(&mut self.dirty);
        let mut beside = Vec::new();
        for &handle in &marked {
            let Some((plain, reach)) = self.find(handle) else { continue };
            self.reaches.insert(handle, reach);
            let Some(slot) = self.links[handle as usize].as_mut() else { continue };
            if slot.plain != plain {
                self.lanes.replace(handle, &slot.plain, &plain, &mut beside);
                slot.plain = plain;
            }
        }
        let mut all: BTreeSet<u32> = marked;
        all.extend(beside);
        for handle in all {
            self.draw(handle);
        }
    }

    /// The plain way of a link, and what it depends on.
    fn find(&self, handle: u32) -> Option<(Vec<Point>, Rect)> {
        let link = self.link_slot(handle)?;
        let (from, to) = (self.slot(link.from)?, self.slot(link.to)?);
        let twins = self.twins(link.from, link.to);
        let index = twins.iter().position(|&h| h == handle).unwrap_or(0);
        let (a, b) = ports::ends(from.rect, to.rect, index, twins.len());
        let blocks = |h: u32| self.blocks(h, link);
        let obstacles = Obstacles { index: &self.places, blocks: &blocks };
        let found = route(End { port: a, rect: from.rect }, End { port: b, rect: to.rect }, &obstacles);
        Some((found.points, found.reach.inflate(FURTHEST + TIGHT)))
    }

    /// Whether a node is in the way of a link: cards are, groups and notes unless an end lies in them or on them.
    fn blocks(&self, handle: u32, link: &LinkSlot) -> bool {
        let Some(slot) = self.slot(handle) else { return false };
        let on = |end: u32| self.slot(end).is_some_and(|end| end.rect.overlaps(slot.rect));
        let holds = || self.lies_in(link.from, handle) || self.lies_in(link.to, handle);
        slot.form() == Form::Card || !(on(link.from) || on(link.to) || holds())
    }

    /// The way of a link that is being drawn between two places.
    pub(crate) fn draft(&self, from: Rect, to: Rect) -> Vec<Point> {
        let (a, b) = ports::ends(from, to, 0, 1);
        let blocks = |h: u32| {
            let on = |slot: &super::NodeSlot| {
                slot.rect.overlaps(from)
                    || slot.rect.overlaps(to)
                    || slot.rect.contains(b.at)
                    || slot.rect.contains(a.at)
            };
            self.slot(h).is_some_and(|slot| slot.form() == Form::Card || !on(slot))
        };
        let obstacles = Obstacles { index: &self.places, blocks: &blocks };
        route(End { port: a, rect: from }, End { port: b, rect: to }, &obstacles).points
    }

    /// Moves the plain way of a link off those of others.
    fn draw(&mut self, handle: u32) {
        let Some(link) = self.link_slot(handle) else { return };
        let blocks = |h: u32| self.blocks(h, link);
        let obstacles = Obstacles { index: &self.places, blocks: &blocks };
        let points = self.lanes.apart(handle, &link.plain, &|a, b| is_free(&obstacles, a, b));
        if points == link.points {
            return;
        }
        let around = Rect::around(&points).unwrap_or_default();
        let id = link.id.clone();
        self.bounds.insert(handle, around);
        self.journal.routed.insert(id);
        if let Some(slot) = self.links[handle as usize].as_mut() {
            slot.points = points;
        }
    }
}
