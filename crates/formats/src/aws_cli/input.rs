//! The input of a call as a file, with places for what is known only later.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use trazo_calls::{Bindings, Place, Step, preview, resolve, variable};
use trazo_stack::{Expr, Object, Origin, Value};

use crate::{Document, json};

/// What is asked for of one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots {
    /// The items of the list that it is, which are asked for by themselves.
    pub(super) items: BTreeSet<u32>,
}

/// What previews ask for, by name.
#[derive(Default)]
pub(super) struct Asked(RefCell<BTreeMap<String, Slots>>);

impl Asked {
    /// What stands for a place in a preview: a variable of a shell.
    pub(super) fn shown(&self, place: &Place<'_>) -> String {
        let name = name(place.id, place.attribute);
        let mut asked = self.0.borrow_mut();
        let slots = asked.entry(name.clone()).or_default();
        match place.item {
            Some(item) => {
                slots.items.insert(item);
                variable(&format!("{name}_{item}"))
            }
            None => variable(&name),
        }
    }

    /// All that was asked for.
    pub(super) fn take(self) -> BTreeMap<String, Slots> {
        self.0.into_inner()
    }
}

/// The variable of an attribute: `CatalogoTaskDefinition`, `TiendaAlbLoadBalancer_DNSName`, `AWS_AccountId`.
pub(super) fn name(id: &str, attribute: &str) -> String {
    let joined = if attribute.is_empty() { id.to_owned() } else { format!("{id}_{attribute}") };
    let word: String = joined.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    word.replace("__", "_")
}

/// The input of a call.
pub(super) struct Filled {
    tree: Object,
    /// Names that the file has places for, of items with their number.
    pub(super) names: Vec<String>,
    /// Texts that the script has to write in Base64 first, by name.
    pub(super) encoded: Vec<(String, String)>,
    /// The archive of a function's code, in Base64.
    pub(super) archive: Option<String>,
    pub(super) asked: BTreeMap<String, Slots>,
}

impl Filled {
    pub(super) fn new(step: &Step, bindings: &Bindings) -> Self {
        let asked = Asked::default();
        let mut walk = Walk { bindings, asked: &asked, step: name(&step.id, ""), encoded: Vec::new() };
        let mut tree = walk.object(&step.call.input);
        let encoded = walk.encoded;
        let archive = archive(&mut tree);
        let asked = asked.take();
        let items = |(name, slots): (&String, &Slots)| {
            let items: Vec<String> = slots.items.iter().map(|item| format!("{name}_{item}")).collect();
            items.into_iter().chain([name.clone()]).collect::<Vec<_>>()
        };
        let text = json::compact(&Value::from(tree.clone()));
        let mut names: Vec<String> = asked.iter().flat_map(items).collect();
        names.extend(encoded.iter().map(|(name, _)| name.clone()));
        names.retain(|name| text.contains(&variable(name)) || text.contains(&variable(&all(name))));
        Self { tree, names, encoded, archive, asked }
    }

    /// The file.
    pub(super) fn document(&self, origin: &Origin) -> Document {
        let printed = json::pretty(&Value::from(self.tree.clone()).from_origin(origin.clone()));
        let (open, close) = ends();
        let mut out = Document::default();
        for (index, line) in printed.lines.iter().enumerate() {
            // What looks like a place but is the person's own text is written so that it does not.
            let text = printed.line(index).replace("${", "\\u0024{").replace(&open, "${").replace(&close, "}");
            out.push(&text, line.origin.as_ref());
        }
        out
    }
}

/// What a variable is written with.
fn ends() -> (String, String) {
    let both = variable("");
    let mut letters = both.chars().map(String::from);
    (letters.next().unwrap_or_default(), letters.next().unwrap_or_default())
}

/// The place of all items of a list.
fn all(name: &str) -> String {
    format!("{name}[@]")
}

/// The code of a function stands in a file of its own: versions of the CLI do not agree on how it is read from JSON.
fn archive(tree: &mut Object) -> Option<String> {
    let Expr::Map(code) = &mut tree.get_mut("Code")?.expr else { return None };
    let archive = code.shift_remove("ZipFile")?;
    if code.is_empty() {
        tree.shift_remove("Code");
    }
    archive.as_str().map(str::to_owned)
}

struct Walk<'a> {
    bindings: &'a Bindings,
    asked: &'a Asked,
    step: String,
    encoded: Vec<(String, String)>,
}

impl Walk<'_> {
    fn object(&mut self, members: &Object) -> Object {
        members.iter().filter_map(|(name, value)| Some((name.clone(), self.value(value)?))).collect()
    }

    fn value(&mut self, value: &Value) -> Option<Value> {
        let expr = match &value.expr {
            Expr::Map(members) => Expr::Map(self.object(members)),
            Expr::List(items) => Expr::List(items.iter().filter_map(|item| self.value(item)).collect()),
            Expr::Ref(id) if id == "AWS::NoValue" => return None,
            Expr::Null | Expr::Bool(_) | Expr::Int(_) | Expr::Num(_) | Expr::Str(_) => value.expr.clone(),
            Expr::Base64(inner) if resolve(value, self.bindings).is_err() => {
                let text = preview(inner, self.bindings, &|place| self.asked.shown(place));
                let name = format!("{}_base64", self.step);
                let shown = variable(&name);
                self.encoded.push((name, text.as_str().unwrap_or_default().to_owned()));
                Expr::Str(shown)
            }
            _ => self.leaf(value),
        };
        Some(Value { expr, origin: value.origin.clone() })
    }

    fn leaf(&self, value: &Value) -> Expr {
        let shown = preview(value, self.bindings, &|place| self.asked.shown(place));
        // A list of which nothing is known is one place for all of its items.
        if let (Json::Array(items), Err(_)) = (&shown, resolve(value, self.bindings))
            && let [Json::String(one)] = items.as_slice()
        {
            let (open, close) = ends();
            let name = one.replace(&open, "").replace(&close, "");
            return Expr::List(vec![variable(&all(&name)).into()]);
        }
        read(&shown)
    }
}

fn read(json: &Json) -> Expr {
    match json {
        Json::Null => Expr::Null,
        Json::Bool(flag) => Expr::Bool(*flag),
        Json::Number(number) => number.as_i64().map_or_else(|| Expr::Num(number.as_f64().unwrap_or(0.0)), Expr::Int),
        Json::String(text) => Expr::Str(text.clone()),
        Json::Array(items) => Expr::List(items.iter().map(|item| read(item).into()).collect()),
        Json::Object(members) => {
            Expr::Map(members.iter().map(|(name, inner)| (name.clone(), read(inner).into())).collect())
        }
    }
}
