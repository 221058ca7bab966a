//! The fields of another resource.

use crate::field::{Control, Field, TextRule};

/// The greatest size of a template that is sent with a request, in bytes
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>).
const MOST: usize = 51_200;

/// Words of letters and digits with two colons between: `AWS::S3::Bucket`, `Custom::MyThing`
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html>).
pub(super) fn is_type(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_@-".contains(&b));
    (2..=4).contains(&text.split("::").count()) && text.split("::").all(word)
}

const TYPE: TextRule = TextRule::new(1, 255, "resource_type", is_type);
/// The type of a parameter has other forms too (`String`, `List<Number>`).
const ANY_TYPE: TextRule = TextRule::any(255);

const REFS: &[Field] = &[
    Field::new("name", Control::Text { rule: super::LOGICAL_ID, example: "Catalogo" }).required(),
    Field::new("element", Control::Text { rule: TextRule::any(64), example: "service1" }),
    Field::new("type", Control::Text { rule: ANY_TYPE, example: "AWS::ECS::Service" }),
    Field::new("part", Control::Text { rule: TextRule::any(255), example: "PublicSubnet1" }),
];

pub(super) const FIELDS: &[Field] = &[
    Field::new("type", Control::Text { rule: TYPE, example: "AWS::S3::Bucket" }).required(),
    Field::new("body", Control::Lines { rule: TextRule::any(MOST) }),
    Field::new("refs", Control::Records { fields: REFS, new: "{}", title: &["name", "element"] }).section("advanced"),
];
