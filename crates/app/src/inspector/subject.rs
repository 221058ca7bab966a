//! What the inspector edits: one element, or several of one kind at once.

use leptos::prelude::*;
use serde_json::Value;
use trazo_model::field::{Control, Field, Place};
use trazo_model::{Edit, Found, KindSpec, LinkSpec, Target, commands, element_json, path};

use crate::studio::Studio;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// The same value in all elements; null where there is none.
    Same(Value),
    /// Different values.
    Mixed,
}

impl Shown {
    /// The value, if it is one and the same.
    pub(super) fn value(&self) -> Option<&Value> {
        match self {
            Self::Same(value) => Some(value),
            Self::Mixed => None,
        }
    }
}

/// What stays the same while the subject is shown.
struct About {
    targets: Vec<Target>,
    /// The kind's or link's name in text keys.
    key: &'static str,
    /// What the ids of its controls begin with.
    ids: &'static str,
    /// The properties of a new element.
    fresh: Value,
    /// The same, with one new item in each list, to tell the defaults of items.
    sample: Value,
}

/// A handle that can be copied into any closure.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) studio: Studio,
    about: StoredValue<About>,
    /// The fields of each element.
    pub(super) all: Memo<Vec<Value>>,
    /// What is wrong with these elements.
    pub(super) findings: Memo<Vec<Found>>,
}

impl Subject {
    /// Nodes of one kind.
    pub(super) fn nodes(studio: Studio, targets: Vec<Target>, spec: &'static KindSpec) -> Self {
        let read = move |json: &Value| (spec.read)(json).ok().map(|props| props.to_json());
        Self::new(studio, targets, spec.key, (spec.new)().to_json(), spec.fields, &read)
    }

    /// Links of one kind.
    pub(super) fn links(studio: Studio, targets: Vec<Target>, spec: &'static LinkSpec) -> Self {
        let read = move |json: &Value| (spec.read)(json).ok().map(|props| props.to_json());
        Self::new(studio, targets, spec.key, (spec.new)().to_json(), spec.fields, &read)
    }

    /// The design itself.
    pub(super) fn design(studio: Studio) -> Self {
        Self::new(studio, vec![Target::Design], "design", Value::Null, &[], &|_| None)
    }

    fn new(
        studio: Studio,
        targets: Vec<Target>,
        key: &'static str,
        fresh: Value,
        fields: &'static [Field],
        read: &dyn Fn(&Value) -> Option<Value>,
    ) -> Self {
        let mut sample = fresh.clone();
        fill(fields, &mut sample);
        let sample = read(&sample).unwrap_or_default();
        let mut fresh = fresh;
        // What nodes have beside their properties is never without a value.
        if let Value::Object(fresh) = &mut fresh {
            fresh.insert("name".into(), "".into());
            fresh.insert("tags".into(), Value::Array(Vec::new()));
        }
        let (one, other) = (targets.clone(), targets.clone());
        let all = Memo::new(move |_| {
            for target in &one {
                studio.track(target);
            }
            studio.design(|design| one.iter().map(|target| element_json(design, target).unwrap_or_default()).collect())
        });
        let findings = Memo::new(move |_| {
            let findings = studio.findings.read();
            findings.iter().filter(|finding| other.contains(&finding.target)).cloned().collect()
        });
        let about = StoredValue::new(About { targets, key, ids: "field", fresh, sample });
        Self { studio, about, all, findings }
    }

    /// The kind's or link's name in text keys.
    pub(super) fn key(&self) -> &'static str {
        self.about.try_with_value(|about| about.key).unwrap_or("")
    }

    /// What the ids of its controls begin with.
    pub(super) fn ids(&self) -> &'static str {
        self.about.try_with_value(|about| about.ids).unwrap_or("")
    }

    /// The same with other ids, to be shown beside itself.
    pub(super) fn again(self, ids: &'static str) -> Self {
        self.about.update_value(|about| about.ids = ids);
        self
    }

    /// The elements.
    pub(super) fn targets(&self) -> Vec<Target> {
        self.about.try_with_value(|about| about.targets.clone()).unwrap_or_default()
    }

    /// How many elements there are.
    pub(super) fn count(&self) -> usize {
        self.about.try_with_value(|about| about.targets.len()).unwrap_or(0)
    }

    /// What a new element has at a path; `None` where that is not known.
    pub(super) fn default(&self, at: &str) -> Option<Value> {
        let in_list = at.split('.').any(|part| part.parse::<usize>().is_ok());
        self.about.try_with_value(|about| {
            if in_list {
                path::get(&about.sample, &first_items(at)).cloned()
            } else {
                path::get(&about.fresh, at).cloned()
            }
        })?
    }

    /// Whether an element may be without a value at a path: a new one has none, where it could have one.
    pub(super) fn is_optional(&self, at: &str) -> bool {
        let (above, _) = at.rsplit_once('.').unwrap_or(("", at));
        match self.default(at) {
            Some(value) => value.is_null(),
            None => self.default(above).is_some_and(|above| above.is_object()),
        }
    }

    /// What the elements hold at a path. Tracks them.
    pub(super) fn shown(&self, at: &str) -> Shown {
        self.all.with(|all| {
            let mut values = all.iter().map(|element| path::get(element, at).unwrap_or(&Value::Null));
            let Some(first) = values.next() else { return Shown::Same(Value::Null) };
            if values.all(|value| value == first) { Shown::Same(first.clone()) } else { Shown::Mixed }
        })
    }

    /// Whether a field means anything in one of the elements, beside what stands at `within`. Tracks them.
    pub(super) fn applies(&self, within: &str, applies: fn(&Value) -> bool) -> bool {
        self.all.with(|all| all.iter().any(|element| path::get(element, within).is_some_and(applies)))
    }

    /// Looks something up in the first element's place.
    pub(super) fn look_up<R>(&self, read: impl FnOnce(&Place<'_>) -> R) -> Option<R> {
        let target = self.about.try_with_value(|about| about.targets.first().cloned())??;
        self.studio.design(|design| {
            let props = element_json(design, &target)?;
            Some(read(&Place { design, target: &target, props: &props }))
        })
    }

    /// The edit that sets a field of all elements.
    pub(super) fn setting(&self, at: &str, value: Option<&Value>) -> Edit {
        let targets = self.targets();
        self.studio.design(|design| {
            let mut edits: Vec<Edit> =
                targets.iter().map(|target| commands::set_field(design, target, at, value.cloned())).collect();
            if edits.len() == 1 { edits.remove(0) } else { Edit::Batch(edits) }
        })
    }

    /// The text key of a change of a field.
    pub(super) fn label(&self) -> &'static str {
        match self.about.try_with_value(|about| about.targets.first() == Some(&Target::Design)) {
            Some(true) => "edit.design",
            _ if self.count() > 1 => "edit.set_many",
            _ => "edit.set",
        }
    }
}

/// The path of the first items of the lists that a path leads through.
fn first_items(at: &str) -> String {
    let part = |part: &str| if part.parse::<usize>().is_ok() { "0".to_owned() } else { part.to_owned() };
    at.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// Puts one new item into each list of records.
fn fill(fields: &[Field], within: &mut Value) {
    for field in fields {
        if let Control::Records { fields, new, .. } = field.control {
            let mut item: Value = serde_json::from_str(new).unwrap_or_default();
            fill(fields, &mut item);
            let _ = path::set(within, field.key, Some(Value::Array(vec![item])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_model::Kind;

    #[test]
    fn a_sample_tells_what_items_of_lists_begin_with() {
        for kind in Kind::ALL {
            let spec = kind.spec();
            let mut sample = (spec.new)().to_json();
            fill(spec.fields, &mut sample);
            assert!((spec.read)(&sample).is_ok(), "{kind:?}: {sample}");
        }
        assert_eq!(first_items("containers.3.ports.12.name"), "containers.0.ports.0.name");
    }
}
