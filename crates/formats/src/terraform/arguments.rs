//! Properties of CloudFormation as arguments of Terraform: the same words in snake case, but for what a row says.

use trazo_stack::{Expr, Object, Value};

use super::Writer;
use super::names::{camel, snake};
use super::rows::Row;

/// What becomes of a property.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// It has another name.
    To(&'static str),
    /// It is a map whose keys are the person's own.
    Plain(&'static str),
    /// It is a document that is handed over as JSON.
    Json(&'static str),
    /// The same, with the names of the API where CloudFormation has capitals.
    Api(&'static str),
    /// A list of which Terraform takes the first.
    First(&'static str),
    /// A reference, of which Terraform wants another attribute than CloudFormation does: argument, attribute.
    Other(&'static str, &'static str),
    /// What it holds stands where it stood.
    Hoist,
    /// It goes without saying, or a function of the row says it.
    Skip,
    /// A function says it.
    By(Odd),
}

/// Says a property into what is around it.
pub(super) type Odd = fn(&mut Writer<'_>, &Value, &mut Object);

impl Writer<'_> {
    /// All properties of a resource, or of a part of one, at a path of properties.
    pub(super) fn arguments(&mut self, row: &Row, path: &str, properties: &Object, out: &mut Object) {
        for (key, value) in properties {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let rule = row.rules.iter().find(|(from, _)| *from == path).map(|(_, rule)| *rule);
            match rule {
                Some(rule) => self.ruled(row, &path, rule, value, out),
                None if path == "Tags" => {
                    let tags = self.tags(value);
                    out.insert("tags".into(), tags);
                }
                None => {
                    let inner = self.inner(row, &path, value);
                    out.insert(snake(key), inner);
                }
            }
        }
    }

    fn ruled(&mut self, row: &Row, path: &str, rule: Rule, value: &Value, out: &mut Object) {
        let (name, said) = match rule {
            Rule::To(name) => (name, self.inner(row, path, value)),
            Rule::Plain(name) => (name, self.value(value)),
            Rule::Json(name) => (name, self.document(name, value)),
            Rule::Api(name) => (name, self.document(name, &in_api_words(value))),
            Rule::First(name) => match value.items().first() {
                Some(first) => (name, self.inner(row, path, first)),
                None => return,
            },
            Rule::Other(name, attribute) => (name, self.other(attribute, value)),
            Rule::Hoist => {
                if let Expr::Map(entries) = &value.expr {
                    self.arguments(row, path, entries, out);
                }
                return;
            }
            Rule::Skip => return,
            Rule::By(odd) => return odd(self, value, out),
        };
        let origin = said.origin.or_else(|| value.origin.clone());
        out.insert(name.to_owned(), Value { expr: said.expr, origin });
    }

    fn inner(&mut self, row: &Row, path: &str, value: &Value) -> Value {
        let expr = match &value.expr {
            Expr::Map(entries) => {
                let mut out = Object::new();
                self.arguments(row, path, entries, &mut out);
                Expr::Map(out)
            }
            Expr::List(items) => Expr::List(items.iter().map(|item| self.inner(row, path, item)).collect()),
            _ => return self.value(value),
        };
        Value { expr, origin: value.origin.clone() }
    }

    /// Another attribute of what a reference names.
    pub(super) fn other(&mut self, attribute: &str, value: &Value) -> Value {
        let address = value.names().and_then(|id| self.address(id));
        match address {
            Some(address) => format!("${{{address}.{attribute}}}").into(),
            None => self.value(value),
        }
    }

    /// A list of `Key` and `Value` as a map; a map stays one.
    pub(super) fn tags(&mut self, value: &Value) -> Value {
        self.pairs(value, "Key", "Value")
    }

    /// A list of pairs as a map.
    pub(super) fn pairs(&mut self, value: &Value, key: &str, held: &str) -> Value {
        let Expr::List(items) = &value.expr else { return self.value(value) };
        let mut all = Object::new();
        for item in items {
            if let (Some(name), Some(text)) = (item.get(key).and_then(Value::as_str), item.get(held)) {
                let said = self.value(text);
                all.insert(super::expression::literal(name), Value { origin: item.origin.clone(), ..said });
            }
        }
        Value { expr: Expr::Map(all), origin: value.origin.clone() }
    }
}

/// Maps whose keys are the person's own.
const OWN_KEYS: &[&str] = &["Options", "DockerLabels", "DriverOpts", "Labels"];

fn in_api_words(value: &Value) -> Value {
    let expr = match &value.expr {
        Expr::List(items) => Expr::List(items.iter().map(in_api_words).collect()),
        Expr::Map(entries) => {
            let word = |(key, inner): (&String, &Value)| {
                let inner = if OWN_KEYS.contains(&key.as_str()) { inner.clone() } else { in_api_words(inner) };
                (camel(key), inner)
            };
            Expr::Map(entries.iter().map(word).collect())
        }
        other => other.clone(),
    };
    Value { expr, origin: value.origin.clone() }
}
