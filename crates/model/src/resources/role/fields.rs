//! The fields of a role.

use serde_json::Value;

use crate::field::{Control, Field, TextRule};

const POLICIES_DOC: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html";
const STATEMENT_DOC: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html";

/// ARN of a managed policy: 20 to 2048 characters
/// (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>).
const POLICY_ARN: TextRule = TextRule::new(20, 2048, "policy_arn", |text| {
    text.starts_with("arn:") && text.contains(":iam::") && text.contains(":policy/")
});

const BOUNDARY: TextRule = TextRule { min: 0, ..POLICY_ARN };

/// `service:Action`, with `*` and `?` for any
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>).
const ACTION: TextRule = TextRule::new(1, 256, "action", |text| {
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'*' || b == b'?')
    };
    text == "*" || text.split_once(':').is_some_and(|(service, action)| word(service) && word(action))
});

/// An ARN, or `*` for any
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>).
const RESOURCE: TextRule = TextRule::new(1, 2048, "resource", |text| text == "*" || text.starts_with("arn:"));

fn is_existing(props: &Value) -> bool {
    props.get("source").and_then(Value::as_str) == Some("existing")
}

const STATEMENT: &[Field] = &[
    Field::new("effect", Control::Choice(&["Allow", "Deny"])),
    Field::new("actions", Control::Texts { rule: ACTION, example: "s3:GetObject" }).required(),
    Field::new("resources", Control::Texts { rule: RESOURCE, example: "arn:aws:s3:::tienda-imagenes/*" }).required(),
];

pub(super) const FIELDS: &[Field] = &[
    Field::new("source", Control::Choice(&["made", "existing"])),
    Field::new("arn", Control::Text { rule: TextRule::any(2048), example: "LabRole" }).required().when(is_existing),
    Field::new(
        "managedPolicies",
        Control::Texts { rule: POLICY_ARN, example: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
    )
    .section("permissions")
    .doc(POLICIES_DOC)
    .when(|props| !is_existing(props)),
    Field::new("statements", Control::Records { fields: STATEMENT, new: "{}", title: &["effect", "actions"] })
        .section("permissions")
        .doc(STATEMENT_DOC)
        .when(|props| !is_existing(props)),
    Field::new(
        "permissionsBoundary",
        Control::Text { rule: BOUNDARY, example: "arn:aws:iam::123456789012:policy/limite" },
    )
    .section("advanced")
    .doc("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html")
    .when(|props| !is_existing(props)),
];
