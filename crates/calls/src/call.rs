//! One call of a service.

use serde_json::{Map, Value as Json};

use crate::Service;

/// One operation with its input.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Whose operation it is.
    pub service: Service,
    /// The operation, as AWS's API reference names it (`CreateCluster`).
    pub operation: &'static str,
    /// The input, with the members' names of the API (`clusterName`), as `--cli-input-json` takes them.
    pub input: Map<String, Json>,
}

impl Call {
    /// A call without input.
    pub fn new(service: Service, operation: &'static str) -> Self {
        Self { service, operation, input: Map::new() }
    }

    /// The call with one more member of the input.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Json>) -> Self {
        self.input.insert(member.to_owned(), value.into());
        self
    }
}
