//! What can be wrong with how tasks are placed on instances.

use super::error;
use crate::edit::Edit;
use crate::finding::{Check, Findings};
use crate::resources::cluster::{Provider, cluster_around};
use crate::resources::service::{ConstraintType, Service, SpreadType};
use crate::{Design, Node};

const STRATEGIES: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html";
const CONSTRAINTS: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html";
const DAEMON: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html";

/// One task for each instance is asked for where there are no instances.
pub(super) static DAEMON_FARGATE: Check = error("SVC051", "", DAEMON);
/// One task for each instance cannot be more or fewer.
pub(super) static DAEMON_SCALES: Check = error("SVC052", "", DAEMON);
/// One task for each instance leaves nothing to choose.
pub(super) static DAEMON_PLACEMENT: Check = error(
    "SVC053",
    "InvalidParameterException: The daemon scheduling strategy does not support placement strategies. Remove the placement \
     strategy and try again",
    DAEMON,
);
/// Fargate has no instances to choose from.
pub(super) static FARGATE_PLACEMENT: Check = error(
    "SVC054",
    "InvalidParameterException: Placement constraints are not supported with FARGATE launch type.",
    STRATEGIES,
);
/// A rule looks at what it cannot look at.
pub(super) static BAD_SPREAD: Check = error("SVC055", "", STRATEGIES);
/// A constraint lacks its expression, or has one too many.
pub(super) static BAD_CONSTRAINT: Check = error("SVC056", "", CONSTRAINTS);
/// Tasks are to be moved between zones, but not spread over them first.
pub(super) static ZONE_FIRST: Check =
    error("SVC057", "", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html");

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let cluster = cluster_around(design, &node.id).map(|(_, cluster)| cluster);
    let providers = service.providers(cluster);
    let fargate = !providers.is_empty() && providers.iter().any(|provider| *provider != Provider::Ec2);
    let none = |field: &str| Edit::set(&node.id, field, serde_json::json!([]));
    if service.daemon {
        check_daemon(node, service, fargate, out);
    }
    if fargate && !(service.placement.is_empty() && service.constraints.is_empty()) {
        let field = if service.placement.is_empty() { "constraints" } else { "placement" };
        let fix = Edit::Batch(vec![none("placement"), none("constraints")]);
        out.report(&FARGATE_PLACEMENT, &node.id).at(field).fix(fix);
        return;
    }
    check_rules(node, service, out);
    if service.zone_rebalancing && !service.daemon && service.placement.first().is_some_and(|first| !first.is_by_zone()) {
        let fix = Edit::set(&node.id, "zoneRebalancing", false);
        out.report(&ZONE_FIRST, &node.id).at("zoneRebalancing").fix(fix);
    }
}

fn check_daemon(node: &Node, service: &Service, fargate: bool, out: &mut Findings) {
    if fargate {
        out.report(&DAEMON_FARGATE, &node.id).at("daemon").fix(Edit::set(&node.id, "daemon", false));
    }
    if service.scaling.enabled {
        let fix = Edit::set(&node.id, "scaling.enabled", false);
        out.report(&DAEMON_SCALES, &node.id).at("scaling.enabled").fix(fix);
    }
    if !service.placement.is_empty() && !fargate {
        let fix = Edit::set(&node.id, "placement", serde_json::json!([]));
        out.report(&DAEMON_PLACEMENT, &node.id).at("placement").fix(fix);
    }
}

fn check_rules(node: &Node, service: &Service, out: &mut Findings) {
    for (at, spread) in service.placement.iter().enumerate().filter(|(_, spread)| !spread.is_sound()) {
        let field = format!("placement.{at}.field");
        let usual = match spread.kind {
            SpreadType::Spread => "attribute:ecs.availability-zone",
            SpreadType::Binpack => "cpu",
            SpreadType::Random => "",
        };
        out.report(&BAD_SPREAD, &node.id)
            .at(field.clone())
            .with("type", spread.kind.word())
            .with("field", &spread.field)
            .fix(Edit::set(&node.id, field, usual));
    }
    for (at, constraint) in service.constraints.iter().enumerate() {
        let field = format!("constraints.{at}.expression");
        match constraint.kind {
            ConstraintType::MemberOf if constraint.expression.trim().is_empty() => {
                out.report(&BAD_CONSTRAINT, &node.id).at(field).with("type", constraint.kind.word());
            }
            ConstraintType::DistinctInstance if !constraint.expression.is_empty() => {
                let fix = Edit::set(&node.id, field.clone(), "");
                out.report(&BAD_CONSTRAINT, &node.id).at(field).with("type", constraint.kind.word()).fix(fix);
            }
            _ => {}
        }
    }
}
