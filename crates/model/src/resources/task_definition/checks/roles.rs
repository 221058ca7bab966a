//! What can be wrong with the roles of a task definition.

use crate::account::LAB_ROLE;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::role::{Role, Source};
use crate::resources::task_definition::{TaskDefinition, places, pull_of};
use crate::resources::task_definition::links::{Usage, UsesRole, usage};
use crate::{Design, Kind, Link, LinkKind, LinkProps, Node, NodeId, commands, room};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html";

/// Logs are written, but with no execution role.
pub(super) static LOGS: Check = Check {
    code: "TSK008",
    severity: Severity::Error,
    aws: "ClientException: Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    doc: DOC,
};
/// A private image is pulled, but with no execution role.
pub(super) static ECR: Check = Check {
    code: "TSK023",
    severity: Severity::Error,
    aws: "ClientException: Fargate requires task definition to have execution role ARN to support ECR images.",
    doc: DOC,
};
/// Secrets are read, but with no execution role.
pub(super) static SECRETS: Check = Check {
    code: "TSK024",
    severity: Severity::Error,
    aws: "ClientException: When you are specifying container secrets, you must also specify a value for \
          'executionRoleArn'.",
    doc: DOC,
};
/// Two roles are to serve for one purpose.
pub(super) static TWO_FOR_ONE: Check = Check {
    code: "TSK021",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
};

/// The roles that a task definition is linked to, and what for.
fn links<'a>(design: &'a Design, task: &'a NodeId) -> impl Iterator<Item = (&'a Link, Usage)> {
    design.links_from(task).filter_map(|link| Some((link, usage(link)?)))
}

pub(super) fn check(design: &Design, node: &Node, task: &TaskDefinition, out: &mut Findings) {
    if links(design, &node.id).any(|(_, usage)| usage.is_execution()) {
        return;
    }
    // One finding is enough: one role mends all of them.
    let first = |test: fn(&super::Container) -> bool| task.containers.iter().position(test);
    let in_ecr = |container: &super::Container| {
        pull_of(design, &node.id, container).is_some() || container.image_is_in_ecr()
    };
    // On instances, logs and images are a matter of the instance's own role.
    let on_fargate = places(design, &node.id, task.mode()).fargate;
    let (check, index, field) = if let Some(index) = first(|container| container.logs).filter(|_| on_fargate) {
        (&LOGS, index, "logs")
    } else if let Some(index) = task.containers.iter().position(in_ecr).filter(|_| on_fargate) {
        (&ECR, index, "image")
    } else if let Some(index) = first(|container| !container.secrets.is_empty()) {
        (&SECRETS, index, "secrets")
    } else if let Some(index) = first(|container| !container.repository_credentials.is_empty()) {
        (&SECRETS, index, "repositoryCredentials")
    } else {
        return;
    };
    let finding = out.report(check, &node.id);
    finding.at(format!("containers.{index}.{field}")).with("container", &task.containers[index].name);
    if let Some(edit) = role_edit(design, node, Usage::Execution) {
        finding.fix(edit);
    }
}

pub(in crate::resources::task_definition) fn check_link(design: &Design, link: &Link, out: &mut Findings) {
    let Some(own) = usage(link) else { return };
    let earlier = links(design, &link.from).take_while(|(other, _)| other.id != link.id);
    let clash = |other: Usage| (own.is_execution() && other.is_execution()) || (own.is_task() && other.is_task());
    let Some((other, used)) = earlier.into_iter().find(|(_, other)| clash(*other)) else { return };
    // The first keeps one purpose, the second gets the other.
    let (first, second) = match (used, own) {
        (Usage::Task, _) => (Usage::Task, Usage::Execution),
        (_, Usage::Execution) if used == Usage::Both => (Usage::Task, Usage::Execution),
        _ => (Usage::Execution, Usage::Task),
    };
    let name = |id: &NodeId| design.node(id).map(|node| node.name.clone()).unwrap_or_default();
    out.report(&TWO_FOR_ONE, &link.id)
        .at("use")
        .with("task", name(&link.from))
        .with("first", name(&other.to))
        .with("second", name(&link.to))
        .fix(Edit::Batch(vec![Edit::set(&other.id, "use", first.word()), Edit::set(&link.id, "use", second.word())]));
}

/// What gives a task definition the role that it lacks: one that it has for the other purpose if it exists in the account
/// (as `LabRole` does, which serves for all), one that exists elsewhere in the design, one that others use for the same, or
/// a new one.
pub(in crate::resources) fn role_edit(design: &Design, task: &Node, wanted: Usage) -> Option<Edit> {
    let existing = |id: &NodeId| design.get::<Role>(id).is_some_and(|(_, role)| role.source == Source::Existing);
    let mut present = links(design, &task.id);
    if let Some((link, _)) = present.find(|(link, _)| existing(&link.to)) {
        return Some(Edit::set(&link.id, "use", Usage::Both.word()));
    }
    let count = links(design, &task.id).count();
    if count >= 2 {
        // Both serve for the same purpose.
        let (link, _) = links(design, &task.id).last()?;
        return Some(Edit::set(&link.id, "use", wanted.word()));
    }
    let free = |role: &&Node| design.link_between(&task.id, &role.id).is_none();
    let shared = design.nodes_of(Kind::Role).filter(free).find(|role| {
        let serves = |link: &Link| usage(link) == Some(wanted) && wanted == Usage::Execution;
        existing(&role.id) || design.links_to(&role.id).any(serves)
    });
    let serves_all = shared.map_or(design.is_learner_lab(), |role| existing(&role.id));
    let usage = if count == 0 && serves_all { Usage::Both } else { wanted };
    match shared {
        Some(role) => Some(Edit::add_link(link(design, &task.id, &role.id, usage))),
        None => Some(new_role(design, task, usage)),
    }
}

fn link(design: &Design, task: &NodeId, role: &NodeId, usage: Usage) -> Link {
    let mut link = Link::new(design.free_link_id(), LinkKind::UsesRole, task, role);
    link.props = LinkProps::UsesRole(Box::new(UsesRole { usage }));
    link
}

fn new_role(design: &Design, task: &Node, usage: Usage) -> Edit {
    let (x, y) = room::below(design, task);
    // A role's name has 64 characters at most.
    let base: String = task.name.chars().take(48).collect();
    let lab = design.is_learner_lab();
    let wanted = if lab { LAB_ROLE.to_owned() } else { format!("{base}-{}", usage.word()) };
    let taken = design.named(&wanted).any(|node| node.kind() == Kind::Role);
    let name = if taken { design.free_name(Kind::Role) } else { wanted };
    let node = commands::new_node(design, Kind::Role, &name, x, y);
    let id = node.id.clone();
    Edit::Batch(vec![Edit::add_node(node), Edit::add_link(link(design, &task.id, &id, usage))])
}
