//! One field of what the inspector edits: its value, and how it is changed.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trazo_model::{Found, Severity, path};

use super::parts::target_key;
use super::subject::{Shown, Subject};
use super::words;

/// A handle that can be copied into any closure.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) subject: Subject,
    path: StoredValue<Arc<str>>,
    /// What the field holds.
    pub(super) value: Memo<Shown>,
    /// What is wrong with just this field.
    pub(super) findings: Memo<Vec<Found>>,
}

impl Slot {
    /// The field at a path.
    pub(super) fn new(subject: Subject, at: &str) -> Self {
        let at: Arc<str> = at.into();
        let (path, here) = (StoredValue::new(at.clone()), at.clone());
        let of_this = move |finding: &&Found| finding.field == *here;
        let findings =
            Memo::new(move |_| subject.findings.with(|all| all.iter().filter(&of_this).cloned().collect::<Vec<_>>()));
        Self { subject, path, value: Memo::new(move |_| subject.shown(&at)), findings }
    }

    /// A field below this one.
    pub(super) fn below(&self, key: &str) -> Self {
        Self::new(self.subject, &join(&self.path(), key))
    }

    /// Where it is. Empty once the field is no longer shown.
    pub(super) fn path(&self) -> Arc<str> {
        self.path.try_get_value().unwrap_or_else(|| "".into())
    }

    /// The id of its control in the page.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.subject.ids(), self.path().replace('.', "-"))
    }

    /// What it is called. Tracks the language.
    pub(super) fn label(&self) -> String {
        words::label(self.subject.key(), &self.path())
    }

    /// What it holds now. Tracks nothing.
    pub(super) fn now(&self) -> Shown {
        untrack(|| self.subject.shown(&self.path()))
    }

    /// The items of a list, as they are now; none where the elements differ.
    pub(super) fn items(&self) -> Vec<Value> {
        match self.now() {
            Shown::Same(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    /// Sets it, as a step of its own.
    pub(super) fn set(&self, value: Option<Value>) {
        let at = self.path();
        if at.is_empty() || self.holds(value.as_ref()) {
            return;
        }
        self.subject.studio.seal();
        let _ = self.subject.studio.edit(self.subject.label(), self.subject.setting(&at, value.as_ref()));
    }

    /// Sets it while somebody types: one step with all else that is typed until the field is left. Tells whether it was set.
    pub(super) fn type_in(&self, value: Option<Value>) -> bool {
        let at = self.path();
        if at.is_empty() || self.holds(value.as_ref()) {
            return false;
        }
        let studio = self.subject.studio;
        let edit = self.subject.setting(&at, value.as_ref());
        let who = self.subject.targets().iter().map(target_key).collect::<String>();
        studio.edit_joined(self.subject.label(), &format!("{who} {at}"), edit).is_ok()
    }

    fn holds(&self, value: Option<&Value>) -> bool {
        self.now().value() == Some(value.unwrap_or(&Value::Null))
    }

    /// What a new element has here; null where it has none.
    pub(super) fn default(&self) -> Option<Value> {
        self.subject.default(&self.path())
    }

    /// Whether it may be without a value.
    pub(super) fn is_optional(&self) -> bool {
        self.subject.is_optional(&self.path())
    }

    /// Whether AWS would refuse what it holds. Tracks the findings.
    pub(super) fn has_error(&self) -> bool {
        self.findings.with(|found| found.iter().any(|finding| finding.severity == Severity::Error))
    }

    /// The value below it, for headings. Tracks the elements.
    pub(super) fn part(&self, key: &str) -> Value {
        self.value.with(|shown| shown.value().and_then(|value| path::get(value, key)).cloned().unwrap_or_default())
    }
}

/// A path below another; either may be empty.
pub(super) fn join(at: &str, key: &str) -> String {
    match (at, key) {
        ("", key) => key.to_owned(),
        (at, "") => at.to_owned(),
        (at, key) => format!("{at}.{key}"),
    }
}
