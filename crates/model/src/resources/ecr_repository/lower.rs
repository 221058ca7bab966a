//! A repository on AWS: `AWS::ECR::Repository`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html>).

use serde_json::json;
use trazo_stack::{Resource, Value, att, map, sub};

use super::{EcrRepository, Encryption, Mutability, Source};
use crate::lowering::node_origin;
use crate::{Lowering, Node, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let made = EcrRepository::of(&node.props).filter(|repository| repository.source == Source::Made);
    let Some(repository) = made else { return };
    let mut resource = Resource::new("AWS::ECR::Repository", node_origin(&node.id));
    resource.set_from("RepositoryName", "name", node.name.as_str());
    let mutability = match repository.tag_mutability {
        Mutability::Immutable => "IMMUTABLE",
        Mutability::Mutable => "MUTABLE",
    };
    resource.set_from("ImageTagMutability", "tagMutability", mutability);
    let scanning = map([("ScanOnPush", repository.scan_on_push.into())]);
    resource.set_from("ImageScanningConfiguration", "scanOnPush", scanning);
    if let Some((field, text)) = lifecycle(repository) {
        resource.set_from("LifecyclePolicy", field, map([("LifecyclePolicyText", text.into())]));
    }
    if repository.encryption == Encryption::Kms {
        let mut configuration = trazo_stack::Object::new();
        configuration.insert("EncryptionType".to_owned(), "KMS".into());
        let key = repository.kms_key.trim();
        if !key.is_empty() {
            let origin = resource.origin.field("kmsKey");
            configuration.insert("KmsKey".to_owned(), Value::from(key).from_origin(origin));
        }
        resource.set_from("EncryptionConfiguration", "encryption", configuration);
    }
    if repository.empty_on_delete {
        resource.set_from("EmptyOnDelete", "emptyOnDelete", true);
    }
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    let id = low.id(&node.id, "Repository");
    low.output(
        format!("{id}Uri"),
        &format!("Where the images of {} are pushed to", node.name),
        att(&id, "RepositoryUri"),
        node_origin(&node.id),
    );
    low.add(id, resource);
}

/// The lifecycle policy, and the field that it comes from first. The rule for all images has to come last
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html>).
fn lifecycle(repository: &EcrRepository) -> Option<(&'static str, String)> {
    let mut rules = Vec::new();
    let mut field = "keepImages";
    if let Some(days) = repository.expire_untagged_days {
        field = "expireUntaggedDays";
        rules.push(json!({
            "rulePriority": 1,
            "description": "Images without a tag",
            "selection": {
                "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days,
            },
            "action": { "type": "expire" },
        }));
    }
    if let Some(count) = repository.keep_images {
        rules.push(json!({
            "rulePriority": rules.len() + 1,
            "description": "All but the newest images",
            "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": count },
            "action": { "type": "expire" },
        }));
    }
    (!rules.is_empty()).then(|| (field, json!({ "rules": rules }).to_string()))
}

/// The account and region of one that exists, as text of `Fn::Sub`.
fn place(repository: &EcrRepository) -> (&str, &str) {
    let account = Some(repository.account.trim()).filter(|account| !account.is_empty());
    let region = Some(repository.region.trim()).filter(|region| !region.is_empty());
    (account.unwrap_or("${AWS::AccountId}"), region.unwrap_or("${AWS::Region}"))
}

/// The image of a tag or digest in a repository
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-pull-ecr-image.html>).
pub(in crate::resources) fn uri_of(low: &Lowering<'_>, node: &Node, tag: &str) -> Option<Value> {
    let repository = EcrRepository::of(&node.props)?;
    let parted = if tag.starts_with("sha256:") { '@' } else { ':' };
    let uri = match repository.source {
        Source::Made => format!("${{{}.RepositoryUri}}", low.id(&node.id, "Repository")),
        Source::Existing => {
            let (account, region) = place(repository);
            format!("{account}.dkr.ecr.{region}.${{AWS::URLSuffix}}/{}", node.name)
        }
    };
    Some(sub(format!("{uri}{parted}{tag}")))
}

/// The ARN of a repository.
pub(in crate::resources) fn arn_of(low: &Lowering<'_>, node: &Node) -> Option<Value> {
    let repository = EcrRepository::of(&node.props)?;
    let value = match repository.source {
        Source::Made => att(low.id(&node.id, "Repository"), "Arn"),
        Source::Existing => {
            let (account, region) = place(repository);
            sub(format!("arn:${{AWS::Partition}}:ecr:{region}:{account}:repository/{}", node.name))
        }
    };
    Some(value.from_origin(node_origin(&node.id)))
}
