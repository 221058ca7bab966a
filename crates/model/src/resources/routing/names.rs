//! Logical ids and tags of what the APIs make.

use trazo_stack::{Object, Value};

pub(in crate::resources) use crate::lowering::short;
use crate::lowering::{node_origin, pascal_case};
use crate::{Lowering, Node};

/// A path or route key as a part of a logical id; `Root` where nothing is left of it.
pub(in crate::resources) fn words(text: &str) -> String {
    match pascal_case(text) {
        empty if empty.is_empty() => "Root".to_owned(),
        words => words,
    }
}

/// `base`, or with a number where the stack has that already.
pub(in crate::resources) fn free_id(low: &Lowering<'_>, base: String) -> String {
    let mut id = base.clone();
    let mut n = 2;
    while low.stack.resources.contains_key(&id) {
        id = format!("{base}{n}");
        n += 1;
    }
    id
}

/// Tags as API Gateway v2 takes them: names and values in one object.
pub(in crate::resources) fn tag_object(node: &Node) -> Option<Value> {
    let origin = node_origin(&node.id);
    let entries = node.tags.iter().enumerate().map(|(index, tag)| {
        (tag.key.clone(), Value::from(tag.value.as_str()).from_origin(origin.field(format!("tags.{index}"))))
    });
    let entries: Object = entries.collect();
    (!entries.is_empty()).then(|| Value::from(entries).from_origin(origin.field("tags")))
}
