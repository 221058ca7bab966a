//! The stack as steps.

use std::collections::{BTreeMap, BTreeSet};

use trazo_stack::{Cycle, Element, Expr, Origin, Stack, creation_order, references};

use crate::bindings::ZONES;
use crate::maker::Maker;
use crate::step::{Repeat, Step};
use crate::template::members;
use crate::{Deployment, Service, Template, types};

/// Why a stack cannot be made step by step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSteps {
    /// Resources wait for each other.
    #[error(transparent)]
    Cycle(#[from] Cycle),
    /// Nobody has told which calls make a type.
    #[error("{logical_id}: {type_name} cannot be made step by step")]
    Unknown {
        /// The resource.
        logical_id: String,
        /// Its type.
        type_name: &'static str,
    },
}

/// The steps that make a stack, each after all that it needs.
///
/// # Errors
/// [`NoSteps`] where resources wait for each other, or where one is of a type whose calls are not known.
pub fn steps(stack: &Stack, deployment: &Deployment) -> Result<Vec<Step>, NoSteps> {
    let mut steps = Vec::new();
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    if names_zones(stack) {
        steps.push(zones());
    }
    for id in creation_order(stack)? {
        let Some(resource) = stack.resources.get(&id) else { continue };
        let mut made = types::steps(Maker::new(stack, deployment, &id, resource))
            .ok_or(NoSteps::Unknown { logical_id: id.clone(), type_name: resource.type_name })?;
        let before: BTreeSet<&String> = references(resource).iter().filter_map(|want| last.get(want)).collect();
        for step in &mut made {
            let mut needs: Vec<String> = before.iter().map(|id| (*id).clone()).collect();
            if asks_zones(&step.call) {
                needs.insert(0, ZONES.to_owned());
            }
            needs.append(&mut step.needs);
            step.needs = needs;
            if resource.deletion_policy == Some(trazo_stack::DeletionPolicy::Retain) {
                step.undo.clear();
            }
        }
        if let Some(step) = made.last() {
            last.insert(id, step.id.clone());
        }
        steps.append(&mut made);
    }
    Ok(steps)
}

/// Whether any resource asks for the availability zones.
fn names_zones(stack: &Stack) -> bool {
    stack.resources.values().flat_map(|resource| resource.properties.values()).any(has_zones)
}

fn asks_zones(call: &Template) -> bool {
    call.input.values().any(has_zones)
}

fn has_zones(value: &trazo_stack::Value) -> bool {
    let mut found = false;
    value.walk(&mut |inner| found |= inner.expr == Expr::Zones);
    found
}

/// Asks for the zones that instances can be put into, as `Fn::GetAZs` does.
fn zones() -> Step {
    let filter =
        |name: &str, value: &str| trazo_stack::map([("Name", name.into()), ("Values", trazo_stack::list([value]))]);
    let filters = trazo_stack::list([filter("zone-type", "availability-zone"), filter("state", "available")]);
    Step {
        id: ZONES.to_owned(),
        logical_id: ZONES.to_owned(),
        type_name: "",
        origin: Origin::whole(Element::Design),
        needs: Vec::new(),
        call: Template {
            service: Service::Ec2,
            operation: "DescribeAvailabilityZones",
            input: members([("Filters", filters)]),
        },
        answer: "",
        gives: vec![crate::Gives { attribute: "", from: crate::Source::Answer("AvailabilityZones[*].ZoneName") }],
        ready: None,
        undo: Vec::new(),
        find: None,
        repeat: Repeat::Harmless,
        patience: Vec::new(),
    }
}
