//! Roles that a stack hands to services.

use std::collections::BTreeSet;

use trazo_stack::{Expr, Resource, Stack, Value};

use super::{Scope, table};
use trazo_stack::read;

/// Which roles are handed on, and to whom.
#[derive(Default)]
pub(super) struct Handed {
    /// ARNs, with `*` where the name is not known yet.
    pub(super) roles: BTreeSet<String>,
    /// The services.
    pub(super) services: BTreeSet<&'static str>,
}

/// All roles that a stack hands to services.
pub(super) fn handed(stack: &Stack, scope: &Scope<'_>) -> Handed {
    let mut out = Handed::default();
    for resource in stack.resources.values() {
        let Some(service) = table::handed_to(resource.type_name) else { continue };
        let before = out.roles.len();
        let mut found = false;
        for value in resource.properties.values() {
            value.walk(&mut |value| {
                if let Some(arn) = role(stack, resource, value, scope) {
                    out.roles.insert(arn);
                    found = true;
                }
            });
        }
        if found || out.roles.len() > before {
            out.services.insert(service);
        }
    }
    out
}

/// The ARN of the role that a value is.
fn role(stack: &Stack, owner: &Resource, value: &Value, scope: &Scope<'_>) -> Option<String> {
    if let Some((_, named)) = read::named(stack, Some(value)) {
        let is_role = named.type_name == "AWS::IAM::Role";
        return is_role.then(|| scope.iam(&format!("role/{}", scope.made())));
    }
    let (Expr::Str(text) | Expr::Sub(text)) = &value.expr else { return None };
    if text.starts_with("arn:") && text.contains(":role/") {
        let text = text.replace("${AWS::Partition}", "aws");
        return Some(text.replace("${AWS::AccountId}", scope.account.unwrap_or("*")));
    }
    if text.contains(":instance-profile/") || is_profile(owner, value) {
        // Which role is in a profile that exists, nobody has said.
        return Some(scope.iam("role/*"));
    }
    None
}

/// Whether a text is the name of an instance profile.
fn is_profile(owner: &Resource, value: &Value) -> bool {
    let name = read::at(owner, "LaunchTemplateData.IamInstanceProfile.Name");
    name.is_some_and(|name| std::ptr::eq(name, value))
}
