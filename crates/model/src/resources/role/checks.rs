//! What can be wrong with a role.

mod policies;

use serde_json::json;

use super::{Effect, Role, Source};
use crate::account::LAB_ROLE;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node, Typed};

const ROLES_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html";

/// No task definition uses it.
static UNUSED: Check = Check { code: "ROL001", severity: Severity::Hint, aws: "", doc: ROLES_DOC };
/// What is said is neither the ARN nor the name of a role.
static NO_ROLE: Check = Check {
    code: "ROL002",
    severity: Severity::Error,
    aws: "ClientException: Role is not valid",
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
};
/// It may do anything to anything.
static ALMIGHTY: Check = Check {
    code: "ROL003",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
};

/// A Learner Lab does not let a role be made.
static MADE_IN_LAB: Check = Check {
    code: "LAB002",
    severity: Severity::Error,
    aws: "User: … is not authorized to perform: iam:CreateRole on resource: … because no identity-based policy allows the \
          iam:CreateRole action",
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
};
/// A Learner Lab has one role for all services.
static OTHER_IN_LAB: Check = Check { code: "LAB003", severity: Severity::Warning, aws: "", doc: ROLES_DOC };

pub(super) static CHECKS: &[&Check] = &[
    &UNUSED,
    &NO_ROLE,
    &ALMIGHTY,
    &MADE_IN_LAB,
    &OTHER_IN_LAB,
    &policies::HAS_TO_ALLOW,
    &policies::TWICE,
    &policies::TOO_MANY,
    &policies::WHOLE_SERVICE,
    &policies::ADMINISTRATOR,
    &policies::TOO_LONG,
    &policies::DENIES,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(role) = Role::of(&node.props) else { return };
    if design.links_to(&node.id).next().is_none() {
        out.report(&UNUSED, &node.id);
    }
    if design.is_learner_lab() {
        check_lab(node, role, out);
    }
    policies::check(design, node, role, out);
    match role.source {
        Source::Existing => check_arn(node, role, out),
        Source::Made => check_statements(node, role, out),
    }
}

/// Whether text is the ARN of a role, or a name that a role may have.
fn names_a_role(text: &str) -> bool {
    let Some(arn) = text.strip_prefix("arn:") else { return super::ROLE_NAME.accepts(text) };
    let parts: Vec<&str> = arn.splitn(5, ':').collect();
    let [partition, "iam", "", account, rest] = parts[..] else { return false };
    let name = rest.strip_prefix("role/").and_then(|path| path.rsplit('/').next());
    partition.starts_with("aws")
        && account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && name.is_some_and(|name| super::ROLE_NAME.accepts(name))
}

fn check_arn(node: &Node, role: &Role, out: &mut Findings) {
    let arn = role.arn.trim();
    // That there is none at all is told by the field table.
    if arn.is_empty() || names_a_role(arn) {
        return;
    }
    let finding = out.report(&NO_ROLE, &node.id);
    finding.at("arn").with("arn", arn);
    // The console shows the ARN of an instance profile beside that of its role.
    let mended = arn.replacen(":instance-profile/", ":role/", 1);
    if names_a_role(&mended) {
        finding.fix(Edit::set(&node.id, "arn", mended));
    }
}

fn check_lab(node: &Node, role: &Role, out: &mut Findings) {
    let lab_role = || {
        let edits = vec![Edit::set(&node.id, "source", "existing"), Edit::set(&node.id, "arn", LAB_ROLE)];
        Edit::Batch(edits)
    };
    if role.source == Source::Made {
        out.report(&MADE_IN_LAB, &node.id).at("source").fix(lab_role());
    } else if names_a_role(role.arn.trim()) && role.existing_name() != LAB_ROLE {
        out.report(&OTHER_IN_LAB, &node.id).at("arn").with("name", role.existing_name()).fix(lab_role());
    }
}

fn check_statements(node: &Node, role: &Role, out: &mut Findings) {
    for (index, statement) in role.statements.iter().enumerate() {
        let all = |texts: &[String]| texts.iter().any(|text| text == "*");
        if statement.effect == Effect::Allow && all(&statement.actions) && all(&statement.resources) {
            let mut rest = role.statements.clone();
            rest.remove(index);
            let fix = Edit::set(&node.id, "statements", json!(rest));
            out.report(&ALMIGHTY, &node.id).at(format!("statements.{index}.actions")).fix(fix);
        }
    }
}
