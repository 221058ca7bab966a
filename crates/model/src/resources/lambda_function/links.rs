//! The role of a function.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, LinkWork, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// A function runs with a role. Without one, a role is made that may write its logs and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionRole {}

pub(in crate::resources) static FUNCTION_ROLE: LinkSpec = LinkSpec {
    kind: LinkKind::FunctionRole,
    key: "lambda_function-role",
    from: Kind::LambdaFunction,
    to: Kind::Role,
    max_out: 1,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    fields: &[],
    new: || LinkProps::FunctionRole(Box::default()),
    read: |json| Ok(LinkProps::FunctionRole(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static FUNCTION_ROLE_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};
