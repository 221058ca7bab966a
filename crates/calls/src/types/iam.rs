//! IAM.

use trazo_stack::{Expr, Value};

use crate::Service::Iam;
use crate::find::Find;
use crate::json_text::json_text;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;

const GONE: &[&str] = &["NoSuchEntity"];
const EXISTS: Repeat = Repeat::Refused(&["EntityAlreadyExists"]);

/// `AWS::IAM::Role`, then each of its policies. What uses it may be refused for some seconds, until IAM has told all of AWS.
pub(crate) fn role(m: &mut Maker<'_>) {
    let name = m.name("RoleName", 64);
    let inline = m.take_items("Policies");
    let managed = m.take_items("ManagedPolicyArns");
    let mut input = members([("RoleName", name.clone())]);
    input.extend(m.rest());
    if let Some(document) = input.get_mut("AssumeRolePolicyDocument") {
        *document = json_text(document.clone());
    }
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let own = m.own();
    let find = Find::new(Iam, "GetRole", [("RoleName", name)], "Role").missing(GONE).tagged(m.tagged("Tags"));
    m.make("", Iam, "CreateRole", input)
        .answer("Role")
        .gives("", "RoleName")
        .gives("Arn", "Arn")
        .gives("RoleId", "RoleId")
        .undo(Undo::new(Iam, "DeleteRole", [("RoleName", own.clone())]).gone(GONE).busy(&["DeleteConflict"]))
        .find(EXISTS, find);
    for (index, policy) in inline.into_iter().enumerate() {
        inline_policy(m, index, policy, &own);
    }
    for (index, arn) in managed.into_iter().enumerate() {
        let input = || [("RoleName", own.clone()), ("PolicyArn", arn.clone())];
        let suffix = format!("managed-policy-{}", index + 1);
        m.make(&suffix, Iam, "AttachRolePolicy", members(input()))
            .undo(Undo::new(Iam, "DetachRolePolicy", input()).gone(GONE))
            .patience("NoSuchEntity", "role");
    }
}

fn inline_policy(m: &mut Maker<'_>, index: usize, policy: Value, role: &Value) {
    let Expr::Map(mut policy) = policy.expr else { return };
    let mut part = |name: &str| policy.shift_remove(name).unwrap_or_else(|| Expr::Null.into());
    let (name, document) = (part("PolicyName"), json_text(part("PolicyDocument")));
    let suffix = format!("policy-{}", index + 1);
    let input = members([("RoleName", role.clone()), ("PolicyName", name.clone()), ("PolicyDocument", document)]);
    m.make(&suffix, Iam, "PutRolePolicy", input)
        .undo(Undo::new(Iam, "DeleteRolePolicy", [("RoleName", role.clone()), ("PolicyName", name)]).gone(GONE))
        .patience("NoSuchEntity", "role");
}

/// `AWS::IAM::InstanceProfile`, then the role in it.
pub(crate) fn instance_profile(m: &mut Maker<'_>) {
    let name = m.name("InstanceProfileName", 128);
    let roles = m.take_items("Roles");
    let mut input = members([("InstanceProfileName", name.clone())]);
    input.extend(m.rest());
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let own = m.own();
    let get = |profile: Value| {
        Find::new(Iam, "GetInstanceProfile", [("InstanceProfileName", profile)], "InstanceProfile").missing(GONE)
    };
    let find = get(name).tagged(m.tagged("Tags"));
    m.make("", Iam, "CreateInstanceProfile", input)
        .answer("InstanceProfile")
        .gives("", "InstanceProfileName")
        .gives("Arn", "Arn")
        .undo(
            Undo::new(Iam, "DeleteInstanceProfile", [("InstanceProfileName", own.clone())])
                .gone(GONE)
                .busy(&["DeleteConflict"]),
        )
        .find(EXISTS, find);
    for role in roles {
        let input = || [("InstanceProfileName", own.clone()), ("RoleName", role.clone())];
        m.make("role", Iam, "AddRoleToInstanceProfile", members(input()))
            .undo(Undo::new(Iam, "RemoveRoleFromInstanceProfile", input()).gone(GONE))
            .patience("NoSuchEntity", "")
            // A profile holds one role: the second time it is full.
            .find(Repeat::Refused(&["LimitExceeded"]), get(own.clone()).matching("Roles[0].RoleName", role.clone()));
    }
}
