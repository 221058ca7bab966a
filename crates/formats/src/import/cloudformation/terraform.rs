//! Plans and states of Terraform, as `terraform show -json` writes them
//! (<https://developer.hashicorp.com/terraform/internals/json-format>).
//!
//! Resources are told in the words of CloudFormation by the same tables by which they are exported, and then read as a template is.
//! What refers to what is read off the configuration where a plan does not know a value yet, and off the values themselves otherwise.

mod configuration;
mod finish;
mod links;
mod values;
mod words;

use std::collections::BTreeSet;

use super::Speech;
use super::parts::{Level, Told};
use super::template::Resource;
use super::value::{Entries, Form, Val};
use crate::import::{Draft, Node, Tree};
use crate::terraform::reverse;
use configuration::Configuration;
use links::Links;

/// Whether a file is a plan or a state.
pub(in crate::import) fn recognises(tree: &Tree) -> bool {
    let root = tree.root();
    root.has("terraform_version") && (root.has("planned_values") || root.has("values") || root.has("format_version"))
}

/// One resource of the file.
struct Block<'a> {
    /// Its whole address.
    address: &'a str,
    /// The address of the module that it is in, with a dot behind it.
    module: String,
    kind: &'a str,
    values: &'a Node,
    /// What the configuration says of it.
    expressions: Option<&'a Node>,
    line: usize,
    /// The logical id that it gets.
    id: String,
}

/// More resources are not read: nobody could draw with them.
const MOST: usize = 4_000;

/// Reads a file.
pub(in crate::import) fn read(tree: &Tree, draft: &mut Draft) {
    let root = tree.root();
    let values = root.get("planned_values").or_else(|| root.get("values"));
    let mut told = Vec::new();
    let configuration = Configuration::new(root);
    let mut blocks = Vec::new();
    let mut data = Vec::new();
    let before = root.at("prior_state.values.root_module");
    for module in [before, values.and_then(|values| values.get("root_module"))].into_iter().flatten() {
        draft.beyond(found(module, &configuration, &mut blocks, &mut data));
    }
    blocks.dedup_by(|one, other| one.address == other.address);
    let mut taken = BTreeSet::new();
    for block in &mut blocks {
        block.id = links::id(block.address, block.kind, &mut taken);
    }
    let mut links = Links::new(&blocks, &configuration);
    let asked = data.iter().find(|(kind, _)| *kind == "aws_caller_identity");
    links.account = asked.and_then(|(_, values)| values.text_of("account_id")).map(str::to_owned);
    let mut resources = Vec::new();
    for block in &blocks {
        if let Some(resource) = resource(block, &links) {
            resources.push(resource);
        } else if !finish::is_part(block.kind) {
            let args = vec![("id", block.address.to_owned()), ("type", block.kind.to_owned())];
            told.push(Told { level: Level::Left, key: "import.note.resource", args, line: block.line });
        }
    }
    finish::all(&mut resources, &blocks, &data, &links);
    for (path, line) in links.unknown.take() {
        told.push(Told { level: Level::Left, key: "import.note.terraform.unknown", args: vec![("path", path)], line });
    }
    if let Some(region) = region(root, &data) {
        draft.region(region);
    }
    root.skip();
    let words = words::Words::new(&blocks);
    let speech = Speech { told: &|told| words.put(told), text: &|text| words.places(text) };
    super::of_resources(resources, told, &speech, draft);
}

fn region<'a>(root: &'a Node, data: &[(&'a str, &'a Node)]) -> Option<&'a str> {
    let provider =
        root.at("configuration.provider_config.aws.expressions.region").and_then(|it| it.text_of("constant_value"));
    let asked = data.iter().find(|(kind, _)| *kind == "aws_region").and_then(|(_, values)| values.text_of("region"));
    provider.filter(|region| !region.contains("${")).or(asked)
}

/// Takes what is in a module and in those within it; how many resources were too many.
fn found<'a>(
    module: &'a Node,
    configuration: &Configuration<'a>,
    blocks: &mut Vec<Block<'a>>,
    data: &mut Vec<(&'a str, &'a Node)>,
) -> usize {
    let mut beyond = 0;
    for resource in module.get("resources").map(Node::items).unwrap_or_default() {
        let (Some(address), Some(kind)) = (resource.text_of("address"), resource.text_of("type")) else { continue };
        let Some(values) = resource.get("values") else { continue };
        if resource.text_of("mode") == Some("data") {
            data.push((kind, values));
            continue;
        }
        if blocks.len() >= MOST {
            beyond += 1;
            continue;
        }
        let own = format!("{kind}.{}", resource.text_of("name").unwrap_or_default());
        let module = address.find(&own).and_then(|at| address.get(..at)).unwrap_or_default();
        blocks.push(Block {
            address,
            module: module.to_owned(),
            kind,
            values,
            expressions: configuration.expressions(&plain(&format!("{module}{own}"))),
            line: resource.line(),
            id: String::new(),
        });
    }
    for inner in module.get("child_modules").map(Node::items).unwrap_or_default() {
        beyond += found(inner, configuration, blocks, data);
    }
    beyond
}

/// An address without its keys: `module.a["x"].aws_subnet.b[0]` as `module.a.aws_subnet.b`.
fn plain(address: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in address.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

fn resource(block: &Block<'_>, links: &Links<'_, '_>) -> Option<Resource> {
    let type_name = reverse::type_of(block.kind)?;
    let properties = values::properties(block, links);
    Some(Resource {
        id: block.id.clone(),
        type_name: type_name.to_owned(),
        line: block.line,
        properties: Val::new(Form::Map(properties), block.line),
        attributes: Vec::new(),
        depends_on: Vec::new(),
    })
}

/// The properties of a resource, to be changed.
fn entries(resource: &mut Resource) -> Option<&mut Entries> {
    match &mut resource.properties.form {
        Form::Map(entries) => Some(entries),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
