//! Who makes calls.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};

use crate::{CallError, Later};

/// Makes calls: the client in earnest, or a script of answers in a test.
pub trait Caller {
    /// Makes a call and gives its answer with the members' names of AWS's API, as the AWS CLI prints it. Numbers and flags of
    /// answers in XML are text; an empty list may be missing.
    ///
    /// # Errors
    /// [`CallError`] where it was refused or did not come through.
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>>;

    /// The region that calls go to.
    fn region(&self) -> &str;

    /// Whether a service answers this way, as far as is known: some let no page read what they say.
    fn reaches(&self, _service: Service) -> bool {
        true
    }
}
