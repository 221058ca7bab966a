//! What lies in what, and which boxes of a group the links inside it join.

use super::{Item, PADDING};
use crate::geometry::Rect;
use crate::hit::HEADER;

/// An edge between two members of one group, by their place among the members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// How far below the upper edge of its member the link leaves: the link may belong to something further inside.
    pub(super) from_y: f64,
    /// How far below the upper edge of its member the link arrives.
    pub(super) to_y: f64,
}

pub(super) struct Tree {
    parents: Vec<Option<usize>>,
    depths: Vec<usize>,
    /// The members of each box, and last of the whole.
    children: Vec<Vec<usize>>,
    groups: Vec<usize>,
}

impl Tree {
    pub(super) fn new(boxes: &[Item]) -> Self {
        let count = boxes.len();
        let parent = |i: usize| boxes[i].parent.filter(|&p| p < count && boxes[p].is_group);
        let mut tree = Self {
            parents: vec![None; count],
            depths: vec![0; count],
            children: vec![Vec::new(); count + 1],
            groups: (0..count).filter(|&i| boxes[i].is_group).collect(),
        };
        for i in 0..count {
            let (mut depth, mut at) = (0, i);
            while let Some(up) = parent(at).filter(|_| depth <= count) {
                (depth, at) = (depth + 1, up);
            }
            if depth <= count {
                tree.depths[i] = depth;
                tree.parents[i] = parent(i);
            }
        }
        for i in 0..count {
            tree.children[tree.parents[i].unwrap_or(count)].push(i);
        }
        let depths = &tree.depths;
        trazo_model::sort::sort_by_key(&mut tree.groups, |&g| std::cmp::Reverse(depths[g]));
        tree
    }

    /// All groups, those furthest inside first.
    pub(super) fn inner_first(&self) -> Vec<usize> {
        self.groups.clone()
    }

    /// What lies directly in a group, or outside all.
    pub(super) fn children(&self, group: Option<usize>) -> &[usize] {
        &self.children[group.unwrap_or(self.parents.len())]
    }

    /// The edges between members of `group`, or between what lies in different members.
    pub(super) fn lifted(&self, group: Option<usize>, edges: &[(usize, usize)], rects: &[Rect]) -> Vec<Edge> {
        let members = self.children(group);
        let place = |node: usize| members.binary_search(&node).ok();
        edges
            .iter()
            .filter_map(|&(from, to)| {
                let (from, from_y) = self.up_to(group, from, rects)?;
                let (to, to_y) = self.up_to(group, to, rects)?;
                (from != to).then_some(Edge { from: place(from)?, to: place(to)?, from_y, to_y })
            })
            .collect()
    }

    /// Which members of `group` have a link that leads out of them.
    pub(super) fn linked(&self, group: Option<usize>, edges: &[(usize, usize)]) -> Vec<bool> {
        let members = self.children(group);
        let mut linked = vec![false; members.len()];
        for &(from, to) in edges {
            let (from, to) = (self.member(group, from), self.member(group, to));
            if from != to {
                for member in [from, to].into_iter().flatten() {
                    if let Ok(at) = members.binary_search(&member) {
                        linked[at] = true;
                    }
                }
            }
        }
        linked
    }

    /// The member of `group` that is `node` or holds it.
    fn member(&self, group: Option<usize>, node: usize) -> Option<usize> {
        let mut at = node;
        while *self.parents.get(at)? != group {
            at = self.parents[at]?;
        }
        Some(at)
    }

    /// The member of `group` that is `node` or holds it, and how far below its upper edge the middle of `node` lies.
    fn up_to(&self, group: Option<usize>, node: usize, rects: &[Rect]) -> Option<(usize, f64)> {
        let mut at = node;
        let mut y = rects.get(node)?.h / 2.0;
        while self.parents[at] != group {
            // What lies further inside has been laid out already, relative to its group.
            y += rects[at].y + PADDING + HEADER;
            at = self.parents[at]?;
        }
        Some((at, y))
    }
}
