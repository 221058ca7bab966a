//! An ECR repository: where the images of containers are kept; one that is made, or one that exists.

mod checks;
mod fields;
mod lower;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::role::Source;
use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Kind, Phrase, Props, Typed};

pub(in crate::resources) use checks::check_pull;
pub(in crate::resources) use lower::{arn_of, uri_of};

/// The properties of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EcrRepository {
    /// Whether it is made or exists.
    pub source: Source,
    /// The account that one that exists is in, 12 digits; empty for the account that is deployed to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// The region that one that exists is in; empty for the region that is deployed to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Whether each image is looked through for known weaknesses when it is pushed.
    pub scan_on_push: bool,
    /// Whether a tag can be moved to another image.
    pub tag_mutability: Mutability,
    /// How many images are kept, the newest; `None` for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_images: Option<i64>,
    /// Days after which an image without a tag goes; `None` for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_untagged_days: Option<i64>,
    /// What it is encrypted with.
    pub encryption: Encryption,
    /// ARN, id or alias of the key of one that is encrypted with KMS; empty for AWS's own key.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kms_key: String,
    /// Whether its images go with it when it is deleted; else one that holds images cannot be deleted.
    pub empty_on_delete: bool,
}

impl Default for EcrRepository {
    fn default() -> Self {
        Self {
            source: Source::Made,
            account: String::new(),
            region: String::new(),
            scan_on_push: true,
            tag_mutability: Mutability::Immutable,
            keep_images: None,
            expire_untagged_days: None,
            encryption: Encryption::Aes256,
            kms_key: String::new(),
            empty_on_delete: false,
        }
    }
}

/// Whether tags can be moved
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Mutability {
    /// A tag names one image for ever.
    #[default]
    Immutable,
    /// A push may move a tag.
    Mutable,
}

/// What images are encrypted with at rest
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encryption {
    /// Keys of S3.
    #[default]
    #[serde(rename = "AES256")]
    Aes256,
    /// A key in KMS.
    #[serde(rename = "KMS")]
    Kms,
}

/// 2 to 256 characters: parts between slashes, each of lower-case letters and digits with `.`, `_`, `__` or dashes between
/// (<https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html>).
const REPOSITORY_NAME: TextRule =
    TextRule::new(2, 256, "repository_name", |text| text.split('/').all(is_part_of_a_name));

fn is_part_of_a_name(part: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let between = part.split(is_word).filter(|gap| !gap.is_empty());
    part.starts_with(is_word)
        && part.ends_with(is_word)
        && between.into_iter().all(|gap| matches!(gap, "." | "_" | "__") || gap.bytes().all(|b| b == b'-'))
}

fn new() -> Props {
    let repository =
        EcrRepository { keep_images: Some(10), expire_untagged_days: Some(14), ..EcrRepository::default() };
    Props::EcrRepository(Box::new(repository))
}

fn summary(repository: &EcrRepository) -> Phrase {
    match (repository.source, repository.keep_images) {
        (Source::Existing, _) => Phrase::new("summary.ecr_repository.existing"),
        (Source::Made, Some(count)) => Phrase::counted("summary.ecr_repository.keep", count),
        (Source::Made, None) => Phrase::new("summary.ecr_repository.all"),
    }
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::EcrRepository,
    key: "ecr_repository",
    id_prefix: "ecr",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Repositories.html",
    name_rule: REPOSITORY_NAME,
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[],
    new,
    read: |json| Ok(Props::EcrRepository(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| EcrRepository::of(&node.props).map(summary).into_iter().collect(),
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
