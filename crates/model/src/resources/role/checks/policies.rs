//! What can be wrong with the permissions of a role.

use serde_json::json;

use super::super::needs::{actions, is_narrow_in, runs_tasks};
use super::super::{Effect, Role, Source};
use crate::account::LAB_ROLE;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node};

const QUOTAS_DOC: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const LEAST_DOC: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege";

/// One that exists has to allow what the design needs: it is not looked into.
pub(super) static HAS_TO_ALLOW: Check = Check {
    code: "ROL020",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
};
/// A policy is named twice.
pub(super) static TWICE: Check = Check {
    code: "ROL021",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
};
/// It has more managed policies than an account allows.
pub(super) static TOO_MANY: Check = Check {
    code: "ROL022",
    severity: Severity::Error,
    aws: "LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10",
    doc: QUOTAS_DOC,
};
/// It may do all that a service can, to anything.
pub(super) static WHOLE_SERVICE: Check =
    Check { code: "ROL023", severity: Severity::Warning, aws: "", doc: LEAST_DOC };
/// It has a policy made for people who run the account.
pub(super) static ADMINISTRATOR: Check =
    Check { code: "ROL024", severity: Severity::Warning, aws: "", doc: LEAST_DOC };
/// Its own permissions are longer than IAM takes.
pub(super) static TOO_LONG: Check = Check {
    code: "ROL025",
    severity: Severity::Error,
    aws: "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role",
    doc: QUOTAS_DOC,
};
/// It denies what its tasks need.
pub(super) static DENIES: Check = Check {
    code: "ROL026",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
};

/// The most managed policies of a role, and the most bytes of those that are written into it.
const MOST: (usize, usize) = (10, 10_240);

pub(super) fn check(design: &Design, node: &Node, role: &Role, out: &mut Findings) {
    match role.source {
        Source::Existing => check_existing(design, node, role, out),
        Source::Made => {
            check_managed(design, node, role, out);
            check_own(design, node, role, out);
        }
    }
}

fn check_existing(design: &Design, node: &Node, role: &Role, out: &mut Findings) {
    // The role of a Learner Lab is AWS Academy's matter.
    let needed = actions(design, &node.id);
    if needed.is_empty() || role.arn.trim().is_empty() || role.existing_name() == LAB_ROLE {
        return;
    }
    let finding = out.report(&HAS_TO_ALLOW, &node.id);
    finding.at("arn").with("role", role.existing_name()).with("actions", needed.join(", "));
}

fn check_managed(design: &Design, node: &Node, role: &Role, out: &mut Findings) {
    let policies = &role.managed_policies;
    for (index, policy) in policies.iter().enumerate() {
        let field = format!("managedPolicies.{index}");
        let without = || {
            let mut rest = policies.clone();
            rest.remove(index);
            Edit::set(&node.id, "managedPolicies", json!(rest))
        };
        let name = policy.rsplit('/').next().unwrap_or_default();
        if !policy.is_empty() && policies[..index].contains(policy) {
            out.report(&TWICE, &node.id).at(field).with("policy", name).fix(without());
        } else if ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"].contains(&name) {
            out.report(&ADMINISTRATOR, &node.id).at(field).with("policy", name).fix(without());
        }
    }
    let of_aws = runs_tasks(design, &node.id) && !role.grants_execution() && !is_narrow_in(design, &node.id, role);
    let count = policies.len() + usize::from(of_aws);
    if count > MOST.0 {
        out.report(&TOO_MANY, &node.id).at("managedPolicies").with("count", count).with("most", MOST.0);
    }
}

fn check_own(design: &Design, node: &Node, role: &Role, out: &mut Findings) {
    let bytes = json!(role.statements).to_string().len();
    if bytes > MOST.1 {
        out.report(&TOO_LONG, &node.id).at("statements").with("size", bytes).with("most", MOST.1);
    }
    let needed = actions(design, &node.id);
    for (index, statement) in role.statements.iter().enumerate() {
        let anything = statement.resources.iter().any(|resource| resource == "*");
        let field = format!("statements.{index}.actions");
        match statement.effect {
            Effect::Allow if anything => {
                let whole = |action: &&String| action.ends_with(":*");
                if let Some(action) = statement.actions.iter().find(whole) {
                    out.report(&WHOLE_SERVICE, &node.id).at(field).with("action", action);
                }
            }
            Effect::Deny if anything => {
                let denied = |action: &&&str| statement.actions.iter().any(|pattern| covers(pattern, action));
                if let Some(action) = needed.iter().find(denied) {
                    out.report(&DENIES, &node.id).at(field).with("action", action);
                }
            }
            _ => {}
        }
    }
}

/// Whether a pattern of IAM, in which `*` is any text and `?` any sign, covers an action; capitals do not count
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>).
fn covers(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase().into_bytes(), action.to_lowercase().into_bytes());
    // Where to go on after the last `*` if what follows it does not fit.
    let (mut p, mut a, mut back) = (0, 0, None);
    while a < action.len() {
        match pattern.get(p) {
            Some(b'*') => {
                back = Some((p + 1, a));
                p += 1;
            }
            Some(sign) if *sign == b'?' || *sign == action[a] => {
                p += 1;
                a += 1;
            }
            _ => {
                let Some((after, from)) = back else { return false };
                back = Some((after, from + 1));
                p = after;
                a = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|sign| *sign == b'*')
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn patterns_cover_actions() {
        for pattern in ["*", "kms:*", "KMS:Decrypt", "kms:De*", "kms:?ecrypt", "k*:*crypt", "kms:Decrypt*"] {
            assert!(covers(pattern, "kms:Decrypt"), "{pattern}");
        }
        for pattern in ["", "kms", "kms:Encrypt", "kms:De", "s3:*", "kms:Decrypt?", "*:*Key"] {
            assert!(!covers(pattern, "kms:Decrypt"), "{pattern}");
        }
    }
}
