//! Texts of all other elements that name another resource of the template (`${Cola.Arn}`), or what AWS fills in itself
//! (`${AWS::AccountId}`), as references
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>).

use std::collections::BTreeSet;
use std::sync::Arc;

use trazo_stack::{Element, Expr, Stack, Value};

use crate::{Design, Kind, NodeId};

/// What AWS fills in itself, as far as texts hold it
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>).
const PSEUDO: [&str; 6] =
    ["AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"];

/// Code has places of its own, which are written alike.
const CODE: &str = "ZipFile";

/// Makes references of the texts of a stack.
pub(crate) fn put(design: &Design, stack: &mut Stack) {
    let is_other = |element: &Element| match element {
        Element::Node(id) => design.node(&NodeId::new(id)).is_some_and(|node| node.kind() == Kind::OtherResource),
        _ => false,
    };
    let named = design.nodes_of(Kind::OtherResource).next().is_some();
    let of_others = stack.resources.iter().filter(|(_, resource)| named && is_other(&resource.origin.element));
    let others: BTreeSet<String> = of_others.map(|(id, _)| id.clone()).collect();
    for (id, resource) in &mut stack.resources {
        if !others.contains(id) {
            let properties = Arc::make_mut(resource).properties.iter_mut();
            properties.filter(|(key, _)| *key != CODE).for_each(|(_, value)| one(value, &others));
        }
    }
}

fn one(value: &mut Value, others: &BTreeSet<String>) {
    match &mut value.expr {
        Expr::Str(text) if text.contains("${") => {
            if let Some(expr) = reference(text, others) {
                value.expr = expr;
            }
        }
        Expr::List(items) | Expr::Join(_, items) => items.iter_mut().for_each(|item| one(item, others)),
        Expr::Map(entries) => {
            entries.iter_mut().filter(|(key, _)| *key != CODE).for_each(|(_, entry)| one(entry, others));
        }
        _ => {}
    }
}

/// What a text with places is; nothing where none of them is known.
fn reference(text: &str, others: &BTreeSet<String>) -> Option<Expr> {
    let known = |place: &str| {
        let name = place.split('.').next().unwrap_or(place);
        PSEUDO.contains(&place) || others.contains(name)
    };
    let mut out = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        // No name holds a brace: so far it is looked for, however many places are never closed.
        let end = after.find(['{', '}']).filter(|at| after[*at..].starts_with('}'));
        let is_known = end.is_some_and(|end| known(&after[..end]));
        any |= is_known;
        // All other places stay as they are written.
        out.push_str(if is_known { "${" } else { "${!" });
        rest = after;
    }
    out.push_str(rest);
    if !any {
        return None;
    }
    let whole = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).filter(|place| known(place));
    Some(match whole.map(|place| (place, place.split_once('.'))) {
        Some((_, Some((name, attribute)))) => Expr::Att(name.to_owned(), attribute.to_owned()),
        Some((name, None)) => Expr::Ref(name.to_owned()),
        None => Expr::Sub(out),
    })
}
