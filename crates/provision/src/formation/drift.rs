//! Whether what is there is still what was deployed.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_stack::{Element, Origin, Stack};

use super::{Formation, PATIENCE, Problem, Seen, change, read};

/// Whether a resource is as it was deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriftState {
    /// It is.
    InSync,
    /// Somebody changed it.
    Modified,
    /// Somebody took it away.
    Deleted,
    /// AWS cannot tell.
    NotChecked,
}

/// One property that is not as it was deployed.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Dotted path (`DesiredCount`).
    pub path: String,
    /// What was deployed; empty where the property was added.
    pub expected: String,
    /// What is there; empty where the property was taken away.
    pub actual: String,
    /// The field of the design that it was made from.
    pub origin: Option<Origin>,
}

/// How a resource is.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftOf {
    /// Its logical id.
    pub logical: String,
    /// Its type.
    pub type_name: String,
    /// What it is called in the account.
    pub physical: String,
    /// The element that it was made from.
    pub element: Option<Element>,
    /// Whether it is as it was deployed.
    pub state: DriftState,
    /// What is not.
    pub differences: Vec<Difference>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    /// Each resource: first in AWS's order those that were checked, then the others.
    pub resources: Vec<DriftOf>,
    /// Why not all could be checked, in AWS's words; mostly empty.
    pub reason: String,
}

impl Drift {
    /// What is not as it was deployed.
    pub fn changed(&self) -> impl Iterator<Item = &DriftOf> {
        self.resources.iter().filter(|it| matches!(it.state, DriftState::Modified | DriftState::Deleted))
    }
}

impl Formation<'_> {
    /// Has AWS compare what is there with what was deployed.
    ///
    /// # Errors
    /// [`Problem::Slow`]; [`Problem::Call`], also where a comparison is on its way already.
    pub async fn drift(&self, seen: &Seen, stack: &Stack) -> Result<Drift, Problem> {
        let answer = self.ask(&detect_call(&seen.id)).await?;
        let check = Call::new(Service::CloudFormation, "DescribeStackDriftDetectionStatus")
            .with("StackDriftDetectionId", read::text(&answer, "StackDriftDetectionId"));
        let until = self.world.now() + PATIENCE;
        let mut turn = 0;
        let status = loop {
            let status = self.insist(&check).await?;
            if read::text(&status, "DetectionStatus") != "DETECTION_IN_PROGRESS" {
                break status;
            }
            if self.world.now() > until {
                return Err(Problem::Slow);
            }
            self.pause(&mut turn).await;
        };
        let mut drift = Drift { reason: read::owned(&status, "DetectionStatusReason"), resources: Vec::new() };
        let mut next = String::new();
        loop {
            let mut call = drifts_call(&seen.id);
            if !next.is_empty() {
                call = call.with("NextToken", next.as_str());
            }
            let page = self.insist(&call).await?;
            let found = read::list(&page, "StackResourceDrifts").iter().map(|it| read_drift(it, stack));
            drift.resources.extend(found);
            next = read::owned(&page, "NextToken");
            if next.is_empty() {
                break;
            }
        }
        for (logical, resource) in &stack.resources {
            if !drift.resources.iter().any(|it| it.logical == *logical) {
                drift.resources.push(DriftOf {
                    logical: logical.clone(),
                    type_name: resource.type_name.to_owned(),
                    physical: String::new(),
                    element: Some(resource.origin.element.clone()),
                    state: DriftState::NotChecked,
                    differences: Vec::new(),
                });
            }
        }
        Ok(drift)
    }
}

/// The call that begins a comparison.
pub(super) fn detect_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "DetectStackDrift").with("StackName", stack)
}

fn drifts_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "DescribeStackResourceDrifts").with("StackName", stack).with("MaxResults", 100)
}

fn read_drift(json: &Json, stack: &Stack) -> DriftOf {
    let logical = read::owned(json, "LogicalResourceId");
    let resource = stack.resources.get(&logical);
    let difference = |it: &Json| {
        let steps: Vec<&str> = read::text(it, "PropertyPath").split('/').filter(|step| !step.is_empty()).collect();
        Difference {
            path: steps.join("."),
            expected: told(it, "ExpectedValue"),
            actual: told(it, "ActualValue"),
            origin: resource.map(|resource| change::origin(resource, &steps)),
        }
    };
    DriftOf {
        type_name: read::owned(json, "ResourceType"),
        physical: read::owned(json, "PhysicalResourceId"),
        element: resource.map(|it| it.origin.element.clone()),
        state: match read::text(json, "StackResourceDriftStatus") {
            "IN_SYNC" => DriftState::InSync,
            "MODIFIED" => DriftState::Modified,
            "DELETED" => DriftState::Deleted,
            _ => DriftState::NotChecked,
        },
        differences: read::list(json, "PropertyDifferences").iter().map(difference).collect(),
        logical,
    }
}

/// A value; AWS writes `null` where there is none.
fn told(json: &Json, key: &str) -> String {
    Some(read::text(json, key)).filter(|it| *it != "null").unwrap_or_default().to_owned()
}
