//! SVG pictures of the canvas, in the colours of the light theme, with nothing that is fetched from elsewhere.

use trazo_model::{CARD, Family, Node, NodeId, Props, Shape};
use trazo_stack::{Element, Origin};

use crate::export::{Source, Written};
use crate::{Document, glyph};

/// Space around what is drawn, in world units.
const MARGIN: i32 = 32;
/// How wide a text may be in the middle of a line that goes up or down.
const UPRIGHT: i32 = 180;
const INK: &str = "#191e26";
const QUIET: &str = "#5d6673";
const LINE: &str = "#7d8694";
const FONT: &str = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut svg = Document::default();
    let (x, y, w, h) = extent(source);
    let whole = Origin::whole(Element::Design);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" width=\"{w}\" height=\"{h}\" font-family=\"{FONT}\">"
    );
    svg.push(&head, Some(&whole));
    svg.push(&format!("  <title>{}</title>", escaped(source.design.name())), Some(&whole));
    svg.push(&format!("  <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>"), Some(&whole));
    // Outer groups lie below inner ones, and all of them below links and cards.
    let mut groups: Vec<&Node> =
        source.design.nodes().filter(|node| node.kind().spec().shape == Shape::Group).collect();
    groups.sort_by_key(|node| source.design.ancestors(&node.id).count());
    groups.into_iter().for_each(|node| group(source, node, &mut svg));
    source.design.links().for_each(|link| self::link(source, link, &mut svg));
    for node in source.design.nodes() {
        match node.kind().spec().shape {
            Shape::Group => {}
            Shape::Card => card(source, node, &mut svg),
            Shape::Note => note(node, &mut svg),
        }
    }
    svg.push("</svg>", Some(&whole));
    Written::one("architecture.svg", svg)
}

/// Left edge, upper edge, width, height.
fn rect(node: &Node) -> (i32, i32, i32, i32) {
    let size = node.place.size.unwrap_or(CARD);
    (node.place.x, node.place.y, size.w, size.h)
}

fn extent(source: &Source<'_>) -> (i32, i32, i32, i32) {
    let mut edges: Option<(i32, i32, i32, i32)> = None;
    let mut take = |left: i32, top: i32, right: i32, bottom: i32| {
        let (a, b, c, d) = edges.unwrap_or((left, top, right, bottom));
        edges = Some((a.min(left), b.min(top), c.max(right), d.max(bottom)));
    };
    for node in source.design.nodes() {
        let (x, y, w, h) = rect(node);
        take(x, y, x.saturating_add(w), y.saturating_add(h));
    }
    for link in source.design.links() {
        for (x, y) in (source.route)(&link.id) {
            let (x, y) = (whole(x), whole(y));
            take(x, y, x, y);
        }
    }
    let (left, top, right, bottom) = edges.unwrap_or((0, 0, 320, 200));
    let grown = |from: i32, to: i32| to.saturating_sub(from).saturating_add(2 * MARGIN);
    (left.saturating_sub(MARGIN), top.saturating_sub(MARGIN), grown(left, right), grown(top, bottom))
}

fn whole(number: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "it saturates, which is all that a picture needs")]
    let whole = number.round() as i32;
    whole
}

fn group(source: &Source<'_>, node: &Node, svg: &mut Document) {
    let origin = origin(&node.id);
    let (x, y, w, h) = rect(node);
    let (ink, soft) = colours(node.kind().spec().family);
    let frame = format!(
        "  <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"12\" fill=\"{soft}\" fill-opacity=\".35\" stroke=\"{ink}\" stroke-opacity=\".5\"/>"
    );
    svg.push(&frame, Some(&origin));
    drawing(node, x + 10, y + 8, 18, ink, &origin, svg);
    // What follows the name stands in the same text: fonts differ, and only whoever draws it knows where the name ends.
    let (name, said) = (cut(&node.name, 13, w - 44), line(source, node));
    let rest = w - 60 - width(&name, 13);
    let about = if said.is_empty() || rest < 24 {
        String::new()
    } else {
        let said = escaped(&cut(&said, 12, rest));
        format!("<tspan dx=\"8\" font-size=\"12\" font-weight=\"400\" fill=\"{QUIET}\">{said}</tspan>")
    };
    let (x, y, name) = (x + 34, y + 22, escaped(&name));
    let line =
        format!("  <text x=\"{x}\" y=\"{y}\" font-size=\"13\" font-weight=\"600\" fill=\"{INK}\">{name}{about}</text>");
    svg.push(&line, Some(&origin));
}

fn card(source: &Source<'_>, node: &Node, svg: &mut Document) {
    let origin = origin(&node.id);
    let (x, y, w, h) = rect(node);
    let (ink, soft) = colours(node.kind().spec().family);
    svg.push(
        &format!(
            "  <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"10\" fill=\"#ffffff\" stroke=\"#c3c9d2\"/>"
        ),
        Some(&origin),
    );
    let (gx, gy) = (x + 12, y + (h - 36) / 2);
    svg.push(
        &format!("  <rect x=\"{gx}\" y=\"{gy}\" width=\"36\" height=\"36\" rx=\"8\" fill=\"{soft}\"/>"),
        Some(&origin),
    );
    drawing(node, gx + 6, gy + 6, 24, ink, &origin, svg);
    let line = line(source, node);
    let middle = if line.is_empty() { y + h / 2 + 5 } else { y + h / 2 - 3 };
    text(&node.name, (x + 58, middle), w - 68, (14, "600", INK), &origin, svg);
    if !line.is_empty() {
        text(&line, (x + 58, y + h / 2 + 16), w - 68, (12, "400", QUIET), &origin, svg);
    }
}

fn note(node: &Node, svg: &mut Document) {
    let Props::Note(note) = &node.props else { return };
    let origin = origin(&node.id);
    let (x, y, w, h) = rect(node);
    svg.push(
        &format!(
            "  <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"6\" fill=\"#fbf5da\" stroke=\"#ddcb83\"/>"
        ),
        Some(&origin),
    );
    let mut at = y + 22;
    for line in wrapped(&note.text, w - 24) {
        if at > y + h - 6 {
            break;
        }
        text(&line, (x + 12, at), w - 20, (13, "400", INK), &origin, svg);
        at += 18;
    }
}

fn link(source: &Source<'_>, link: &trazo_model::Link, svg: &mut Document) {
    let origin = Origin::whole(Element::Link(link.id.shared()));
    let mut points = (source.route)(&link.id);
    if points.len() < 2 {
        points = straight(source, link);
    }
    let Some((&(ex, ey), before)) = points.split_last() else { return };
    let &(bx, by) = before.last().unwrap_or(&(ex, ey));
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", whole(*x), whole(*y))).collect();
    svg.push(
        &format!("  <polyline points=\"{}\" fill=\"none\" stroke=\"{LINE}\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>", path.join(" ")),
        Some(&origin),
    );
    // The head of the arrow: 8 long, 8 wide, along the last stretch.
    let length = (ex - bx).hypot(ey - by).max(1.0);
    let (ux, uy) = ((ex - bx) / length, (ey - by) / length);
    let corner = |side: f64| format!("{:.1},{:.1}", ex - 8.0 * ux - 4.0 * side * uy, ey - 8.0 * uy + 4.0 * side * ux);
    let head = format!("{:.1},{:.1} {} {}", ex, ey, corner(1.0), corner(-1.0));
    svg.push(&format!("  <polygon points=\"{head}\" fill=\"{LINE}\"/>"), Some(&origin));
    let said = source.tell_all(&(link.kind().spec().summary)(source.design, link));
    if let (false, Some(((mx, my), room))) = (said.trim().is_empty(), longest_middle(&points)) {
        // Cards lie over what is longer than the line below it, and a few letters say nothing.
        let said = cut(&said, 11, room);
        if said.strip_suffix('…').is_some_and(|left| left.chars().count() < 3) {
            return;
        }
        // Above the line, with a rim in the colour of the paper where another line runs behind it.
        let (x, y) = (whole(mx) - width(&said, 11) / 2, whole(my) - 6);
        let line = format!(
            "  <text x=\"{x}\" y=\"{y}\" font-size=\"11\" fill=\"{QUIET}\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">{}</text>",
            escaped(&said)
        );
        svg.push(&line, Some(&origin));
    }
}

/// From the middle of one node to that of the other, where nobody has routed.
fn straight(source: &Source<'_>, link: &trazo_model::Link) -> Vec<(f64, f64)> {
    let middle = |id: &NodeId| {
        let (x, y, w, h) = rect(source.design.node(id)?);
        Some((f64::from(x) + f64::from(w) / 2.0, f64::from(y) + f64::from(h) / 2.0))
    };
    [middle(&link.from), middle(&link.to)].into_iter().flatten().collect()
}

/// The middle of the longest stretch that lies flat, or of the longest of all, and how wide a text there may be.
fn longest_middle(points: &[(f64, f64)]) -> Option<((f64, f64), i32)> {
    let stretches = points.windows(2).map(|pair| (pair[0], pair[1]));
    let length = |((ax, ay), (bx, by)): &((f64, f64), (f64, f64))| {
        let long = (bx - ax).hypot(by - ay);
        if (by - ay).abs() < 1.0 { long * 2.0 } else { long }
    };
    let longest = stretches.max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let ((ax, ay), (bx, by)) = longest;
    let room = if (by - ay).abs() < 1.0 { whole((bx - ax).abs()) } else { UPRIGHT };
    Some((((ax + bx) / 2.0, (ay + by) / 2.0), room))
}

fn drawing(node: &Node, x: i32, y: i32, size: i32, ink: &str, origin: &Origin, svg: &mut Document) {
    let scale = f64::from(size) / 24.0;
    let path = glyph::path(node.kind());
    let line = format!(
        "  <path transform=\"translate({x} {y}) scale({scale})\" d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
    );
    svg.push(&line, Some(origin));
}

/// A line of text that is cut where it would be too wide; size in pixels, weight, colour.
fn text(said: &str, at: (i32, i32), most: i32, look: (i32, &str, &str), origin: &Origin, svg: &mut Document) {
    let (size, weight, ink) = look;
    let line = format!(
        "  <text x=\"{}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{ink}\">{}</text>",
        at.0,
        at.1,
        escaped(&cut(said, size, most))
    );
    svg.push(&line, Some(origin));
}

/// As much of a text as there is room for.
fn cut(said: &str, size: i32, most: i32) -> String {
    if width(said, size) <= most {
        return said.to_owned();
    }
    let mut shown = said.to_owned();
    while width(&shown, size) + size > most && shown.pop().is_some() {}
    format!("{}…", shown.trim_end())
}

/// About how wide a text is, in pixels: nobody can measure it here, and fonts differ.
fn width(said: &str, size: i32) -> i32 {
    let tenths: i32 = said
        .chars()
        .map(|letter| match letter {
            'i' | 'l' | 'j' | 't' | 'f' | 'r' | '.' | ',' | ':' | ' ' | '\'' | '|' | '/' | '-' => 3,
            'm' | 'w' | 'M' | 'W' | '@' => 9,
            'A'..='Z' => 7,
            letter if u32::from(letter) > 0x2e80 => 10,
            _ => 6,
        })
        .sum();
    tenths.saturating_mul(size).saturating_mul(11) / 100
}

/// The lines of a note.
fn wrapped(said: &str, most: i32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in said.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer, 13) > most && !line.is_empty() {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}

fn line(source: &Source<'_>, node: &Node) -> String {
    source.tell_all(&(node.kind().spec().summary)(source.design, node))
}

/// A family's colour for lines and its colour for surfaces: those of the light theme.
pub(crate) fn colours(family: Family) -> (&'static str, &'static str) {
    match family {
        Family::Outside => ("#475569", "#eaedf1"),
        Family::Integration => ("#b3156b", "#fbe7f2"),
        Family::Network => ("#6d3bd1", "#efe8fc"),
        Family::Compute => ("#b04e00", "#fcece0"),
        Family::Security => ("#b3243b", "#fbe7ea"),
        Family::Plain => ("#6b5d1f", "#fbf5da"),
    }
}

fn origin(id: &NodeId) -> Origin {
    Origin::whole(Element::Node(id.shared()))
}

/// Text that may stand in XML. What XML cannot hold at all is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}
