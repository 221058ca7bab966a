//! ECR.

use trazo_stack::{Expr, Value, list};

use crate::Service::Ecr;
use crate::find::Find;
use crate::json_text::json_text;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;
use crate::wording::camel;

const GONE: &[&str] = &["RepositoryNotFoundException"];

/// `AWS::ECR::Repository`, then its policies. It goes with its images only where the design says so, as with CloudFormation.
pub(crate) fn repository(m: &mut Maker<'_>) {
    let name = m.name("RepositoryName", 256);
    let (lifecycle, policy) = (m.take("LifecyclePolicy"), m.take("RepositoryPolicyText"));
    let emptied = m.take("EmptyOnDelete").is_some_and(|flag| flag.expr == Expr::Bool(true));
    let mut input = members([("repositoryName", name.clone())]);
    input.extend(camel(m.rest(), &[]));
    // The tags of ECR are written as CloudFormation's.
    input.insert("tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let own = m.own();
    let mut undo = Undo::new(Ecr, "DeleteRepository", [("repositoryName", own)]).gone(GONE);
    if emptied {
        undo.call.input.insert("force".to_owned(), true.into());
    }
    let find = Find::new(Ecr, "DescribeRepositories", [("repositoryNames", list([name]))], "repositories")
        .missing(GONE)
        .proof("ListTagsForResource", [("resourceArn", m.own_att("Arn"))], m.tagged("tags"));
    m.make("", Ecr, "CreateRepository", input)
        .answer("repository")
        .gives("", "repositoryName")
        .gives("Arn", "repositoryArn")
        .gives("RepositoryUri", "repositoryUri")
        .undo(undo)
        .find(Repeat::Refused(&["RepositoryAlreadyExistsException"]), find);
    if let Some(Expr::Map(mut lifecycle)) = lifecycle.map(|lifecycle| lifecycle.expr)
        && let Some(text) = lifecycle.shift_remove("LifecyclePolicyText")
    {
        set(m, "lifecycle", "PutLifecyclePolicy", ("lifecyclePolicyText", text));
    }
    if let Some(policy) = policy {
        set(m, "policy", "SetRepositoryPolicy", ("policyText", policy));
    }
}

fn set(m: &mut Maker<'_>, suffix: &str, operation: &'static str, (member, policy): (&str, Value)) {
    let input = members([("repositoryName", m.own()), (member, json_text(policy))]);
    m.make(suffix, Ecr, operation, input);
}
