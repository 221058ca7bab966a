//! Where traffic comes from. Drawn, not deployed.

mod checks;
mod fields;
pub mod links;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Phrase, Props, Typed};

/// The properties of a group of users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Users {
    /// Requests per second that are expected.
    pub rate: i64,
    /// Where they are, in words.
    pub location: String,
}

impl Default for Users {
    fn default() -> Self {
        Self { rate: 10, location: String::new() }
    }
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Users,
    key: "users",
    id_prefix: "users",
    family: Family::Outside,
    shape: Shape::Card,
    doc: "",
    name_rule: TextRule::some(80),
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[&links::USERS_API, &links::USERS_REST_API, &links::USERS_LOAD_BALANCER],
    new: || Props::Users(Box::default()),
    read: |json| Ok(Props::Users(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| {
        let Some(users) = Users::of(&node.props) else { return Vec::new() };
        let mut phrases = vec![Phrase::counted("summary.users.rate", users.rate)];
        if !users.location.is_empty() {
            phrases.push(Phrase::plain(users.location.clone()));
        }
        phrases
    },
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lowers_nothing,
};
