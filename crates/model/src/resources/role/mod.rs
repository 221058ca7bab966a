//! An IAM role that tasks use: one that is made with the least that the design needs, or one that exists.

mod checks;
mod fields;
mod lower;
mod needs;
mod secret;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::account::LAB_ROLE;
use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Kind, Phrase, Props, Typed};

pub(in crate::resources) use lower::arn_of;
pub(in crate::resources) use secret::SecretSource;

/// The properties of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Role {
    /// Where it comes from.
    pub source: Source,
    /// ARN or bare name of one that exists.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub arn: String,
    /// ARNs of policies that one that is made gets beside what the design needs.
    pub managed_policies: Vec<String>,
    /// Further permissions of one that is made.
    pub statements: Vec<Statement>,
    /// ARN of a policy that says the most that one that is made may do; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub permissions_boundary: String,
}

/// Where a role comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// It is made with the rest.
    #[default]
    Made,
    /// It exists in the account (an AWS Academy Learner Lab has only `LabRole`).
    Existing,
}

/// A statement of a policy
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Statement {
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Actions (`s3:GetObject`).
    pub actions: Vec<String>,
    /// ARNs of what they may be done to.
    pub resources: Vec<String>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// It allows.
    #[default]
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// AWS's own policy for pulling images from ECR and writing logs, without its partition
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html>).
pub(in crate::resources) const EXECUTION_POLICY: &str =
    ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

impl Role {
    /// One that exists in each Learner Lab.
    pub fn of_the_lab() -> Self {
        Self { source: Source::Existing, arn: LAB_ROLE.to_owned(), ..Self::default() }
    }

    /// Whether it was given AWS's policy for execution roles by hand.
    pub fn grants_execution(&self) -> bool {
        self.managed_policies.iter().any(|policy| policy.ends_with(EXECUTION_POLICY))
    }

    /// The name of one that exists: of `arn:aws:iam::123456789012:role/path/LabRole` it is `LabRole`.
    pub fn existing_name(&self) -> &str {
        self.arn.trim().rsplit('/').next().unwrap_or_default()
    }
}

/// What IAM takes as the name of a role: up to 64 letters, digits and `_+=,.@-`
/// (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>).
const ROLE_NAME: TextRule = TextRule::new(1, 64, "role_name", |text| {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b))
});

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::Role,
    key: "role",
    id_prefix: "role",
    family: Family::Security,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
    name_rule: ROLE_NAME,
    fields: fields::FIELDS,
    lies_in: &[],
    links: &[],
    new: || Props::Role(Box::default()),
    read: |json| Ok(Props::Role(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| {
        let Some(role) = Role::of(&node.props) else { return Vec::new() };
        vec![match role.source {
            Source::Made => Phrase::new("summary.role.made"),
            Source::Existing if role.arn.trim().is_empty() => Phrase::new("summary.role.missing"),
            Source::Existing => Phrase::plain(role.existing_name()),
        }]
    },
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
