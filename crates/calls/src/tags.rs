//! The tags by which a deployment knows its own again.

use trazo_stack::{Element, Expr, Object, Resource, Value, list, map};

use crate::Deployment;

/// The design that a thing was made from.
pub const DESIGN: &str = "trazo:design";
/// The deployment that made it ([`Deployment::token`]).
pub const DEPLOYMENT: &str = "trazo:deployment";
/// The node or link of the design that it was made from.
pub const NODE: &str = "trazo:node";
/// Its logical id: one node may come to several things of a type.
pub const RESOURCE: &str = "trazo:resource";

/// Tags in their order.
pub(crate) type Tags = Vec<(String, Value)>;

/// The tags of a resource: its own, then those of the deployment.
pub(crate) fn of(id: &str, resource: &Resource, deployment: &Deployment) -> Tags {
    let mut tags = own(resource);
    let mut add = |key: &str, text: &str| {
        if !text.is_empty() {
            tags.push((key.to_owned(), allowed(text).into()));
        }
    };
    add(DESIGN, &deployment.design);
    add(DEPLOYMENT, &deployment.token);
    if let Element::Node(element) | Element::Link(element) = &resource.origin.element {
        add(NODE, element);
    }
    add(RESOURCE, id);
    tags
}

/// The design's own tags: pairs in a list, or a map, as the type has them.
fn own(resource: &Resource) -> Tags {
    let tags = resource.properties.get("Tags").or_else(|| resource.properties.get("HostedZoneTags"));
    match tags.map(|tags| &tags.expr) {
        Some(Expr::Map(entries)) => entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
        Some(Expr::List(items)) => items.iter().filter_map(pair).collect(),
        _ => Vec::new(),
    }
}

fn pair(item: &Value) -> Option<(String, Value)> {
    let Expr::Map(entries) = &item.expr else { return None };
    Some((entries.get("Key")?.as_str()?.to_owned(), entries.get("Value")?.clone()))
}

/// As a list of pairs, whose names are these.
pub(crate) fn pairs(tags: Tags, key: &str, value: &str) -> Value {
    list(tags.into_iter().map(|(name, content)| map([(key, name.into()), (value, content)])))
}

/// As a map.
pub(crate) fn entries(tags: Tags) -> Value {
    Value::from(tags.into_iter().collect::<Object>())
}

/// As EC2 takes them when it makes something.
pub(crate) fn specification(tags: Tags, kind: &str) -> Value {
    list([map([("ResourceType", kind.into()), ("Tags", pairs(tags, "Key", "Value"))])])
}

/// Text of which every service takes each character, at most 256
/// (<https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html>).
pub fn allowed(text: &str) -> String {
    let good = |letter: char| letter.is_alphanumeric() || " +-=._:/@".contains(letter);
    text.chars().map(|letter| if good(letter) { letter } else { '-' }).take(256).collect()
}
