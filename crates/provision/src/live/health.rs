//! How a load balancer sees its targets.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_model::sort::sort_by;

use super::read::{items, number, text};
use crate::{CallError, Caller};

/// A target, as its load balancer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its address, or the id of an instance.
    pub id: String,
    /// The port that it is reached by.
    pub port: Option<i64>,
    /// The zone that it is in.
    pub zone: String,
    /// `initial`, `healthy`, `unhealthy`, `unhealthy.draining`, `unused`, `draining`, `unavailable`.
    pub state: String,
    /// AWS's code (`Target.Timeout`); empty for a healthy one.
    pub reason: String,
    /// AWS's words (`Health checks failed with these codes: [404]`).
    pub description: String,
    /// The key of a text that tells what that means and what to do.
    pub explain: &'static str,
}

/// AWS's codes of a target's health.
///
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html>
const REASONS: &[(&str, &str)] = &[
    ("Elb.InitialHealthChecking", "deploy.live.target.first_checks"),
    ("Elb.InternalError", "deploy.live.target.internal"),
    ("Elb.RegistrationInProgress", "deploy.live.target.registering"),
    ("Target.DeregistrationInProgress", "deploy.live.target.draining"),
    ("Target.FailedHealthChecks", "deploy.live.target.refused"),
    ("Target.HealthCheckDisabled", "deploy.live.target.no_checks"),
    ("Target.InvalidState", "deploy.live.target.stopped"),
    ("Target.IpUnusable", "deploy.live.target.address"),
    ("Target.NotInUse", "deploy.live.target.not_in_use"),
    ("Target.NotRegistered", "deploy.live.target.not_registered"),
    ("Target.ResponseCodeMismatch", "deploy.live.target.status"),
    ("Target.Timeout", "deploy.live.target.timeout"),
];

/// Asks how the targets of a target group do, in the order of their addresses. A group without targets gives none.
///
/// # Errors
/// [`CallError`] where the call failed.
pub async fn target_health(caller: &dyn Caller, group: &str) -> Result<Vec<Target>, CallError> {
    let call = Call::new(Service::Elbv2, "DescribeTargetHealth").with("TargetGroupArn", group);
    let answer = caller.call(&call).await?;
    let mut targets: Vec<Target> = items(&answer, "TargetHealthDescriptions").iter().map(target).collect();
    sort_by(&mut targets, |a, b| (&a.id, a.port).cmp(&(&b.id, b.port)));
    Ok(targets)
}

fn target(found: &Json) -> Target {
    let (target, health) = (&found["Target"], &found["TargetHealth"]);
    let (state, reason) = (text(health, "State"), text(health, "Reason"));
    Target {
        id: text(target, "Id"),
        port: number(target, "Port"),
        zone: text(target, "AvailabilityZone"),
        explain: explain(&state, &reason),
        description: text(health, "Description"),
        state,
        reason,
    }
}

fn explain(state: &str, reason: &str) -> &'static str {
    let by_reason = REASONS.iter().find(|(code, _)| *code == reason).map(|(_, key)| *key);
    by_reason.unwrap_or(match state {
        "healthy" => "deploy.live.target.healthy",
        "initial" => "deploy.live.target.registering",
        "draining" | "unhealthy.draining" => "deploy.live.target.draining",
        "unused" => "deploy.live.target.not_in_use",
        "unhealthy" => "deploy.live.target.refused",
        _ => "deploy.live.target.unknown",
    })
}
