//! Every request that will be sent, before any is.

use trazo_calls::{Call, Service, tags};

use super::{Prepared, Problem, Seen, changeset, events, remove, resources, run, seen};

/// A request to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What is asked. Where the ARN of the stack or of the change set is sent, which only AWS's answers tell, its name stands.
    pub call: Call,
    /// The text that says what for: `deploy.formation.step.…`.
    pub why: &'static str,
    /// Whether it is sent again and again until AWS is done, and for each page of a long answer.
    pub again: bool,
    /// Whether it changes something in the account.
    pub changes: bool,
}

fn reads(call: Call, why: &'static str) -> Planned {
    Planned { call, why, again: false, changes: false }
}

fn watches(call: Call, why: &'static str) -> Planned {
    Planned { again: true, ..reads(call, why) }
}

fn changes(call: Call, why: &'static str) -> Planned {
    Planned { changes: true, ..reads(call, why) }
}

/// What is sent to make or change a stack; `seen` is the stack that is there.
///
/// # Errors
/// [`Problem::Missing`] where a parameter has no value.
pub fn preview(wish: &Prepared, seen: Option<&Seen>) -> Result<Vec<Planned>, Problem> {
    let create = wish.change_set_call(seen, 0)?;
    let stack = seen.map_or(wish.stack_name.as_str(), |it| it.name.as_str());
    let set = create.input.get("ChangeSetName").and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    Ok(vec![
        watches(Call::new(Service::CloudFormation, "DescribeStacks"), "deploy.formation.step.find"),
        reads(wish.validate_call(), "deploy.formation.step.validate"),
        changes(create, "deploy.formation.step.change_set"),
        watches(changeset::describe_call(stack, &set), "deploy.formation.step.read"),
        changes(run::execute_call(stack, &set, &set), "deploy.formation.step.execute"),
        watches(events::events_call(stack), "deploy.formation.step.follow"),
        reads(seen::describe_call(stack), "deploy.formation.step.outputs"),
    ])
}

/// What is sent to take a stack away.
pub fn preview_delete(seen: &Seen) -> Vec<Planned> {
    let design = seen.tags.iter().find(|(key, _)| key == tags::DESIGN).map_or("", |(_, value)| value.as_str());
    vec![
        changes(remove::delete_call(seen, None, &[]), "deploy.formation.step.delete"),
        watches(events::events_call(&seen.id), "deploy.formation.step.follow"),
        watches(resources::resources_call(&seen.id), "deploy.formation.step.leftovers"),
        watches(remove::tagged_call(design), "deploy.formation.step.tagged"),
    ]
}
