//! CloudFormation templates in JSON and YAML, those of SAM among them.
//!
//! A template is evaluated ([`evaluate`]) and then read kind by kind: the inverse of lowering. What stands for a node or a link
//! is taken in, what follows from it is passed over, and of all else it is told what it was and where.

mod alike;
mod balancer;
mod cluster;
mod container;
pub(super) mod ecs;
mod evaluate;
mod forward;
mod function;
mod http_api;
mod integration;
mod metadata;
mod methods;
mod network;
mod order;
mod other;
mod parts;
mod repository;
mod rest_api;
mod roles;
mod sam;
mod scaling;
mod service;
mod source;
mod task;
mod template;
pub(super) mod terraform;
mod told;
mod value;

use std::collections::BTreeMap;

use trazo_model::{Account, Kind};

use super::{Draft, Handle, Tree};
use evaluate::Scope;
use parts::{Level, Part, Reading, Tie};
use source::Source;
use template::{Resource, Template};

/// Whether a file is a template.
pub(super) fn recognises(tree: &Tree) -> bool {
    let root = tree.root();
    let Some(resources) = root.get("Resources").filter(|resources| resources.is_map()) else { return false };
    let typed = |entry: &super::Entry| {
        let name = entry.value.text_of("Type").unwrap_or_default();
        name.starts_with("AWS::") || name.starts_with("Custom::")
    };
    root.has("AWSTemplateFormatVersion") || root.has("Transform") || resources.entries().iter().any(typed)
}

/// Reads a template.
pub(super) fn read(tree: &Tree, draft: &mut Draft) {
    let root = Source::new(tree.root());
    let scope = Scope::new(root);
    let mut before = Vec::new();
    let template = template(root, &scope, &mut before);
    let mut reading = understand(&template);
    other::read(&mut reading, &scope);
    reading.told.append(&mut before);
    told::known_places(&mut reading);
    told::all(&mut reading, &scope, root);
    tree.root().skip();
    if let Some(written) = metadata::design(root) {
        if let Some(design) = metadata::merged(&written, &template, &mut reading) {
            draft.whole(design);
            tell(&reading, draft);
            return;
        }
        reading.tell(Level::Left, "import.note.section", 0, vec![("name", "Metadata.Trazo".to_owned())]);
    }
    if reading.nodes.iter().any(|node| node.props.sets.iter().any(|(path, ..)| path == "refs")) {
        let mut trial = Draft::new("");
        fill(&reading, &mut trial);
        alike::tell_apart(&mut reading, &trial.finish("cloudformation").design);
    }
    fill(&reading, draft);
    tell(&reading, draft);
}

/// How another format says what CloudFormation says.
struct Speech<'a> {
    /// Puts what is told into its words.
    told: &'a dyn Fn(&mut parts::Told),
    /// Puts a text with places for other resources into its words.
    text: &'a dyn Fn(&str) -> String,
}

/// Reads resources that another format told of, in the words of CloudFormation.
fn of_resources(resources: Vec<Resource>, mut before: Vec<parts::Told>, speech: &Speech<'_>, draft: &mut Draft) {
    let template = Template::new(String::new(), resources);
    let mut reading = understand(&template);
    told::resources(&mut reading);
    reading.told.iter_mut().for_each(speech.told);
    let of_nodes = reading.nodes.iter_mut().map(|node| &mut node.props);
    for props in of_nodes.chain(reading.ties.iter_mut().map(|tie| &mut tie.props)) {
        props.sets.iter_mut().for_each(|(_, value, _)| texts_of(value, speech.text));
    }
    reading.told.append(&mut before);
    fill(&reading, draft);
    tell(&reading, draft);
}

/// Changes the texts with places in a value.
fn texts_of(value: &mut serde_json::Value, change: &dyn Fn(&str) -> String) {
    match value {
        serde_json::Value::String(text) if text.contains("${") => *text = change(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| texts_of(item, change)),
        serde_json::Value::Object(entries) => entries.values_mut().for_each(|entry| texts_of(entry, change)),
        _ => {}
    }
}

/// The template of a file, evaluated.
fn template<'a>(root: Source<'a>, scope: &Scope<'a>, told: &mut Vec<parts::Told>) -> Template {
    let mut resources = Vec::new();
    for (id, source) in root.get("Resources").into_iter().flat_map(Source::entries) {
        match template::resource(scope, id, source) {
            Some(resource) => resources.push(resource),
            None => told.push(parts::Told {
                level: Level::Left,
                key: "import.note.condition",
                args: vec![("id", id.to_owned())],
                line: source.line(),
            }),
        }
    }
    let description = root.get("Description").and_then(Source::text).unwrap_or_default();
    let resources = sam::expand(root, scope, resources, told);
    Template::new(description.to_owned(), resources)
}

/// Recognises all kinds. What others refer to comes first.
fn understand(template: &Template) -> Reading<'_> {
    let mut reading = Reading::new(template);
    let networks = network::read(&mut reading);
    let mut roles = roles::Roles::default();
    repository::read(&mut reading);
    cluster::read(&mut reading, &networks);
    task::read(&mut reading, &mut roles);
    service::read(&mut reading, &networks);
    let listeners = balancer::read(&mut reading, &networks);
    service::between(&mut reading);
    scaling::read(&mut reading);
    function::read(&mut reading, &networks, &mut roles);
    http_api::read(&mut reading, &listeners);
    rest_api::read(&mut reading);
    roles::unused(&mut reading);
    roles::keys_of_secrets(&mut reading);
    reading
}

/// Longer descriptions are no names.
const LONGEST_NAME: usize = 80;

fn fill(reading: &Reading<'_>, draft: &mut Draft) {
    let description = reading.template.description.trim();
    if description.chars().count() <= LONGEST_NAME && !description.contains('\n') {
        draft.name(description);
    }
    if is_lab(reading) {
        draft.account(Account::LearnerLab);
    }
    let mut handles: BTreeMap<usize, Handle> = BTreeMap::new();
    for at in order::of(reading) {
        let handle = node(draft, &reading.nodes[at]);
        draft.id(handle, &reading.id_of(at));
        handles.insert(at, handle);
    }
    for (at, part) in reading.nodes.iter().enumerate() {
        let group = part.parent.and_then(|group| handles.get(&group));
        if let (Some(group), Some(own)) = (group, handles.get(&at)) {
            draft.inside(*own, *group);
        }
    }
    for tie in &reading.ties {
        link(draft, &handles, tie);
    }
}

/// Whether it is for a Learner Lab, in which no role is ever made.
fn is_lab(reading: &Reading<'_>) -> bool {
    reading.lab && reading.template.of_type("AWS::IAM::Role").next().is_none()
}

fn tell(reading: &Reading<'_>, draft: &mut Draft) {
    for told in &reading.told {
        let args: Vec<(&'static str, &str)> = told.args.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let level = match told.level {
            Level::Kept => super::Level::Kept,
            Level::Guessed => super::Level::Guessed,
            Level::Left => super::Level::Left,
        };
        draft.note(level, told.key, &args, told.line);
    }
}

fn node(draft: &mut Draft, part: &Part) -> Handle {
    let handle = draft.add(part.kind, &part.name, part.line);
    draft.bare(handle);
    for (path, value, line) in &part.props.sets {
        draft.set(handle, path.as_str(), value.clone(), *line);
    }
    for (key, value) in &part.tags {
        draft.tag(handle, key, value);
    }
    handle
}

fn link(draft: &mut Draft, handles: &BTreeMap<usize, Handle>, tie: &Tie) {
    let (Some(from), Some(to)) = (handles.get(&tie.from), handles.get(&tie.to)) else { return };
    let handle = draft.link(*from, *to, tie.line);
    draft.bare_link(handle);
    for (path, value, line) in &tie.props.sets {
        draft.set_link(handle, path.as_str(), value.clone(), *line);
    }
}
