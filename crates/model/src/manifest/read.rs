//! Reading a manifest.

use serde_json::{Map, Value};

use crate::edit::{Edit, EditError, apply};
use crate::node::{Placement, Tag, Unknown};
use crate::validate::{self, FormError, FormReason};
use crate::{Account, Design, Kind, Link, LinkId, Node, NodeId, Phrase, Size, View};

/// A manifest cannot be opened: where, and why. [`ManifestError::phrase`] is what is said of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct ManifestError {
    /// Dotted path from the top of the document (`nodes.3.props.cpu`); empty for the whole.
    pub path: String,
    /// Why.
    pub problem: Problem,
}

/// Why a manifest cannot be opened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    /// It is JSON, but no manifest.
    #[error("this is not a Trazo manifest: it has no \"trazo\" with a version")]
    NotManifest,
    /// It was written by a newer Trazo.
    #[error("this was written by a newer Trazo (manifest version {0}); this one reads up to 1")]
    Newer(i64),
    /// Something that has to be there is not.
    #[error("it has no \"{0}\"")]
    Missing(&'static str),
    /// A value has the wrong form.
    #[error("{0}")]
    Form(FormReason),
    /// There is no such kind of node.
    #[error("there is no kind \"{0}\"")]
    Kind(String),
    /// A rule of the document is broken.
    #[error("{0}")]
    Rule(EditError),
    /// The value cannot be read.
    #[error("{0}")]
    Value(String),
}

impl ManifestError {
    /// What is said of it.
    pub fn phrase(&self) -> Phrase {
        match &self.problem {
            Problem::NotManifest => Phrase::new("errors.manifest.not_manifest"),
            Problem::Newer(version) => Phrase::new("errors.manifest.newer").with("version", version.to_string()),
            Problem::Missing(key) => Phrase::new("errors.manifest.missing").with("key", *key),
            Problem::Form(reason) => reason.phrase(&self.path),
            Problem::Kind(kind) => Phrase::new("errors.manifest.kind").with("kind", kind),
            // In a file it may never have been there, and two nodes may be linked twice.
            Problem::Rule(EditError::NoNode(id)) => Phrase::new("errors.manifest.no_node").with("id", id.as_str()),
            Problem::Rule(EditError::Link(_)) => Phrase::new("errors.manifest.link"),
            Problem::Rule(error) => error.phrase(),
            Problem::Value(_) => Phrase::new("errors.manifest.value"),
        }
    }
}

type Read<T> = Result<T, ManifestError>;

fn fail<T>(path: impl Into<String>, problem: Problem) -> Read<T> {
    Err(ManifestError { path: path.into(), problem })
}

/// An object that is taken apart key by key; what is left over is unknown.
struct Reader {
    path: String,
    left: Map<String, Value>,
}

impl Reader {
    fn new(path: String, value: Value) -> Read<Self> {
        match value {
            Value::Object(left) => Ok(Self { path, left }),
            _ => fail(path, Problem::Form(FormReason::Type("object"))),
        }
    }

    fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn text(&mut self, key: &'static str) -> Read<Option<String>> {
        match self.left.shift_remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => fail(self.at(key), Problem::Form(FormReason::Type("text"))),
        }
    }

    fn needed_text(&mut self, key: &'static str) -> Read<String> {
        match self.text(key)? {
            Some(text) => Ok(text),
            None => fail(self.path.clone(), Problem::Missing(key)),
        }
    }

    /// A whole number; one with a fraction is rounded, as older drawings by hand may have it.
    fn whole(&mut self, key: &'static str) -> Read<Option<i32>> {
        match self.left.shift_remove(key) {
            None => Ok(None),
            Some(Value::Number(number)) => {
                let rounded = number.as_f64().map(f64::round).filter(|n| n.abs() <= f64::from(i32::MAX));
                match rounded {
                    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
                    Some(rounded) => Ok(Some(rounded as i32)),
                    None => fail(self.at(key), Problem::Form(FormReason::Type("number"))),
                }
            }
            Some(_) => fail(self.at(key), Problem::Form(FormReason::Type("number"))),
        }
    }

    fn list(&mut self, key: &'static str) -> Read<Vec<Value>> {
        match self.left.shift_remove(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => fail(self.at(key), Problem::Form(FormReason::Type("list"))),
        }
    }
}

/// A design from the JSON of its manifest.
///
/// # Errors
/// A [`ManifestError`] with the place and the reason.
pub fn from_json(value: Value) -> Read<Design> {
    let Value::Object(_) = &value else { return fail("", Problem::NotManifest) };
    let mut top = Reader::new(String::new(), value)?;
    match top.left.shift_remove("trazo").as_ref().map(Value::as_i64) {
        Some(Some(super::VERSION)) => {}
        Some(Some(version)) if version > super::VERSION => return fail("trazo", Problem::Newer(version)),
        _ => return fail("", Problem::NotManifest),
    }
    let mut design = Design::new(&top.text("name")?.unwrap_or_default(), &top.text("region")?.unwrap_or_default());
    if let Some(word) = top.text("account")? {
        design.own_mut().account = match Account::from_key(&word) {
            Some(account) => account,
            None => return fail("account", Problem::Form(FormReason::Choice(Account::KEYS.join(", ")))),
        };
    }
    if let Some(view) = top.left.shift_remove("view") {
        design.view = read_view(view)?;
    }
    read_elements(&mut top, &mut design)?;
    design.own_mut().unknown = top.left;
    Ok(design)
}

/// The nodes and links of a copied part of a design, as a design of its own.
///
/// # Errors
/// A [`ManifestError`] as for a whole manifest.
pub fn fragment_from_json(value: Value) -> Read<Design> {
    from_json(value)
}

fn read_elements(top: &mut Reader, design: &mut Design) -> Read<()> {
    let mut placed = Vec::new();
    for (list, notes) in [("nodes", false), ("notes", true)] {
        for (index, value) in top.list(list)?.into_iter().enumerate() {
            let path = format!("{list}.{index}");
            let (mut node, parent) = read_node(path.clone(), value, notes)?;
            let id = node.id.clone();
            node.place.parent = None;
            let full = Placement { parent, ..node.place.clone() };
            run(design, &path, Edit::add_node(node))?;
            placed.push((path, id, full));
        }
    }
    // Groups may come after what lies in them.
    for (path, node, place) in placed.into_iter().filter(|(_, _, place)| place.parent.is_some()) {
        run(design, &format!("{path}.in"), Edit::Place { node, place })?;
    }
    for (index, value) in top.list("links")?.into_iter().enumerate() {
        let path = format!("links.{index}");
        let link = read_link(design, path.clone(), value)?;
        run(design, &path, Edit::add_link(link))?;
    }
    Ok(())
}

fn run(design: &mut Design, path: &str, edit: Edit) -> Read<()> {
    match apply(design, edit) {
        Ok(_) => Ok(()),
        Err(error) => fail(path, Problem::Rule(error)),
    }
}

fn read_view(value: Value) -> Read<View> {
    let mut reader = Reader::new("view".to_owned(), value)?;
    let standard = View::default();
    Ok(View {
        x: reader.whole("x")?.unwrap_or(standard.x),
        y: reader.whole("y")?.unwrap_or(standard.y),
        zoom: reader.whole("zoom")?.unwrap_or(standard.zoom).clamp(5, 400),
    })
}

fn read_node(path: String, value: Value, note: bool) -> Read<(Node, Option<NodeId>)> {
    let mut reader = Reader::new(path, value)?;
    let id = NodeId::new(&reader.needed_text("id")?);
    let kind = if note {
        Kind::Note
    } else {
        let key = reader.needed_text("kind")?;
        match Kind::from_key(&key) {
            Some(kind) => kind,
            None => return fail(reader.at("kind"), Problem::Kind(key)),
        }
    };
    let name = reader.text("name")?.unwrap_or_default();
    let x = reader.whole("x")?.unwrap_or(0);
    let y = reader.whole("y")?.unwrap_or(0);
    let mut node = Node::new(id, kind, &name, x, y);
    if let (Some(w), Some(h)) = (reader.whole("w")?, reader.whole("h")?) {
        node.place.size = Some(Size { w, h });
    }
    let parent = reader.text("in")?.map(|id| NodeId::new(&id));
    if let Some(tags) = reader.left.shift_remove("tags") {
        node.tags = match serde_json::from_value::<Vec<Tag>>(tags) {
            Ok(tags) => tags,
            Err(error) => return fail(reader.at("tags"), Problem::Value(error.to_string())),
        };
    }
    let props = reader.left.shift_remove("props").unwrap_or_else(|| Value::Object(Map::new()));
    let spec = kind.spec();
    let (props, unknown) = read_props(&reader, spec.fields, props)?;
    node.props = (spec.read)(&props).or_else(|error| fail(reader.at("props"), Problem::Value(error.to_string())))?;
    node.unknown = Unknown { outer: reader.left, props: unknown };
    Ok((node, parent))
}

fn read_link(design: &Design, path: String, value: Value) -> Read<Link> {
    let mut reader = Reader::new(path, value)?;
    let id = LinkId::new(&reader.needed_text("id")?);
    let mut end = |key: &'static str| -> Read<(NodeId, Kind)> {
        let id = NodeId::new(&reader.needed_text(key)?);
        match design.node(&id) {
            Some(node) => Ok((id, node.kind())),
            None => fail(reader.at(key), Problem::Rule(EditError::NoNode(id))),
        }
    };
    let (from, from_kind) = end("from")?;
    let (to, to_kind) = end("to")?;
    let Some(spec) = from_kind.link_to(to_kind) else {
        return fail(reader.path, Problem::Rule(EditError::Link(crate::Refusal::Kinds)));
    };
    let mut link = Link::new(id, spec.kind, &from, &to);
    let props = reader.left.shift_remove("props").unwrap_or_else(|| Value::Object(Map::new()));
    let (props, unknown) = read_props(&reader, spec.fields, props)?;
    link.props = (spec.read)(&props).or_else(|error| fail(reader.at("props"), Problem::Value(error.to_string())))?;
    link.unknown = Unknown { outer: reader.left, props: unknown };
    Ok(link)
}

fn read_props(reader: &Reader, fields: &[crate::field::Field], props: Value) -> Read<(Value, Map<String, Value>)> {
    let Value::Object(mut entries) = props else {
        return fail(reader.at("props"), Problem::Form(FormReason::Type("object")));
    };
    let unknown = validate::take_unknown(fields, &mut entries);
    let props = Value::Object(entries);
    match validate::props(fields, &props) {
        Ok(()) => Ok((props, unknown)),
        Err(FormError { path, reason }) => fail(format!("{}.{path}", reader.at("props")), Problem::Form(reason)),
    }
}
