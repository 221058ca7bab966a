//! The fields of a service.

use serde_json::Value;

use super::zones;
use crate::field::{Control, Field, Place, TextRule};
use crate::path;
use crate::resources::cluster::STRATEGY;

const PERCENT: Control = Control::Number { min: 1, max: 100, step: 5 };
/// Application Auto Scaling waits no longer than an hour in sensible use; its own limit is that of the type.
const COOLDOWN: Control = Control::Number { min: 0, max: 3600, step: 30 };
const MINUTES: Control = Control::Number { min: 0, max: 1440, step: 5 };
const SCALING_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html";
const DEPLOYMENT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html";
const CIRCUIT_BREAKER_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html";
const NETWORK_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html";

const STEP_DOC: &str =
    "https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html";
const SCHEDULE_DOC: &str =
    "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html";
const ZONE_DOC: &str =
    "https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html";
const SHIFT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html";
const PLACEMENT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html";
const CONSTRAINT_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html";

/// ARN of a role
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).
const ROLE_ARN: TextRule =
    TextRule::new(20, 2048, "infrastructure_role", |text| text.starts_with("arn:") && text.contains(":iam::") && text.contains(":role/"));

fn is_on(props: &Value, field: &str) -> bool {
    path::get(props, field).and_then(Value::as_bool).unwrap_or(false)
}

/// Whether its tasks may run on instances.
fn on_instances(props: &Value) -> bool {
    matches!(props["launch"].as_str(), Some("ec2" | "strategy" | "cluster_default"))
}

fn is_replica(props: &Value) -> bool {
    !is_on(props, "daemon")
}

fn strategy_is(props: &Value, words: &[&str]) -> bool {
    path::get(props, "deployment.strategy").and_then(Value::as_str).is_some_and(|word| words.contains(&word))
}

fn shifts(props: &Value) -> bool {
    strategy_is(props, &["BLUE_GREEN", "LINEAR", "CANARY"])
}

fn in_steps(props: &Value) -> bool {
    strategy_is(props, &["LINEAR", "CANARY"])
}

fn zone_names(_: &Place<'_>) -> Vec<String> {
    zones::USUAL.into_iter().map(str::to_owned).collect()
}

fn by_expression(constraint: &Value) -> bool {
    constraint["type"] == "memberOf"
}

fn has_field(spread: &Value) -> bool {
    spread["type"] != "random"
}

fn spread_fields(_: &Place<'_>) -> Vec<String> {
    [super::placement::BY_ZONE, "instanceId", "cpu", "memory", "attribute:ecs.instance-type"].map(str::to_owned).to_vec()
}

const SPREAD: &[Field] = &[
    Field::new("type", Control::Choice(&["spread", "binpack", "random"])),
    Field::new("field", Control::Suggest { rule: TextRule::any(255), from: spread_fields }).when(has_field),
];

const CONSTRAINT: &[Field] = &[
    Field::new("type", Control::Choice(&["distinctInstance", "memberOf"])),
    Field::new(
        "expression",
        Control::Text { rule: TextRule::any(2000), example: "attribute:ecs.instance-type =~ t3.*" },
    )
    .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html")
    .when(by_expression),
];

const STEP: &[Field] = &[
    Field::new("lower", Control::Number { min: -100, max: 1000, step: 5 }),
    Field::new("upper", Control::Number { min: -100, max: 1000, step: 5 }),
    Field::new("change", Control::Number { min: -5000, max: 5000, step: 1 }),
];

const STEPS: &[Field] = &[
    Field::new("metric", Control::Choice(&["cpu", "memory"])),
    Field::new("when", Control::Choice(&["above", "below"])),
    Field::new("threshold", Control::Number { min: 0, max: 1000, step: 5 }).unit("percent"),
    Field::new("minutes", Control::Number { min: 1, max: 1440, step: 1 }).unit("minutes"),
    Field::new(
        "adjustment",
        Control::Choice(&["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]),
    ),
    Field::new("steps", Control::Records { fields: STEP, new: r#"{"lower":0,"change":1}"#, title: &["lower", "upper", "change"] }),
    Field::new("cooldown", COOLDOWN).unit("seconds"),
];

const SCHEDULE: &[Field] = &[
    Field::new("name", Control::Text { rule: TextRule::some(256), example: "manana" }).required(),
    Field::new("when", Control::Text { rule: TextRule::some(1600), example: "cron(0 8 ? * MON-FRI *)" })
        .required()
        .doc(ZONE_DOC),
    Field::new("timezone", Control::Suggest { rule: TextRule::any(64), from: zone_names }).doc(ZONE_DOC),
    Field::new("min", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks"),
    Field::new("max", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks"),
];

const fn scaling(key: &'static str, control: Control) -> Field {
    Field::new(key, control).section("scaling").doc(SCALING_DOC).when(|props| is_on(props, "scaling.enabled"))
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("desiredCount", Control::Number { min: 0, max: 5000, step: 1 }).unit("tasks").when(is_replica),
    Field::new("launch", Control::Choice(&["fargate", "spot", "ec2", "strategy", "cluster_default"]))
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"),
    Field::new("strategy", STRATEGY)
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html")
        .when(|props| props["launch"] == "strategy"),
    Field::new("platformVersion", Control::Choice(&["LATEST", "1.4.0"]))
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html")
        .when(|props| props["launch"] != "ec2"),
    Field::new("daemon", Control::Toggle)
        .section("placement")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html")
        .when(on_instances),
    Field::new("placement", Control::Records { fields: SPREAD, new: "{}", title: &["type", "field"] })
        .section("placement")
        .doc(PLACEMENT_DOC)
        .when(on_instances),
    Field::new("constraints", Control::Records { fields: CONSTRAINT, new: "{}", title: &["type", "expression"] })
        .section("placement")
        .doc(CONSTRAINT_DOC)
        .when(on_instances),
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
    scaling(
        "scaling.steps",
        Control::Records {
            fields: STEPS,
            new: r#"{"steps":[{"lower":0,"change":1}]}"#,
            title: &["metric", "when", "threshold"],
        },
    )
    .doc(STEP_DOC),
    scaling("scaling.schedules", Control::Records { fields: SCHEDULE, new: "{}", title: &["name", "when"] })
        .doc(SCHEDULE_DOC),
    Field::new("deployment.strategy", Control::Choice(&["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]))
        .section("deployment")
        .doc(SHIFT_DOC),
    Field::new("deployment.bakeTime", MINUTES).section("deployment").unit("minutes").doc(SHIFT_DOC).when(shifts),
    Field::new("deployment.stepPercent", Control::Number { min: 3, max: 100, step: 5 })
        .section("deployment")
        .unit("percent")
        .doc(SHIFT_DOC)
        .when(in_steps),
    Field::new("deployment.stepBakeTime", MINUTES)
        .section("deployment")
        .unit("minutes")
        .doc(SHIFT_DOC)
        .when(in_steps),
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
    Field::new("deployment.alarms", Control::Texts { rule: TextRule::some(255), example: "tienda-errores-5xx" })
        .section("deployment")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html"),
    Field::new(
        "deployment.role",
        Control::Text { rule: ROLE_ARN, example: "arn:aws:iam::123456789012:role/ecsInfrastructureRole" },
    )
    .section("deployment")
    .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html")
    .when(shifts),
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
    Field::new("managedTags", Control::Toggle)
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"),
    Field::new("connectLogs", Control::Toggle)
        .section("observability")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"),
];
