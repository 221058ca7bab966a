//! What can be wrong with a repository, and with what is pulled from it.

use serde_json::json;

use super::{EcrRepository, Encryption, Mutability, Source};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::Service;
use crate::resources::task_definition::{TaskDefinition, links::Pulls};
use crate::{Design, Link, Node, Typed};

const LIFECYCLE_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html";
const TAGS_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html";

const fn hint(code: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Hint, aws: "", doc }
}

const fn warning(code: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Warning, aws: "", doc }
}

/// Nobody pulls from it.
static UNUSED: Check = hint("ECR001", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html");
/// A push may move a tag that tasks run.
static MUTABLE: Check = hint("ECR002", TAGS_DOC);
/// Nobody looks for weaknesses in its images.
static UNSCANNED: Check = hint("ECR003", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html");
/// Images are kept, and paid for, for ever.
static KEEPS_ALL: Check = hint("ECR004", LIFECYCLE_DOC);
/// The image that ran before is gone with each push.
static KEEPS_ONE: Check = warning("ECR005", LIFECYCLE_DOC);
/// Its key is in another region.
static KEY_ELSEWHERE: Check = Check {
    code: "ECR006",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html",
};
/// It is made empty, and a service wants its image at once.
static EMPTY: Check =
    hint("ECR007", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/create-container-image.html");
/// It is in another account, which has to admit this one.
static OTHER_ACCOUNT: Check =
    hint("ECR008", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html");
/// It is in another region: each start of a task is slower and costs transfer.
static OTHER_REGION: Check =
    warning("ECR009", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html");
/// `latest` can be pushed only once where tags cannot be moved.
static LATEST_ONCE: Check = warning("ECR010", TAGS_DOC);

/// A tag of the repository itself has no value.
static EMPTY_TAG: Check = Check {
    code: "ECR011",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecr-repository-tag.html",
};

pub(super) static CHECKS: &[&Check] = &[
    &UNUSED,
    &MUTABLE,
    &UNSCANNED,
    &KEEPS_ALL,
    &KEEPS_ONE,
    &KEY_ELSEWHERE,
    &EMPTY,
    &OTHER_ACCOUNT,
    &OTHER_REGION,
    &LATEST_ONCE,
    &EMPTY_TAG,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(repository) = EcrRepository::of(&node.props) else { return };
    if design.links_to(&node.id).next().is_none() {
        out.report(&UNUSED, &node.id);
    }
    match repository.source {
        Source::Existing => check_existing(design, node, repository, out),
        Source::Made => {
            check_made(node, repository, out);
            check_key(design, node, repository, out);
            check_empty(design, node, out);
            check_tags(node, out);
        }
    }
}

fn check_existing(design: &Design, node: &Node, repository: &EcrRepository, out: &mut Findings) {
    if !repository.account.trim().is_empty() {
        out.report(&OTHER_ACCOUNT, &node.id).at("account").with("account", &repository.account);
    }
    let region = repository.region.trim();
    if !region.is_empty() && region != design.region() {
        let finding = out.report(&OTHER_REGION, &node.id);
        finding.at("region").with("region", region).with("own", design.region());
    }
}

fn check_made(node: &Node, repository: &EcrRepository, out: &mut Findings) {
    if repository.tag_mutability == Mutability::Mutable {
        out.report(&MUTABLE, &node.id).at("tagMutability").fix(Edit::set(&node.id, "tagMutability", "IMMUTABLE"));
    }
    if !repository.scan_on_push {
        out.report(&UNSCANNED, &node.id).at("scanOnPush").fix(Edit::set(&node.id, "scanOnPush", true));
    }
    match repository.keep_images {
        None if repository.expire_untagged_days.is_none() => {
            out.report(&KEEPS_ALL, &node.id).at("keepImages").fix(Edit::set(&node.id, "keepImages", 10));
        }
        Some(1) => {
            out.report(&KEEPS_ONE, &node.id).at("keepImages").fix(Edit::set(&node.id, "keepImages", 10));
        }
        _ => {}
    }
}

fn check_key(design: &Design, node: &Node, repository: &EcrRepository, out: &mut Findings) {
    let region = repository.kms_key.trim().strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2));
    if let Some(region) = region.filter(|region| *region != design.region() && repository.encryption == Encryption::Kms)
    {
        let finding = out.report(&KEY_ELSEWHERE, &node.id);
        finding.at("kmsKey").with("region", region).with("own", design.region());
    }
}

/// The services whose tasks pull from a repository and are to run at once.
fn check_empty(design: &Design, node: &Node, out: &mut Findings) {
    for (_, task, _) in design.sources::<TaskDefinition>(&node.id) {
        for (_, service, props) in design.sources::<Service>(&task.id) {
            if props.desired_count > 0 {
                let finding = out.report(&EMPTY, &node.id);
                finding.with("repository", &node.name).with("service", &service.name);
                return;
            }
        }
    }
}

/// CloudFormation takes no tag without a value for a repository, though for most other resources.
fn check_tags(node: &Node, out: &mut Findings) {
    for (index, tag) in node.tags.iter().enumerate() {
        if tag.value.is_empty() {
            let mut rest = node.tags.clone();
            rest.remove(index);
            let finding = out.report(&EMPTY_TAG, &node.id);
            finding.at(format!("tags.{index}.value")).with("key", &tag.key);
            finding.fix(Edit::set(&node.id, "tags", json!(rest)));
        }
    }
}

/// What can be wrong with what a link pulls.
pub(in crate::resources) fn check_pull(design: &Design, link: &Link, pulls: &Pulls, out: &mut Findings) {
    let made = |repository: &EcrRepository| {
        repository.source == Source::Made && repository.tag_mutability == Mutability::Immutable
    };
    if let Some((node, _)) = design.get::<EcrRepository>(&link.to).filter(|(_, repository)| made(repository))
        && pulls.tag == "latest"
    {
        out.report(&LATEST_ONCE, &link.id).at("tag").with("repository", &node.name);
    }
}
