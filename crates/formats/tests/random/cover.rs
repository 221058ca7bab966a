//! What a set of designs covers: kinds, links, fields, and the words of choices.

use std::collections::BTreeMap;

use serde_json::Value;
use trazo_model::field::{Control, Field};
use trazo_model::{Design, Kind, LinkKind, path};

/// What cannot occur in a design without errors, and why.
const NEVER: &[(&str, &str)] = &[];

/// How often each kind, link, field and choice occurred with another value than that of a new element.
#[derive(Debug, Default)]
pub(crate) struct Cover {
    counts: BTreeMap<String, usize>,
}

impl Cover {
    /// Whether a design has something that occurred fewer than `times` before.
    pub(crate) fn lacks(&self, design: &Design, times: usize) -> bool {
        let mut own = Self::default();
        own.count(design);
        own.counts.keys().any(|what| self.counts.get(what).copied().unwrap_or(0) < times)
    }

    /// Counts what is in a design.
    pub(crate) fn count(&mut self, design: &Design) {
        for node in design.nodes() {
            let spec = node.kind().spec();
            self.add(spec.key.to_owned());
            self.fields(spec.key, spec.fields, &node.props.to_json(), &(spec.new)().to_json());
        }
        for link in design.links() {
            let spec = link.kind().spec();
            self.add(spec.key.to_owned());
            self.fields(spec.key, spec.fields, &link.props.to_json(), &(spec.new)().to_json());
        }
    }

    fn add(&mut self, what: String) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn fields(&mut self, name: &str, fields: &[Field], json: &Value, new: &Value) {
        for field in fields.iter().filter(|field| (field.applies)(json)) {
            let value = path::get(json, field.key).unwrap_or(&Value::Null);
            let here = format!("{name}.{}", field.key);
            if let (Control::Choice(_), Value::String(word)) = (&field.control, value) {
                self.add(format!("{here}={word}"));
            }
            if let (Control::Records { fields, .. }, Value::Array(items)) = (&field.control, value) {
                for item in items {
                    self.fields(&here, fields, item, &Value::Null);
                }
            }
            let empty = match value {
                Value::Null => true,
                Value::String(text) => text.is_empty(),
                Value::Array(items) => items.is_empty(),
                _ => false,
            };
            if !empty && path::get(new, field.key) != Some(value) {
                self.add(here);
            }
        }
    }

    /// What should have occurred and did not, by name.
    pub(crate) fn missing(&self) -> Vec<String> {
        let mut wanted = Vec::new();
        for kind in Kind::ALL {
            wanted.push(kind.spec().key.to_owned());
            names(kind.spec().key, kind.spec().fields, &mut wanted);
        }
        for kind in LinkKind::ALL {
            wanted.push(kind.spec().key.to_owned());
            names(kind.spec().key, kind.spec().fields, &mut wanted);
        }
        let excused = |name: &String| NEVER.iter().any(|(never, _)| never == name);
        wanted.into_iter().filter(|name| !self.counts.contains_key(name) && !excused(name)).collect()
    }

    /// How many different things occurred, and the rarest of them.
    pub(crate) fn rarest(&self, count: usize) -> (usize, Vec<(&str, usize)>) {
        let mut all: Vec<(&str, usize)> = self.counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        all.sort_by_key(|(_, count)| *count);
        all.truncate(count);
        (self.counts.len(), all)
    }
}

fn names(base: &str, fields: &[Field], out: &mut Vec<String>) {
    for field in fields {
        let here = format!("{base}.{}", field.key);
        match &field.control {
            Control::Records { fields, .. } => names(&here, fields, out),
            Control::Choice(words) => out.extend(words.iter().map(|word| format!("{here}={word}"))),
            _ => {}
        }
        out.push(here);
    }
}
