//! The manifest: a design as a file of its own (`name.trazo.json`).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use trazo_model::manifest::{self, ManifestError, Problem};
use trazo_model::{Design, Kind, Link, LinkKind, Node, Phrase};
use trazo_stack::{Element, Expr, Origin, Value};

use crate::json::{self, Position, locate};
use crate::kept::{Elements, Kept};
use crate::{Document, Rope, yaml};

/// A file cannot be opened as a manifest. [`OpenError::phrase`] is what is said of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OpenError {
    /// It is not JSON.
    #[error("line {}, column {}: {reason}", position.line, position.column)]
    Json {
        /// Where it stops being JSON.
        position: Position,
        /// What the parser says.
        reason: String,
    },
    /// It is JSON, but a manifest with a fault, or none.
    #[error("line {}, column {}: {error}", position.line, position.column)]
    Manifest {
        /// Where the fault is.
        position: Position,
        /// The fault.
        error: ManifestError,
    },
}

impl OpenError {
    /// Where the fault is.
    pub fn position(&self) -> Position {
        match self {
            Self::Json { position, .. } | Self::Manifest { position, .. } => *position,
        }
    }

    /// What is said of it.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Json { .. } => Phrase::new("errors.open.json"),
            Self::Manifest { error, .. } => error.phrase(),
        }
    }

    /// Whether it says nothing of being a manifest: it may be a file of another tool.
    pub fn is_foreign(&self) -> bool {
        match self {
            Self::Json { .. } => true,
            Self::Manifest { error, .. } => error.problem == Problem::NotManifest,
        }
    }

    /// Dotted path of the fault, where what is said does not name it.
    pub fn path(&self) -> &str {
        match self {
            Self::Manifest { error, .. } if !error.phrase().args.iter().any(|(_, value)| *value == error.path) => {
                &error.path
            }
            _ => "",
        }
    }
}

/// The text of a manifest.
pub fn write(design: &Design) -> String {
    document(design).text()
}

/// The manifest with the origin of each line.
pub fn document(design: &Design) -> Rope {
    document_with(design, &Kept::default())
}

/// The same; what `kept` knows is not written anew.
pub(crate) fn document_with(design: &Design, kept: &Kept) -> Rope {
    let mut frame = json::Frame::begin();
    let makes = Makes {
        top: &|key, value| match key {
            "name" | "region" => plain(value, Some(&Origin::new(Element::Design, key))),
            _ => plain(value, None),
        },
        node: &mut |node| element(&manifest::node_json(node), Element::Node),
        link: &mut |link| element(&manifest::link_json(link), Element::Link),
        print: |item| json::part(None, item, 2),
    };
    write_to(&mut frame, design, &mut kept.manifest.borrow_mut(), makes);
    frame.end()
}

/// The nodes, links and notes of `design` as a manifest without spaces, for storage.
pub fn write_compact(design: &Design) -> String {
    manifest::to_json(design).to_string()
}

/// Writes the design without what goes without saying, beside the resources of a template: opened again it is the same.
pub(crate) fn write_compact_to(
    sheet: &mut dyn Sheet,
    design: &Design,
    elements: &mut Elements,
    print: fn(&Value) -> Document,
) {
    let nothing = Json::Object(serde_json::Map::new());
    let mut kinds: BTreeMap<Kind, Json> = BTreeMap::new();
    let mut node = |node: &Node| {
        let usual = kinds
            .entry(node.kind())
            .or_insert_with(|| (node.kind().spec().read)(&nothing).map(|props| props.to_json()).unwrap_or_default());
        let mut all = manifest::node_json(node);
        lessen(&mut all["props"], usual);
        apart(plain(&all, None))
    };
    let mut links: BTreeMap<LinkKind, Json> = BTreeMap::new();
    let mut link = |link: &Link| {
        let usual = links
            .entry(link.kind())
            .or_insert_with(|| (link.kind().spec().read)(&nothing).map(|props| props.to_json()).unwrap_or_default());
        let mut all = manifest::link_json(link);
        if let Some(props) = all.get_mut("props") {
            lessen(props, usual);
        }
        apart(plain(&all, None))
    };
    let makes = Makes { top: &|_, value| plain(value, None), node: &mut node, link: &mut link, print };
    write_to(sheet, design, elements, makes);
}

/// Places in texts, as a template holds them beside its resources: a linter would take them for functions that were forgotten.
fn apart(mut value: Value) -> Value {
    texts_with_places(&mut value, &|text| text.replace("${", "${!"));
    value
}

fn texts_with_places(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match &mut value.expr {
        Expr::Str(text) if text.contains("${") => *text = change(text),
        Expr::List(items) => items.iter_mut().for_each(|item| texts_with_places(item, change)),
        Expr::Map(entries) => entries.values_mut().for_each(|entry| texts_with_places(entry, change)),
        _ => {}
    }
}

/// Where a manifest is written to.
pub(crate) trait Sheet {
    /// An entry of the object that is open.
    fn entry(&mut self, key: &str, value: &Value);
    /// Begins a list.
    fn begin(&mut self, key: &str);
    /// An item of it, printed.
    fn part(&mut self, part: &Arc<Document>);
    /// Ends it.
    fn end(&mut self);
}

impl Sheet for json::Frame {
    fn entry(&mut self, key: &str, value: &Value) {
        self.entry(key, value);
    }

    fn begin(&mut self, key: &str) {
        self.list(key);
    }

    fn part(&mut self, part: &Arc<Document>) {
        self.part(part);
    }

    fn end(&mut self) {
        self.close();
    }
}

impl Sheet for yaml::Sheet {
    fn entry(&mut self, key: &str, value: &Value) {
        self.entry(key, value);
    }

    fn begin(&mut self, key: &str) {
        self.open(key);
    }

    fn part(&mut self, part: &Arc<Document>) {
        self.part(part);
    }

    fn end(&mut self) {
        self.close();
    }
}

/// How what a manifest holds becomes trees, and these text.
struct Makes<'a> {
    top: &'a dyn Fn(&str, &Json) -> Value,
    node: &'a mut dyn FnMut(&Node) -> Value,
    link: &'a mut dyn FnMut(&Link) -> Value,
    /// Prints an item of a list.
    print: fn(&Value) -> Document,
}

/// Writes a manifest, its elements as they were written before where nothing has changed of them.
fn write_to<'a>(sheet: &mut dyn Sheet, design: &'a Design, elements: &mut Elements, makes: Makes<'_>) {
    let Elements { nodes, links, notes } = elements;
    let Makes { top, node, link, print } = makes;
    let is_note = |node: &&Node| node.kind() == Kind::Note;
    let named = |node: &'a Node| (node.id.as_str(), node);
    for (key, value) in manifest::frame_json(design) {
        match key.as_str() {
            "nodes" if design.nodes().any(|node| !is_note(&node)) => {
                sheet.begin(&key);
                let items = design.nodes().filter(|node| !is_note(node)).map(named);
                nodes.each(items, &mut |_, it| Arc::new(print(&node(it))), &mut |_, part| sheet.part(part));
                sheet.end();
            }
            "notes" if design.nodes().any(|node| is_note(&node)) => {
                sheet.begin(&key);
                let items = design.nodes().filter(is_note).map(named);
                notes.each(items, &mut |_, it| Arc::new(print(&node(it))), &mut |_, part| sheet.part(part));
                sheet.end();
            }
            "links" if design.links().next().is_some() => {
                sheet.begin(&key);
                let items = design.links().map(|link| (link.id.as_str(), link));
                links.each(items, &mut |_, it| Arc::new(print(&link(it))), &mut |_, part| sheet.part(part));
                sheet.end();
            }
            _ => sheet.entry(&key, &top(&key, &value)),
        }
    }
}

/// Takes out of an object what is as usual.
fn lessen(value: &mut Json, usual: &Json) {
    let (Json::Object(entries), Json::Object(usual)) = (value, usual) else { return };
    entries.retain(|key, entry| usual.get(key) != Some(entry));
    for (key, entry) in entries.iter_mut() {
        if let Some(usual) = usual.get(key) {
            lessen(entry, usual);
        }
    }
}

/// A design from the text of its manifest. A byte order mark is passed over.
///
/// # Errors
/// An [`OpenError`] with line and column.
pub fn read(text: &str) -> Result<Design, OpenError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Json = serde_json::from_str(text).map_err(|error| OpenError::Json {
        position: Position { line: error.line().max(1), column: error.column().max(1) },
        reason: error.to_string(),
    })?;
    manifest::from_json(value).map_err(|error| OpenError::Manifest { position: locate(text, &error.path), error })
}

/// An element with the origin of each of its fields.
fn element(item: &Json, make: fn(std::sync::Arc<str>) -> Element) -> Value {
    let id = item.get("id").and_then(Json::as_str).unwrap_or_default();
    let origin = Origin::whole(make(id.into()));
    let Json::Object(entries) = item else { return plain(item, Some(&origin)) };
    let fields = entries.iter().map(|(key, value)| {
        let from = match key.as_str() {
            // Properties are fields of the element by their own names.
            "props" => origin.clone(),
            "name" | "tags" => origin.field(key.as_str()),
            _ => origin.clone(),
        };
        (key.clone(), plain(value, Some(&from)))
    });
    Value::from(Expr::Map(fields.collect())).from_origin(origin)
}

/// Plain JSON as a tree; parts of what has an origin are fields below it.
fn plain(json: &Json, origin: Option<&Origin>) -> Value {
    let below = |key: &str| {
        origin.map(|origin| match &*origin.field {
            "" => origin.field(key),
            outer => origin.field(format!("{outer}.{key}")),
        })
    };
    let expr = match json {
        Json::Bool(flag) => Expr::Bool(*flag),
        Json::String(text) => Expr::Str(text.clone()),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Expr::Int(whole),
            None => Expr::Num(number.as_f64().unwrap_or_default()),
        },
        Json::Array(items) => Expr::List(
            items.iter().enumerate().map(|(index, item)| plain(item, below(&index.to_string()).as_ref())).collect(),
        ),
        Json::Object(entries) => {
            Expr::Map(entries.iter().map(|(key, entry)| (key.clone(), plain(entry, below(key).as_ref()))).collect())
        }
        Json::Null => Expr::Null,
    };
    Value { expr, origin: origin.cloned() }
}
