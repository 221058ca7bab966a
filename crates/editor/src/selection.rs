//! What is selected.

use std::collections::BTreeSet;

use trazo_model::{Design, LinkId, NodeId, Target};

/// The selected nodes and links, and the one that the keyboard is at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    all: BTreeSet<Target>,
    primary: Option<Target>,
}

impl Selection {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These, the last one being the primary one. The design itself cannot be selected.
    #[must_use]
    pub fn of(targets: &[Target]) -> Self {
        let all: BTreeSet<Target> = targets.iter().filter(|t| **t != Target::Design).cloned().collect();
        Self { primary: targets.iter().rev().find(|t| all.contains(t)).cloned(), all }
    }

    /// Whether something is selected.
    #[must_use]
    pub fn contains(&self, target: &Target) -> bool {
        self.all.contains(target)
    }

    /// Whether a node is selected.
    #[must_use]
    pub fn has_node(&self, id: &NodeId) -> bool {
        !self.all.is_empty() && self.all.contains(&Target::Node(id.clone()))
    }

    /// How many things are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Everything selected, nodes first.
    pub fn iter(&self) -> impl Iterator<Item = &Target> {
        self.all.iter()
    }

    /// The selected nodes.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeId> {
        self.all.iter().filter_map(|target| if let Target::Node(id) = target { Some(id) } else { None })
    }

    /// The selected links.
    pub fn links(&self) -> impl Iterator<Item = &LinkId> {
        self.all.iter().filter_map(|target| if let Target::Link(id) = target { Some(id) } else { None })
    }

    /// What was selected last.
    #[must_use]
    pub fn primary(&self) -> Option<&Target> {
        self.primary.as_ref()
    }

    /// The node that was selected last, if that was a node.
    #[must_use]
    pub fn primary_node(&self) -> Option<&NodeId> {
        if let Some(Target::Node(id)) = &self.primary { Some(id) } else { None }
    }

    /// The one selected thing, if there is just one.
    #[must_use]
    pub fn single(&self) -> Option<&Target> {
        if self.all.len() == 1 { self.all.first() } else { None }
    }

    /// This selection with one more.
    #[must_use]
    pub fn with(mut self, target: Target) -> Self {
        if target != Target::Design {
            self.all.insert(target.clone());
            self.primary = Some(target);
        }
        self
    }

    /// This selection without one.
    #[must_use]
    pub fn without(mut self, target: &Target) -> Self {
        self.all.remove(target);
        if self.primary.as_ref() == Some(target) {
            self.primary = self.all.last().cloned();
        }
        self
    }

    /// What of it there is in the design.
    #[must_use]
    pub fn living(self, design: &Design) -> Self {
        let lives = |target: &Target| match target {
            Target::Design => false,
            Target::Node(id) => design.node(id).is_some(),
            Target::Link(id) => design.link(id).is_some(),
        };
        if self.all.iter().all(lives) {
            return self;
        }
        let all: BTreeSet<Target> = self.all.into_iter().filter(lives).collect();
        let primary = self.primary.filter(lives).or_else(|| all.last().cloned());
        Self { all, primary }
    }

    /// What is in this and not in `other`.
    pub(crate) fn less(&self, other: &Self) -> Vec<Target> {
        self.all.difference(&other.all).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str) -> Target {
        Target::Node(NodeId::new(id))
    }

    #[test]
    fn the_last_one_is_primary_and_hands_on() {
        let both = Selection::of(&[node("b"), node("a")]);
        assert_eq!(both.primary(), Some(&node("a")));
        assert_eq!(both.clone().without(&node("a")).primary(), Some(&node("b")));
        assert_eq!(both.without(&node("b")).primary(), Some(&node("a")));
    }

    #[test]
    fn the_dead_are_dropped() {
        let design = Design::new("", "");
        assert!(Selection::of(&[node("a"), Target::Design]).living(&design).is_empty());
    }
}
