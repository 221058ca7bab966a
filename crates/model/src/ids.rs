//! Ids of nodes and links: short, stable, unique within a design.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id written as `text`.
            pub fn new(text: &str) -> Self {
                Self(text.into())
            }

            /// The id as it is written in the manifest.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id, shared.
            pub fn shared(&self) -> Arc<str> {
                self.0.clone()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

id!(
    /// The id of a node (`service1`).
    NodeId
);
id!(
    /// The id of a link (`link1`).
    LinkId
);

/// Whether `text` can be an id: 1 to 40 letters, digits, `-` or `_` of ASCII.
pub fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
