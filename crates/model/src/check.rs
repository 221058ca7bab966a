//! Checking a design: all that its kinds' checks and the field tables find.

mod account;
mod checker;
mod fields;

use crate::edit::Target;
use crate::finding::{Check, Finding, Findings};
use crate::{Design, Kind, LinkKind};

pub use checker::{Checker, Found};
pub use fields::{CHECKS as FIELD_CHECKS, problem};

/// Everything that is wrong with a design, errors first, then in the order of the document.
pub fn check(design: &Design) -> Vec<Finding> {
    let mut out = Findings::default();
    for target in elements(design) {
        for part in Part::ALL {
            part.check(design, &target, &mut out);
        }
    }
    out.into_sorted()
}

/// What is checked of an element apart from the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What the table of its fields asks for.
    Table,
    /// What its kind asks for.
    Kind,
}

impl Part {
    const ALL: [Self; 2] = [Self::Table, Self::Kind];

    fn check(self, design: &Design, target: &Target, out: &mut Findings) {
        match target {
            Target::Design => match self {
                Self::Table => account::check(design, out),
                Self::Kind => {}
            },
            Target::Node(id) => {
                let Some(node) = design.node(id) else { return };
                match self {
                    Self::Table => {
                        fields::check_name(design, node, out);
                        fields::check(design, target, node.kind().spec().fields, &node.props.to_json(), out);
                    }
                    Self::Kind => (node.kind().work().check)(design, node, out),
                }
            }
            Target::Link(id) => {
                let Some(link) = design.link(id) else { return };
                match self {
                    Self::Table => {
                        fields::check(design, target, link.kind().spec().fields, &link.props.to_json(), out);
                    }
                    Self::Kind => (link.kind().work().check)(design, link, out),
                }
            }
        }
    }
}

/// All that can have findings, in the order of the document.
fn elements(design: &Design) -> impl Iterator<Item = Target> {
    let nodes = design.nodes().map(|node| Target::from(&node.id));
    let links = design.links().map(|link| Target::from(&link.id));
    std::iter::once(Target::Design).chain(nodes).chain(links)
}

/// All checks that there are, by code.
pub fn all_checks() -> Vec<&'static Check> {
    let mut all: Vec<&'static Check> = FIELD_CHECKS.to_vec();
    all.extend(account::CHECKS);
    for kind in Kind::ALL {
        all.extend(kind.work().checks);
    }
    for kind in LinkKind::ALL {
        all.extend(kind.work().checks);
    }
    crate::sort::sort_by_key(&mut all, |check| check.code);
    all
}
