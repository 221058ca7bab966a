//! Patterns of rule conditions.
