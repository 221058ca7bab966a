//! All that one service's panel shows, in one look.

use super::health::{Target, target_health};
use super::places::Place;
use super::service::{ServiceState, service_state};
use crate::{CallError, Caller};

/// What one look at a service saw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sight {
    /// How the service does; `None` where it is not there (any more).
    pub service: Option<ServiceState>,
    /// How the targets of each target group do, by its ARN.
    pub targets: Vec<(String, Vec<Target>)>,
}

/// Looks at a service and its targets.
///
/// # Errors
/// [`CallError`] where a call failed. A target group or a cluster that is gone is none.
pub async fn look(caller: &dyn Caller, place: &Place) -> Result<Sight, CallError> {
    let service = match service_state(caller, &place.cluster, &place.service).await {
        Err(error) if error.is("ClusterNotFoundException") || error.is("ServiceNotFoundException") => None,
        other => other?,
    };
    let mut targets = Vec::new();
    for group in &place.target_groups {
        match target_health(caller, group).await {
            Ok(found) => targets.push((group.clone(), found)),
            Err(error) if error.is("TargetGroupNotFound") => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Sight { service, targets })
}
