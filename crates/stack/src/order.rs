//! Which resource needs which, and the order in which they can be made.

use std::collections::BTreeSet;

use crate::{Expr, Resource, Stack};

/// Resources that wait for each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these resources wait for each other: {}", .ids.join(", "))]
pub struct Cycle {
    /// Logical ids of the resources in the circle, in the order of the stack.
    pub ids: Vec<String>,
}

/// Logical ids and parameters that a resource names, sorted, without pseudo parameters (`AWS::…`).
pub fn references(resource: &Resource) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = resource.depends_on.iter().cloned().collect();
    for value in resource.properties.values() {
        value.walk(&mut |inner| match &inner.expr {
            Expr::Ref(id) | Expr::Att(id, _) => {
                found.insert(id.clone());
            }
            Expr::Sub(text) => found.extend(places(text)),
            _ => {}
        });
    }
    found.retain(|id| !id.starts_with("AWS::"));
    found
}

/// Names in the `${…}` places of a `Fn::Sub` text; `${!…}` is literal, `${A.B}` names `A`.
fn places(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("${").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        (!name.starts_with('!')).then(|| name.split('.').next().unwrap_or(name).to_owned())
    })
}

/// Logical ids in an order in which each comes after all that it needs; otherwise the order of the stack.
///
/// # Errors
/// A [`Cycle`] where resources wait for each other.
pub fn creation_order(stack: &Stack) -> Result<Vec<String>, Cycle> {
    let mut needs: Vec<(&String, BTreeSet<String>)> = stack
        .resources
        .iter()
        .map(|(id, resource)| {
            let mut wants = references(resource);
            wants.retain(|want| stack.resources.contains_key(want));
            (id, wants)
        })
        .collect();
    let mut order = Vec::with_capacity(needs.len());
    while !needs.is_empty() {
        let Some(next) = needs.iter().position(|(_, wants)| wants.is_empty()) else {
            return Err(Cycle { ids: needs.into_iter().map(|(id, _)| id.clone()).collect() });
        };
        let (id, _) = needs.remove(next);
        for (_, wants) in &mut needs {
            wants.remove(id);
        }
        order.push(id.clone());
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Element, Origin, att, reference, sub};

    fn stack(entries: &[(&str, &[crate::Value])]) -> Stack {
        let mut stack = Stack::default();
        for (id, values) in entries {
            let mut resource = Resource::new("Test::Thing", Origin::whole(Element::Design));
            for (index, value) in values.iter().enumerate() {
                resource.set(&format!("P{index}"), value.clone());
            }
            stack.resources.insert((*id).to_owned(), resource.into());
        }
        stack
    }

    #[test]
    fn what_is_needed_comes_first() {
        let stack = stack(&[
            ("Service", &[reference("Cluster"), att("Group", "Arn")]),
            ("Group", &[sub("${Vpc.Id}-${AWS::Region}-${!Cluster}")]),
            ("Vpc", &[]),
            ("Cluster", &[]),
        ]);
        assert_eq!(creation_order(&stack).unwrap(), ["Vpc", "Group", "Cluster", "Service"]);
    }

    #[test]
    fn a_circle_is_named() {
        let stack = stack(&[("A", &[reference("B")]), ("B", &[reference("A")]), ("C", &[])]);
        assert_eq!(creation_order(&stack).unwrap_err().ids, ["A", "B"]);
    }

    #[test]
    fn waiting_is_sorted_and_once() {
        let mut resource = Resource::new("Test::Thing", Origin::whole(Element::Design));
        resource.wait_for("B").wait_for("A").wait_for("B");
        assert_eq!(resource.depends_on, ["A", "B"]);
    }
}
