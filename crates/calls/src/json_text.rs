//! A tree of values as the text of its JSON: policies and schemas, which the services take as text.

use trazo_stack::{Expr, Value};

/// The text of a tree's JSON, with references in it. Plain text stays what it is.
pub(crate) fn json_text(tree: Value) -> Value {
    if matches!(tree.expr, Expr::Map(_) | Expr::List(_)) {
        let mut writer = Writer { parts: Vec::new(), text: String::new() };
        writer.value(&tree);
        writer.flush();
        let expr = match writer.parts.as_slice() {
            [only] if only.as_str().is_some() => only.expr.clone(),
            _ => Expr::Join(String::new(), writer.parts),
        };
        return Value { expr, origin: tree.origin };
    }
    tree
}

struct Writer {
    parts: Vec<Value>,
    text: String,
}

impl Writer {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(std::mem::take(&mut self.text).into());
        }
    }

    /// Something that is only known later, as the text that it is.
    fn later(&mut self, value: Value) {
        self.text.push('"');
        self.flush();
        self.parts.push(value);
        self.text.push('"');
    }

    fn value(&mut self, value: &Value) {
        match &value.expr {
            Expr::Null => self.text.push_str("null"),
            Expr::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Expr::Int(number) => self.text.push_str(&number.to_string()),
            Expr::Num(number) => self.text.push_str(&serde_json::Value::from(*number).to_string()),
            Expr::Str(text) => self.text.push_str(&quoted(text)),
            Expr::List(items) => self.many('[', ']', items.iter().map(|item| (None, item))),
            Expr::Map(entries) => self.many('{', '}', entries.iter().map(|(key, item)| (Some(key.as_str()), item))),
            Expr::Sub(text) => {
                let inner = quoted(text);
                self.later(Expr::Sub(inner[1..inner.len() - 1].to_owned()).into());
            }
            _ => self.later(value.clone()),
        }
    }

    fn many<'a>(&mut self, open: char, close: char, items: impl Iterator<Item = (Option<&'a str>, &'a Value)>) {
        self.text.push(open);
        for (index, (key, item)) in items.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            if let Some(key) = key {
                self.text.push_str(&quoted(key));
                self.text.push(':');
            }
            self.value(item);
        }
        self.text.push(close);
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use trazo_stack::{att, list, map, sub};

    use super::json_text;
    use crate::{Bindings, resolve};

    #[test]
    fn a_policy_is_text_with_what_it_names() {
        let tree = map([
            ("Version", "2012-10-17".into()),
            ("Says", "a \"word\"".into()),
            ("Resource", list([att("Group", "Arn"), sub("${Group.Arn}:\"*\"")])),
            ("Flags", list([true, false])),
        ]);
        let mut bindings = Bindings::default();
        bindings.give("Group", "Arn", json!("arn:aws:logs"));
        let text = resolve(&json_text(tree), &bindings).unwrap().unwrap();
        let read: serde_json::Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        assert_eq!(
            read,
            json!({ "Version": "2012-10-17", "Says": "a \"word\"", "Resource": ["arn:aws:logs", "arn:aws:logs:\"*\""], "Flags": [true, false] })
        );
        assert_eq!(resolve(&json_text("{}".into()), &bindings).unwrap().unwrap(), "{}");
    }
}
