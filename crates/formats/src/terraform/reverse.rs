//! The tables of rows read backwards: what Terraform calls by its own names, in the words of CloudFormation.

use super::arguments::Rule;
use super::names::snake;
use super::rows;

/// How the value of an argument is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// With its own blocks.
    Blocks,
    /// A map whose keys are the person's own.
    Plain,
    /// JSON in a text.
    Json,
    /// JSON in a text, in the words of the API.
    Api,
    /// The only one of a list.
    Only,
}

/// CloudFormation's type.
pub(crate) fn type_of(kind: &str) -> Option<&'static str> {
    rows::to(kind).map(|row| row.from)
}

/// Properties of which all that Terraform says stands one level deeper.
const DEEPER: &[(&str, &str, &str)] = &[
    ("aws_ecs_service", "NetworkConfiguration", "AwsvpcConfiguration"),
    ("aws_launch_template", "", "LaunchTemplateData"),
];

/// Where an argument at a path of properties stands, below that path, and how it is read.
pub(crate) fn property(kind: &str, path: &str, argument: &str) -> (String, Reading) {
    let Some(row) = rows::to(kind) else { return (pascal(argument), Reading::Blocks) };
    let inside = |from: &str| -> Option<String> {
        let rest = if path.is_empty() { from } else { from.strip_prefix(path)?.strip_prefix('.')? };
        let is_hoisted = |above: &str| {
            let whole = if path.is_empty() { above.to_owned() } else { format!("{path}.{above}") };
            row.rules.iter().any(|(from, rule)| *from == whole && matches!(rule, Rule::Hoist))
        };
        match rest.rsplit_once('.') {
            None => Some(rest.to_owned()),
            Some((above, _)) if is_hoisted(above) => Some(rest.to_owned()),
            Some(_) => None,
        }
    };
    for (from, rule) in row.rules {
        let (name, reading) = match rule {
            Rule::To(name) | Rule::Other(name, _) => (name, Reading::Blocks),
            Rule::Plain(name) => (name, Reading::Plain),
            Rule::Json(name) => (name, Reading::Json),
            Rule::Api(name) => (name, Reading::Api),
            Rule::First(name) => (name, Reading::Only),
            Rule::Hoist | Rule::Skip | Rule::By(_) => continue,
        };
        if *name == argument
            && let Some(place) = inside(from)
        {
            return (place, reading);
        }
    }
    let reading = if argument == "mappings" { Reading::Plain } else { Reading::Blocks };
    let deeper = DEEPER.iter().find(|(of, at, _)| *of == kind && *at == path && argument != "tags");
    let name = pascal(argument);
    (deeper.map_or(name.clone(), |(_, _, level)| format!("{level}.{name}")), reading)
}

/// A path of properties in Terraform's words: of `aws_ecs_service` `NetworkConfiguration.AwsvpcConfiguration.Subnets` is
/// `network_configuration.subnets`.
pub(crate) fn argument(kind: &str, path: &str) -> String {
    if let Some((_, place)) = attributes(kind).iter().find(|(key, _)| *key == path) {
        return (*place).to_owned();
    }
    let row = rows::to(kind);
    let mut whole = String::new();
    let mut out: Vec<String> = Vec::new();
    for part in path.split('.') {
        if part.parse::<usize>().is_ok() {
            out.push(part.to_owned());
            continue;
        }
        let is_deeper = DEEPER.iter().any(|(of, at, level)| *of == kind && *at == whole && *level == part);
        if !whole.is_empty() {
            whole.push('.');
        }
        whole.push_str(part);
        let rule = row.and_then(|row| row.rules.iter().find(|(from, _)| *from == whole).map(|(_, rule)| rule));
        match rule {
            Some(Rule::Hoist) => {}
            Some(
                Rule::To(name)
                | Rule::Other(name, _)
                | Rule::Plain(name)
                | Rule::Json(name)
                | Rule::Api(name)
                | Rule::First(name),
            ) => out.push((*name).to_owned()),
            Some(Rule::Skip | Rule::By(_)) | None if is_deeper => {}
            Some(Rule::Skip | Rule::By(_)) | None => out.push(snake(part)),
        }
    }
    out.join(".")
}

/// An attribute of CloudFormation in Terraform's words; nothing stands for what `Ref` gives.
pub(crate) fn attribute_of(kind: &str, attribute: Option<&str>) -> String {
    let Some(row) = rows::to(kind) else { return attribute.unwrap_or("id").to_owned() };
    let Some(attribute) = attribute else { return row.reference.to_owned() };
    let known = row.attributes.iter().find(|(from, _)| *from == attribute);
    known.map_or_else(|| snake(attribute), |(_, to)| to.trim_end_matches(":*").to_owned())
}

/// The arguments of a type that are attributes in CloudFormation: key there, path here.
pub(crate) fn attributes(kind: &str) -> &'static [(&'static str, &'static str)] {
    rows::attributes(kind)
}

/// What an attribute of a resource is called; nothing for the one that `Ref` gives.
pub(crate) fn attribute(kind: &str, name: &str) -> Option<String> {
    let row = rows::to(kind)?;
    if row.reference == name {
        return None;
    }
    if name == "dns_name" {
        return Some("DNSName".to_owned());
    }
    let known = row.attributes.iter().find(|(_, to)| to.trim_end_matches(":*") == name);
    Some(known.map_or_else(|| pascal(name), |(from, _)| (*from).to_owned()))
}

/// `cidr_block` as `CidrBlock`.
pub(crate) fn pascal(name: &str) -> String {
    if name == "efs_volume_configuration" {
        return "EFSVolumeConfiguration".to_owned();
    }
    let mut out = String::new();
    for word in name.split('_') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
