//! draw.io files (<https://www.drawio.com/doc/faq/diagram-source-edit>): each node and link a cell that stays linked and can be
//! moved. All that a design says of it is kept beside it as data, so that such a file can be read again (`import::drawio`).

use trazo_model::{CARD, Node, NodeId, Props, Shape};
use trazo_stack::{Element, Origin};

use crate::Document;
use crate::export::{Source, Written};
use crate::picture::{colours, escaped};

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut file = Document::default();
    let whole = Origin::whole(Element::Design);
    let outer = |text: &str, file: &mut Document| file.push(text, Some(&whole));
    outer("<mxfile host=\"trazo\">", &mut file);
    outer(&format!("  <diagram name=\"{}\">", escaped(source.design.name())), &mut file);
    outer("    <mxGraphModel grid=\"1\" gridSize=\"8\" arrows=\"1\" connect=\"1\">", &mut file);
    outer("      <root>", &mut file);
    outer("        <mxCell id=\"0\"/>", &mut file);
    // The layer keeps what is the design's own.
    outer(
        &format!(
            "        <object id=\"1\" label=\"\" trazoName=\"{}\" trazoRegion=\"{}\" trazoAccount=\"{}\">",
            escaped(source.design.name()),
            escaped(source.design.region()),
            source.design.account().key()
        ),
        &mut file,
    );
    outer("          <mxCell parent=\"0\"/>", &mut file);
    outer("        </object>", &mut file);
    // A cell must come after the one that it lies in.
    let mut nodes: Vec<&Node> = source.design.nodes().collect();
    nodes.sort_by_key(|node| source.design.ancestors(&node.id).count());
    let mut said = source.kept.said.borrow_mut();
    let props = said.nodes(nodes.iter().copied(), |node| escaped(&node.props.to_json().to_string()));
    nodes.into_iter().zip(&props).for_each(|(node, props)| cell(source, node, props, &mut file));
    let props = said.links(source.design.links(), |link| escaped(&link.props.to_json().to_string()));
    source.design.links().zip(&props).for_each(|(link, props)| edge(source, link, props, &mut file));
    for line in ["      </root>", "    </mxGraphModel>", "  </diagram>", "</mxfile>"] {
        outer(line, &mut file);
    }
    Written::one("architecture.drawio", file)
}

fn cell(source: &Source<'_>, node: &Node, props: &str, file: &mut Document) {
    let origin = Origin::whole(Element::Node(node.id.shared()));
    let spec = node.kind().spec();
    let (ink, soft) = colours(spec.family);
    let style = match spec.shape {
        Shape::Group => format!(
            "rounded=1;arcSize=4;container=1;collapsible=0;verticalAlign=top;align=left;spacingLeft=10;fillColor={soft};opacity=60;strokeColor={ink};fontStyle=1;html=0;"
        ),
        Shape::Note => "shape=note;whiteSpace=wrap;html=0;align=left;verticalAlign=top;spacing=8;fillColor=#fbf5da;strokeColor=#ddcb83;".to_owned(),
        Shape::Card => format!("rounded=1;whiteSpace=wrap;html=0;fillColor=#ffffff;strokeColor={ink};"),
    };
    let said = source.tell_all(&(spec.summary)(source.design, node));
    let label = match &node.props {
        Props::Note(note) => note.text.clone(),
        _ if said.is_empty() => node.name.clone(),
        _ => format!("{}\n{said}", node.name),
    };
    let parent = node.place.parent.as_ref().and_then(|id| source.design.node(id));
    let (px, py) = parent.map_or((0, 0), |parent| (parent.place.x, parent.place.y));
    let size = node.place.size.unwrap_or(CARD);
    let tags = match node.tags.is_empty() {
        true => String::new(),
        false => format!(" trazoTags=\"{}\"", escaped(&serde_json::json!(node.tags).to_string())),
    };
    file.push(
        &format!(
            "        <object id=\"{}\" label=\"{}\" trazoKind=\"{}\" trazoName=\"{}\"{tags} trazoProps=\"{props}\">",
            name(&node.id),
            escaped(&label),
            spec.key,
            escaped(&node.name)
        ),
        Some(&origin),
    );
    let inside = parent.map_or("1".to_owned(), |parent| name(&parent.id));
    file.push(&format!("          <mxCell style=\"{style}\" vertex=\"1\" parent=\"{inside}\">"), Some(&origin));
    let (x, y) = (node.place.x.saturating_sub(px), node.place.y.saturating_sub(py));
    file.push(
        &format!(
            "            <mxGeometry x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" as=\"geometry\"/>",
            size.w, size.h
        ),
        Some(&origin),
    );
    file.push("          </mxCell>", Some(&origin));
    file.push("        </object>", Some(&origin));
}

fn edge(source: &Source<'_>, link: &trazo_model::Link, props: &str, file: &mut Document) {
    let origin = Origin::whole(Element::Link(link.id.shared()));
    let said = source.tell_all(&(link.kind().spec().summary)(source.design, link));
    let style = "edgeStyle=orthogonalEdgeStyle;rounded=1;html=0;endArrow=block;endFill=1;strokeColor=#7d8694;";
    file.push(
        &format!(
            "        <object id=\"link-{}\" label=\"{}\" trazoLink=\"{}\" trazoProps=\"{props}\">",
            escaped(link.id.as_str()),
            escaped(&said),
            link.kind().spec().key
        ),
        Some(&origin),
    );
    file.push(
        &format!(
            "          <mxCell style=\"{style}\" edge=\"1\" parent=\"1\" source=\"{}\" target=\"{}\">",
            name(&link.from),
            name(&link.to)
        ),
        Some(&origin),
    );
    file.push("            <mxGeometry relative=\"1\" as=\"geometry\"/>", Some(&origin));
    file.push("          </mxCell>", Some(&origin));
    file.push("        </object>", Some(&origin));
}

/// `0` and `1` are taken.
fn name(id: &NodeId) -> String {
    format!("node-{}", escaped(id.as_str()))
}
