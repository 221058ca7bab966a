//! A resource of a kind that Trazo does not draw: kept as it is, so that it comes out again with the rest.

mod checks;
mod fields;
mod lower;
pub(crate) mod references;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Kind, Phrase, Props, Typed};

/// The properties of another resource. Its name is its logical id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OtherResource {
    /// Its type (`AWS::S3::Bucket`).
    #[serde(rename = "type")]
    pub type_name: String,
    /// What a template says of it beside its type, as JSON: `{"Properties": {…}}`.
    pub body: String,
    /// What names in the body mean that are no other resources of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<Named>,
}

impl Default for OtherResource {
    fn default() -> Self {
        Self { type_name: "AWS::S3::Bucket".to_owned(), body: "{}".to_owned(), refs: Vec::new() }
    }
}

/// What a name in the body means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Named {
    /// The name.
    pub name: String,
    /// The id of the node or link that makes what is meant; empty for a parameter.
    pub element: String,
    /// The type of that resource, or of that parameter.
    #[serde(rename = "type")]
    pub type_name: String,
    /// What its logical id ends with, where the element makes several of that type (`PublicSubnet1`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub part: String,
}

impl OtherResource {
    /// The body; `None` where it is no JSON object.
    pub fn parsed(&self) -> Option<serde_json::Map<String, serde_json::Value>> {
        match serde_json::from_str(&self.body) {
            Ok(serde_json::Value::Object(body)) => Some(body),
            _ => None,
        }
    }
}

/// 1 to 255 letters and digits; hyphens are for people and are dropped
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html>).
const LOGICAL_ID: TextRule =
    TextRule::new(1, 255, "logical_id", |text| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::OtherResource,
    key: "other_resource",
    id_prefix: "other",
    family: Family::Plain,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    name_rule: LOGICAL_ID,
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[],
    new: || Props::OtherResource(Box::default()),
    read: |json| Ok(Props::OtherResource(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| {
        let Some(other) = OtherResource::of(&node.props) else { return Vec::new() };
        vec![Phrase::plain(other.type_name.strip_prefix("AWS::").unwrap_or(&other.type_name).to_owned())]
    },
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork { checks: checks::CHECKS, check: checks::check, lower: lower::lower };
