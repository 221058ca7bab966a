//! The fields of a service.

use serde_json::Value;

use crate::field::{Control, Field};
use crate::path;

const PERCENT: Control = Control::Number { min: 1, max: 100, step: 5 };
/// Application Auto Scaling waits no longer than an hour in sensible use; its own limit is that of the type.
const COOLDOWN: Control = Control::Number { min: 0, max: 3600, step: 30 };
const SCALING_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html";
const DEPLOYMENT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html";
const CIRCUIT_BREAKER_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html";
const NETWORK_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html";

fn is_on(props: &Value, field: &str) -> bool {
    path::get(props, field).and_then(Value::as_bool).unwrap_or(false)
}

const fn scaling(key: &'static str, control: Control) -> Field {
    Field::new(key, control).section("scaling").doc(SCALING_DOC).when(|props| is_on(props, "scaling.enabled"))
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("desiredCount", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks"),
    Field::new("launch", Control::Choice(&["fargate", "spot"]))
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"),
    Field::new("platformVersion", Control::Choice(&["LATEST", "1.4.0"]))
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html"),
    Field::new("privateSubnets", Control::Toggle).section("network").doc(NETWORK_DOC),
    Field::new("assignPublicIp", Control::Toggle).section("network").doc(NETWORK_DOC),
    Field::new("scaling.enabled", Control::Toggle).section("scaling").doc(SCALING_DOC),
    scaling("scaling.min", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks"),
    scaling("scaling.max", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks"),
    scaling("scaling.targetCpu", PERCENT).unit("percent"),
    scaling("scaling.targetMemory", PERCENT).unit("percent"),
    scaling("scaling.targetRequests", Control::Number { min: 1, max: 1_000_000, step: 100 })
        .unit("requests_per_minute"),
    scaling("scaling.scaleOutCooldown", COOLDOWN).unit("seconds"),
    scaling("scaling.scaleInCooldown", COOLDOWN).unit("seconds"),
    Field::new("deployment.minimumHealthyPercent", Control::Number { min: 0, max: 100, step: 10 })
        .section("deployment")
        .unit("percent")
        .doc(DEPLOYMENT_DOC),
    Field::new("deployment.maximumPercent", Control::Number { min: 100, max: 1000, step: 10 })
        .section("deployment")
        .unit("percent")
        .doc(DEPLOYMENT_DOC),
    Field::new("deployment.circuitBreaker", Control::Toggle).section("deployment").doc(CIRCUIT_BREAKER_DOC),
    Field::new("deployment.rollback", Control::Toggle)
        .section("deployment")
        .doc(CIRCUIT_BREAKER_DOC)
        .when(|props| is_on(props, "deployment.circuitBreaker")),
    Field::new("healthCheckGracePeriodSeconds", Control::Number { min: 0, max: 2_147_483_647, step: 10 })
        .section("deployment")
        .unit("seconds")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html"),
    Field::new("zoneRebalancing", Control::Toggle)
        .section("deployment")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html"),
    Field::new("enableExecuteCommand", Control::Toggle)
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html"),
    Field::new("propagateTags", Control::Choice(&["NONE", "SERVICE", "TASK_DEFINITION"]))
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"),
];
