//! The fields of users.

use crate::field::{Control, Field, TextRule};

pub(super) const FIELDS: &[Field] = &[
    Field::new("rate", Control::Number { min: 0, max: 1_000_000, step: 10 }).unit("requests_per_second"),
    Field::new("location", Control::Text { rule: TextRule::any(80), example: "Lima" }),
];
