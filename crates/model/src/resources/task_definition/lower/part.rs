//! Parts of a task definition whose values know the fields that they came from.

use trazo_stack::{Object, Origin, Value};

/// An object whose values know the fields below `at` that they came from.
pub(super) struct Part<'a> {
    pub(super) origin: &'a Origin,
    pub(super) at: String,
    object: Object,
}

impl<'a> Part<'a> {
    pub(super) fn new(origin: &'a Origin, at: String) -> Self {
        Self { origin, at, object: Object::new() }
    }

    pub(super) fn set(&mut self, key: &str, field: &str, value: impl Into<Value>) {
        let value = value.into().from_origin(self.origin.field(format!("{}.{field}", self.at)));
        self.object.insert(key.to_owned(), value);
    }

    /// Sets a value that knows already where it came from.
    pub(super) fn set_as_it_is(&mut self, key: &str, value: Value) {
        self.object.insert(key.to_owned(), value);
    }

    pub(super) fn set_text(&mut self, key: &str, field: &str, text: &str) {
        if !text.is_empty() {
            self.set(key, field, text);
        }
    }

    pub(super) fn set_number(&mut self, key: &str, field: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.set(key, field, number);
        }
    }

    /// A list of what `each` makes of the items; nothing where there is none.
    pub(super) fn set_list<T>(&mut self, key: &str, field: &str, items: &[T], each: &dyn Fn(&T) -> Value) {
        if items.is_empty() {
            return;
        }
        let entry = |(index, item)| each(item).from_origin(self.origin.field(format!("{}.{field}.{index}", self.at)));
        let entries: Vec<Value> = items.iter().enumerate().map(entry).collect();
        self.set(key, field, entries);
    }

    pub(super) fn done(self) -> Value {
        let whole = self.origin.field(self.at);
        Value::from(self.object).from_origin(whole)
    }
}
