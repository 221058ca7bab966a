//! What can be wrong with parameter mappings.
