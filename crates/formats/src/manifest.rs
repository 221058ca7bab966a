//! The manifest: a design as a file of its own (`name.trazo.json`).

use std::collections::BTreeMap;

use serde_json::Value as Json;
use trazo_model::manifest::{self, ManifestError, Problem};
use trazo_model::{Design, Kind, LinkKind, Phrase};
use trazo_stack::{Element, Expr, Origin, Value};

use crate::Document;
use crate::json::{self, Position, locate};

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
    document(design).text
}

/// The manifest with the origin of each line.
pub fn document(design: &Design) -> Document {
    json::pretty(&tree(&manifest::to_json(design)))
}

/// The nodes, links and notes of `design` as a manifest without spaces, for storage.
pub fn write_compact(design: &Design) -> String {
    manifest::to_json(design).to_string()
}

/// The design without what goes without saying, as a tree: opened again it is the same.
pub(crate) fn compact(design: &Design) -> Value {
    let mut all = manifest::to_json(design);
    let nothing = Json::Object(serde_json::Map::new());
    let mut kinds: BTreeMap<Kind, Json> = BTreeMap::new();
    for list in ["nodes", "notes"] {
        for node in all[list].as_array_mut().into_iter().flatten() {
            let kind = node["kind"].as_str().and_then(Kind::from_key).unwrap_or(Kind::Note);
            let usual = kinds
                .entry(kind)
                .or_insert_with(|| (kind.spec().read)(&nothing).map(|props| props.to_json()).unwrap_or_default());
            lessen(&mut node["props"], usual);
        }
    }
    let mut links: BTreeMap<LinkKind, Json> = BTreeMap::new();
    let drawn = all["links"].as_array_mut().into_iter().flatten();
    for (json, link) in drawn.zip(design.links()) {
        let usual = links
            .entry(link.kind())
            .or_insert_with(|| (link.kind().spec().read)(&nothing).map(|props| props.to_json()).unwrap_or_default());
        if let Some(props) = json.get_mut("props") {
            lessen(props, usual);
        }
    }
    plain(&all, None)
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

/// The manifest's JSON with origins: each node and link, and each of its fields.
fn tree(manifest: &Json) -> Value {
    let Json::Object(entries) = manifest else { return plain(manifest, None) };
    let parts = entries.iter().map(|(key, value)| {
        let tree = match (key.as_str(), value) {
            ("nodes" | "notes", Json::Array(items)) => elements(items, Element::Node),
            ("links", Json::Array(items)) => elements(items, Element::Link),
            ("name" | "region", _) => plain(value, Some(&Origin::new(Element::Design, key.as_str()))),
            _ => plain(value, None),
        };
        (key.clone(), tree)
    });
    Expr::Map(parts.collect()).into()
}

fn elements(items: &[Json], make: fn(std::sync::Arc<str>) -> Element) -> Value {
    let trees = items.iter().map(|item| {
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
    });
    Value::from(trees.collect::<Vec<_>>())
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
