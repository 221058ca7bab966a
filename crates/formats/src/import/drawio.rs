//! draw.io files that Trazo has written, be they as they were or changed since: what a design says is kept in them as data
//! (`crate::drawio`); places, groups and names are taken from the drawing, so that what was moved there stays moved.

use std::collections::BTreeMap;

use roxmltree::{Document, Node as Element, ParsingOptions};
use serde_json::Value as Json;
use trazo_model::{Account, Kind, Shape, Size, Tag};

use super::{Draft, Handle, ImportError};
use crate::json::Position;

/// More parts than any drawing has.
const MOST_PARTS: u32 = 200_000;
/// Cells nested deeper lie where their group lies.
const DEEPEST: usize = 50;

/// Whether a text is a draw.io file.
pub(super) fn recognises(text: &str) -> bool {
    text.contains("<mxfile") || text.contains("<mxGraphModel")
}

/// A cell of the drawing.
struct Cell<'a> {
    /// What holds its data: the `object` around it, or the cell itself.
    data: Element<'a, 'a>,
    /// The cell itself.
    cell: Element<'a, 'a>,
    line: usize,
}

impl<'a> Cell<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.data.attribute(name)
    }

    fn kind(&self) -> Option<Kind> {
        Kind::from_key(self.attribute("trazoKind")?)
    }

    fn geometry(&self, name: &str) -> Option<i32> {
        let shape = self.cell.children().find(|child| child.has_tag_name("mxGeometry"))?;
        let number: f64 = shape.attribute(name)?.parse().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stays within the range")]
        Some(number.round() as i32)
    }

    fn json(&self, name: &str) -> Option<Json> {
        serde_json::from_str(self.attribute(name)?).ok()
    }

    /// Its label as a person sees it.
    fn label(&self) -> &'a str {
        self.attribute("label").or_else(|| self.cell.attribute("value")).unwrap_or_default()
    }
}

/// Reads a file.
pub(super) fn read(text: &str, draft: &mut Draft) -> Result<(), ImportError> {
    let options = ParsingOptions { nodes_limit: MOST_PARTS, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| fault(text, &error))?;
    let (cells, by_id) = cells(&document);
    if !cells.iter().any(|cell| cell.kind().is_some()) {
        let packed = |diagram: Element<'_, '_>| {
            diagram.has_tag_name("diagram") && diagram.text().is_some_and(|text| !text.trim().is_empty())
        };
        let is_packed = cells.is_empty() && document.descendants().any(packed);
        return Err(if is_packed { ImportError::Packed } else { ImportError::Foreign });
    }
    let mut drawing = Drawing { cells, by_id, handles: BTreeMap::new() };
    drawing.design(draft);
    drawing.nodes(draft);
    drawing.links(draft);
    Ok(())
}

fn fault(text: &str, error: &roxmltree::Error) -> ImportError {
    let at = error.pos();
    let number = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    let position = match error {
        // What is missing at the end is missing there.
        roxmltree::Error::UnclosedRootNode => Position { line: text.lines().count().max(1), column: 1 },
        _ => Position { line: number(at.row), column: number(at.col) },
    };
    match error {
        roxmltree::Error::NodesLimitReached => ImportError::TooMany { position },
        _ => ImportError::Xml { position },
    }
}

/// All cells, and which has which id; of two with one id the first counts.
fn cells<'a>(document: &'a Document<'a>) -> (Vec<Cell<'a>>, BTreeMap<&'a str, usize>) {
    let mut lines = Lines::new(document.input_text());
    let mut all = Vec::new();
    let mut by_id = BTreeMap::new();
    for cell in document.descendants().filter(|element| element.has_tag_name("mxCell")) {
        let around = cell.parent_element().filter(|it| it.has_tag_name("object") || it.has_tag_name("UserObject"));
        let data = around.unwrap_or(cell);
        if let Some(id) = data.attribute("id") {
            by_id.entry(id).or_insert(all.len());
        }
        all.push(Cell { data, cell, line: lines.of(data.range().start) });
    }
    (all, by_id)
}

/// The line of each place in a text, asked for in its order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    fn of(&mut self, place: usize) -> usize {
        let between = self.text.as_bytes().get(self.at..place).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(place);
        self.line
    }
}

struct Drawing<'a> {
    cells: Vec<Cell<'a>>,
    by_id: BTreeMap<&'a str, usize>,
    /// The node of each cell that is one.
    handles: BTreeMap<usize, Handle>,
}

impl<'a> Drawing<'a> {
    fn cell(&self, id: Option<&str>) -> Option<usize> {
        self.by_id.get(id?).copied()
    }

    /// What is the design's own stands with the layer.
    fn design(&self, draft: &mut Draft) {
        let Some(layer) = self.cells.iter().find(|cell| cell.attribute("trazoRegion").is_some()) else { return };
        draft.name(layer.attribute("trazoName").unwrap_or_default());
        draft.region(layer.attribute("trazoRegion").unwrap_or_default());
        if let Some(account) = layer.attribute("trazoAccount").and_then(Account::from_key) {
            draft.account(account);
        }
    }

    fn nodes(&mut self, draft: &mut Draft) {
        for at in 0..self.cells.len() {
            let Some(cell) = self.cells.get(at) else { continue };
            let Some(kind) = cell.kind() else {
                self.stranger(cell, draft);
                continue;
            };
            let handle = node(cell, kind, draft);
            let (x, y) = self.place(cell);
            let size = || Some(Size { w: cell.geometry("width")?, h: cell.geometry("height")? });
            draft.place(handle, x, y, if kind.spec().shape == Shape::Card { None } else { size() });
            self.handles.insert(at, handle);
        }
        for (at, handle) in &self.handles {
            let parent = self.cells.get(*at).and_then(|cell| self.group(cell));
            if let Some(group) = parent {
                draft.inside(*handle, group);
            }
        }
    }

    /// Something that is drawn and not of Trazo.
    fn stranger(&self, cell: &Cell<'_>, draft: &mut Draft) {
        let is_own = cell.attribute("trazoLink").is_some() || cell.attribute("trazoRegion").is_some();
        let is_drawn = cell.cell.attribute("vertex").is_some();
        if is_drawn && !is_own {
            draft.left("import.note.drawio.cell", &[("label", &first_line(cell.label()))], cell.line);
        }
    }

    /// Places are told within what a cell lies in.
    fn place(&self, cell: &Cell<'_>) -> (i32, i32) {
        let (mut x, mut y) = (0_i32, 0_i32);
        let mut at = Some(cell);
        for _ in 0..DEEPEST {
            let Some(cell) = at else { break };
            x = x.saturating_add(cell.geometry("x").unwrap_or_default());
            y = y.saturating_add(cell.geometry("y").unwrap_or_default());
            at = self.cell(cell.cell.attribute("parent")).and_then(|at| self.cells.get(at));
        }
        (x, y)
    }

    /// The group that a cell lies in, also through frames that somebody drew around it.
    fn group(&self, cell: &Cell<'_>) -> Option<Handle> {
        let mut parent = cell.cell.attribute("parent");
        for _ in 0..DEEPEST {
            let at = self.cell(parent)?;
            if let Some(handle) = self.handles.get(&at) {
                return Some(*handle);
            }
            parent = self.cells.get(at)?.cell.attribute("parent");
        }
        None
    }

    fn links(&self, draft: &mut Draft) {
        for cell in self.cells.iter().filter(|cell| cell.cell.attribute("edge").is_some()) {
            let end = |name: &str| self.handles.get(&self.cell(cell.cell.attribute(name))?).copied();
            let (Some(from), Some(to)) = (end("source"), end("target")) else {
                draft.left("import.note.drawio.loose", &[("label", &first_line(cell.label()))], cell.line);
                continue;
            };
            let link = draft.link(from, to, cell.line);
            if let Some(id) = cell.attribute("id").and_then(|id| id.strip_prefix("link-")) {
                draft.link_id(link, id);
            }
            match cell.json("trazoProps") {
                Some(props) => draft.set_link(link, "", props, cell.line),
                None => draft.guessed("import.note.drawio.drawn", &[], cell.line),
            }
        }
    }
}

fn node(cell: &Cell<'_>, kind: Kind, draft: &mut Draft) -> Handle {
    let told = cell.attribute("trazoName").unwrap_or_default();
    let seen = first_line(cell.label());
    // A name that was written over in the drawing is the name.
    let is_as_it_was = cell.label().strip_prefix(told).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'));
    let name = if is_as_it_was || seen.is_empty() || kind == Kind::Note { told.to_owned() } else { seen };
    let handle = draft.add(kind, &name, cell.line);
    if let Some(id) = cell.attribute("id").and_then(|id| id.strip_prefix("node-")) {
        draft.id(handle, id);
    }
    match cell.json("trazoProps") {
        Some(props) => draft.set(handle, "", props, cell.line),
        None => draft.left("import.note.drawio.bare", &[("subject", &name)], cell.line),
    }
    if kind == Kind::Note {
        draft.set(handle, "text", cell.label(), cell.line);
    }
    let tags = cell.json("trazoTags").and_then(|tags| serde_json::from_value::<Vec<Tag>>(tags).ok());
    for tag in tags.unwrap_or_default() {
        draft.tag(handle, &tag.key, &tag.value);
    }
    handle
}

/// The first line of a label, which draw.io may have made HTML of.
fn first_line(label: &str) -> String {
    let mut out = String::new();
    let mut rest = label;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, behind)) = after.split_once('>') else { break };
        if !out.trim().is_empty()
            && ["br", "div", "/div", "p", "/p"].iter().any(|end| tag.trim_end_matches(['/', ' ']) == *end)
        {
            out.push('\n');
        }
        rest = behind;
    }
    out.push_str(rest);
    out.trim().lines().next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests;
