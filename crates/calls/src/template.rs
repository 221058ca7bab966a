//! A call whose input is not wholly known yet.

use trazo_stack::{Object, Value};

use crate::resolve::{self, Place};
use crate::{Bindings, Call, Service, Unresolved};

/// A call with references in its input: to what other steps give, to parameters, to region and account.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Whose operation it is.
    pub service: Service,
    /// The operation, as AWS's API reference names it.
    pub operation: &'static str,
    /// The input, with the members' names of the API.
    pub input: Object,
}

impl Template {
    /// A call with these members.
    pub fn new<const N: usize>(service: Service, operation: &'static str, input: [(&str, Value); N]) -> Self {
        Self { service, operation, input: members(input) }
    }

    /// The call as it is sent.
    ///
    /// # Errors
    /// [`Unresolved`] where something that it names is not known.
    pub fn call(&self, bindings: &Bindings) -> Result<Call, Unresolved> {
        let input = resolve::object(&self.input, bindings)?;
        Ok(Call { service: self.service, operation: self.operation, input })
    }

    /// The call as it can be shown before anything was sent: what is not known yet is what `unknown` says of it.
    pub fn preview(&self, bindings: &Bindings, unknown: &dyn Fn(&Place<'_>) -> String) -> Call {
        let input = resolve::object_preview(&self.input, bindings, unknown);
        Call { service: self.service, operation: self.operation, input }
    }
}

/// Named values, in their order.
pub(crate) fn members<const N: usize>(entries: [(&str, Value); N]) -> Object {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
