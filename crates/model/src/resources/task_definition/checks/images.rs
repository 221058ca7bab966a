//! What can be wrong with the images of containers.

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::links::Pulls;
use crate::resources::task_definition::pulls::all;
use crate::resources::task_definition::{Container, TaskDefinition, pull_of};
use crate::{Design, Link, Node};

const IMAGE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html";
const PULL_DOC: &str = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html";

/// The image has no version.
pub(super) static LATEST: Check = Check { code: "TSK019", severity: Severity::Hint, aws: "", doc: IMAGE_DOC };
/// A container has no image, and no repository gives it one.
pub(super) static NO_IMAGE: Check = Check {
    code: "TSK040",
    severity: Severity::Error,
    aws: "ClientException: Container.image should not be null or empty.",
    doc: IMAGE_DOC,
};
/// The image is written in a way that Docker does not understand.
pub(super) static BAD_IMAGE: Check = Check {
    code: "TSK090",
    severity: Severity::Error,
    aws: "CannotPullContainerError: invalid reference format",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html",
};
/// The image is in the ECR of another region.
pub(super) static OTHER_REGION: Check = Check {
    code: "TSK088",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html",
};
/// ECR asks for no password.
pub(super) static CREDENTIALS: Check = Check {
    code: "TSK084",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
};
/// A link pulls for a container that there is not.
static NO_CONTAINER: Check = Check { code: "TSK041", severity: Severity::Error, aws: "", doc: PULL_DOC };
/// A container has an image of its own and one from a repository.
static TWO_IMAGES: Check = Check { code: "TSK042", severity: Severity::Warning, aws: "", doc: PULL_DOC };
/// A link pulls what no container takes.
static FOR_NOBODY: Check = Check { code: "TSK043", severity: Severity::Warning, aws: "", doc: PULL_DOC };

pub(in crate::resources::task_definition) static PULL_CHECKS: &[&Check] = &[&NO_CONTAINER, &TWO_IMAGES, &FOR_NOBODY];

pub(super) fn check(design: &Design, node: &Node, task: &TaskDefinition, out: &mut Findings) {
    for (index, container) in task.containers.iter().enumerate() {
        let field = || format!("containers.{index}.image");
        if let Some((link, pulls)) = pull_of(design, &node.id, container) {
            if pulls.tag == "latest" {
                let name = design.node(&link.to).map(|repository| repository.name.as_str()).unwrap_or_default();
                let finding = out.report(&LATEST, &link.id);
                finding.at("tag").with("container", &container.name).with("image", format!("{name}:latest"));
            }
        } else if container.image.trim().is_empty() {
            out.report(&NO_IMAGE, &node.id).at(field()).with("container", &container.name);
        } else if is_malformed(container.image.trim()) {
            let finding = out.report(&BAD_IMAGE, &node.id);
            finding.at(field()).with("container", &container.name).with("image", &container.image);
        } else if has_no_version(&container.image) {
            let finding = out.report(&LATEST, &node.id);
            finding.at(field()).with("container", &container.name).with("image", &container.image);
        }
        check_registry(design, node, index, container, out);
    }
}

fn check_registry(design: &Design, node: &Node, index: usize, container: &Container, out: &mut Findings) {
    let pulled = pull_of(design, &node.id, container).is_some();
    let in_ecr = !pulled && container.image_is_in_ecr();
    let region = container.image.split('.').nth(3).filter(|_| in_ecr);
    if let Some(region) = region.filter(|region| *region != design.region()) {
        out.report(&OTHER_REGION, &node.id)
            .at(format!("containers.{index}.image"))
            .with("container", &container.name)
            .with("region", region)
            .with("own", design.region());
    }
    if (pulled || in_ecr) && !container.repository_credentials.is_empty() {
        let field = format!("containers.{index}.repositoryCredentials");
        let finding = out.report(&CREDENTIALS, &node.id);
        finding.at(&field).with("container", &container.name).fix(Edit::set(&node.id, field, ""));
    }
}

/// Whether the parts of an image's name are not what Docker takes: a repository in lower-case, no part of it empty, a tag
/// after one colon, a digest of 64 digits of base 16. That signs are wrong is told by the field table.
fn is_malformed(image: &str) -> bool {
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    let bad_digest = digest.is_some_and(|digest| {
        let hex = digest.strip_prefix("sha256:").unwrap_or_default();
        hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit())
    });
    let (path, last) = name.rsplit_once('/').map_or(("", name), |(path, last)| (path, last));
    let (last, tag) = last.split_once(':').map_or((last, None), |(last, tag)| (last, Some(tag)));
    let bad_tag = tag.is_some_and(|tag| tag.is_empty() || tag.contains(':') || tag.starts_with(['.', '-']));
    let mut parts: Vec<&str> = if path.is_empty() { Vec::new() } else { path.split('/').collect() };
    // A host may have capital letters and a port.
    let is_host = |part: &&str| part.contains(['.', ':']) || *part == "localhost";
    if parts.first().is_some_and(is_host) {
        parts.remove(0);
    }
    parts.push(last);
    let bad_part = |part: &&str| part.is_empty() || part.contains(':') || part.bytes().any(|b| b.is_ascii_uppercase());
    bad_digest || bad_tag || name.starts_with('/') || parts.iter().any(bad_part)
}

pub(in crate::resources::task_definition) fn check_pull(design: &Design, link: &Link, out: &mut Findings) {
    let (Some(pulls), Some((node, task))) = (Pulls::of(&link.props), design.get::<TaskDefinition>(&link.from)) else {
        return;
    };
    crate::resources::ecr_repository::check_pull(design, link, pulls, out);
    let served = |container: &Container| pull_of(design, &node.id, container).is_some_and(|(own, _)| own.id == link.id);
    let repository = design.node(&link.to).map(|node| node.name.as_str()).unwrap_or_default();
    let found = task.container(&pulls.container).filter(|_| !pulls.container.is_empty());
    match found {
        None if !pulls.container.is_empty() => {
            let finding = out.report(&NO_CONTAINER, &link.id);
            finding.at("container").with("container", &pulls.container).with("task", &node.name);
            if let Some(name) = name_for(design, node, task) {
                finding.fix(Edit::set(&link.id, "container", name));
            }
        }
        Some((index, container)) if served(container) && !container.image.trim().is_empty() => {
            out.report(&TWO_IMAGES, &link.id)
                .at("container")
                .with("container", &container.name)
                .with("image", &container.image)
                .with("repository", repository)
                .fix(Edit::set(&node.id, format!("containers.{index}.image"), ""));
        }
        _ if !task.containers.iter().any(served) => {
            let finding = out.report(&FOR_NOBODY, &link.id);
            finding.at("container").with("repository", repository).with("task", &node.name);
            finding.fix(Edit::RemoveLink(link.id.clone()));
        }
        _ => {}
    }
}

/// The container that a link which names none that there is most likely means: the first that nobody serves, one without an
/// image before others.
fn name_for(design: &Design, node: &Node, task: &TaskDefinition) -> Option<String> {
    let unserved = |container: &&Container| all(design, &node.id).all(|(_, pulls)| pulls.container != container.name);
    let mut free = task.containers.iter().filter(unserved);
    let bare = free.clone().find(|container| container.image.trim().is_empty());
    bare.or_else(|| free.next()).map(|container| container.name.clone()).filter(|name| !name.is_empty())
}

/// Whether an image names neither a tag but `latest` nor a digest.
fn has_no_version(image: &str) -> bool {
    if image.is_empty() || image.contains('@') {
        return false;
    }
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

#[cfg(test)]
mod tests {
    use super::{has_no_version, is_malformed};

    #[test]
    fn versions_are_told_from_ports_and_registries() {
        for image in ["nginx", "nginx:latest", "localhost:5000/web", "123456789012.dkr.ecr.us-east-1.amazonaws.com/web"]
        {
            assert!(has_no_version(image), "{image}");
        }
        for image in ["", "nginx:1.27", "localhost:5000/web:2", "nginx@sha256:abc"] {
            assert!(!has_no_version(image), "{image}");
        }
    }

    #[test]
    fn names_are_those_that_docker_takes() {
        let digest = format!("nginx@sha256:{}", "a".repeat(64));
        for image in ["nginx", "a/b/c:1", "localhost:5000/web", "Registry.example:443/web:V1", &digest] {
            assert!(!is_malformed(image), "{image}");
        }
        for image in ["Nginx", "a//b", "nginx:", "nginx:1:2", "nginx@sha256:abc", "/nginx", "nginx/"] {
            assert!(is_malformed(image), "{image}");
        }
    }
}
