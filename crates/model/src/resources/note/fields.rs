//! The fields of a note.

use crate::field::{Control, Field, TextRule};

pub(super) const FIELDS: &[Field] = &[Field::new("text", Control::Lines { rule: TextRule::any(4000) })];
