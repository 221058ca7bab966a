//! What is told of an element: to the eye in one line, to a screen reader in whole sentences.

use trazo_model::{Design, Link, Node, NodeId, Props, Shape};

use super::tally::Tally;
use crate::words::{say_all, t, t_count, t_with};

/// The name of a node's kind.
pub(super) fn kind_name(node: &Node) -> String {
    t(&format!("kind.{}.name", node.kind().spec().key))
}

/// What stands on a node as its name: a note shows its text.
pub(super) fn shown_name(node: &Node) -> &str {
    match &node.props {
        Props::Note(note) => &note.text,
        _ => &node.name,
    }
}

/// What matters of a node, in one line.
pub(super) fn node_line(design: &Design, node: &Node) -> String {
    say_all(&(node.kind().spec().summary)(design, node))
}

/// What matters of a link, in a few words.
pub(super) fn link_line(design: &Design, link: &Link) -> String {
    say_all(&(link.kind().spec().summary)(design, link))
}

/// All that a screen reader says of a node.
pub(super) fn node_label(design: &Design, node: &Node, line: &str, tally: Tally) -> String {
    let kind = kind_name(node);
    let mut parts = match shown_name(node) {
        "" => vec![kind],
        name => vec![t_with("ui.canvas.card", &[("kind", &kind), ("name", name)])],
    };
    if !line.is_empty() {
        parts.push(line.to_owned());
    }
    parts.extend(problems(tally));
    parts.extend(progress(tally));
    if let Some(group) = design.ancestors(&node.id).next() {
        parts.push(t_with("ui.canvas.inside", &[("name", &group.name)]));
    }
    if node.kind().spec().shape == Shape::Group {
        parts.push(t_count("ui.canvas.contains", design.children(&node.id).count()));
    }
    let names = |ids: Vec<&NodeId>| {
        let names: Vec<&str> =
            ids.into_iter().filter_map(|id| design.node(id)).map(|node| node.name.as_str()).collect();
        names.join(", ")
    };
    let from = names(design.links_to(&node.id).map(|link| &link.from).collect());
    if !from.is_empty() {
        parts.push(t_with("ui.canvas.linked_from", &[("names", &from)]));
    }
    let to = names(design.links_from(&node.id).map(|link| &link.to).collect());
    if !to.is_empty() {
        parts.push(t_with("ui.canvas.linked_to", &[("names", &to)]));
    }
    parts.join(". ")
}

/// All that a screen reader says of a link.
pub(super) fn link_label(design: &Design, link: &Link, line: &str, tally: Tally) -> String {
    let name = |id| design.node(id).map_or("", |node: &Node| node.name.as_str());
    let mut parts = vec![t_with("ui.canvas.link_name", &[("from", name(&link.from)), ("to", name(&link.to))])];
    if !line.is_empty() {
        parts.push(line.to_owned());
    }
    parts.extend(problems(tally));
    parts.extend(progress(tally));
    parts.join(". ")
}

/// How far the deployment of an element has come.
fn progress(tally: Tally) -> Option<String> {
    tally.progress().map(|progress| t(&format!("ui.deploy.mark.{}", progress.key())))
}

/// "2 errors", "1 warning".
pub(super) fn problems(tally: Tally) -> impl Iterator<Item = String> {
    tally.each().map(|(severity, n)| t_count(&format!("ui.canvas.marks.{}", severity.key()), n as usize))
}
