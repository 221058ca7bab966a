//! What says the resources of a stack in Terraform's words, one after the other.

use std::collections::BTreeSet;
use std::rc::Rc;

use indexmap::IndexMap;
use trazo_stack::{DeletionPolicy, Element, Object, Origin, Resource, Value, map};

use super::names::{Names, snake};
use super::rows;
use crate::export::{Note, Source};

/// What is being written.
pub(super) struct Writer<'a> {
    pub(super) source: &'a Source<'a>,
    names: Rc<Names>,
    /// Addresses and names of locals that others have, where these are heeded.
    taken: Option<BTreeSet<String>>,
    /// The resource that is being written.
    pub(super) id: String,
    pub(super) origin: Origin,
    /// What it asks for: kind, name, body.
    pub(super) data: Vec<(String, String, Value)>,
    pub(super) locals: Object,
    /// By type and name.
    pub(super) resources: IndexMap<String, Object>,
    /// What stands beside it, by address.
    pub(super) beside: Vec<String>,
    pub(super) notes: Vec<Note>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a Source<'a>, names: Rc<Names>) -> Self {
        Self {
            source,
            names,
            taken: None,
            id: String::new(),
            origin: Origin::whole(Element::Design),
            data: Vec::new(),
            locals: Object::new(),
            resources: IndexMap::new(),
            beside: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// One that gives no name that another resource has.
    pub(super) fn careful(source: &'a Source<'a>, names: Rc<Names>) -> Self {
        let mut writer = Self::new(source, names);
        writer.taken = Some(source.stack.resources.keys().filter_map(|id| writer.address(id)).collect());
        writer
    }

    /// The name of a logical id.
    pub(super) fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| snake(id))
    }

    /// Tells of what Terraform cannot say.
    pub(super) fn note(&mut self, key: &'static str, subject: impl Into<String>, origin: &Origin) {
        self.notes.push(Note { key, subject: subject.into(), origin: Some(origin.clone()) });
    }

    /// The design's name where a name is asked for.
    pub(super) fn slug(&self) -> String {
        let name = snake(self.source.design.name()).replace('_', "-");
        if name.is_empty() { "trazo".to_owned() } else { name }
    }

    /// The address of the resource of a logical id.
    pub(super) fn address(&self, id: &str) -> Option<String> {
        let row = rows::of(self.source.stack.resources.get(id)?.type_name)?;
        Some(format!("{}.{}", row.to, self.name(id)))
    }

    /// Asks for something that exists already.
    pub(super) fn data(&mut self, kind: &str, name: &str, body: Value) {
        self.data.push((kind.to_owned(), name.to_owned(), body));
    }

    /// A document in JSON, kept as a local.
    pub(super) fn document(&mut self, argument: &str, value: &Value) -> Value {
        if value.as_str().is_some() {
            return self.value(value);
        }
        let document = self.value(value);
        let mut name = format!("{}_{argument}", self.name(&self.id));
        while self.locals.contains_key(&name) || self.is_taken(&local(&name)) {
            name.push_str("_more");
        }
        let origin = document.origin.clone().unwrap_or_else(|| self.origin.clone());
        self.locals.insert(name.clone(), document.from_origin(origin));
        format!("${{jsonencode(local.{name})}}").into()
    }

    /// Adds a resource beside the one that is being written. `part` comes from what it says, not from its place in a list:
    /// so it keeps its address, and stays as it is, when another comes or goes before it.
    pub(super) fn beside(&mut self, kind: &str, part: &str, body: Object, origin: Option<&Origin>) {
        let part = snake(part);
        let (base, part) = (self.name(&self.id), part.trim_start_matches('_'));
        let mut name = if part.is_empty() { base } else { format!("{base}_{part}") };
        let own = |writer: &Self, name: &str| writer.resources.get(kind).is_some_and(|all| all.contains_key(name));
        while own(self, &name) || self.is_taken(&format!("{kind}.{name}")) {
            name.push_str("_more");
        }
        self.beside.push(format!("{kind}.{name}"));
        let origin = origin.unwrap_or(&self.origin).clone();
        self.resources.entry(kind.to_owned()).or_default().insert(name, Value::from(body).from_origin(origin));
    }

    /// Writes a resource into fields that were empty; whether its type is known.
    pub(super) fn resource(&mut self, id: &str, resource: &Resource) -> bool {
        let Some(row) = rows::of(resource.type_name) else {
            self.note("terraform_type", format!("{id} ({})", resource.type_name), &resource.origin);
            return false;
        };
        id.clone_into(&mut self.id);
        self.origin = resource.origin.clone();
        let mut body = Object::new();
        self.arguments(row, "", &resource.properties, &mut body);
        if let Some(finish) = row.finish {
            finish(self, resource, &mut body);
        }
        // What is to stay in the account must not be destroyed by mistake.
        if resource.deletion_policy == Some(DeletionPolicy::Retain) {
            body.insert("lifecycle".into(), map([("prevent_destroy", true.into())]));
        }
        let body = Value::from(body).from_origin(resource.origin.clone());
        let name = self.name(id);
        self.resources.entry(row.to.to_owned()).or_default().insert(name, body);
        true
    }

    fn is_taken(&self, place: &str) -> bool {
        self.taken.as_ref().is_some_and(|taken| taken.contains(place))
    }

    /// Remembers the names that were given, for the resources to come.
    pub(super) fn take_names(&mut self) {
        if let Some(taken) = &mut self.taken {
            taken.extend(self.beside.iter().cloned());
            taken.extend(self.locals.keys().map(|name| local(name)));
        }
    }
}

/// The place of a local.
pub(super) fn local(name: &str) -> String {
    format!("local.{name}")
}
