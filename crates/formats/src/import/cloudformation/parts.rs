//! What was understood so far: nodes and links in the words of the manifest, still without ids.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use trazo_model::Kind;

use super::template::{Resource, Template};
use super::value::{Form, Val};

/// Properties with the lines that they were read from.
#[derive(Clone, Debug, Default)]
pub(super) struct Props {
    /// Dotted path, value, line.
    pub sets: Vec<(String, Json, usize)>,
}

/// How a value is copied.
#[derive(Clone, Copy)]
pub(super) enum As {
    /// As text.
    Text,
    /// As a whole number.
    Int,
    /// As a flag.
    Flag,
    /// As a list of texts.
    Texts,
    /// Whether the text is `ENABLED`.
    Enabled,
}

/// A property of AWS, a field of Trazo, how the one becomes the other.
pub(super) type Row = (&'static str, &'static str, As);

impl Props {
    /// Sets a field.
    pub(super) fn put(&mut self, path: &str, value: impl Into<Json>, line: usize) {
        self.sets.push((path.to_owned(), value.into(), line));
    }

    /// Copies what rows name; what cannot be read as they say stays unread.
    pub(super) fn copy(&mut self, from: &Val, rows: &[Row]) {
        for (key, field, kind) in rows {
            let Some(value) = from.at(key) else { continue };
            let json = match kind {
                As::Text => value.text().map(Json::from),
                As::Int => value.int().map(Json::from),
                As::Flag => value.flag().map(Json::from),
                As::Texts => texts(value).map(Json::from),
                As::Enabled => value.text().map(|word| Json::from(word == "ENABLED")),
            };
            if let Some(json) = json {
                self.put(field, json, value.line);
            }
        }
    }

    /// As one object.
    pub(super) fn json(&self) -> Json {
        let mut all = Json::Object(Map::new());
        for (path, value, _) in &self.sets {
            let mut slot = &mut all;
            for key in path.split('.') {
                if !slot.is_object() {
                    *slot = Json::Object(Map::new());
                }
                slot = match slot {
                    Json::Object(entries) => entries.entry(key.to_owned()).or_insert(Json::Null),
                    other => other,
                };
            }
            *slot = value.clone();
        }
        all
    }
}

/// A list of texts; `None` where an item is none.
pub(super) fn texts(value: &Val) -> Option<Vec<String>> {
    if value.items().iter().any(|item| {
        !matches!(&item.form, Form::Text(_) | Form::Int(_) | Form::Num(_) | Form::Bool(_) | Form::Sub(_) | Form::Ref(_))
    }) {
        return None;
    }
    let all: Option<Vec<String>> = value.items().iter().map(Val::text).collect();
    if all.is_some() {
        value.mark();
    }
    all
}

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The logical id of the resource that it stands for, by which it is found again.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its properties.
    pub props: Props,
    /// The group that it lies in.
    pub parent: Option<usize>,
    /// Its line.
    pub line: usize,
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it carries.
    pub props: Props,
    /// Its line.
    pub line: usize,
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// How well it was understood.
    pub level: Level,
    /// The text's name behind `import.note.`.
    pub key: &'static str,
    /// Named places of the text.
    pub args: Vec<(&'static str, String)>,
    /// Its line.
    pub line: usize,
}

/// How well something was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// It is in the design, in another form.
    Kept,
    /// It was filled in.
    Guessed,
    /// It is not in the design.
    Left,
}

/// What is being read, and what was understood.
pub(super) struct Reading<'a> {
    /// The template.
    pub template: &'a Template,
    /// Nodes.
    pub nodes: Vec<Part>,
    /// Links.
    pub ties: Vec<Tie>,
    /// What there is to tell.
    pub told: Vec<Told>,
    /// Whether it is for a Learner Lab: what would get a role of its own has that of the lab.
    pub lab: bool,
    by_id: BTreeMap<&'a str, usize>,
    /// Whom a resource belongs to that is a part of a node or of a link.
    owned: BTreeMap<&'a str, usize>,
}

impl<'a> Reading<'a> {
    /// Nothing understood yet.
    pub(super) fn new(template: &'a Template) -> Self {
        Self {
            template,
            nodes: Vec::new(),
            ties: Vec::new(),
            told: Vec::new(),
            lab: false,
            by_id: BTreeMap::new(),
            owned: BTreeMap::new(),
        }
    }

    /// Adds a node for a resource.
    pub(super) fn add(&mut self, kind: Kind, resource: &'a Resource, name: Option<String>) -> usize {
        let at = self.nodes.len();
        let name = name.filter(|name| !name.trim().is_empty());
        let name = fitting(kind, &name.unwrap_or_else(|| spoken(kind, &resource.id)));
        self.nodes.push(Part {
            key: resource.id.clone(),
            kind,
            name,
            tags: Vec::new(),
            props: Props::default(),
            parent: None,
            line: resource.line,
        });
        self.by_id.insert(&resource.id, at);
        self.owned.insert(&resource.id, at);
        at
    }

    /// Says that a resource is a part of a node, and need not be told of.
    pub(super) fn own(&mut self, resource: &'a Resource, node: usize) {
        self.owned.entry(&resource.id).or_insert(node);
    }

    /// The node that a resource is the heart of.
    pub(super) fn node(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The node of a kind that a resource is the heart of.
    pub(super) fn node_of(&self, id: &str, kind: Kind) -> Option<usize> {
        self.node(id).filter(|at| self.nodes.get(*at).is_some_and(|node| node.kind == kind))
    }

    /// The node that a resource belongs to, as its heart or as a part.
    pub(super) fn owner(&self, id: &str) -> Option<usize> {
        self.owned.get(id).copied()
    }

    /// The id that a node gets: those of a kind are numbered in their order.
    pub(super) fn id_of(&self, node: usize) -> String {
        let Some(kind) = self.nodes.get(node).map(|part| part.kind) else { return String::new() };
        let before = self.nodes.iter().take(node).filter(|other| other.kind == kind).count();
        format!("{}{}", kind.spec().id_prefix, before + 1)
    }

    /// The properties of a node.
    pub(super) fn props(&mut self, node: usize) -> &mut Props {
        &mut self.nodes[node].props
    }

    /// Puts a node into a group.
    pub(super) fn put_into(&mut self, node: usize, group: usize) {
        if node != group {
            self.nodes[node].parent = Some(group);
        }
    }

    /// Links two nodes, once; what a second link says is kept by the first.
    pub(super) fn tie(&mut self, from: usize, to: usize, props: Props, line: usize) {
        self.ties.push(Tie { from, to, props, line });
    }

    /// Tells something.
    pub(super) fn tell(&mut self, level: Level, key: &'static str, line: usize, args: Vec<(&'static str, String)>) {
        self.told.push(Told { level, key, args, line });
    }

    /// Takes over the tags of a resource: a list of `Key` and `Value`, or an object.
    pub(super) fn tags(&mut self, node: usize, resource: &'a Resource, without: &[&str]) {
        let Some(tags) = resource.at("Tags") else { return };
        let mut add = |key: String, value: String| {
            if !without.contains(&key.as_str()) {
                self.nodes[node].tags.push((key, value));
            }
        };
        match &tags.form {
            Form::Map(entries) => {
                for (key, value) in entries {
                    if let Some(value) = value.text() {
                        add(key.clone(), value);
                    }
                }
            }
            _ => {
                for tag in tags.items() {
                    if let (Some(key), Some(value)) =
                        (tag.get("Key").and_then(Val::text), tag.get("Value").and_then(Val::text))
                    {
                        if let Some(spread) = tag.get("PropagateAtLaunch") {
                            spread.mark();
                        }
                        add(key, value);
                    }
                }
            }
        }
        tags.mark();
    }

    /// The value of the tag `Name`.
    pub(super) fn name_tag(resource: &Resource) -> Option<String> {
        let named = |tag: &&Val| tag.get("Key").and_then(Val::text).as_deref() == Some("Name");
        resource.items("Tags").iter().find(named)?.get("Value")?.text()
    }

    /// Text as a field holds it: what names other resources stands in it as places, and is told.
    pub(super) fn wording(&mut self, value: &Val) -> Option<String> {
        if let Some(text) = value.text() {
            return Some(text);
        }
        let text = match &value.form {
            Form::Ref(name) => format!("${{{name}}}"),
            Form::Att(name, attribute) => format!("${{{name}.{attribute}}}"),
            Form::Sub(text) => text.clone(),
            _ => return None,
        };
        value.mark();
        self.tell(Level::Guessed, "import.note.place", value.line, vec![("value", text.clone())]);
        Some(text)
    }
}

/// What a logical id says without the kind at its end.
fn spoken(kind: Kind, id: &str) -> String {
    let endings: &[&str] = match kind {
        Kind::HttpApi => &["HttpApi", "Api"],
        Kind::RestApi => &["RestApi", "Api"],
        Kind::LoadBalancer => &["LoadBalancer", "ALB", "Alb", "LB"],
        Kind::Vpc => &["Vpc", "VPC"],
        Kind::Cluster => &["ECSCluster", "EcsCluster", "Cluster"],
        Kind::Service => &["ECSService", "EcsService", "Service"],
        Kind::TaskDefinition => &["TaskDefinition", "TaskDef", "Task"],
        Kind::LambdaFunction => &["LambdaFunction", "Function", "Lambda"],
        Kind::EcrRepository => &["Repository", "ECR", "Repo"],
        Kind::Role => &["Role"],
        _ => &[],
    };
    let short = endings.iter().find_map(|ending| id.strip_suffix(ending).filter(|short| !short.is_empty()));
    let word = short.unwrap_or(id);
    // `OrderApi` is `order-api`, as names are mostly written.
    let mut out = String::new();
    let mut before = ' ';
    for c in word.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
        before = c;
    }
    // A role has no other name: its logical id has to come of it again, and cut off it would be another.
    let is_other = kind == Kind::Role && trazo_model::lowering::pascal_case(&out) != word;
    if is_other || out.chars().count() > kind.spec().name_rule.max { word.to_owned() } else { out }
}

/// The nearest name that AWS takes for a kind.
pub(super) fn fitting(kind: Kind, name: &str) -> String {
    let rule = &kind.spec().name_rule;
    if rule.accepts(name) {
        return name.to_owned();
    }
    let plain: String = name.chars().map(trazo_model::lowering::without_accent).take(rule.max).collect();
    let dashed = |keep: fn(char) -> bool| -> String {
        let all: String = plain.chars().map(|c| if keep(c) { c } else { '-' }).collect();
        all.trim_matches('-').to_owned()
    };
    let tries = [
        plain.clone(),
        dashed(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'),
        dashed(|c| c.is_ascii_alphanumeric() || c == '-'),
        dashed(|c| c.is_ascii_alphanumeric() || c == '-').to_lowercase(),
    ];
    tries.into_iter().find(|name| rule.accepts(name)).unwrap_or_else(|| kind.spec().key.replace('_', "-"))
}
