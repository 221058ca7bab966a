//! The rows of the outline, in order.

use std::collections::HashSet;

use leptos::prelude::Track;
use trazo_model::{Design, Kind, LinkId, Node, NodeId, Shape, Target};

use crate::shell::search::{link_name, node_name};
use crate::studio::Studio;
use crate::words::t;

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum RowId {
    /// A node.
    Node(NodeId),
    /// The heading of the links.
    Links,
    /// A link.
    Link(LinkId),
}

impl RowId {
    pub(super) fn of(target: Target) -> Option<Self> {
        match target {
            Target::Node(id) => Some(Self::Node(id)),
            Target::Link(id) => Some(Self::Link(id)),
            Target::Design => None,
        }
    }

    pub(super) fn target(&self) -> Option<Target> {
        match self {
            Self::Node(id) => Some(Target::from(id)),
            Self::Link(id) => Some(Target::from(id)),
            Self::Links => None,
        }
    }

    /// A name for its element.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Node(id) => format!("node-{id}"),
            Self::Links => "links".to_owned(),
            Self::Link(id) => format!("link-{id}"),
        }
    }

    /// What it says. Tracked.
    pub(super) fn name(&self, studio: &Studio) -> String {
        match self {
            Self::Node(id) => {
                studio.track_node(id);
                studio.design(|design| design.node(id).map(node_name).unwrap_or_default())
            }
            Self::Link(id) => {
                // The name is made of those of the ends.
                studio.revision.track();
                studio.design(|design| design.link(id).map(|link| link_name(design, link)).unwrap_or_default())
            }
            Self::Links => t("ui.outline.links"),
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: RowId,
    /// 1 at the top.
    pub(super) depth: usize,
    /// The kind of a node.
    pub(super) kind: Option<Kind>,
    /// Whether it is unfolded, if it holds anything.
    pub(super) open: Option<bool>,
}

/// All rows that are seen: what lies in a folded group is not.
pub(super) fn rows(design: &Design, folded: &HashSet<RowId>) -> Vec<Row> {
    let mut rows = Vec::new();
    for node in design.nodes().filter(|node| node.place.parent.is_none()) {
        add(design, node, 1, folded, &mut rows);
    }
    if design.links().len() > 0 {
        let open = !folded.contains(&RowId::Links);
        rows.push(Row { id: RowId::Links, depth: 1, kind: None, open: Some(open) });
        if open {
            let link = |id: &LinkId| Row { id: RowId::Link(id.clone()), depth: 2, kind: None, open: None };
            rows.extend(design.links().map(|it| link(&it.id)));
        }
    }
    rows
}

fn add(design: &Design, node: &Node, depth: usize, folded: &HashSet<RowId>, rows: &mut Vec<Row>) {
    let id = RowId::Node(node.id.clone());
    let holds = node.kind().spec().shape == Shape::Group && design.children(&node.id).next().is_some();
    let open = holds.then(|| !folded.contains(&id));
    rows.push(Row { id, depth, kind: Some(node.kind()), open });
    if open == Some(true) {
        for child in design.children(&node.id) {
            add(design, child, depth + 1, folded, rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_model::Edit;
    use trazo_model::edit::apply;

    fn design() -> Design {
        let mut design = Design::new("d", "us-east-1");
        let cluster = NodeId::new("c");
        for node in [
            Node::new(NodeId::new("u"), Kind::Users, "u", 0, 0),
            Node::new(cluster.clone(), Kind::Cluster, "c", 0, 0),
            Node::new(NodeId::new("s"), Kind::Service, "s", 0, 0).inside(&cluster),
        ] {
            apply(&mut design, Edit::add_node(node)).unwrap();
        }
        design
    }

    #[test]
    fn what_lies_in_a_group_stands_below_it() {
        let seen = |folded: &HashSet<RowId>| -> Vec<(String, usize)> {
            rows(&design(), folded).into_iter().map(|row| (row.id.key(), row.depth)).collect()
        };
        let all = [("node-u".to_owned(), 1), ("node-c".to_owned(), 1), ("node-s".to_owned(), 2)];
        assert_eq!(seen(&HashSet::new()), all);
        assert_eq!(seen(&HashSet::from([RowId::Node(NodeId::new("c"))])), all[..2]);
    }
}
