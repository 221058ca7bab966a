//! A note: text on the canvas. It makes nothing on AWS.

mod fields;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, lowers_nothing, settles_nothing};
use crate::{Kind, Props};

/// The properties of a note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Note {
    /// Its text, as many lines as one likes.
    pub text: String,
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Note,
    key: "note",
    id_prefix: "note",
    family: Family::Plain,
    shape: Shape::Note,
    doc: "",
    name_rule: TextRule::any(200),
    fields: fields::FIELDS,
    lies_in: &[Kind::Vpc, Kind::Cluster],
    links: &[],
    new: || Props::Note(Box::default()),
    read: |json| Ok(Props::Note(serde::Deserialize::deserialize(json)?)),
    summary: |_, _| Vec::new(),
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: &[],
    check: |_, _, _| {},
    lower: lowers_nothing,
};
