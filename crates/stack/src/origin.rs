//! Where a value came from.

use std::sync::Arc;

/// An element of the design, named by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// The design itself: its name, its region.
    Design,
    /// A node, by its id.
    Node(Arc<str>),
    /// A link, by its id.
    Link(Arc<str>),
}

/// The element and the field of it that a value was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The node or link.
    pub element: Element,
    /// Dotted path of the field below the element (`containers.0.image`); empty where the whole element is meant.
    pub field: Arc<str>,
}

impl Origin {
    /// The origin that names `field` of `element`.
    pub fn new(element: Element, field: impl Into<Arc<str>>) -> Self {
        Self { element, field: field.into() }
    }

    /// The origin that names a whole element.
    pub fn whole(element: Element) -> Self {
        Self::new(element, "")
    }

    /// The same element, another field.
    pub fn field(&self, field: impl Into<Arc<str>>) -> Self {
        Self::new(self.element.clone(), field)
    }
}
