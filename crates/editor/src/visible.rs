//! What has to be shown of the design: what lies in the viewport and somewhat beyond.
//!
//! The set is made for an area larger than the screen and stays as it is until the screen leaves that area, so that panning
//! by a few pixels adds and removes nothing.

use std::collections::BTreeSet;

use trazo_model::{LinkId, NodeId};

use crate::changes::Changes;
use crate::geometry::{Rect, Size};
use crate::scene::{Journal, Scene};
use crate::viewport::Viewport;

/// How much the design is reduced to what can be seen of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lod {
    /// Cards can be read: each is an element of its own.
    #[default]
    Cards,
    /// Cards are too small to be read: all is drawn as one picture.
    Picture,
}

/// Below this zoom cards become a picture …
const PICTURE_BELOW: f64 = 0.38;
/// … and above this they become cards again.
const CARDS_ABOVE: f64 = 0.42;
/// How much further than the screen is shown on each side, in parts of its shorter side.
const MARGIN: f64 = 0.25;
/// When so many times the needed area is covered, less is covered.
const TOO_MUCH: f64 = 4.0;

impl Lod {
    /// The level of detail at a zoom, where it was this before.
    #[must_use]
    pub fn at(self, zoom: f64) -> Self {
        match self {
            Self::Cards if zoom < PICTURE_BELOW => Self::Picture,
            Self::Picture if zoom > CARDS_ABOVE => Self::Cards,
            same => same,
        }
    }
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Visible {
    pub(crate) lod: Lod,
    pub(crate) covered: Rect,
    pub(crate) nodes: BTreeSet<NodeId>,
    pub(crate) links: BTreeSet<LinkId>,
}

impl Visible {
    /// Brings the set up to date and tells what changed.
    pub(crate) fn update(
        &mut self,
        scene: &Scene,
        journal: &Journal,
        viewport: Viewport,
        screen: Size,
        changes: &mut Changes,
    ) {
        let lod = self.lod.at(viewport.zoom);
        let view = viewport.world_rect(screen);
        let wanted = view.inflate(view.w.min(view.h) * MARGIN);
        let area = |r: Rect| r.w * r.h;
        let stale = !self.covered.contains_rect(view) || area(self.covered) > TOO_MUCH * area(wanted);
        if lod != self.lod {
            self.lod = lod;
            changes.lod = true;
        }
        if stale {
            self.covered = wanted;
        }
        let structure = journal.order || journal.links;
        if stale || changes.lod || structure {
            self.query(scene, changes);
        } else if self.lod == Lod::Cards {
            self.follow(scene, journal, changes);
        }
        let drawn = stale || structure || !journal.moved.is_empty() || !journal.routed.is_empty();
        changes.picture |= self.lod == Lod::Picture && (drawn || changes.lod);
    }

    fn query(&mut self, scene: &Scene, changes: &mut Changes) {
        let (mut nodes, mut links) = (BTreeSet::new(), BTreeSet::new());
        if self.lod == Lod::Cards {
            nodes = scene.nodes_in(self.covered).into_iter().cloned().collect();
            links = scene.links_in(self.covered).into_iter().cloned().collect();
        }
        changes.nodes_shown.extend(nodes.difference(&self.nodes).cloned());
        changes.nodes_hidden.extend(self.nodes.difference(&nodes).cloned());
        changes.links_shown.extend(links.difference(&self.links).cloned());
        changes.links_hidden.extend(self.links.difference(&links).cloned());
        (self.nodes, self.links) = (nodes, links);
    }

    /// Looks only at what moved.
    fn follow(&mut self, scene: &Scene, journal: &Journal, changes: &mut Changes) {
        for id in &journal.moved {
            let inside = scene.node_rect(id).is_some_and(|rect| rect.touches(self.covered));
            if inside && self.nodes.insert(id.clone()) {
                changes.nodes_shown.push(id.clone());
            } else if !inside && self.nodes.remove(id) {
                changes.nodes_hidden.push(id.clone());
            }
        }
        for id in &journal.routed {
            let around = scene.link_points(id).and_then(Rect::around);
            let inside = around.is_some_and(|rect| rect.touches(self.covered));
            if inside && self.links.insert(id.clone()) {
                changes.links_shown.push(id.clone());
            } else if !inside && self.links.remove(id) {
                changes.links_hidden.push(id.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_model::edit::{Edit, apply};
    use trazo_model::{Design, Kind, Node};

    const SCREEN: Size = Size::new(1000.0, 800.0);

    fn scene() -> Scene {
        let mut design = Design::new("", "");
        for i in 0..20 {
            let node = Node::new(NodeId::new(&format!("n{i}")), Kind::Role, "n", i * 400, 0);
            apply(&mut design, Edit::add_node(node)).expect("applies");
        }
        Scene::new(&design)
    }

    fn look(visible: &mut Visible, scene: &Scene, viewport: Viewport) -> Changes {
        let mut changes = Changes::default();
        visible.update(scene, &Journal::default(), viewport, SCREEN, &mut changes);
        changes
    }

    #[test]
    fn small_pans_change_nothing_and_large_ones_only_what_has_to() {
        let (scene, mut visible) = (scene(), Visible::default());
        let first = look(&mut visible, &scene, Viewport::default());
        assert_eq!(first.nodes_shown.len(), 4);
        assert!(look(&mut visible, &scene, Viewport::new(-150.0, 0.0, 1.0)).is_empty());
        let far = look(&mut visible, &scene, Viewport::new(-900.0, 0.0, 1.0));
        assert_eq!((far.nodes_shown.len(), far.nodes_hidden.len()), (2, 2));
    }

    #[test]
    fn far_out_there_is_a_picture_instead_of_cards() {
        let (scene, mut visible) = (scene(), Visible::default());
        look(&mut visible, &scene, Viewport::default());
        let out = look(&mut visible, &scene, Viewport::new(0.0, 0.0, 0.3));
        assert!(out.lod && out.picture && visible.nodes.is_empty());
        assert_eq!(out.nodes_hidden.len(), 4);
        // Between the two limits it stays what it is.
        assert!(!look(&mut visible, &scene, Viewport::new(0.0, 0.0, 0.4)).lod);
        let back = look(&mut visible, &scene, Viewport::new(0.0, 0.0, 0.45));
        assert!(back.lod && !back.nodes_shown.is_empty());
        assert!(!look(&mut visible, &scene, Viewport::new(0.0, 0.0, 0.4)).lod);
    }
}
