//! Selecting: all, by keyboard, and what is told of it.

use trazo_model::{NodeId, Phrase, Target};

use crate::changes::Request;
use crate::editor::Editor;
use crate::geometry::Rect;
use crate::selection::Selection;

/// Nodes whose left edges differ by less than this stand in one column.
const COLUMN: f64 = 100.0;

impl Editor {
    pub(crate) fn select_everything(&mut self) {
        self.cancel_gesture();
        let design = self.history.design();
        let links = design.links().map(|link| Target::Link(link.id.clone()));
        let nodes = design.nodes().map(|node| Target::Node(node.id.clone()));
        self.selection = Selection::of(&links.chain(nodes).collect::<Vec<_>>());
        self.announce_selection();
    }

    /// The selected nodes without those that lie in another selected one.
    pub(crate) fn selected_root_ids(&self) -> Vec<NodeId> {
        let design = self.history.design();
        let inner = |id: &NodeId| design.ancestors(id).any(|group| self.selection.has_node(&group.id));
        self.selection.nodes().filter(|id| !inner(id)).cloned().collect()
    }

    pub(crate) fn selected_roots(&self) -> Vec<u32> {
        self.selected_root_ids().iter().filter_map(|id| self.scene.node_handle(id)).collect()
    }

    /// All nodes as one reads them: traffic goes from left to right, so column after column, each from the top; what lies in
    /// a group comes after the group.
    #[must_use]
    pub fn reading_order(&self) -> Vec<NodeId> {
        let design = self.history.design();
        let rect = |id: &NodeId| self.scene.node_rect(id).unwrap_or_default();
        let mut order = Vec::with_capacity(design.nodes().len());
        let top =
            design.nodes().filter(|node| node.place.parent.is_none()).map(|node| (node.id.clone(), rect(&node.id)));
        let mut stack: Vec<NodeId> = columns(top.collect());
        stack.reverse();
        while let Some(id) = stack.pop() {
            let inside = design.children(&id).map(|node| (node.id.clone(), rect(&node.id))).collect();
            stack.extend(columns(inside).into_iter().rev());
            order.push(id);
        }
        order
    }

    /// Selects the next node in reading order. After the last one the key means nothing here, so that the focus can leave.
    pub(crate) fn step_focus(&mut self, back: bool) -> bool {
        let order = self.reading_order();
        let from = self.selection.primary_node().or(self.anchor.as_ref());
        let at = from.and_then(|id| order.iter().position(|other| other == id));
        let next = match (at, back) {
            (None, false) => order.first(),
            (None, true) => order.last(),
            (Some(at), false) => order.get(at + 1),
            (Some(at), true) => at.checked_sub(1).and_then(|at| order.get(at)),
        };
        let Some(id) = next.cloned() else {
            self.anchor = None;
            return false;
        };
        self.cancel_gesture();
        self.reveal_node(&id);
        self.focus(Target::Node(id));
        true
    }

    /// Selects the next link of the node that the keyboard is at.
    pub(crate) fn step_links(&mut self, back: bool) -> bool {
        let Some(node) = self.anchor.clone() else { return false };
        let links: Vec<_> = self.design().links_of(&node).map(|link| link.id.clone()).collect();
        if links.is_empty() {
            return false;
        }
        let current = self.selection.links().next();
        let at = current.and_then(|id| links.iter().position(|other| other == id));
        let count = links.len();
        let next = match (at, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.cancel_gesture();
        let target = Target::Link(links[next].clone());
        self.reveal_target(&target);
        self.focus(target);
        true
    }

    fn focus(&mut self, target: Target) {
        self.selection = Selection::of(std::slice::from_ref(&target));
        self.announce_selection();
        self.request(Request::Focus(target));
    }

    /// Tells what is selected, if that is not what was selected before.
    pub(crate) fn announce_selection(&mut self) {
        if self.selection == *self.reported() {
            return;
        }
        let design = self.history.design();
        let name = |id: &NodeId| design.node(id).map(|node| node.name.clone()).unwrap_or_default();
        let phrase = match self.selection.single() {
            Some(Target::Node(id)) => {
                let kind = design.node(id).map_or("", |node| node.kind().spec().key);
                Phrase::new("ui.announce.selected").with("name", name(id)).with("kind", kind)
            }
            Some(Target::Link(id)) => {
                let Some(link) = design.link(id) else { return };
                Phrase::new("ui.announce.selected_link").with("from", name(&link.from)).with("to", name(&link.to))
            }
            _ if self.selection.is_empty() => Phrase::new("ui.announce.selected_none"),
            _ => Phrase::counted("ui.announce.selected_many", self.selection.len() as i64),
        };
        self.changes.announce(phrase);
    }
}

/// Column after column, each from the top.
fn columns(mut nodes: Vec<(NodeId, Rect)>) -> Vec<NodeId> {
    trazo_model::sort::sort_by(&mut nodes, |(_, a), (_, b)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let mut order = Vec::with_capacity(nodes.len());
    while let Some(left) = nodes.first().map(|(_, rect)| rect.x) {
        let end = nodes.partition_point(|(_, rect)| rect.x < left + COLUMN);
        let others = nodes.split_off(end.max(1));
        trazo_model::sort::sort_by(&mut nodes, |(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        order.extend(nodes.into_iter().map(|(id, _)| id));
        nodes = others;
    }
    order
}
