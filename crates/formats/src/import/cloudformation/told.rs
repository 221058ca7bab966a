//! What is told at the end: of all that stands in the template and not in the design.

use super::evaluate::Scope;
use super::parts::{Level, Reading};
use super::source::Source;
use super::{Kind, Resource};

/// Sections that are read apart, or mean nothing by themselves.
const SECTIONS: [&str; 9] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Parameters",
    "Mappings",
    "Conditions",
    "Resources",
    "Outputs",
    "Transform",
    "Globals",
];

/// The transform that makes SAM of a template.
const SAM: &str = "AWS::Serverless-2016-10-31";

pub(super) fn all<'a>(reading: &mut Reading<'_>, scope: &Scope<'a>, root: Source<'a>) {
    parameters(reading, scope);
    resources(reading);
    outputs(reading, scope, root);
    for (name, section) in root.entries().filter(|(name, _)| !SECTIONS.contains(name)) {
        if name == "Metadata" && section.entries().all(|(key, _)| key == "Trazo") {
            continue;
        }
        reading.tell(Level::Left, "import.note.section", section.line(), vec![("name", name.to_owned())]);
    }
    if let Some(transform) = root.get("Transform") {
        let mut names: Vec<&str> = transform.items().filter_map(Source::text).collect();
        names.extend(transform.text());
        for name in names.into_iter().filter(|name| *name != SAM) {
            reading.tell(Level::Left, "import.note.section", transform.line(), vec![("name", name.to_owned())]);
        }
    }
    unused(reading, scope, root);
    if scope.is_spent() {
        reading.tell(Level::Left, "import.note.spent", 0, Vec::new());
    }
}

/// A text that names only resources that are kept as they are, or what AWS fills in, names them when it comes out again.
pub(super) fn known_places(reading: &mut Reading<'_>) {
    let mut told = std::mem::take(&mut reading.told);
    let is_kept = |place: &str| {
        place.starts_with("AWS::") || reading.node_of(super::value::base(place), Kind::OtherResource).is_some()
    };
    let is_known = |(place, text): &(&str, String)| *place == "value" && super::value::places(text).all(is_kept);
    told.retain(|one| one.key != "import.note.place" || !one.args.iter().any(is_known));
    reading.told = told;
}

/// Kinds of SAM that have common properties.
const GLOBALS: [&str; 3] = ["Function", "Api", "HttpApi"];

/// What defines something that nothing asks for, and what is no definition.
fn unused<'a>(reading: &mut Reading<'_>, scope: &Scope<'a>, root: Source<'a>) {
    let mut tell = |section: &str, name: &str, line: usize| {
        let args = vec![("name", format!("{section}.{name}"))];
        reading.tell(Level::Left, "import.note.section", line, args);
    };
    let section = |name: &str| root.get(name).into_iter().flat_map(Source::entries);
    for (name, condition) in section("Conditions").filter(|(name, _)| !scope.was_asked(name)) {
        tell("Conditions", name, condition.line());
    }
    for (name, mapping) in section("Mappings") {
        if mapping.entries().next().is_none() {
            tell("Mappings", name, mapping.line());
        }
        for (first, seconds) in mapping.entries().filter(|(_, seconds)| seconds.entries().next().is_none()) {
            tell("Mappings", &format!("{name}.{first}"), seconds.line());
        }
    }
    for (name, kind) in section("Globals").filter(|(name, _)| !GLOBALS.contains(name)) {
        tell("Globals", name, kind.line());
    }
}

fn parameters(reading: &mut Reading<'_>, scope: &Scope<'_>) {
    for (name, parameter) in &scope.parameters {
        if !parameter.used.get() {
            let args = vec![("name", format!("Parameters.{name}"))];
            reading.tell(Level::Left, "import.note.section", parameter.line, args);
            continue;
        }
        match &parameter.value {
            Some(value) => {
                let value = value.text().unwrap_or_else(|| value.json().to_string());
                let args = vec![("name", (*name).to_owned()), ("value", value)];
                reading.tell(Level::Guessed, "import.note.parameter", parameter.line, args);
            }
            // Whoever deploys a design names its network too.
            None if parameter.type_name.contains("AWS::EC2::") => {}
            None => {
                let args = vec![("name", (*name).to_owned())];
                reading.tell(Level::Guessed, "import.note.parameter_missing", parameter.line, args);
            }
        }
    }
}

/// What of its resources is not understood.
pub(super) fn resources(reading: &mut Reading<'_>) {
    let template = reading.template;
    for resource in template.resources.values() {
        if reading.owner(&resource.id).is_none() {
            let args = vec![("id", resource.id.clone()), ("type", resource.type_name.clone())];
            reading.tell(Level::Left, "import.note.resource", resource.line, args);
            continue;
        }
        if reading.node_of(&resource.id, Kind::OtherResource).is_some() {
            continue;
        }
        let mut unread = Vec::new();
        resource.properties.unread("", &mut unread);
        for (path, line) in unread {
            let path = format!("{}.{path}", resource.id);
            reading.tell(Level::Left, "import.note.not_understood", line, vec![("path", path)]);
        }
        attributes(reading, resource);
        waits(reading, resource);
    }
}

/// What it waits for of other kinds: where its properties name that, it waits by itself.
fn waits(reading: &mut Reading<'_>, resource: &Resource) {
    // A deployment waits for all methods of its API, those of other kinds too.
    if resource.type_name == "AWS::ApiGateway::Deployment" {
        return;
    }
    let mut names = Vec::new();
    resource.properties.all_names(&mut names);
    for other in &resource.depends_on {
        if reading.node_of(other, Kind::OtherResource).is_some() && !names.contains(&other.as_str()) {
            let path = format!("{}.DependsOn: {other}", resource.id);
            reading.tell(Level::Left, "import.note.not_understood", resource.line, vec![("path", path)]);
        }
    }
}

/// What a resource says beside its properties. That nothing is kept is what CloudFormation does by itself.
fn attributes(reading: &mut Reading<'_>, resource: &Resource) {
    let own = resource.type_name.starts_with("AWS::ApiGateway::Account") || resource.type_name == "AWS::IAM::Role";
    for (key, value) in &resource.attributes {
        let policy = key.ends_with("Policy");
        let usual = policy && value.text().is_some_and(|word| word == "Delete");
        if usual || (own && policy) {
            continue;
        }
        let path = format!("{}.{key}", resource.id);
        reading.tell(Level::Left, "import.note.not_understood", value.line, vec![("path", path)]);
    }
}

/// Addresses are given out by themselves.
fn outputs<'a>(reading: &mut Reading<'_>, scope: &Scope<'a>, root: Source<'a>) {
    for (name, output) in root.get("Outputs").into_iter().flat_map(Source::entries) {
        let holds = output.get("Condition").and_then(Source::text).is_none_or(|condition| scope.holds(condition));
        if !holds {
            let args = vec![("id", format!("Outputs.{name}"))];
            reading.tell(Level::Left, "import.note.condition", output.line(), args);
            continue;
        }
        let Some(value) = output.get("Value").and_then(|value| scope.value(value)) else {
            reading.tell(Level::Left, "import.note.output", output.line(), vec![("name", name.to_owned())]);
            continue;
        };
        let mut names = Vec::new();
        value.all_names(&mut names);
        let kinds = [Kind::HttpApi, Kind::RestApi, Kind::LoadBalancer, Kind::EcrRepository];
        let address = |id: &&str| kinds.iter().any(|kind| reading.node_of(id, *kind).is_some());
        if names.iter().any(address) && output.get("Export").is_none() {
            continue;
        }
        reading.tell(Level::Left, "import.note.output", output.line(), vec![("name", name.to_owned())]);
    }
}
