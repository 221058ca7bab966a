//! Looking into the properties of resources.

use crate::{Expr, Resource, Stack, Value};

/// The value at a dotted path of a resource's properties (`RuntimePlatform.CpuArchitecture`).
pub fn at<'a>(resource: &'a Resource, path: &str) -> Option<&'a Value> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    inside(resource.properties.get(first)?, rest)
}

/// The value at a dotted path inside another; the empty path is the value itself.
pub fn inside<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    if path.is_empty() {
        return Some(value);
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    match &value.expr {
        Expr::Map(entries) => inside(entries.get(first)?, rest),
        _ => None,
    }
}

/// The text at a path.
pub fn text<'a>(resource: &'a Resource, path: &str) -> Option<&'a str> {
    at(resource, path)?.as_str()
}

/// The number at a path, where it is not negative; AWS takes some of them as text.
pub fn number(resource: &Resource, path: &str) -> Option<u64> {
    as_number(at(resource, path)?)
}

/// A number, written as one or as text.
pub fn as_number(value: &Value) -> Option<u64> {
    match &value.expr {
        Expr::Int(number) => u64::try_from(*number).ok(),
        Expr::Str(text) => text.parse().ok(),
        _ => None,
    }
}

/// The items of a list; none where it is no list.
pub fn items(value: Option<&Value>) -> &[Value] {
    match value.map(|value| &value.expr) {
        Some(Expr::List(items)) => items,
        _ => &[],
    }
}

/// The logical id that a value names.
pub fn target(value: &Value) -> Option<&str> {
    match &value.expr {
        Expr::Ref(id) | Expr::Att(id, _) => Some(id),
        _ => None,
    }
}

/// The resource that a value names.
pub fn named<'a>(stack: &'a Stack, value: Option<&Value>) -> Option<(&'a str, &'a Resource)> {
    let (id, resource) = stack.resources.get_key_value(target(value?)?)?;
    Some((id, resource))
}

/// The resources of a type, with their logical ids.
pub fn of_type<'a>(stack: &'a Stack, type_name: &'static str) -> impl Iterator<Item = (&'a str, &'a Resource)> {
    let all = stack.resources.iter().filter(move |(_, resource)| resource.type_name == type_name);
    all.map(|(id, resource)| (id.as_str(), &**resource))
}
