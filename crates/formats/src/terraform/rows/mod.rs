//! What each type of the stack is in Terraform
//! (<https://registry.terraform.io/providers/hashicorp/aws/latest/docs>).

mod access;
mod api;
mod balancing;
mod containers;
mod network;

use trazo_stack::{Object, Resource};

use super::Writer;
use super::arguments::Rule;

/// A type of resource.
pub(super) struct Row {
    /// CloudFormation's type.
    pub from: &'static str,
    /// Terraform's.
    pub to: &'static str,
    /// The attribute that holds what `Ref` gives.
    pub reference: &'static str,
    /// Attributes whose names are not those of CloudFormation in snake case; `:*` is put behind where it is part of them.
    pub attributes: &'static [(&'static str, &'static str)],
    /// Properties whose names or forms are not those of CloudFormation in snake case, by their paths.
    pub rules: &'static [(&'static str, Rule)],
    /// What is left to say.
    pub finish: Option<Finish>,
}

type Finish = fn(&mut Writer<'_>, &Resource, &mut Object);

/// A row without anything odd.
const fn plain(from: &'static str, to: &'static str, rules: &'static [(&'static str, Rule)]) -> Row {
    Row { from, to, reference: "id", attributes: &[], rules, finish: None }
}

/// The row of a type.
pub(super) fn of(type_name: &str) -> Option<&'static Row> {
    let all = [network::ROWS, balancing::ROWS, containers::ROWS, access::ROWS, api::ROWS];
    all.into_iter().flatten().find(|row| row.from == type_name)
}

/// The row of a type of Terraform.
pub(super) fn to(kind: &str) -> Option<&'static Row> {
    let all = [network::ROWS, balancing::ROWS, containers::ROWS, access::ROWS, api::ROWS];
    all.into_iter().flatten().find(|row| row.to == kind)
}

/// The arguments of a type that are attributes in CloudFormation: key there, path here.
pub(super) fn attributes(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "aws_lb" => balancing::BALANCER,
        "aws_lb_target_group" => balancing::TARGETS,
        _ => &[],
    }
}
