//! What can be wrong with how a service keeps up and is deployed.

use super::is_balanced;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::service::{Service, has_health_checks};
use crate::resources::task_definition::links::{Usage, usage};
use crate::resources::task_definition::{TaskDefinition, role_edit};
use crate::{Design, Node};

const ROLLING_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html";

/// No task may stop and none may be added, so no new version ever comes up.
pub(super) static NO_ROOM: Check = Check {
    code: "SVC006",
    severity: Severity::Error,
    aws: "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block \
          deployments",
    doc: ROLLING_DOC,
};
/// One task alone serves people.
pub(super) static ONE_TASK: Check = Check {
    code: "SVC008",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
};
/// There is nothing that a grace period could spare: it holds for the checks of load balancers and of containers.
pub(super) static NO_CHECKS: Check = Check {
    code: "SVC009",
    severity: Severity::Warning,
    aws: "InvalidParameterException: Health check grace period is only valid for services configured to use load \
          balancers",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
};
/// A deployment that fails goes on failing.
pub(super) static NO_BREAKER: Check = Check {
    code: "SVC010",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
};
/// ECS Exec is on, but the tasks have no role.
pub(super) static NO_TASK_ROLE: Check = Check {
    code: "SVC016",
    severity: Severity::Error,
    aws: "InvalidParameterException: The service couldn't be created because a valid taskRoleArn is not being used. \
          Specify a valid task role in your task definition and try again.",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
};
/// ECS Exec is on, but its agent may not write.
pub(super) static EXEC_READ_ONLY: Check = Check {
    code: "SVC058",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
};
/// Tasks are to be moved between zones, but none may be added.
pub(super) static REBALANCING: Check = Check {
    code: "SVC017",
    severity: Severity::Error,
    aws: "InvalidParameterException: AvailabilityZoneRebalancing does not support maximumPercent <= 100",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
};
/// A load balancer leads to it, but it runs no task.
pub(super) static NOTHING: Check = Check {
    code: "SVC019",
    severity: Severity::Warning,
    aws: "503 Service Temporarily Unavailable",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
};

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let balanced = is_balanced(design, node);
    check_limits(node, service, out);
    check_count(node, service, balanced, out);
    if service.health_check_grace_period_seconds.is_some_and(|seconds| seconds > 0)
        && !balanced
        && !has_health_checks(design, &node.id)
    {
        let field = "healthCheckGracePeriodSeconds";
        let fix = Edit::Set { target: (&node.id).into(), path: field.to_owned(), value: None };
        out.report(&NO_CHECKS, &node.id).at(field).fix(fix);
    }
    if !service.deployment.circuit_breaker {
        let field = "deployment.circuitBreaker";
        out.report(&NO_BREAKER, &node.id).at(field).fix(Edit::set(&node.id, field, true));
    }
    if service.enable_execute_command {
        check_read_only(design, node, out);
    }
    if service.enable_execute_command
        && let Some((_, task, _)) = design.targets::<TaskDefinition>(&node.id).next()
        && !design.links_from(&task.id).filter_map(usage).any(Usage::is_task)
    {
        let finding = out.report(&NO_TASK_ROLE, &node.id);
        finding.at("enableExecuteCommand").with("task", &task.name);
        if let Some(edit) = role_edit(design, task, Usage::Task) {
            finding.fix(edit);
        }
    }
}

fn check_read_only(design: &Design, node: &Node, out: &mut Findings) {
    let Some((_, task_node, task)) = design.targets::<TaskDefinition>(&node.id).next() else { return };
    for (at, container) in task.containers.iter().enumerate().filter(|(_, one)| one.readonly_root_filesystem) {
        let fix = Edit::set(&task_node.id, format!("containers.{at}.readonlyRootFilesystem"), false);
        let finding = out.report(&EXEC_READ_ONLY, &node.id);
        finding.at("enableExecuteCommand").with("container", &container.name).fix(fix);
    }
}

fn check_limits(node: &Node, service: &Service, out: &mut Findings) {
    let deployment = &service.deployment;
    // One task on each instance is replaced by rules of its own.
    if service.daemon {
        return;
    }
    if service.zone_rebalancing && deployment.maximum_percent <= 100 {
        let fix = Edit::set(&node.id, "deployment.maximumPercent", 200);
        out.report(&REBALANCING, &node.id).at("zoneRebalancing").fix(fix);
    }
    // Where the number of tasks follows the load, it is the fewest tasks that leave the least room.
    let tasks = if service.scaling.enabled { service.scaling.min } else { service.desired_count };
    let (least, most) = deployment.limits(tasks);
    let refused = deployment.minimum_healthy_percent >= 100 && deployment.maximum_percent <= 100;
    if refused || (tasks > 0 && most <= tasks && least >= tasks) {
        let fix = Edit::Batch(vec![
            Edit::set(&node.id, "deployment.minimumHealthyPercent", 100),
            Edit::set(&node.id, "deployment.maximumPercent", 200),
        ]);
        out.report(&NO_ROOM, &node.id).at("deployment.maximumPercent").with("tasks", tasks).fix(fix);
    }
}

fn check_count(node: &Node, service: &Service, balanced: bool, out: &mut Findings) {
    let (tasks, field) = match &service.scaling {
        scaling if scaling.enabled => (scaling.min, "scaling.min"),
        _ => (service.desired_count, "desiredCount"),
    };
    if !balanced || service.daemon || !(0..=1).contains(&tasks) {
        return;
    }
    let mut edits = vec![Edit::set(&node.id, field, 2)];
    if service.scaling.enabled {
        edits.push(Edit::set(&node.id, "scaling.max", service.scaling.max.max(2)));
        edits.push(Edit::set(&node.id, "desiredCount", service.desired_count.max(2)));
    }
    let check = if tasks == 1 { &ONE_TASK } else { &NOTHING };
    out.report(check, &node.id).at(field).fix(Edit::Batch(edits));
}
