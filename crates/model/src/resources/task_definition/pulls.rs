//! What a task definition pulls from a repository: which container gets which image.

use serde::{Deserialize, Serialize};

use super::super::ecr_repository::{EcrRepository, uri_of};
use super::checks;
use super::{Container, TaskDefinition};
use crate::field::{Control, Field, Place, TextRule};
use crate::lowering::link_origin;
use crate::resources::cluster::ECS_NAME;
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, Lowering, NodeId, Phrase, Target};

/// A task definition pulls the image of containers from a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Pulls {
    /// The container that gets the image; empty for all that have no image of their own.
    pub container: String,
    /// A tag, or the digest of an image (`sha256:…`).
    pub tag: String,
}

impl Default for Pulls {
    fn default() -> Self {
        Self { container: String::new(), tag: "1.0".to_owned() }
    }
}

/// The link that gives a container its image, if one does: one that names it, or else one that names none while the
/// container has no image of its own.
pub(in crate::resources) fn pull_of<'a>(
    design: &'a Design,
    task: &'a NodeId,
    container: &Container,
) -> Option<(&'a Link, &'a Pulls)> {
    let mut named = all(design, task).filter(|(_, pulls)| !container.name.is_empty() && pulls.container == container.name);
    named.next().or_else(|| {
        all(design, task).find(|(_, pulls)| pulls.container.is_empty() && container.image.trim().is_empty())
    })
}

/// All links to repositories.
pub(in crate::resources) fn all<'a>(
    design: &'a Design,
    task: &'a NodeId,
) -> impl Iterator<Item = (&'a Link, &'a Pulls)> {
    design.links_from(task).filter_map(|link| Some((link, Pulls::of(&link.props)?)))
}

/// The image of a container: from a repository, or as it was written.
pub(super) fn image_of(low: &Lowering<'_>, task: &NodeId, container: &Container) -> Option<trazo_stack::Value> {
    let (link, pulls) = pull_of(low.design, task, container)?;
    let (repository, _) = low.design.get::<EcrRepository>(&link.to)?;
    Some(uri_of(low, repository, &pulls.tag)?.from_origin(link_origin(&link.id).field("tag")))
}

/// A tag: up to 128 letters, digits, `_`, `-` and `.`, not beginning with `-` or `.`; or a digest
/// (<https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html>).
const TAG: TextRule = TextRule::new(1, 128, "image_tag", |text| {
    if let Some(digest) = text.strip_prefix("sha256:") {
        return digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
    }
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b)) && !text.starts_with(['-', '.'])
});

fn containers(place: &Place<'_>) -> Vec<String> {
    let Target::Link(id) = place.target else { return Vec::new() };
    let task = place.design.link(id).and_then(|link| place.design.get::<TaskDefinition>(&link.from));
    task.map(|(_, task)| task.containers.iter().map(|container| container.name.clone()).collect()).unwrap_or_default()
}

const CONTAINER: TextRule = TextRule { min: 0, ..ECS_NAME };

const FIELDS: &[Field] = &[
    Field::new("container", Control::Suggest { rule: CONTAINER, from: containers }),
    Field::new("tag", Control::Text { rule: TAG, example: "1.0" })
        .required()
        .doc("https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html"),
];

/// A new link serves the containers without an image; where all have one, or another link serves those already, the first
/// one that no other link names.
fn fit(design: &Design, link: &mut Link) {
    let Some((_, task)) = design.get::<TaskDefinition>(&link.from) else { return };
    let free = |container: &&Container| pull_of(design, &link.from, container).is_none();
    let without = task.containers.iter().filter(free).any(|container| container.image.trim().is_empty());
    let container = match task.containers.iter().find(free) {
        Some(container) if !without => container.name.clone(),
        _ => String::new(),
    };
    link.props = LinkProps::Pulls(Box::new(Pulls { container, ..Pulls::default() }));
}

fn summary(_: &Design, link: &Link) -> Vec<Phrase> {
    let Some(pulls) = Pulls::of(&link.props) else { return Vec::new() };
    // A digest is known by its beginning.
    let short: String = pulls.tag.chars().take(if pulls.tag.starts_with("sha256:") { 19 } else { 24 }).collect();
    vec![Phrase::plain(short)]
}

pub(in crate::resources) static PULLS: LinkSpec = LinkSpec {
    kind: LinkKind::Pulls,
    key: "task_definition-ecr_repository",
    from: Kind::TaskDefinition,
    to: Kind::EcrRepository,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html",
    fields: FIELDS,
    new: || LinkProps::Pulls(Box::default()),
    read: |json| Ok(LinkProps::Pulls(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static PULLS_WORK: LinkWork = LinkWork {
    checks: checks::PULL_CHECKS,
    check: checks::check_pull,
};
