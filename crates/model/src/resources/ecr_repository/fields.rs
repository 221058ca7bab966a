//! The fields of a repository.

use serde_json::Value;

use crate::field::{Control, Field, TextRule};

const LIFECYCLE_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html";
const ENCRYPTION_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html";
const REGISTRY_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html";

/// The number of an AWS account
/// (<https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>).
const ACCOUNT: TextRule = TextRule::new(12, 12, "registry_account", |text| text.bytes().all(|b| b.is_ascii_digit()));

const REGION: TextRule = TextRule::new(0, 32, "registry_region", |text| {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.bytes().all(allowed) && text.split('-').count() >= 3 && text.ends_with(|c: char| c.is_ascii_digit())
});

/// ARN, id or alias of a key
/// (<https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html>).
const KEY: TextRule = TextRule::new(0, 2048, "kms_key", |text| {
    let id = |text: &str| text.len() >= 36 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    text.starts_with("alias/") || id(text) || (text.starts_with("arn:") && text.contains(":kms:"))
});

fn is_existing(props: &Value) -> bool {
    props.get("source").and_then(Value::as_str) == Some("existing")
}

fn is_made(props: &Value) -> bool {
    !is_existing(props)
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("source", Control::Choice(&["made", "existing"])),
    Field::new("account", Control::Text { rule: ACCOUNT, example: "123456789012" }).doc(REGISTRY_DOC).when(is_existing),
    Field::new("region", Control::Text { rule: REGION, example: "us-east-1" }).doc(REGISTRY_DOC).when(is_existing),
    Field::new("tagMutability", Control::Choice(&["IMMUTABLE", "MUTABLE"]))
        .doc("https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html")
        .when(is_made),
    Field::new("scanOnPush", Control::Toggle)
        .doc("https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html")
        .when(is_made),
    Field::new("keepImages", Control::Number { min: 1, max: 100_000, step: 1 })
        .section("limits")
        .doc(LIFECYCLE_DOC)
        .when(is_made),
    Field::new("expireUntaggedDays", Control::Number { min: 1, max: 3650, step: 1 })
        .section("limits")
        .unit("days")
        .doc(LIFECYCLE_DOC)
        .when(is_made),
    Field::new("encryption", Control::Choice(&["AES256", "KMS"]))
        .section("advanced")
        .doc(ENCRYPTION_DOC)
        .when(is_made),
    Field::new(
        "kmsKey",
        Control::Text {
            rule: KEY,
            example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
    )
    .section("advanced")
    .doc(ENCRYPTION_DOC)
    .when(|props| is_made(props) && props.get("encryption").and_then(Value::as_str) == Some("KMS")),
    Field::new("emptyOnDelete", Control::Toggle)
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-delete.html")
        .when(is_made),
];
