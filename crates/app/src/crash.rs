//! Placeholder.

/// Placeholder.
pub(crate) fn install() {}
