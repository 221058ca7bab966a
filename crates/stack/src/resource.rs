//! Resources, parameters, outputs, and the stack that holds them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use indexmap::IndexMap;

use crate::{Object, Origin, Value};

/// What CloudFormation does with a resource that leaves the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionPolicy {
    /// It is deleted.
    Delete,
    /// It stays in the account.
    Retain,
}

/// So many names of types are kept at most; no template has so many.
const MOST_TYPES: usize = 2_000;

static TYPES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// A name of a type that a file or a person gave, as stacks hold it. Each name is kept once and for ever, up to some thousands;
/// beyond them all are `AWS::CloudFormation::CustomResource`.
pub fn type_name(text: &str) -> &'static str {
    let mut types = TYPES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = types.get(text) {
        return known;
    }
    if types.len() >= MOST_TYPES || text.len() > 255 {
        return "AWS::CloudFormation::CustomResource";
    }
    let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
    types.insert(kept);
    kept
}

/// One resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its type (`AWS::ECS::Service`).
    pub type_name: &'static str,
    /// Its properties.
    pub properties: Object,
    /// Logical ids that must exist first although no property names them, sorted.
    pub depends_on: Vec<String>,
    /// What happens when it leaves the stack; `None` is CloudFormation's default.
    pub deletion_policy: Option<DeletionPolicy>,
    /// What CloudFormation is told beside all this (`UpdatePolicy`), for resources that are kept as they are.
    pub attributes: Object,
    /// The element that it was made from.
    pub origin: Origin,
}

impl Resource {
    /// A resource without properties.
    pub fn new(type_name: &'static str, origin: Origin) -> Self {
        Self {
            type_name,
            properties: Object::new(),
            depends_on: Vec::new(),
            deletion_policy: None,
            attributes: Object::new(),
            origin,
        }
    }

    /// The value at a dotted path of property and keys (`NetworkConfiguration.AwsvpcConfiguration`).
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let first = self.properties.get(parts.next()?)?;
        parts.try_fold(first, |value, key| value.get(key))
    }

    /// The text at a dotted path; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        self.get(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The items of the list at a dotted path.
    pub fn items(&self, path: &str) -> &[Value] {
        self.get(path).map(Value::items).unwrap_or_default()
    }

    /// Sets a property; its origin is the whole element.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.properties.insert(key.to_owned(), value.into());
        self
    }

    /// Sets a property that was made from `field` of the element this resource was made from.
    pub fn set_from(&mut self, key: &str, field: &str, value: impl Into<Value>) -> &mut Self {
        let value = value.into().from_origin(self.origin.field(field));
        self.set(key, value)
    }

    /// Makes this resource wait for another.
    pub fn wait_for(&mut self, id: impl Into<String>) -> &mut Self {
        let id = id.into();
        if let Err(at) = self.depends_on.binary_search(&id) {
            self.depends_on.insert(at, id);
        }
        self
    }
}

/// A value that the person who deploys gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its type (`AWS::EC2::VPC::Id`, `List<AWS::EC2::Subnet::Id>`, `String`).
    pub type_name: &'static str,
    /// What it is for, in English as AWS's console shows it.
    pub description: String,
    /// The value where none is given.
    pub default: Option<String>,
    /// The element that asks for it.
    pub origin: Origin,
}

/// A value that the stack gives back.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// What it is, in English.
    pub description: String,
    /// The value.
    pub value: Value,
    /// The element that it tells of.
    pub origin: Origin,
}

impl Stack {
    /// The resource of a logical id.
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.get(id).map(|resource| &**resource)
    }

    /// The resources of a type, in the order of the stack.
    pub fn of_type<'a>(&'a self, type_name: &'a str) -> impl Iterator<Item = (&'a str, &'a Resource)> + 'a {
        let all = self.resources.iter().filter(move |(_, resource)| resource.type_name == type_name);
        all.map(|(id, resource)| (id.as_str(), &**resource))
    }
}

/// The whole graph, in the order in which it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// What the stack is.
    pub description: String,
    /// Parameters by name.
    pub parameters: IndexMap<String, Parameter>,
    /// Resources by logical id; shared, since most of them stay what they were from one lowering to the next
    /// ([`Stack::keep_from`]).
    pub resources: IndexMap<String, Arc<Resource>>,
    /// Outputs by name.
    pub outputs: IndexMap<String, Output>,
}
