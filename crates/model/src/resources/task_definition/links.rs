//! The roles of a task definition, and the repositories that it pulls from.

use serde::{Deserialize, Serialize};

use super::super::role::{Role, Source};
use super::checks;
use crate::field::{Control, Field};
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, Phrase};

pub use super::pulls::Pulls;
pub(in crate::resources) use super::pulls::{PULLS, PULLS_WORK};

/// A task definition uses a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsesRole {
    /// What for.
    #[serde(rename = "use")]
    pub usage: Usage,
}

/// What a role is for
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usage {
    /// As execution role and as task role.
    #[default]
    Both,
    /// As execution role: Fargate pulls images, writes logs and reads secrets with it.
    Execution,
    /// As task role: the application calls AWS with it.
    Task,
}

impl Usage {
    /// Whether Fargate itself uses the role.
    pub fn is_execution(self) -> bool {
        self != Self::Task
    }

    /// Whether the application uses the role.
    pub fn is_task(self) -> bool {
        self != Self::Execution
    }

    /// As manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Execution => "execution",
            Self::Task => "task",
        }
    }
}

/// What the link carries if it is of this kind.
pub(in crate::resources) fn usage(link: &Link) -> Option<Usage> {
    UsesRole::of(&link.props).map(|props| props.usage)
}

/// The first role of a task definition serves for all, unless it is one for execution; a second one takes what the first
/// leaves.
fn fit(design: &Design, link: &mut Link) {
    let first = design.links_from(&link.from).filter(|other| other.id != link.id).find_map(usage);
    let for_execution = design.get::<Role>(&link.to).is_some_and(|(node, role)| {
        let name = node.name.to_lowercase();
        let named = name.contains("exec") || name.contains("ejec");
        role.source == Source::Made && (named || role.grants_execution())
    });
    let usage = match first {
        Some(Usage::Execution) => Usage::Task,
        Some(Usage::Task) => Usage::Execution,
        Some(Usage::Both) | None if for_execution => Usage::Execution,
        Some(Usage::Both) => Usage::Task,
        None => Usage::Both,
    };
    link.props = LinkProps::UsesRole(Box::new(UsesRole { usage }));
}

fn summary(_: &Design, link: &Link) -> Vec<Phrase> {
    let key = match usage(link) {
        Some(Usage::Execution) => "summary.uses_role.execution",
        Some(Usage::Task) => "summary.uses_role.task",
        _ => return Vec::new(),
    };
    vec![Phrase::new(key)]
}

const FIELDS: &[Field] = &[Field::new("use", Control::Choice(&["both", "execution", "task"]))];

pub(in crate::resources) static USES_ROLE: LinkSpec = LinkSpec {
    kind: LinkKind::UsesRole,
    key: "task_definition-role",
    from: Kind::TaskDefinition,
    to: Kind::Role,
    max_out: 2,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
    fields: FIELDS,
    new: || LinkProps::UsesRole(Box::default()),
    read: |json| Ok(LinkProps::UsesRole(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static USES_ROLE_WORK: LinkWork = LinkWork {
    checks: checks::LINK_CHECKS,
    check: checks::check_link,
};
