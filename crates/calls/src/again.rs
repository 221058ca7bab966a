//! The steps of a stack of which steps were made before: an edit changes few resources, and the steps of all others stay.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use trazo_stack::{Resource, Stack, creation_order, references};

use crate::maker::Maker;
use crate::order::{NoSteps, has_zones, needed, zones};
use crate::{Deployment, Step, types};

/// The steps that were made last.
#[derive(Debug, Default)]
pub struct Made {
    deployment: Option<Deployment>,
    /// Logical ids and types in their order, on which all steps may depend.
    around: Vec<(String, &'static str)>,
    wants: HashMap<String, (Arc<Resource>, Rc<Wants>)>,
    order: Vec<String>,
    made: HashMap<String, One>,
    zones: Option<Rc<Step>>,
}

/// What was made of a resource.
#[derive(Debug)]
struct One {
    /// The resource, and all others whose properties its steps may depend on.
    from: Vec<Arc<Resource>>,
    steps: Vec<Rc<Step>>,
}

/// What a resource asks for.
#[derive(Debug, PartialEq)]
struct Wants {
    names: BTreeSet<String>,
    zones: bool,
}

impl Made {
    /// The steps of a stack as [`crate::steps`] gives them. Those of a resource that is what it was, as are all that it names,
    /// are those that were made before.
    ///
    /// # Errors
    /// Those of [`crate::steps`].
    pub fn steps(&mut self, stack: &Stack, deployment: &Deployment) -> Result<Vec<Rc<Step>>, NoSteps> {
        self.look(stack, deployment)?;
        let mut steps = Vec::new();
        if self.wants.values().any(|(_, wants)| wants.zones) {
            steps.push(self.zones.get_or_insert_with(|| Rc::new(zones())).clone());
        }
        let mut before = std::mem::take(&mut self.made);
        let mut last: BTreeMap<&str, String> = BTreeMap::new();
        for id in &self.order {
            let Some((resource, (_, wants))) = stack.resources.get(id).zip(self.wants.get(id)) else { continue };
            let from = neighbours(stack, resource, wants);
            let one = match before.remove(id) {
                Some(one) if is_same(&one.from, &from) => one,
                _ => {
                    let made = types::steps(Maker::new(stack, deployment, id, resource))
                        .ok_or(NoSteps::Unknown { logical_id: id.clone(), type_name: resource.type_name })?;
                    let before = wants.names.iter().filter_map(|want| last.get(want.as_str())).cloned().collect();
                    One { from, steps: needed(made, resource, &before).into_iter().map(Rc::new).collect() }
                }
            };
            if let Some(step) = one.steps.last() {
                last.insert(id, step.id.clone());
            }
            steps.extend(one.steps.iter().cloned());
            self.made.insert(id.clone(), one);
        }
        Ok(steps)
    }

    /// Sees what all resources want, and in which order they come.
    fn look(&mut self, stack: &Stack, deployment: &Deployment) -> Result<(), NoSteps> {
        let around = stack.resources.iter().map(|(id, resource)| (id.as_str(), resource.type_name));
        let known = self.around.iter().map(|(id, type_name)| (id.as_str(), *type_name));
        if self.deployment.as_ref() != Some(deployment) || !around.clone().eq(known) {
            let around = around.map(|(id, type_name)| (id.to_owned(), type_name)).collect();
            *self = Self { deployment: Some(deployment.clone()), around, ..Self::default() };
        }
        let mut as_before = !self.order.is_empty();
        for (id, resource) in &stack.resources {
            let before = self.wants.get(id);
            if before.is_some_and(|(known, _)| is_it(known, resource)) {
                continue;
            }
            let wants = Wants { names: references(resource), zones: resource.properties.values().any(has_zones) };
            as_before &= before.is_some_and(|(_, known)| **known == wants);
            self.wants.insert(id.clone(), (resource.clone(), Rc::new(wants)));
        }
        if !as_before {
            self.order = creation_order(stack)?;
        }
        Ok(())
    }
}

/// The resource, all that it names, and its like where these count.
fn neighbours(stack: &Stack, resource: &Arc<Resource>, wants: &Wants) -> Vec<Arc<Resource>> {
    let named = wants.names.iter().filter_map(|id| stack.resources.get(id));
    let mut all: Vec<Arc<Resource>> = std::iter::once(resource).chain(named).cloned().collect();
    // How an integration is found again depends on whether others go to the same place.
    if resource.type_name == types::AMONG_OTHERS {
        all.extend(stack.resources.values().filter(|other| other.type_name == resource.type_name).cloned());
    }
    all
}

fn is_same(before: &[Arc<Resource>], now: &[Arc<Resource>]) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(before, now)| is_it(before, now))
}

fn is_it(before: &Arc<Resource>, now: &Arc<Resource>) -> bool {
    Arc::ptr_eq(before, now) || before.is_written_like(now)
}
