//! What a change set would do, read so that a person can judge it.

use serde_json::Value as Json;
use trazo_stack::{Element, Expr, Origin, Resource, Stack, Value};

use super::{loss::loss, read};

/// What happens to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is made.
    Add,
    /// It is changed where it stands, or, where [`Change::replacement`] says so, perhaps replaced.
    Change,
    /// A new one takes its place, and it is taken away.
    Replace,
    /// It is taken away.
    Remove,
    /// One that is there already joins the stack.
    Import,
}

/// Whether a new resource takes the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Replacement {
    /// It stays.
    Never,
    /// Only while it goes on can AWS tell.
    Conditional,
    /// It is replaced.
    Always,
}

/// One property that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyChange {
    /// Dotted path (`ContainerDefinitions.0.Image`), or the part of the resource beside its properties (`Tags`).
    pub path: String,
    /// What it was, where AWS tells.
    pub before: Option<String>,
    /// What it will be, where AWS tells.
    pub after: Option<String>,
    /// Whether that alone replaces the resource.
    pub replacement: Replacement,
    /// What makes it change, where it is another resource or a parameter (`Servicio.Arn`).
    pub because: String,
    /// The field of the design that it was made from.
    pub origin: Option<Origin>,
}

/// What happens to one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its logical id.
    pub logical: String,
    /// Its type.
    pub type_name: String,
    /// What it is called in the account; empty where it is not there yet.
    pub physical: String,
    /// The element that it was made from; `None` for one that the design no longer has.
    pub element: Option<Element>,
    /// What happens.
    pub action: Action,
    /// Whether it is replaced.
    pub replacement: Replacement,
    /// Whether it stays in the account although it leaves the stack.
    pub kept: bool,
    /// The text that says what is lost with it: `deploy.formation.loss.…`.
    pub loss: Option<&'static str>,
    /// What of it changes.
    pub properties: Vec<PropertyChange>,
}

impl Change {
    pub(super) fn read(json: &Json, stack: &Stack) -> Option<Self> {
        let change = json.get("ResourceChange")?;
        let logical = read::owned(change, "LogicalResourceId");
        let type_name = read::owned(change, "ResourceType");
        let resource = stack.resource(&logical);
        let replacement = match read::text(change, "Replacement") {
            "True" => Replacement::Always,
            "Conditional" => Replacement::Conditional,
            _ => Replacement::Never,
        };
        let action = match (read::text(change, "Action"), replacement) {
            ("Add", _) => Action::Add,
            ("Remove", _) => Action::Remove,
            ("Import", _) => Action::Import,
            (_, Replacement::Always) => Action::Replace,
            _ => Action::Change,
        };
        let kept = matches!(read::text(change, "PolicyAction"), "Retain" | "ReplaceAndRetain");
        let loses = action == Action::Remove || (action != Action::Import && replacement != Replacement::Never);
        Some(Self {
            physical: read::owned(change, "PhysicalResourceId"),
            element: resource.map(|it| it.origin.element.clone()),
            loss: if loses && !kept { loss(&type_name) } else { None },
            properties: properties(change, resource),
            action,
            replacement,
            kept,
            logical,
            type_name,
        })
    }
}

/// The properties that change, each once: AWS tells of one several times where it has several reasons.
fn properties(change: &Json, resource: Option<&Resource>) -> Vec<PropertyChange> {
    let mut all: Vec<PropertyChange> = Vec::new();
    for detail in read::list(change, "Details") {
        let Some(target) = detail.get("Target") else { continue };
        let found = property(detail, target, resource);
        match all.iter_mut().find(|it| it.path == found.path) {
            Some(known) => {
                known.replacement = known.replacement.max(found.replacement);
                known.before = known.before.take().or(found.before);
                known.after = known.after.take().or(found.after);
                if known.because.is_empty() {
                    known.because = found.because;
                }
            }
            None => all.push(found),
        }
    }
    all
}

fn property(detail: &Json, target: &Json, resource: Option<&Resource>) -> PropertyChange {
    let steps: Vec<&str> = match read::text(target, "Path").strip_prefix("/Properties/") {
        Some(path) => path.split('/').collect(),
        None if read::text(target, "Attribute") == "Properties" => vec![read::text(target, "Name")],
        None => Vec::new(),
    };
    let value = |key| target.get(key).and_then(Json::as_str).map(str::to_owned);
    PropertyChange {
        path: if steps.is_empty() { read::owned(target, "Attribute") } else { steps.join(".") },
        before: value("BeforeValue"),
        after: value("AfterValue"),
        replacement: match read::text(target, "RequiresRecreation") {
            "Always" => Replacement::Always,
            "Conditionally" => Replacement::Conditional,
            _ => Replacement::Never,
        },
        because: read::owned(detail, "CausingEntity"),
        origin: resource.map(|it| origin(it, &steps)),
    }
}

/// Where the value at a path was made from: the innermost place that knows.
pub(super) fn origin(resource: &Resource, steps: &[&str]) -> Origin {
    let mut known = &resource.origin;
    let mut at: Option<&Value> = None;
    for (depth, step) in steps.iter().enumerate() {
        at = if depth == 0 { resource.properties.get(*step) } else { at.and_then(|value| inner(value, step)) };
        let Some(value) = at else { break };
        known = value.origin.as_ref().unwrap_or(known);
    }
    known.clone()
}

fn inner<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match &value.expr {
        Expr::Map(entries) => entries.get(step),
        Expr::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}
