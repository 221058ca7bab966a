//! CloudFormation templates in JSON.
//!
//! Form: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>.

use std::sync::Arc;

use trazo_model::Design;
use trazo_stack::{DeletionPolicy, Expr, Object, Output, Parameter, Resource, Stack, Value, list, map};

use crate::kept::Kept;
use crate::{Document, Rope, json, manifest, yaml};

/// The greatest size of a template that is sent with a request, in bytes
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>).
pub const MAX_BODY: usize = 51_200;

/// The template, as people read it.
pub fn document(stack: &Stack) -> Document {
    json::pretty(&plain(&tree(stack)))
}

/// The template without spaces, to be sent with a request.
pub fn body(stack: &Stack) -> String {
    json::compact(&plain(&tree(stack)))
}

/// How long [`body`] is, in bytes; what `kept` knows is not written for it.
pub fn size(stack: &Stack, kept: &Kept) -> usize {
    let mut resources = 0;
    kept.sizes.borrow_mut().each(
        stack.resources.iter().map(|(id, it)| (id.as_str(), it)),
        &mut |id, it| json::compact(&id.into()).len() + ":,".len() + json::compact(&plain(&resource(it))).len(),
        &mut |_, size| resources += size,
    );
    let around = |entries: Object| json::compact(&plain(&entries.into())).len();
    // What parts the section from what stands before it is as long as the comma that its last entry lacks.
    around(head(stack)) + around(outputs(stack)) - "}{".len()
        + if stack.outputs.is_empty() { 0 } else { ",".len() }
        + if resources == 0 { 0 } else { r#""Resources":{}"#.len() + resources }
}

/// The template as it is kept in files: with the design in its metadata, so that it can be opened again.
pub fn file(stack: &Stack, design: &Design, kept: &Kept) -> Rope {
    let mut frame = json::Frame::begin();
    let (before, behind) = around_metadata(head(stack));
    before.iter().for_each(|(key, value)| frame.entry(key, &plain(value)));
    frame.object("Metadata");
    frame.object("Trazo");
    manifest::write_compact_to(&mut frame, design, &mut kept.metadata.borrow_mut(), |item| json::part(None, item, 4));
    frame.close();
    frame.close();
    behind.iter().for_each(|(key, value)| frame.entry(key, &plain(value)));
    if !stack.resources.is_empty() {
        frame.object("Resources");
        kept.json.borrow_mut().each(
            stack.resources.iter().map(|(id, it)| (id.as_str(), it)),
            &mut |id, it| Arc::new(json::part(Some(id), &plain(&resource(it)), 2)),
            &mut |_, part| frame.part(part),
        );
        frame.close();
    }
    outputs(stack).iter().for_each(|(key, value)| frame.entry(key, &plain(value)));
    frame.end()
}

/// The same in YAML.
pub fn file_in_yaml(stack: &Stack, design: &Design, kept: &Kept) -> Rope {
    let mut sheet = yaml::Sheet::default();
    let (before, behind) = around_metadata(head(stack));
    before.iter().for_each(|(key, value)| sheet.entry(key, value));
    sheet.open("Metadata");
    sheet.open("Trazo");
    let elements = &mut kept.metadata_in_yaml.borrow_mut();
    manifest::write_compact_to(&mut sheet, design, elements, |item| yaml::item(item, 6));
    sheet.close();
    sheet.close();
    behind.iter().for_each(|(key, value)| sheet.entry(key, value));
    if !stack.resources.is_empty() {
        sheet.open("Resources");
        kept.yaml.borrow_mut().each(
            stack.resources.iter().map(|(id, it)| (id.as_str(), it)),
            &mut |id, it| Arc::new(yaml::entry(id, &resource(it), 2)),
            &mut |_, part| sheet.part(part),
        );
        sheet.close();
    }
    outputs(stack).iter().for_each(|(key, value)| sheet.entry(key, value));
    sheet.end()
}

/// What stands before the metadata and behind it: people look for what a file is at its beginning, before what is long.
fn around_metadata(mut head: Object) -> (Object, Object) {
    let at = head.get_index_of("Parameters").unwrap_or(head.len());
    let behind = head.split_off(at);
    (head, behind)
}

/// The template as a tree, with its functions.
pub fn tree(stack: &Stack) -> Value {
    let mut all = head(stack);
    if !stack.resources.is_empty() {
        let resources: Object = stack.resources.iter().map(|(id, it)| (id.clone(), resource(it))).collect();
        all.insert("Resources".into(), resources.into());
    }
    all.extend(outputs(stack));
    all.into()
}

/// What stands before the resources.
fn head(stack: &Stack) -> Object {
    let mut all = Object::new();
    all.insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
    if !stack.description.is_empty() {
        all.insert("Description".into(), stack.description.as_str().into());
    }
    if !stack.parameters.is_empty() {
        let parameters: Object = stack.parameters.iter().map(|(name, it)| (name.clone(), parameter(it))).collect();
        all.insert("Parameters".into(), parameters.into());
    }
    all
}

/// What stands behind them.
fn outputs(stack: &Stack) -> Object {
    let mut all = Object::new();
    if !stack.outputs.is_empty() {
        let outputs: Object = stack.outputs.iter().map(|(name, it)| (name.clone(), output(it))).collect();
        all.insert("Outputs".into(), outputs.into());
    }
    all
}

fn parameter(parameter: &Parameter) -> Value {
    let mut all = Object::new();
    all.insert("Type".into(), parameter.type_name.into());
    all.insert("Description".into(), parameter.description.as_str().into());
    if let Some(default) = &parameter.default {
        all.insert("Default".into(), default.as_str().into());
    }
    Value::from(all).from_origin(parameter.origin.clone())
}

fn output(output: &Output) -> Value {
    map([("Description", output.description.as_str().into()), ("Value", output.value.clone())])
        .from_origin(output.origin.clone())
}

fn resource(resource: &Resource) -> Value {
    let mut all = Object::new();
    all.insert("Type".into(), resource.type_name.into());
    match resource.depends_on.as_slice() {
        [] => {}
        [one] => {
            all.insert("DependsOn".into(), one.as_str().into());
        }
        several => {
            all.insert("DependsOn".into(), list(several.iter().map(String::as_str)));
        }
    }
    if let Some(policy) = resource.deletion_policy {
        let word = match policy {
            DeletionPolicy::Delete => "Delete",
            DeletionPolicy::Retain => "Retain",
        };
        all.insert("DeletionPolicy".into(), word.into());
        // What is to outlive the stack must outlive its own replacement too.
        if policy == DeletionPolicy::Retain {
            all.insert("UpdateReplacePolicy".into(), word.into());
        }
    }
    all.extend(resource.attributes.clone());
    if !resource.properties.is_empty() {
        all.insert("Properties".into(), Value::from(resource.properties.clone()));
    }
    Value::from(all).from_origin(resource.origin.clone())
}

fn object(entries: &Object) -> Object {
    entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect()
}

/// Functions as the objects that stand for them in JSON.
fn plain(value: &Value) -> Value {
    let function = |name: &str, argument: Value| map([(name, argument)]).expr;
    let items = |values: &[Value]| Value::from(values.iter().map(plain).collect::<Vec<_>>());
    let expr = match &value.expr {
        Expr::List(values) => items(values).expr,
        Expr::Map(entries) => Expr::Map(object(entries)),
        Expr::Ref(id) => function("Ref", id.as_str().into()),
        Expr::Att(id, name) => function("Fn::GetAtt", list([id.as_str(), name.as_str()])),
        Expr::Sub(text) => function("Fn::Sub", text.as_str().into()),
        Expr::Join(by, values) => function("Fn::Join", vec![by.as_str().into(), items(values)].into()),
        Expr::Select(index, from) => function("Fn::Select", vec![i64::from(*index).into(), plain(from)].into()),
        Expr::Zones => function("Fn::GetAZs", "".into()),
        Expr::Cidr(block, count, bits) => {
            function("Fn::Cidr", vec![plain(block), i64::from(*count).into(), i64::from(*bits).into()].into())
        }
        Expr::Base64(text) => function("Fn::Base64", plain(text)),
        other => other.clone(),
    };
    Value { expr, origin: value.origin.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_stack::{Element, Origin, att, reference, sub};

    #[test]
    fn functions_become_objects_and_lines_know_their_origin() {
        let origin = Origin::whole(Element::Node("svc".into()));
        let mut service = Resource::new("AWS::ECS::Service", origin.clone());
        service.set("Cluster", reference("Main")).set("Role", att("Task", "Arn"));
        service.set_from("DesiredCount", "desiredCount", 2_i64).set("Url", sub("http://${Lb.DNSName}"));
        service.wait_for("Rule");
        let mut stack = Stack { description: "Tienda".into(), ..Stack::default() };
        stack.resources.insert("Shop".into(), service.into());
        let document = document(&stack);
        insta::assert_snapshot!(document.text);
        let line = (0..document.lines.len()).find(|at| document.line(*at).contains("DesiredCount")).unwrap();
        assert_eq!(document.lines[line].origin, Some(origin.field("desiredCount")));
        assert_eq!(document.lines_of(&origin.element).count(), 10);
        let again: serde_json::Value = serde_json::from_str(&document.text).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(&body(&stack)).unwrap());
    }
}
