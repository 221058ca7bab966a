//! What a deployment will do, before anything is sent: what is made, where, at what cost, with which permissions, and what to mind.
//!
//! The requests themselves are those of the engine that is chosen; they are shown beside this.

mod capability;
mod notice;
mod open;
mod quota;

use indexmap::IndexMap;
use serde_json::Value as Json;
use trazo_calls::{Deployment, NoSteps, steps};
use trazo_model::Design;
use trazo_stack::{Element, Stack};

use crate::Endpoints;
use crate::policy::{self, Scope};
use crate::prices::{self, Estimate};
pub use capability::capability;
pub use notice::{Notice, Warning};
pub use quota::Quota;

/// Who makes the resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// CloudFormation, as one stack.
    Formation,
    /// One call after the other.
    Stepwise,
}

/// Where a design is deployed to, and how.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Who makes the resources.
    pub engine: Engine,
    /// The region.
    pub region: &'a str,
    /// The account's number, where it is known.
    pub account: Option<&'a str>,
    /// The ARN of whoever deploys, where it is known.
    pub caller: Option<&'a str>,
    /// Whether the access key has no end.
    pub long_term: bool,
    /// The name of the stack.
    pub stack: &'a str,
    /// The way that requests go, where a page sends them.
    pub way: Option<&'a Endpoints>,
}

/// What a person gives for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One of the account's VPCs.
    Vpc,
    /// Some of the subnets of that VPC, in two zones at least.
    Subnets,
    /// Some of the security groups of that VPC.
    SecurityGroups,
    /// Text.
    Text,
}

/// A parameter that somebody has to give.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its name in the stack.
    pub name: String,
    /// Its type (`AWS::EC2::VPC::Id`).
    pub type_name: &'static str,
    /// What is chosen from.
    pub choice: Choice,
    /// What it is where nothing is given.
    pub default: Option<String>,
    /// The element that asks for it.
    pub element: Element,
}

/// A resource that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its logical id.
    pub id: String,
    /// Its type.
    pub type_name: &'static str,
    /// Whether it stays when the deployment is taken away.
    pub is_kept: bool,
}

/// What a deployment will do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The region.
    pub region: String,
    /// The account's number, where it is known.
    pub account: Option<String>,
    /// What is made, by the element that it was drawn as, in the stack's order.
    pub resources: IndexMap<Element, Vec<Made>>,
    /// What somebody has to give.
    pub asked: Vec<Asked>,
    /// What it costs a month.
    pub estimate: Estimate,
    /// What of the account's usual quotas it takes.
    pub quotas: Vec<Quota>,
    /// What CloudFormation has to be told that one agrees to: `CAPABILITY_IAM`, `CAPABILITY_NAMED_IAM`, or nothing.
    pub capability: Option<&'static str>,
    /// The permissions that are needed, as policies of IAM: one, or several where one would be too long.
    pub policies: Vec<Json>,
    /// What to mind, the worst first.
    pub warnings: Vec<Warning>,
}

impl Plan {
    /// The plan for the stack of a design.
    ///
    /// # Errors
    /// [`NoSteps`] where the stack cannot be made step by step; never for CloudFormation.
    pub fn of(design: &Design, stack: &Stack, setting: &Setting<'_>) -> Result<Self, NoSteps> {
        let scope = Scope { region: setting.region, account: setting.account, stack: setting.stack };
        let (steps, policies) = match setting.engine {
            Engine::Formation => (Vec::new(), policy::formation(stack, &scope)),
            Engine::Stepwise => {
                // Neither permissions nor services depend on the token.
                let (name, token) = (design.name().to_owned(), String::new());
                let deployment = Deployment { stack: setting.stack.to_owned(), design: name, token };
                let steps = steps(stack, &deployment)?;
                let policies = policy::stepwise(stack, &steps, &scope);
                (steps, policies)
            }
        };
        let estimate = prices::estimate(design, stack, setting.region);
        let quotas = quota::taken(stack, &estimate);
        let warnings = notice::warnings(design, stack, setting, &steps, &estimate, &quotas);
        Ok(Self {
            region: setting.region.to_owned(),
            account: setting.account.map(str::to_owned),
            resources: resources(stack),
            asked: asked(stack),
            capability: capability(stack),
            estimate,
            quotas,
            policies,
            warnings,
        })
    }

    /// How many resources are made.
    pub fn count(&self) -> usize {
        self.resources.values().map(Vec::len).sum()
    }
}

fn resources(stack: &Stack) -> IndexMap<Element, Vec<Made>> {
    let mut out: IndexMap<Element, Vec<Made>> = IndexMap::new();
    for (id, resource) in &stack.resources {
        let is_kept = resource.deletion_policy == Some(trazo_stack::DeletionPolicy::Retain);
        let made = Made { id: id.clone(), type_name: resource.type_name, is_kept };
        out.entry(resource.origin.element.clone()).or_default().push(made);
    }
    out
}

fn asked(stack: &Stack) -> Vec<Asked> {
    let one = |(name, parameter): (&String, &trazo_stack::Parameter)| Asked {
        name: name.clone(),
        type_name: parameter.type_name,
        choice: match parameter.type_name {
            "AWS::EC2::VPC::Id" => Choice::Vpc,
            "List<AWS::EC2::Subnet::Id>" => Choice::Subnets,
            "List<AWS::EC2::SecurityGroup::Id>" => Choice::SecurityGroups,
            _ => Choice::Text,
        },
        default: parameter.default.clone(),
        element: parameter.origin.element.clone(),
    };
    stack.parameters.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
