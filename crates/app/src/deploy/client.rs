//! The client that the engines speak through, for as long as the tab holds credentials.

use std::rc::Rc;

use trazo_provision::Caller;

/// Who makes calls to a region with the credentials of this tab; `None` without credentials.
pub(super) fn caller(_region: &str) -> Option<Rc<dyn Caller>> {
    None
}
