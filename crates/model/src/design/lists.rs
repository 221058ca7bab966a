//! Which elements answer a question: nodes of a group, of a kind, of a name; links at a node.

use std::sync::Arc;

use super::key::{ByKey, Key};

/// Ids of elements by question, each list in the order of the document.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists(ByKey<Vec<Arc<str>>>);

impl Lists {
    pub(super) fn of(&self, key: Key<'_>) -> &[Arc<str>] {
        self.0.get(&key.number()).map_or(&[], Vec::as_slice)
    }

    /// Adds an id before the first one that stands behind it in the document.
    pub(super) fn add(&mut self, key: Key<'_>, id: Arc<str>, is_before: &dyn Fn(&str) -> bool) {
        let list = self.0.entry(key.number()).or_default();
        let at = list.partition_point(|listed| is_before(listed));
        list.insert(at, id);
    }

    pub(super) fn remove(&mut self, key: Key<'_>, id: &str) {
        let number = key.number();
        let Some(list) = self.0.get_mut(&number) else { return };
        if let Some(at) = list.iter().rposition(|listed| &**listed == id) {
            list.remove(at);
        }
        if list.is_empty() {
            self.0.remove(&number);
        }
    }
}
