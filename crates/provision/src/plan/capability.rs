//! What CloudFormation has to be told that one agrees to.

use trazo_stack::{Expr, Resource, Stack};

/// Types that need an acknowledgement, and the property that gives them a name of one's own; this needs a stronger one, since the
/// name may be that of what others use (<https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html>,
/// `Capabilities`).
const GUARDED: &[(&str, &str)] = &[
    ("AWS::IAM::AccessKey", ""),
    ("AWS::IAM::Group", "GroupName"),
    ("AWS::IAM::InstanceProfile", "InstanceProfileName"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Policy", ""),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::IAM::User", "UserName"),
    ("AWS::IAM::UserToGroupAddition", ""),
];

/// What one has to agree to before CloudFormation makes the stack: `CAPABILITY_IAM`, `CAPABILITY_NAMED_IAM`, or nothing.
pub fn capability(stack: &Stack) -> Option<&'static str> {
    let named = |resource: &Resource, property: &str| {
        resource.properties.get(property).is_some_and(|value| !matches!(value.expr, Expr::Null))
    };
    let mut needed = None;
    for resource in stack.resources.values() {
        if let Some((_, property)) = GUARDED.iter().find(|(type_name, _)| *type_name == resource.type_name) {
            if named(resource, property) {
                return Some("CAPABILITY_NAMED_IAM");
            }
            needed = Some("CAPABILITY_IAM");
        }
    }
    needed
}
