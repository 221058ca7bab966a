//! Another resource's part of the stack: what its body says, with the names of what Trazo makes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};
use trazo_stack::{Element, Expr, Object, Parameter, Resource, Value, type_name};

use super::OtherResource;
use super::fields::is_type;
use crate::lowering::{node_origin, pascal_case};
use crate::resources::routing::names::free_id;
use crate::{LinkId, Lowering, Node, Typed};

/// The type of one whose own cannot be one, so that the preview stays whole.
const FALLBACK: &str = "AWS::CloudFormation::CustomResource";

/// What a deployment of a REST API has to wait for.
const METHOD: &str = "AWS::ApiGateway::Method";

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(other) = OtherResource::of(&node.props) else { return };
    let kind = other.type_name.trim();
    let kind = if is_type(kind) { type_name(kind) } else { FALLBACK };
    let mut resource = Resource::new(kind, node_origin(&node.id));
    let names = Names::new(low, node, other);
    for (key, value) in other.parsed().unwrap_or_default() {
        match (key.as_str(), value) {
            ("Type", _) => {}
            ("Properties", Json::Object(properties)) => resource.properties = names.object(&properties),
            ("DependsOn", Json::String(one)) => _ = resource.wait_for(names.of(&one)),
            ("DependsOn", Json::Array(all)) => {
                for one in all.iter().filter_map(Json::as_str) {
                    resource.wait_for(names.of(one));
                }
            }
            (_, value) => _ = resource.attributes.insert(key, names.value(&value)),
        }
    }
    for value in resource.properties.values_mut() {
        *value = value.clone().from_origin(resource.origin.field("body"));
    }
    let plain = pascal_case(&node.name);
    let wished = if plain.is_empty() { "Other".to_owned() } else { node.name.clone() };
    let valid = wished.bytes().all(|b| b.is_ascii_alphanumeric());
    let id = free_id(low, if valid { wished } else { plain });
    low.add(id.clone(), resource);
    if kind == METHOD {
        deploy_after(low, other, &id);
    }
}

/// A method that is kept as it is belongs to what an API deploys.
fn deploy_after(low: &mut Lowering<'_>, other: &OtherResource, method: &str) {
    let apis = other.refs.iter().filter(|named| named.type_name == "AWS::ApiGateway::RestApi");
    for api in apis {
        let is_it = |resource: &&mut Arc<Resource>| {
            let own = matches!(&resource.origin.element, Element::Node(id) if **id == *api.element);
            own && resource.type_name == "AWS::ApiGateway::Deployment"
        };
        low.stack.resources.values_mut().filter(is_it).for_each(|it| _ = Arc::make_mut(it).wait_for(method));
    }
}

/// What the names in a body mean in the stack.
struct Names {
    known: BTreeMap<String, String>,
}

impl Names {
    fn new(low: &mut Lowering<'_>, node: &Node, other: &OtherResource) -> Self {
        let mut known = BTreeMap::new();
        for named in other.refs.iter().filter(|named| !named.name.is_empty() && other.body.contains(&named.name)) {
            if named.element.is_empty() {
                let parameter = Parameter {
                    type_name: if named.type_name.is_empty() { "String" } else { type_name(&named.type_name) },
                    description: named.name.clone(),
                    default: None,
                    origin: node_origin(&node.id),
                };
                low.parameter(&named.name, parameter);
                continue;
            }
            let made = |resource: &Resource| match &resource.origin.element {
                Element::Node(id) | Element::Link(id) => **id == *named.element && resource.type_name == named.type_name,
                Element::Design => false,
            };
            // What a link makes belongs to its ends too.
            let design = low.design;
            let beside = |resource: &Resource| {
                let Element::Link(id) = &resource.origin.element else { return false };
                let link = design.link(&LinkId::new(id));
                let ends = link.is_some_and(|link| [&link.from, &link.to].iter().any(|end| end.as_str() == named.element));
                ends && resource.type_name == named.type_name
            };
            let all = || low.stack.resources.iter();
            let fits = |id: &str| id.ends_with(named.part.as_str());
            let found = all()
                .find(|(id, one)| made(one) && fits(id))
                .or_else(|| all().find(|(id, one)| beside(one) && fits(id)))
                .or_else(|| all().find(|(_, one)| made(one)))
                .or_else(|| all().find(|(_, one)| beside(one)));
            let found = found.map(|(id, _)| id.clone());
            known.extend(found.map(|id| (named.name.clone(), id)));
        }
        Self { known }
    }

    fn of(&self, name: &str) -> String {
        self.known.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }

    fn object(&self, entries: &Map<String, Json>) -> Object {
        entries.iter().map(|(key, value)| (key.clone(), self.value(value))).collect()
    }

    fn value(&self, json: &Json) -> Value {
        match json {
            Json::Null => Expr::Null.into(),
            Json::Bool(flag) => (*flag).into(),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => whole.into(),
                None => number.as_f64().unwrap_or_default().into(),
            },
            Json::String(text) => text.as_str().into(),
            Json::Array(items) => items.iter().map(|item| self.value(item)).collect::<Vec<_>>().into(),
            Json::Object(entries) => match self.function(entries) {
                Some(function) => function.into(),
                None => self.object(entries).into(),
            },
        }
    }

    /// What the stack knows as a function; others stay as they are written.
    fn function(&self, entries: &Map<String, Json>) -> Option<Expr> {
        let mut all = entries.iter();
        let (Some((key, argument)), None) = (all.next(), all.next()) else { return None };
        match (key.as_str(), argument) {
            ("Ref", Json::String(name)) => Some(Expr::Ref(self.of(name))),
            ("Fn::GetAtt", Json::String(text)) => {
                let (name, attribute) = text.split_once('.')?;
                Some(Expr::Att(self.of(name), attribute.to_owned()))
            }
            ("Fn::GetAtt", Json::Array(parts)) => match parts.as_slice() {
                [Json::String(name), Json::String(attribute)] => Some(Expr::Att(self.of(name), attribute.clone())),
                _ => None,
            },
            ("Fn::Sub", Json::String(text)) => Some(Expr::Sub(self.text(text))),
            _ => None,
        }
    }

    /// A text with places, under the names of the stack.
    fn text(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            out.push_str("${");
            // Where none is closed, no later one is either.
            let Some((place, behind)) = after.split_once('}') else { return out + after };
            let (name, attribute) = place.split_once('.').map_or((place, None), |(name, rest)| (name, Some(rest)));
            out.push_str(&self.of(name));
            if let Some(attribute) = attribute {
                out.push('.');
                out.push_str(attribute);
            }
            out.push('}');
            rest = behind;
        }
        out.push_str(rest);
        out
    }
}
