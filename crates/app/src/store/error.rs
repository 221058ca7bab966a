//! Why the browser did not keep or give a design.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Keeping or reading a design failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreError {
    /// There is no space left.
    #[error("there is no space left")]
    Full,
    /// The browser keeps nothing for this page.
    #[error("the browser refuses to keep anything")]
    Refused,
    /// A newer Trazo in another tab has changed the form of the database.
    #[error("another tab uses a newer version")]
    Newer,
    /// Another tab has stored a version that this one does not know.
    #[error("the design was changed in another tab")]
    Changed,
    /// There is no such design (any more).
    #[error("there is no such design")]
    Gone,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Failed(String),
}

impl StoreError {
    /// The error that a browser's exception stands for.
    pub(super) fn from_exception(exception: Option<&DomException>) -> Self {
        let Some(exception) = exception else { return Self::Failed(String::new()) };
        match exception.name().as_str() {
            "QuotaExceededError" => Self::Full,
            // InvalidStateError is how some private windows refuse to open a database.
            "SecurityError" | "InvalidStateError" | "NotAllowedError" => Self::Refused,
            "VersionError" => Self::Newer,
            name => Self::Failed(format!("{name}: {}", exception.message())),
        }
    }
}

impl From<JsValue> for StoreError {
    fn from(thrown: JsValue) -> Self {
        match thrown.dyn_ref::<DomException>() {
            Some(exception) => Self::from_exception(Some(exception)),
            None => Self::Failed(format!("{thrown:?}")),
        }
    }
}
