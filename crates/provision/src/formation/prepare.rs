//! What will be asked for, made before anything is sent.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trazo_calls::{Call, Service, tags};
use trazo_stack::Stack;

use super::{Problem, Seen, Stand, name};
use crate::plan::capability;

/// The greatest size of a template that is sent with a request, in bytes
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>).
pub const MAX_BODY: usize = 51_200;

/// What is wished: a design as a stack, with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The id under which the design is kept. It becomes a tag.
    pub design: &'a str,
    /// The design's name.
    pub name: &'a str,
    /// What it was lowered to.
    pub stack: &'a Stack,
    /// The same as a template, in JSON without spaces.
    pub body: &'a str,
    /// Values for parameters.
    pub given: &'a BTreeMap<String, String>,
}

/// A wish that can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The design's id.
    pub design: String,
    /// The name of its stack, unless one is there under another name.
    pub stack_name: String,
    /// The template.
    pub body: String,
    /// What the caller has to acknowledge (`CAPABILITY_IAM`).
    pub capability: Option<&'static str>,
    /// Parameters: name, the value that is given, and whether the template has one for them.
    parameters: Vec<(String, Option<String>, bool)>,
}

/// Checks a wish and makes its names. Nothing is sent.
///
/// # Errors
/// [`Problem::Empty`] and [`Problem::TooLarge`].
pub fn prepare(order: &Order<'_>) -> Result<Prepared, Problem> {
    if order.stack.resources.is_empty() {
        return Err(Problem::Empty);
    }
    if order.body.len() > MAX_BODY {
        return Err(Problem::TooLarge { bytes: order.body.len(), most: largest(order.body) });
    }
    let parameters = order.stack.parameters.iter();
    Ok(Prepared {
        design: order.design.to_owned(),
        stack_name: name::stack_name(order.design, order.name),
        body: order.body.to_owned(),
        capability: capability(order.stack),
        parameters: parameters
            .map(|(name, it)| (name.clone(), order.given.get(name).cloned(), it.default.is_some()))
            .collect(),
    })
}

/// The three resources that take most of a template.
fn largest(body: &str) -> Vec<(String, usize)> {
    let template: Json = serde_json::from_str(body).unwrap_or_default();
    let resources = template.get("Resources").and_then(Json::as_object);
    let mut sizes: Vec<_> =
        resources.into_iter().flatten().map(|(id, resource)| (id.clone(), resource.to_string().len())).collect();
    trazo_model::sort::sort_by_key(&mut sizes, |(_, size)| std::cmp::Reverse(*size));
    sizes.truncate(3);
    sizes
}

impl Prepared {
    /// The tags of the stack, which CloudFormation hands on to all that can be tagged. They stay the same for the life of the
    /// stack: other tags would be a change of every resource.
    pub fn tags(&self, stack_name: &str) -> Vec<(&'static str, String)> {
        vec![(tags::DESIGN, self.design.clone()), (tags::DEPLOYMENT, stack_name.to_owned())]
    }

    /// The parameters as they are sent: what was given, or else what the stack has already; those that the template has a
    /// value for can be left out.
    ///
    /// # Errors
    /// [`Problem::Missing`] names those without a value.
    pub(super) fn parameters(&self, seen: Option<&Seen>) -> Result<Vec<Json>, Problem> {
        let (mut sent, mut missing) = (Vec::new(), Vec::new());
        let had = |name: &str| {
            seen.filter(|it| it.stand() == Stand::Up).is_some_and(|it| it.parameters.iter().any(|(key, _)| key == name))
        };
        for (name, given, has_default) in &self.parameters {
            match given {
                Some(value) => sent.push(json!({ "ParameterKey": name, "ParameterValue": value })),
                None if had(name) => sent.push(json!({ "ParameterKey": name, "UsePreviousValue": true })),
                None if *has_default => {}
                None => missing.push(name.clone()),
            }
        }
        if missing.is_empty() { Ok(sent) } else { Err(Problem::Missing(missing)) }
    }

    /// The name of the change set that leads from what is there to what is wished. The same wish at the same stack has the same
    /// name, so that asking again gives the change set that is there.
    pub(super) fn change_set_name(&self, seen: Option<&Seen>, parameters: &[Json], attempt: u32) -> String {
        // A stack that only waits for its first change set is as good as none: who comes second must find the same name.
        let (id, time) = match seen {
            Some(it) if it.stand() != Stand::Review => (it.id.as_str(), it.updated.as_str()),
            _ => ("", ""),
        };
        let parameters = Json::from(parameters.to_vec()).to_string();
        let parts = [self.design.as_str(), &self.body, &parameters, id, time, &attempt.to_string()];
        format!("trazo-{}", name::digest(&parts))
    }

    /// The call that has a template looked through.
    pub fn validate_call(&self) -> Call {
        Call::new(Service::CloudFormation, "ValidateTemplate").with("TemplateBody", self.body.as_str())
    }

    /// The call that makes a change set.
    ///
    /// # Errors
    /// As [`Prepared::parameters`].
    pub(super) fn change_set_call(&self, seen: Option<&Seen>, attempt: u32) -> Result<Call, Problem> {
        let parameters = self.parameters(seen)?;
        let name = self.change_set_name(seen, &parameters, attempt);
        let stack_name = seen.map_or(self.stack_name.as_str(), |it| it.name.as_str());
        let kind = if seen.is_none_or(|it| it.stand() == Stand::Review) { "CREATE" } else { "UPDATE" };
        let tags: Vec<Json> =
            self.tags(stack_name).into_iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
        let mut call = Call::new(Service::CloudFormation, "CreateChangeSet")
            .with("StackName", stack_name)
            .with("ChangeSetName", name.as_str())
            .with("ChangeSetType", kind)
            .with("ClientToken", name.as_str())
            .with("TemplateBody", self.body.as_str())
            .with("Tags", tags);
        if !parameters.is_empty() {
            call = call.with("Parameters", parameters);
        }
        if let Some(capability) = self.capability {
            call = call.with("Capabilities", vec![capability]);
        }
        Ok(call)
    }
}
