//! Values of the stack as plain JSON: references and functions are put in place.

use serde_json::{Map, Value as Json};
use trazo_stack::{Expr, Object, Value};

use crate::bindings::{Bindings, ZONES};
use crate::{base64, cidr};

/// What is not known yet: an attribute of a resource, a parameter, or one item of such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The logical id, the parameter or pseudo parameter.
    pub id: &'a str,
    /// The attribute; `""` for what `Ref` gives.
    pub attribute: &'a str,
    /// Which item of it, counted from 0, where one of a list is meant.
    pub item: Option<u32>,
}

/// Why a value cannot be resolved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// Nobody has given this yet.
    #[error("{id}.{attribute} is not known")]
    Unknown {
        /// The logical id or parameter.
        id: String,
        /// The attribute; `""` for what `Ref` gives.
        attribute: String,
    },
    /// A list has fewer items than were counted on.
    #[error("there is no item {0} in the list")]
    NoItem(u32),
    /// A block of addresses cannot be divided so.
    #[error("{block} cannot be divided into {count} blocks of {bits} bits")]
    Cidr {
        /// The block.
        block: String,
        /// How many were wanted.
        count: u32,
        /// The bits of each.
        bits: u32,
    },
}

/// What stands for something that is not known; none where that is an error.
type Unknown<'a> = &'a dyn Fn(&Place<'_>) -> Option<Json>;

/// A value as plain JSON; `None` where `AWS::NoValue` leaves it out.
///
/// # Errors
/// [`Unresolved`] where something that it names is not known.
pub fn resolve(value: &Value, bindings: &Bindings) -> Result<Option<Json>, Unresolved> {
    Resolver { bindings, unknown: &|_| None }.value(value)
}

/// A value as it can be shown before all is known.
pub fn preview(value: &Value, bindings: &Bindings, unknown: &dyn Fn(&Place<'_>) -> String) -> Json {
    let unknown = |place: &Place<'_>| Some(shown(place, bindings, unknown));
    Resolver { bindings, unknown: &unknown }.value(value).ok().flatten().unwrap_or(Json::Null)
}

/// Members as plain JSON.
pub(crate) fn object(members: &Object, bindings: &Bindings) -> Result<Map<String, Json>, Unresolved> {
    Resolver { bindings, unknown: &|_| None }.object(members)
}

/// Members as they can be shown before all is known.
pub(crate) fn object_preview(
    members: &Object,
    bindings: &Bindings,
    unknown: &dyn Fn(&Place<'_>) -> String,
) -> Map<String, Json> {
    let entry = |(name, value): (&String, &Value)| (name.clone(), preview(value, bindings, unknown));
    members.iter().map(entry).collect()
}

fn shown(place: &Place<'_>, bindings: &Bindings, unknown: &dyn Fn(&Place<'_>) -> String) -> Json {
    let text = Json::from(unknown(place));
    if place.item.is_none() && bindings.is_list(place.id) { Json::Array(vec![text]) } else { text }
}

struct Resolver<'a> {
    bindings: &'a Bindings,
    unknown: Unknown<'a>,
}

impl Resolver<'_> {
    fn object(&self, members: &Object) -> Result<Map<String, Json>, Unresolved> {
        let mut out = Map::new();
        for (name, value) in members {
            if let Some(value) = self.value(value)? {
                out.insert(name.clone(), value);
            }
        }
        Ok(out)
    }

    fn list(&self, items: &[Value]) -> Result<Vec<Json>, Unresolved> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            out.extend(self.value(item)?);
        }
        Ok(out)
    }

    fn value(&self, value: &Value) -> Result<Option<Json>, Unresolved> {
        Ok(Some(match &value.expr {
            Expr::Null => Json::Null,
            Expr::Bool(flag) => (*flag).into(),
            Expr::Int(number) => (*number).into(),
            Expr::Num(number) => (*number).into(),
            Expr::Str(text) => text.as_str().into(),
            Expr::List(items) => self.list(items)?.into(),
            Expr::Map(members) => self.object(members)?.into(),
            Expr::Ref(id) if id == "AWS::NoValue" => return Ok(None),
            Expr::Ref(id) => self.named(id, "")?,
            Expr::Att(id, attribute) => self.named(id, attribute)?,
            Expr::Sub(text) => self.sub(text)?.into(),
            Expr::Join(delimiter, items) => joined(delimiter, &self.list(items)?).into(),
            Expr::Select(index, inner) => self.select(*index, inner)?,
            Expr::Zones => self.named(ZONES, "")?,
            Expr::Cidr(block, count, bits) => self.cidr(block, *count, *bits)?,
            Expr::Base64(inner) => base64::encode(text(&self.whole(inner)?).as_bytes()).into(),
        }))
    }

    fn whole(&self, value: &Value) -> Result<Json, Unresolved> {
        Ok(self.value(value)?.unwrap_or(Json::Null))
    }

    fn named(&self, id: &str, attribute: &str) -> Result<Json, Unresolved> {
        match self.bindings.get(id, attribute) {
            Some(value) => Ok(value.clone()),
            None => self.unknown(Place { id, attribute, item: None }),
        }
    }

    fn unknown(&self, place: Place<'_>) -> Result<Json, Unresolved> {
        let missing = || Unresolved::Unknown { id: place.id.to_owned(), attribute: place.attribute.to_owned() };
        (self.unknown)(&place).ok_or_else(missing)
    }

    /// Text with its places filled: `${Name}`, `${Name.Attribute}`, and `${!Name}` for `${Name}` itself.
    fn sub(&self, source: &str) -> Result<String, Unresolved> {
        let (mut out, mut rest) = (String::new(), source);
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else { break };
            out.push_str(before);
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str("${");
                out.push_str(literal);
                out.push('}');
            } else {
                let (id, attribute) = name.split_once('.').unwrap_or((name, ""));
                out.push_str(&text(&self.named(id, attribute)?));
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn select(&self, index: u32, inner: &Value) -> Result<Json, Unresolved> {
        let place = match &inner.expr {
            Expr::Zones => Some((ZONES, "")),
            Expr::Ref(id) => Some((id.as_str(), "")),
            Expr::Att(id, attribute) => Some((id.as_str(), attribute.as_str())),
            _ => None,
        };
        if let Some((id, attribute)) = place.filter(|(id, attribute)| self.bindings.get(id, attribute).is_none()) {
            return self.unknown(Place { id, attribute, item: Some(index) });
        }
        let list = self.whole(inner)?;
        list.get(index as usize).cloned().ok_or(Unresolved::NoItem(index))
    }

    fn cidr(&self, block: &Value, count: u32, bits: u32) -> Result<Json, Unresolved> {
        let block = text(&self.whole(block)?);
        match cidr::divide(&block, count, bits) {
            Some(blocks) => Ok(blocks.into()),
            // A block that is only shown has no numbers yet.
            None => (self.unknown)(&Place { id: &block, attribute: "", item: None })
                .map(|shown| Json::Array(vec![shown; count as usize]))
                .ok_or(Unresolved::Cidr { block, count, bits }),
        }
    }
}

fn joined(delimiter: &str, items: &[Json]) -> String {
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Json::Array(inner) => parts.extend(inner.iter().map(text)),
            other => parts.push(text(other)),
        }
    }
    parts.join(delimiter)
}

/// A value as it stands inside text.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        Json::Array(items) => joined(",", items),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use trazo_stack::{Element, Origin, Parameter, Stack, att, join, list, map, reference, sub};

    use super::*;

    fn bindings() -> Bindings {
        let mut stack = Stack::default();
        let parameter = |type_name, default: Option<&str>| Parameter {
            type_name,
            description: String::new(),
            default: default.map(str::to_owned),
            origin: Origin::whole(Element::Design),
        };
        stack.parameters.insert("SubnetIds".to_owned(), parameter("List<AWS::EC2::Subnet::Id>", None));
        stack.parameters.insert("Stage".to_owned(), parameter("String", Some("prod")));
        let mut bindings = Bindings::new(&stack);
        bindings.set_place("123456789012", "us-east-1", "tienda");
        bindings.give("Web", "", json!("web-1"));
        bindings.give("Web", "Arn", json!("arn:web"));
        bindings
    }

    fn select(index: u32, inner: Value) -> Value {
        Expr::Select(index, Box::new(inner)).into()
    }

    fn zones() -> Value {
        Expr::Zones.into()
    }

    #[test]
    fn each_function_gives_what_cloudformation_would() {
        let mut known = bindings();
        known.set_parameter("SubnetIds", "subnet-1, subnet-2");
        known.give(ZONES, "", json!(["us-east-1a", "us-east-1b"]));
        for (value, want) in [
            (reference("Web"), json!("web-1")),
            (att("Web", "Arn"), json!("arn:web")),
            (reference("Stage"), json!("prod")),
            (reference("SubnetIds"), json!(["subnet-1", "subnet-2"])),
            (sub("${AWS::Region}/${Web.Arn}/${!Web}/${Web"), json!("us-east-1/arn:web/${Web}/${Web")),
            (sub("arn:${AWS::Partition}:${AWS::AccountId}"), json!("arn:aws:123456789012")),
            (join("/", vec!["a".into(), reference("Web"), 7_i64.into()]), json!("a/web-1/7")),
            (join(",", vec![reference("SubnetIds")]), json!("subnet-1,subnet-2")),
            (select(1, zones()), json!("us-east-1b")),
            (select(0, reference("SubnetIds")), json!("subnet-1")),
            (Expr::Base64(Box::new(sub("${Web}"))).into(), json!("d2ViLTE=")),
            (Expr::Cidr(Box::new("10.0.0.0/16".into()), 2, 8).into(), json!(["10.0.0.0/24", "10.0.1.0/24"])),
            (list([reference("AWS::NoValue"), "x".into()]), json!(["x"])),
            (map([("A", reference("AWS::NoValue")), ("B", true.into())]), json!({ "B": true })),
        ] {
            assert_eq!(resolve(&value, &known).unwrap(), Some(want), "{value:?}");
        }
        assert_eq!(resolve(&reference("AWS::NoValue"), &known).unwrap(), None);
    }

    #[test]
    fn what_is_not_known_is_named() {
        let unknown =
            |id: &str, attribute: &str| Unresolved::Unknown { id: id.to_owned(), attribute: attribute.to_owned() };
        assert_eq!(resolve(&list([att("Web", "Name")]), &bindings()), Err(unknown("Web", "Name")));
        assert_eq!(resolve(&sub("${Other}"), &bindings()), Err(unknown("Other", "")));
        assert_eq!(resolve(&select(0, zones()), &bindings()), Err(unknown(ZONES, "")));
        assert_eq!(resolve(&select(2, list(["a"])), &bindings()), Err(Unresolved::NoItem(2)));
        let narrow = Expr::Cidr(Box::new("10.0.0.0/24".into()), 2, 8).into();
        assert!(matches!(resolve(&narrow, &bindings()), Err(Unresolved::Cidr { .. })));
    }

    #[test]
    fn a_preview_shows_places() {
        let shown = |place: &Place<'_>| match place.item {
            Some(item) => format!("<{}.{item}>", place.id),
            None if place.attribute.is_empty() => format!("<{}>", place.id),
            None => format!("<{}.{}>", place.id, place.attribute),
        };
        for (value, want) in [
            (att("Alb", "DNSName"), json!("<Alb.DNSName>")),
            (sub("http://${Alb.DNSName}/${Web}"), json!("http://<Alb.DNSName>/web-1")),
            (select(1, zones()), json!("<AWS::Zones.1>")),
            (reference("SubnetIds"), json!(["<SubnetIds>"])),
            (select(0, reference("SubnetIds")), json!("<SubnetIds.0>")),
        ] {
            assert_eq!(preview(&value, &bindings(), &shown), want);
        }
    }
}
