//! Resources of all other kinds: kept as they are.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use trazo_model::Kind;

use super::evaluate::Scope;
use super::parts::{Level, Reading};
use super::template::Resource;

/// Keeps each resource that nothing of the design stands for yet.
pub(super) fn read(reading: &mut Reading<'_>, scope: &Scope<'_>) {
    let template = reading.template;
    for resource in template.resources.values() {
        if reading.owner(&resource.id).is_some() || resource.type_name.is_empty() {
            continue;
        }
        let node = reading.add(Kind::OtherResource, resource, Some(resource.id.clone()));
        let props = reading.props(node);
        props.put("type", resource.type_name.as_str(), resource.line);
        let args = vec![("id", resource.id.clone()), ("type", resource.type_name.clone())];
        reading.tell(Level::Kept, "import.note.other", resource.line, args);
    }
    // What leads nowhere that Trazo knows is kept too.
    let mut told = std::mem::take(&mut reading.told);
    let is_kept = |(place, id): &(&str, String)| *place == "id" && reading.node_of(id, Kind::OtherResource).is_some();
    told.retain(|one| one.key != "import.note.integration" || !one.args.iter().any(is_kept));
    reading.told = told;
    // Whom the names in them belong to is known once all are there.
    for node in 0..reading.nodes.len() {
        let part = &reading.nodes[node];
        let resource = template.get(&part.key).filter(|_| part.kind == Kind::OtherResource);
        let Some(resource) = resource else { continue };
        let refs = refs(reading, scope, resource);
        let body = body(resource);
        let props = reading.props(node);
        props.put("body", body, resource.line);
        if !refs.is_empty() {
            props.put("refs", refs, resource.line);
        }
        resource.properties.ignore();
    }
}

fn body(resource: &Resource) -> String {
    let mut all = Map::new();
    match resource.depends_on.as_slice() {
        [] => {}
        [one] => _ = all.insert("DependsOn".into(), one.as_str().into()),
        several => _ = all.insert("DependsOn".into(), several.into()),
    }
    for (key, value) in &resource.attributes {
        all.insert(key.clone(), value.json());
    }
    let properties = resource.properties.json();
    if properties.as_object().is_some_and(|properties| !properties.is_empty()) {
        all.insert("Properties".into(), properties);
    }
    serde_json::to_string_pretty(&Json::Object(all)).unwrap_or_default()
}

/// What the names in a body mean that are no other resources.
fn refs(reading: &Reading<'_>, scope: &Scope<'_>, resource: &Resource) -> Vec<Json> {
    let template = reading.template;
    let mut names = Vec::new();
    resource.properties.all_names(&mut names);
    names.extend(resource.depends_on.iter().map(String::as_str));
    resource.attributes.iter().for_each(|(_, value)| value.all_names(&mut names));
    let names: BTreeSet<&str> = names.into_iter().collect();
    let mut refs = Vec::new();
    for name in names {
        if let Some(meant) = template.get(name) {
            let owner = reading.owner(name).filter(|owner| reading.nodes[*owner].kind != Kind::OtherResource);
            if let Some(owner) = owner {
                refs.push(json!({ "name": name, "element": reading.id_of(owner), "type": meant.type_name }));
            }
        } else if let Some(parameter) = scope.parameters.get(name) {
            refs.push(json!({ "name": name, "element": "", "type": parameter.type_name }));
        }
    }
    refs
}
