//! A digest of all that a deployment shows.

use trazo_stack::{Expr, Resource, Value};

use crate::resources::other_resource::OtherResource;
use crate::{Kind, Lowering, Node, Typed};

/// What a deployment does not hold, and so need not be made anew for.
const OUTSIDE: [&str; 3] = ["Tags", "Description", "Name"];

/// Eight digits of base 16 that depend on the API, its resources, methods, models, validators, authorizers and answers; the
/// same for the same design on any machine.
pub(super) fn of_api(low: &Lowering<'_>, node: &Node) -> String {
    let api = low.id(&node.id, "RestApi");
    let of_api = |resource: &Resource| {
        let id = resource.properties.get("RestApiId").map(|value| &value.expr);
        matches!(id, Some(Expr::Ref(id)) if *id == api)
    };
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for (id, resource) in &low.stack.resources {
        if *id != api && !of_api(resource) {
            continue;
        }
        hash.text(id);
        hash.text(resource.type_name);
        for (key, value) in resource.properties.iter().filter(|(key, _)| !OUTSIDE.contains(&key.as_str())) {
            hash.text(key);
            hash.value(value);
        }
    }
    // Methods that are kept as they are are lowered after it, and are shown all the same.
    for kept in low.design.nodes_of(Kind::OtherResource) {
        let Some(other) = OtherResource::of(&kept.props) else { continue };
        let is_its = other.refs.iter().any(|named| named.element == node.id.as_str());
        if is_its && other.type_name.starts_with("AWS::ApiGateway::") {
            hash.text(&kept.name);
            hash.text(&other.body);
        }
    }
    let folded = (hash.0 >> 32) ^ (hash.0 & 0xffff_ffff);
    format!("{folded:08x}")
}

/// FNV-1a of 64 bits (<https://datatracker.ietf.org/doc/html/rfc9923>).
struct Fnv(u64);

impl Fnv {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// A text, and its end.
    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xff);
    }

    fn value(&mut self, value: &Value) {
        match &value.expr {
            Expr::Null => self.text("null"),
            Expr::Bool(flag) => self.text(if *flag { "true" } else { "false" }),
            Expr::Int(number) => self.text(&number.to_string()),
            Expr::Num(number) => self.text(&number.to_string()),
            Expr::Str(text) | Expr::Ref(text) | Expr::Sub(text) => self.text(text),
            Expr::Att(id, attribute) => {
                self.text(id);
                self.text(attribute);
            }
            Expr::List(items) | Expr::Join(_, items) => self.values(items),
            Expr::Map(entries) => {
                self.byte(0xfd);
                for (key, entry) in entries {
                    self.text(key);
                    self.value(entry);
                }
                self.byte(0xfe);
            }
            Expr::Select(index, inner) => {
                self.text(&index.to_string());
                self.value(inner);
            }
            Expr::Cidr(inner, ..) | Expr::Base64(inner) => self.value(inner),
            Expr::Zones => self.text("zones"),
        }
    }

    fn values(&mut self, items: &[Value]) {
        self.byte(0xfd);
        for item in items {
            self.value(item);
        }
        self.byte(0xfe);
    }
}
