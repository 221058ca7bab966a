//! What the first record of a deployment says: all that is needed to take it up again, in another tab, on another day.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use trazo_calls::{Bindings, Deployment, NoSteps, Place, Step};
use trazo_model::{Design, manifest};
use trazo_stack::Stack;

use super::{Record, What};

/// What is to be deployed, and where.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The design.
    pub design: &'a Design,
    /// The name of the stack; generated names begin with it.
    pub stack: &'a str,
    /// What nobody else has (see [`Deployment::token`]).
    pub token: &'a str,
    /// The number of the account.
    pub account: &'a str,
    /// The region.
    pub region: &'a str,
    /// Values of the stack's parameters that have no default, or another one.
    pub parameters: &'a [(String, String)],
}

/// What the first record of a deployment says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The name of the stack.
    pub stack: String,
    /// The deployment's token: its tag, and of what names are made.
    pub token: String,
    /// The number of the account.
    pub account: String,
    /// The region.
    pub region: String,
    /// Values of the stack's parameters.
    pub parameters: IndexMap<String, String>,
    /// The manifest of the design as it was deployed.
    pub design: Json,
    /// A digest of each step's call: what tells whether a design changed.
    pub steps: IndexMap<String, String>,
    /// Whether it was begun where this journal does not reach: what was made there is known by its tags.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
}

/// Why a deployment cannot be taken up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Untaken {
    /// There are no records, or the first is not that of a deployment.
    #[error("the journal has no such deployment")]
    NoHead,
    /// The design in the journal cannot be opened.
    #[error(transparent)]
    Design(#[from] manifest::ManifestError),
    /// The stack cannot be made step by step.
    #[error(transparent)]
    Steps(#[from] NoSteps),
}

/// A stack with its steps.
pub(super) struct Plan {
    pub(super) head: Head,
    pub(super) stack: Stack,
    pub(super) steps: Vec<Step>,
    /// What is known before anything was asked.
    pub(super) bindings: Bindings,
}

impl Head {
    /// What the first of these records says.
    ///
    /// # Errors
    /// [`Untaken::NoHead`] where it is not that of a deployment.
    pub fn read(records: &[Record]) -> Result<Self, Untaken> {
        let first = records.iter().find(|record| record.what == What::Began).ok_or(Untaken::NoHead)?;
        serde_json::from_value(Json::Object(first.given.clone())).map_err(|_| Untaken::NoHead)
    }

    /// As a record holds it.
    pub(super) fn given(&self) -> Map<String, Json> {
        match serde_json::to_value(self) {
            Ok(Json::Object(given)) => given,
            _ => Map::new(),
        }
    }

    /// Whose names and tags it has.
    pub(super) fn deployment(&self, design: &str) -> Deployment {
        Deployment { stack: self.stack.clone(), design: design.to_owned(), token: self.token.clone() }
    }
}

impl Plan {
    /// What an order comes to.
    pub(super) fn of(order: Order<'_>) -> Result<Self, Untaken> {
        let head = Head {
            stack: order.stack.to_owned(),
            token: order.token.to_owned(),
            account: order.account.to_owned(),
            region: order.region.to_owned(),
            parameters: order.parameters.iter().cloned().collect(),
            design: manifest::to_json(order.design),
            steps: IndexMap::new(),
            elsewhere: false,
        };
        let mut plan = Self::with(head, order.design)?;
        plan.head.steps = digests(&plan.steps, &plan.bindings);
        Ok(plan)
    }

    /// What a head says.
    pub(super) fn again(head: Head) -> Result<Self, Untaken> {
        let design = manifest::from_json(head.design.clone())?;
        Self::with(head, &design)
    }

    fn with(head: Head, design: &Design) -> Result<Self, Untaken> {
        let stack = trazo_model::lowering::lower(design);
        let steps = trazo_calls::steps(&stack, &head.deployment(design.name()))?;
        let mut bindings = Bindings::new(&stack);
        bindings.set_place(&head.account, &head.region, &head.stack);
        for (name, value) in &head.parameters {
            bindings.set_parameter(name, value);
        }
        Ok(Self { head, stack, steps, bindings })
    }
}

/// A digest of each step's call, by its id.
pub(super) fn digests(steps: &[Step], bindings: &Bindings) -> IndexMap<String, String> {
    let name = |place: &Place<'_>| match place.item {
        Some(item) => format!("{}.{}.{item}", place.id, place.attribute),
        None => format!("{}.{}", place.id, place.attribute),
    };
    let digest = |step: &Step| {
        let call = step.call.preview(bindings, &name);
        digest(&format!("{} {} {}", call.service.cli(), call.operation, Json::Object(call.input)))
    };
    steps.iter().map(|step| (step.id.clone(), digest(step))).collect()
}

/// Sixteen hexadecimal digits of a text: FNV-1a with 64 bits. It keeps designs apart; it guards no secret.
fn digest(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
