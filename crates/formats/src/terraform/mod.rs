//! Terraform configurations in JSON for the provider of AWS
//! (<https://developer.hashicorp.com/terraform/language/syntax/json>).
//!
//! Each type of the stack has a row ([`rows`]); documents (policies, containers) are locals, so that they can be read, and go
//! through `jsonencode`.

mod arguments;
mod expression;
mod names;
pub(crate) mod reverse;
mod rows;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use trazo_stack::{Object, Origin, Resource, Value, list, map, references};

use crate::export::{Source, Written};
use crate::json;
use names::snake;

/// The provider whose arguments are written (<https://registry.terraform.io/providers/hashicorp/aws/latest>).
const PROVIDER: &str = "~> 6.0";

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut writer = Writer::new(source);
    if source.stack.resources.is_empty() {
        return writer.written;
    }
    for (id, resource) in &source.stack.resources {
        writer.resource(id, resource);
    }
    for (id, resource) in &source.stack.resources {
        writer.waits(id, resource);
    }
    let tree = writer.tree();
    writer.written.add("main.tf.json", json::pretty(&tree));
    writer.written
}

/// What is being written.
struct Writer<'a> {
    source: &'a Source<'a>,
    names: IndexMap<String, String>,
    /// The resource that is being written.
    id: String,
    origin: Origin,
    data: BTreeMap<String, Object>,
    locals: Object,
    /// By type and name.
    resources: IndexMap<String, Object>,
    /// What stands beside the resource of a logical id, by address.
    beside: IndexMap<String, Vec<String>>,
    written: Written,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            names: names::of(source.stack),
            id: String::new(),
            origin: Origin::whole(trazo_stack::Element::Design),
            data: BTreeMap::new(),
            locals: Object::new(),
            resources: IndexMap::new(),
            beside: IndexMap::new(),
            written: Written::default(),
        }
    }

    /// The name of a logical id.
    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| snake(id))
    }

    /// The design's name where a name is asked for.
    fn slug(&self) -> String {
        let name = snake(self.source.design.name()).replace('_', "-");
        if name.is_empty() { "trazo".to_owned() } else { name }
    }

    /// The address of the resource of a logical id.
    fn address(&self, id: &str) -> Option<String> {
        let row = rows::of(self.source.stack.resources.get(id)?.type_name)?;
        Some(format!("{}.{}", row.to, self.name(id)))
    }

    /// Asks for something that exists already.
    fn data(&mut self, kind: &str, name: &str, body: Value) {
        self.data.entry(kind.to_owned()).or_default().entry(name.to_owned()).or_insert(body);
    }

    /// A document in JSON, kept as a local.
    fn document(&mut self, argument: &str, value: &Value) -> Value {
        if value.as_str().is_some() {
            return self.value(value);
        }
        let document = self.value(value);
        let mut name = format!("{}_{argument}", self.name(&self.id));
        while self.locals.contains_key(&name) {
            name.push_str("_more");
        }
        let origin = document.origin.clone().unwrap_or_else(|| self.origin.clone());
        self.locals.insert(name.clone(), document.from_origin(origin));
        format!("${{jsonencode(local.{name})}}").into()
    }

    /// Adds a resource beside the one that is being written. `part` comes from what it says, not from its place in a list:
    /// so it keeps its address, and stays as it is, when another comes or goes before it.
    fn beside(&mut self, kind: &str, part: &str, body: Object, origin: Option<&Origin>) {
        let part = snake(part);
        let (base, part) = (self.name(&self.id), part.trim_start_matches('_'));
        let mut name = if part.is_empty() { base } else { format!("{base}_{part}") };
        while self.resources.get(kind).is_some_and(|all| all.contains_key(&name)) {
            name.push_str("_more");
        }
        self.beside.entry(self.id.clone()).or_default().push(format!("{kind}.{name}"));
        let origin = origin.unwrap_or(&self.origin).clone();
        self.resources.entry(kind.to_owned()).or_default().insert(name, Value::from(body).from_origin(origin));
    }

    fn resource(&mut self, id: &str, resource: &Resource) {
        let Some(row) = rows::of(resource.type_name) else {
            self.written.note("terraform_type", format!("{id} ({})", resource.type_name), Some(&resource.origin));
            return;
        };
        id.clone_into(&mut self.id);
        self.origin = resource.origin.clone();
        let mut body = Object::new();
        self.arguments(row, "", &resource.properties, &mut body);
        if let Some(finish) = row.finish {
            finish(self, resource, &mut body);
        }
        // What is to stay in the account must not be destroyed by mistake.
        if resource.deletion_policy == Some(trazo_stack::DeletionPolicy::Retain) {
            body.insert("lifecycle".into(), map([("prevent_destroy", true.into())]));
        }
        let body = Value::from(body).from_origin(resource.origin.clone());
        let name = self.name(id);
        self.resources.entry(row.to.to_owned()).or_default().insert(name, body);
    }

    /// Makes a resource wait for what CloudFormation would have made before it: what it is told to wait for, and the policies
    /// of the roles that it names.
    fn waits(&mut self, id: &str, resource: &Resource) {
        let Some(row) = rows::of(resource.type_name) else { return };
        let mut all: Vec<String> = Vec::new();
        for other in &resource.depends_on {
            all.extend(self.address(other));
            all.extend(self.beside.get(other).cloned().unwrap_or_default());
        }
        for other in references(resource) {
            let is_role = self.source.stack.resources.get(&other).is_some_and(|it| it.type_name == "AWS::IAM::Role");
            if is_role {
                all.extend(self.beside.get(&other).cloned().unwrap_or_default());
            }
        }
        all.sort();
        all.dedup();
        let name = self.name(id);
        let body = self.resources.get_mut(row.to).and_then(|of_type| of_type.get_mut(&name));
        if let Some(Value { expr: trazo_stack::Expr::Map(body), .. }) = body
            && !all.is_empty()
        {
            body.insert("depends_on".into(), list(all));
        }
    }

    fn tree(&mut self) -> Value {
        let source = self.source;
        let variables = self.variables();
        let mut outputs = Object::new();
        for (name, output) in &source.stack.outputs {
            let value = self.value(&output.value);
            let said = map([("description", expression::literal(&output.description).into()), ("value", value)]);
            outputs.insert(snake(name), said.from_origin(output.origin.clone()));
        }
        let mut providers = Object::new();
        providers.insert("aws".into(), map([("source", "hashicorp/aws".into()), ("version", PROVIDER.into())]));
        if self.data.contains_key("archive_file") {
            providers
                .insert("archive".into(), map([("source", "hashicorp/archive".into()), ("version", "~> 2.0".into())]));
        }
        let mut all = Object::new();
        let needs = map([("required_version", ">= 1.5".into()), ("required_providers", providers.into())]);
        all.insert("terraform".into(), needs);
        let region = map([("region", source.design.region().into())]);
        all.insert("provider".into(), map([("aws", region)]));
        let grouped =
            |it: Vec<(String, Object)>| it.into_iter().map(|(key, all)| (key, all.into())).collect::<Object>();
        let data = grouped(std::mem::take(&mut self.data).into_iter().collect());
        let resources = grouped(std::mem::take(&mut self.resources).into_iter().collect());
        let locals = std::mem::take(&mut self.locals);
        let sections =
            [("variable", variables), ("data", data), ("locals", locals), ("resource", resources), ("output", outputs)];
        for (name, entries) in sections {
            if !entries.is_empty() {
                all.insert(name.into(), entries.into());
            }
        }
        all.into()
    }

    fn variables(&self) -> Object {
        let mut all = Object::new();
        for (name, parameter) in &self.source.stack.parameters {
            let is_list = parameter.type_name.starts_with("List<") || parameter.type_name == "CommaDelimitedList";
            let kind = if is_list { "list(string)" } else { "string" };
            let mut body = Object::new();
            body.insert("type".into(), kind.into());
            body.insert("description".into(), parameter.description.as_str().into());
            if let Some(default) = &parameter.default {
                let value = if is_list { list(default.split(',').map(str::trim)) } else { default.as_str().into() };
                body.insert("default".into(), value);
            }
            all.insert(snake(name), Value::from(body).from_origin(parameter.origin.clone()));
        }
        all
    }
}
