//! Values of properties: plain data, references between resources, and a few intrinsic functions.

use indexmap::IndexMap;

use crate::Origin;

/// Properties in the order in which they are written.
pub type Object = IndexMap<String, Value>;

/// What a value is.
///
/// The functions are those of CloudFormation that Trazo's lowering needs
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>).
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Num(f64),
    /// Text.
    Str(String),
    /// An ordered list.
    List(Vec<Value>),
    /// Named values.
    Map(Object),
    /// What `Ref` gives for a resource, a parameter or a pseudo parameter.
    Ref(String),
    /// An attribute of a resource: logical id, attribute.
    Att(String, String),
    /// Text with `${…}` places (`Fn::Sub`).
    Sub(String),
    /// Values joined by a delimiter (`Fn::Join`).
    Join(String, Vec<Value>),
    /// One of a list, counted from 0 (`Fn::Select`).
    Select(u32, Box<Value>),
    /// The availability zones of the stack's region (`Fn::GetAZs`).
    Zones,
    /// The CIDR blocks that divide a block: block, count, bits of each (`Fn::Cidr`).
    Cidr(Box<Value>, u32, u32),
    /// Text in the form of Base64 (`Fn::Base64`).
    Base64(Box<Value>),
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub expr: Expr,
    /// Where it came from; `None` inherits from the value around it.
    pub origin: Option<Origin>,
}

impl Value {
    /// The same value, from `origin`.
    #[must_use]
    pub fn from_origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The text, where the value is plain text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.expr {
            Expr::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match &self.expr {
            Expr::Map(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The items, where this is a list; none otherwise.
    pub fn items(&self) -> &[Value] {
        match &self.expr {
            Expr::List(items) => items,
            _ => &[],
        }
    }

    /// The whole number, where it is one or a text of one.
    pub fn as_int(&self) -> Option<i64> {
        match &self.expr {
            Expr::Int(number) => Some(*number),
            Expr::Str(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The logical id that it names, where it is one reference.
    pub fn names(&self) -> Option<&str> {
        match &self.expr {
            Expr::Ref(id) | Expr::Att(id, _) => Some(id),
            _ => None,
        }
    }

    /// Calls `visit` with this value and all values inside it, outer ones first.
    pub fn walk(&self, visit: &mut dyn FnMut(&Value)) {
        visit(self);
        match &self.expr {
            Expr::List(items) | Expr::Join(_, items) => items.iter().for_each(|item| item.walk(visit)),
            Expr::Map(entries) => entries.values().for_each(|entry| entry.walk(visit)),
            Expr::Select(_, inner) | Expr::Cidr(inner, ..) | Expr::Base64(inner) => inner.walk(visit),
            Expr::Null
            | Expr::Bool(_)
            | Expr::Int(_)
            | Expr::Num(_)
            | Expr::Str(_)
            | Expr::Ref(_)
            | Expr::Att(..)
            | Expr::Sub(_)
            | Expr::Zones => {}
        }
    }
}

impl From<Expr> for Value {
    fn from(expr: Expr) -> Self {
        Self { expr, origin: None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Expr::Str(text.to_owned()).into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Expr::Str(text).into()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Expr::Bool(flag).into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Expr::Int(number).into()
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Expr::Num(number).into()
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Expr::Map(object).into()
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Expr::List(items).into()
    }
}

/// `Ref` to a resource, parameter or pseudo parameter.
pub fn reference(id: impl Into<String>) -> Value {
    Expr::Ref(id.into()).into()
}

/// An attribute of a resource.
pub fn att(id: impl Into<String>, attribute: impl Into<String>) -> Value {
    Expr::Att(id.into(), attribute.into()).into()
}

/// Text with `${…}` places.
pub fn sub(text: impl Into<String>) -> Value {
    Expr::Sub(text.into()).into()
}

/// Values joined by `delimiter`.
pub fn join(delimiter: &str, items: Vec<Value>) -> Value {
    Expr::Join(delimiter.to_owned(), items).into()
}

/// A list of anything that becomes a value.
pub fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
    Expr::List(items.into_iter().map(Into::into).collect()).into()
}

/// An object of `(key, value)` pairs, in their order.
pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Expr::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()).into()
}
