//! What can be wrong with a Lambda function.

mod code;
mod environment;

use super::{LambdaFunction, Package};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::rest_api::RestApi;
use crate::resources::http_api::{Authorizer, HttpApi};
use crate::resources::vpc::{Nat, new_vpc_of};
use crate::{Design, Kind, Node, Typed};

/// Nothing calls it.
static UNUSED: Check = Check {
    code: "FUN001",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html",
};
/// It may never run.
static NO_CONCURRENCY: Check = Check {
    code: "FUN015",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
};
/// In the VPC it has no way to the Internet.
static NO_INTERNET: Check = Check {
    code: "FUN016",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
};
/// A Learner Lab has none to reserve.
static LAB_CONCURRENCY: Check = Check {
    code: "LAB006",
    severity: Severity::Warning,
    aws: "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its \
          minimum value of [10].",
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
};

pub(super) static CHECKS: &[&Check] = &[
    &UNUSED,
    &code::DEPRECATED,
    &code::BLOCKED,
    &code::NOT_INLINE,
    &code::TOO_LONG,
    &code::LONG,
    &code::HANDLER,
    &code::NO_HANDLER,
    &code::IMAGE,
    &code::IMAGE_REGION,
    &environment::RESERVED,
    &environment::NAME,
    &environment::TOO_MUCH,
    &environment::IN_THE_OPEN,
    &NO_CONCURRENCY,
    &LAB_CONCURRENCY,
    &NO_INTERNET,
    &code::CALLBACK,
    &code::MODULE,
    &environment::TWICE,
    &code::LAYERS,
    &code::REPEATED,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(function) = LambdaFunction::of(&node.props) else { return };
    if design.links_to(&node.id).next().is_none() && !authorizes(design, node) {
        out.report(&UNUSED, &node.id);
    }
    match function.package {
        Package::Inline => {
            code::check_runtime(node, function, out);
            code::check_inline(node, function, out);
        }
        Package::S3 => {
            code::check_runtime(node, function, out);
            code::check_handler(node, function, out);
        }
        Package::Image => code::check_image(design, node, function, out),
    }
    code::check_lists(node, function, out);
    environment::check(node, function, out);
    if function.reserved_concurrency == Some(0) {
        let fix = Edit::Set { target: (&node.id).into(), path: "reservedConcurrency".to_owned(), value: None };
        out.report(&NO_CONCURRENCY, &node.id).at("reservedConcurrency").fix(fix);
    }
    if design.is_learner_lab() && function.reserved_concurrency.is_some_and(|reserved| reserved > 0) {
        let fix = Edit::Set { target: (&node.id).into(), path: "reservedConcurrency".to_owned(), value: None };
        out.report(&LAB_CONCURRENCY, &node.id).at("reservedConcurrency").fix(fix);
    }
    check_network(design, node, out);
}

/// Whether an API asks it before it lets requests through.
fn authorizes(design: &Design, node: &Node) -> bool {
    let http = design.nodes_of(Kind::HttpApi).filter_map(|api| HttpApi::of(&api.props));
    let mut asked = http.flat_map(|api| &api.authorizers).filter_map(Authorizer::function_id);
    let rest = design.nodes_of(Kind::RestApi).filter_map(|api| RestApi::of(&api.props));
    let mut asked_by_rest = rest.flat_map(|api| &api.authorizers).filter_map(|one| one.function.as_deref());
    asked.any(|function| function == node.id) || asked_by_rest.any(|function| function == node.id.as_str())
}

/// A function in a VPC has no public address: it reaches the Internet by a NAT gateway only.
fn check_network(design: &Design, node: &Node, out: &mut Findings) {
    let Some(group) = design.ancestor(&node.id, Kind::Vpc) else { return };
    let reaches = new_vpc_of(design, &node.id).is_some_and(|(_, vpc)| vpc.private_subnets && vpc.nat != Nat::None);
    if !reaches {
        out.report(&NO_INTERNET, &node.id).with("vpc", &group.name);
    }
}
