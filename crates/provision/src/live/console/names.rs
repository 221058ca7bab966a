//! Names of headers for as long as the page lives.

use std::cell::RefCell;
use std::collections::BTreeSet;

thread_local! {
    static KEPT: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// The same name, kept for good, since a request holds names that are written in the code. Each is kept once, and those that a
/// person types into the console are few.
pub(super) fn kept(name: &str) -> &'static str {
    KEPT.with_borrow_mut(|kept| match kept.get(name) {
        Some(found) => found,
        None => {
            let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
            kept.insert(name);
            name
        }
    })
}
