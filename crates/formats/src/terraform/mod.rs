//! Terraform configurations in JSON for the provider of AWS
//! (<https://developer.hashicorp.com/terraform/language/syntax/json>).
//!
//! Each type of the stack has a row ([`rows`]); documents (policies, containers) are locals, so that they can be read, and go
//! through `jsonencode`. What each resource of the stack comes to ([`part`]) is kept from one edit to the next.

mod arguments;
mod expression;
mod names;
mod part;
pub(crate) mod reverse;
mod rows;
mod writer;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use trazo_stack::{Object, Value, list, map};

use crate::export::{Source, Written};
use crate::{Document, json};
use names::snake;
use part::Part;
pub(crate) use part::Parts;
use writer::Writer;

/// The provider whose arguments are written (<https://registry.terraform.io/providers/hashicorp/aws/latest>).
const PROVIDER: &str = "~> 6.0";

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    if source.stack.resources.is_empty() {
        return written;
    }
    let (parts, mut writer) = part::of(source);
    for part in &parts {
        written.notes.extend(part.notes.iter().cloned());
    }
    let mut file = json::Frame::begin();
    // They may ask for data too.
    let outputs = outputs(&mut writer);
    let data = data(&parts, writer);
    let mut providers = Object::new();
    providers.insert("aws".into(), map([("source", "hashicorp/aws".into()), ("version", PROVIDER.into())]));
    if data.contains_key("archive_file") {
        providers.insert("archive".into(), map([("source", "hashicorp/archive".into()), ("version", "~> 2.0".into())]));
    }
    let needs = map([("required_version", ">= 1.5".into()), ("required_providers", providers.into())]);
    file.entry("terraform", &needs);
    let region = map([("region", source.design.region().into())]);
    file.entry("provider", &map([("aws", region)]));
    section(&mut file, "variable", variables(source));
    section(&mut file, "data", data);
    locals(&mut file, &parts);
    resources(&mut file, &parts);
    section(&mut file, "output", outputs);
    written.add("main.tf.json", file.end());
    written
}

fn section(file: &mut json::Frame, name: &str, entries: Object) {
    if !entries.is_empty() {
        file.entry(name, &entries.into());
    }
}

/// What exists already and is asked for, once.
fn data(parts: &[Rc<Part>], writer: Writer<'_>) -> Object {
    let mut all: BTreeMap<String, Object> = BTreeMap::new();
    for (kind, name, body) in parts.iter().flat_map(|part| &part.data).chain(&writer.data) {
        let of_kind = all.entry(kind.clone()).or_default();
        of_kind.entry(name.clone()).or_insert_with(|| body.clone());
    }
    all.into_iter().map(|(kind, named)| (kind, named.into())).collect()
}

fn locals(file: &mut json::Frame, parts: &[Rc<Part>]) {
    let mut all = parts.iter().flat_map(|part| &part.locals).peekable();
    if all.peek().is_some() {
        file.object("locals");
        all.for_each(|(_, printed)| file.part(printed));
        file.close();
    }
}

fn resources(file: &mut json::Frame, parts: &[Rc<Part>]) {
    let beside: BTreeMap<&str, &[String]> = parts
        .iter()
        .map(|part| (part.id.as_str(), part.beside.as_slice()))
        .filter(|(_, all)| !all.is_empty())
        .collect();
    let mut kinds: IndexMap<&str, Vec<Arc<Document>>> = IndexMap::new();
    for part in parts {
        for resource in &part.resources {
            kinds.entry(&resource.kind).or_default().push(resource.printed(&part.waits(&beside)));
        }
    }
    if kinds.is_empty() {
        return;
    }
    file.object("resource");
    for (kind, printed) in kinds {
        file.object(kind);
        printed.iter().for_each(|one| file.part(one));
        file.close();
    }
    file.close();
}

fn outputs(writer: &mut Writer<'_>) -> Object {
    let mut outputs = Object::new();
    for (name, output) in &writer.source.stack.outputs {
        let value = writer.value(&output.value);
        let said = map([("description", expression::literal(&output.description).into()), ("value", value)]);
        outputs.insert(snake(name), said.from_origin(output.origin.clone()));
    }
    outputs
}

fn variables(source: &Source<'_>) -> Object {
    let mut all = Object::new();
    for (name, parameter) in &source.stack.parameters {
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
