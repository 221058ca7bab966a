//! Mermaid flowcharts (<https://mermaid.js.org/syntax/flowchart.html>).

use trazo_model::{Node, NodeId, Props, Shape};
use trazo_stack::{Element, Origin};

use crate::Document;
use crate::export::{Source, Written};

pub(crate) fn write(source: &Source<'_>) -> Written {
    Written::one("architecture.mmd", chart(source))
}

/// The chart of a design, also for pages that hold one.
pub(crate) fn chart(source: &Source<'_>) -> Document {
    let mut chart = Document::default();
    chart.push("flowchart LR", None);
    let roots = source.design.nodes().filter(|node| node.place.parent.is_none());
    for node in roots {
        element(source, node, 1, &mut chart);
    }
    for link in source.design.links() {
        let words = source.tell_all(&(link.kind().spec().summary)(source.design, link));
        let (from, to) = (name(&link.from), name(&link.to));
        let line = match words.trim() {
            "" => format!("  {from} --> {to}"),
            said => format!("  {from} -- {} --> {to}", quoted(said)),
        };
        chart.push(&line, Some(&Origin::whole(Element::Link(link.id.shared()))));
    }
    chart
}

/// A node, and what lies in it.
fn element(source: &Source<'_>, node: &Node, depth: usize, chart: &mut Document) {
    let indent = "  ".repeat(depth);
    let origin = Some(Origin::whole(Element::Node(node.id.shared())));
    let label = label(source, node);
    if node.kind().spec().shape != Shape::Group {
        let (open, close) = match &node.props {
            Props::Users(_) => ("([", "])"),
            Props::Note(_) => (">", "]"),
            _ => ("[", "]"),
        };
        chart.push(&format!("{indent}{}{open}{label}{close}", name(&node.id)), origin.as_ref());
        return;
    }
    chart.push(&format!("{indent}subgraph {}[{label}]", name(&node.id)), origin.as_ref());
    for child in source.design.children(&node.id) {
        element(source, child, depth + 1, chart);
    }
    chart.push(&format!("{indent}end"), origin.as_ref());
}

fn label(source: &Source<'_>, node: &Node) -> String {
    match &node.props {
        Props::Note(note) => quoted(&note.text),
        _ => {
            let kind = source.voice.say(&format!("kind.{}.name", node.kind().spec().key), &[]);
            quoted(&format!("{}\n{kind}", node.name))
        }
    }
}

/// `end` and other words of the language cannot be ids, so each has a letter before it.
fn name(id: &NodeId) -> String {
    let plain: String =
        id.as_str().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    format!("n_{plain}")
}

/// A text in quotes; what would end it or begin markup is an entity.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.trim().chars() {
        match letter {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '&' => out.push_str("#amp;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '`' => out.push_str("#96;"),
            '\n' => out.push_str("<br/>"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
