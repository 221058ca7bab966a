//! Small acts upon what is up: another number of tasks, a new deployment.

use serde_json::json;
use trazo_calls::{Call, Service};

use super::read::{count, items, tail};
use crate::{CallError, Caller};

/// Between which numbers auto scaling keeps a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The fewest tasks.
    pub min: u32,
    /// The most tasks.
    pub max: u32,
}

/// What came of asking for another number of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// How many tasks there should be now.
    pub desired: u32,
    /// Auto scaling's bounds, where the service has it.
    pub bounds: Option<Bounds>,
    /// The key of a text (arguments `min`, `max`) on what auto scaling may do about it.
    pub explain: Option<&'static str>,
}

/// The id by which auto scaling knows a service: `service/<cluster>/<name>`
/// (<https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html>).
fn resource_id(cluster: &str, service: &str) -> String {
    format!("service/{}/{}", tail(cluster), tail(service))
}

/// Auto scaling's bounds of a service, where it has any.
///
/// # Errors
/// [`CallError`] where the call failed.
pub async fn bounds(caller: &dyn Caller, cluster: &str, service: &str) -> Result<Option<Bounds>, CallError> {
    let call = Call::new(Service::ApplicationAutoScaling, "DescribeScalableTargets")
        .with("ServiceNamespace", "ecs")
        .with("ResourceIds", json!([resource_id(cluster, service)]))
        .with("ScalableDimension", "ecs:service:DesiredCount");
    let answer = caller.call(&call).await?;
    let found = items(&answer, "ScalableTargets").first();
    Ok(found.map(|found| Bounds { min: count(found, "MinCapacity"), max: count(found, "MaxCapacity") }))
}

/// Asks for a number of tasks.
///
/// # Errors
/// [`CallError`] where it was refused. That auto scaling cannot be asked about is no error: many accounts do not allow it.
pub async fn scale(caller: &dyn Caller, cluster: &str, service: &str, desired: u32) -> Result<Scaled, CallError> {
    let bounds = match bounds(caller, cluster, service).await {
        Ok(bounds) => bounds,
        Err(CallError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    caller.call(&update(cluster, service).with("desiredCount", desired)).await?;
    let explain = bounds.map(|bounds| match desired {
        desired if desired < bounds.min => "deploy.live.scale.below",
        desired if desired > bounds.max => "deploy.live.scale.above",
        _ => "deploy.live.scale.within",
    });
    Ok(Scaled { desired, bounds, explain })
}

/// Starts all tasks of a service anew, with the image that its tag names now.
///
/// # Errors
/// [`CallError`] where it was refused.
pub async fn redeploy(caller: &dyn Caller, cluster: &str, service: &str) -> Result<(), CallError> {
    caller.call(&update(cluster, service).with("forceNewDeployment", true)).await.map(drop)
}

fn update(cluster: &str, service: &str) -> Call {
    Call::new(Service::Ecs, "UpdateService").with("cluster", cluster).with("service", service)
}
