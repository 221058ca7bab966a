//! The fields of a task definition and of its containers.

use serde_json::Value;

use super::size;
use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::path;
use crate::resources::cluster::ECS_NAME;

const SIZE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";
const CONTAINER_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definitions";
const LOGS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html";
const HEALTH_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html";
const SECRETS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html";
const PORT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html";
const DEPENDS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html";

/// Up to 255 letters, digits, `-`, `_`, `:`, `.`, `/` and `#`, and the `@` of a digest
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>).
const IMAGE: TextRule =
    TextRule::new(1, 255, "image", |text| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:./#@".contains(&b)));

/// Up to 64 lower-case letters, digits, `_` and `-`, not beginning with `-`
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>).
const PORT_NAME: TextRule = TextRule::new(0, 64, "port_name", |text| {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    text.bytes().all(allowed) && !text.starts_with('-')
});

/// Days for which CloudWatch Logs can keep events, and 0 for ever
/// (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>).
const RETENTION: [i64; 23] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, 0];

fn retention_choices(_: &Place<'_>) -> Vec<Choice> {
    let choice = |days: i64| Choice { value: days.into(), label: (days > 0).then(|| days.to_string()) };
    RETENTION.into_iter().map(choice).collect()
}

fn container_names(place: &Place<'_>) -> Vec<String> {
    let containers = place.props.get("containers").and_then(Value::as_array).into_iter().flatten();
    containers.filter_map(|container| container.get("name")?.as_str()).map(str::to_owned).collect()
}

const PORTS: &[Field] = &[
    Field::new("containerPort", Control::Number { min: 1, max: 65_535, step: 1 }).required(),
    Field::new("protocol", Control::Choice(&["tcp", "udp"])),
    Field::new("name", Control::Text { rule: PORT_NAME, example: "http" }).doc(PORT_DOC),
    Field::new("appProtocol", Control::Choice(&["http", "http2", "grpc"])).doc(PORT_DOC),
    Field::new("hostPort", Control::Number { min: 0, max: 65_535, step: 1 }).doc(PORT_DOC),
];

const SECRETS: &[Field] = &[
    Field::new("name", Control::Text { rule: TextRule::some(256), example: "DB_PASSWORD" }).required(),
    Field::new(
        "valueFrom",
        Control::Text {
            rule: TextRule::some(2048),
            example: "arn:aws:secretsmanager:us-east-1:123456789012:secret:tienda/db-AbCdEf",
        },
    )
    .required(),
];

const DEPENDS_ON: &[Field] = &[
    Field::new("container", Control::Suggest { rule: ECS_NAME, from: container_names }).required(),
    Field::new("condition", Control::Choice(&["START", "COMPLETE", "SUCCESS", "HEALTHY"])).doc(DEPENDS_DOC),
];

fn has_health_check(container: &Value) -> bool {
    path::get(container, "healthCheck.command").and_then(Value::as_array).is_some_and(|words| !words.is_empty())
}

const fn health(key: &'static str, min: i64, max: i64) -> Field {
    Field::new(key, Control::Number { min, max, step: 1 }).section("health").doc(HEALTH_DOC).when(has_health_check)
}

const fn limit(key: &'static str, min: i64, max: i64, step: i64) -> Field {
    Field::new(key, Control::Number { min, max, step }).section("limits").doc(CONTAINER_DOC)
}

const CONTAINER: &[Field] = &[
    Field::new("name", Control::Text { rule: ECS_NAME, example: "app" }).required(),
    Field::new(
        "image",
        Control::Text { rule: IMAGE, example: "public.ecr.aws/docker/library/httpd:2.4" },
    ),
    Field::new("essential", Control::Toggle),
    Field::new("ports", Control::Records { fields: PORTS, new: "{}", title: &["containerPort", "protocol"] }),
    Field::new("environment", Control::Env)
        .section("environment")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html"),
    Field::new("secrets", Control::Records { fields: SECRETS, new: "{}", title: &["name"] })
        .section("environment")
        .doc(SECRETS_DOC),
    Field::new("logs", Control::Toggle).section("observability").doc(LOGS_DOC),
    Field::new("logPrefix", Control::Text { rule: TextRule::some(128), example: "ecs" })
        .section("observability")
        .required()
        .doc(LOGS_DOC)
        .when(|container| container.get("logs").and_then(Value::as_bool).unwrap_or(true)),
    Field::new("healthCheck.command", Control::Texts { rule: TextRule::some(4096), example: "CMD-SHELL" })
        .section("health")
        .doc(HEALTH_DOC),
    health("healthCheck.interval", 5, 300).unit("seconds"),
    health("healthCheck.timeout", 2, 60).unit("seconds"),
    health("healthCheck.retries", 1, 10),
    health("healthCheck.startPeriod", 0, 300).unit("seconds"),
    Field::new("dependsOn", Control::Records { fields: DEPENDS_ON, new: "{}", title: &["container", "condition"] })
        .section("health")
        .doc(DEPENDS_DOC),
    limit("cpu", 1, 32_768, 128).unit("cpu_units"),
    limit("memory", 6, 249_856, 128).unit("mib"),
    limit("memoryReservation", 6, 249_856, 128).unit("mib"),
    Field::new("command", Control::Texts { rule: TextRule::any(4096), example: "--verbose" }).section("advanced"),
    Field::new("entryPoint", Control::Texts { rule: TextRule::any(4096), example: "/app/start" }).section("advanced"),
    Field::new("workingDirectory", Control::Text { rule: TextRule::any(4096), example: "/app" }).section("advanced"),
    Field::new("user", Control::Text { rule: TextRule::any(256), example: "1000:1000" }).section("advanced"),
    Field::new("readonlyRootFilesystem", Control::Toggle).section("advanced"),
];

pub(super) const FIELDS: &[Field] = &[
    Field::new("cpu", Control::ChoiceOf(size::cpu_choices)).doc(SIZE_DOC),
    Field::new("memory", Control::ChoiceOf(size::memory_choices)).doc(SIZE_DOC),
    Field::new("containers", Control::Records { fields: CONTAINER, new: "{}", title: &["name", "image"] })
        .section("containers")
        .doc(CONTAINER_DOC),
    Field::new("networkMode", Control::Choice(&["awsvpc", "bridge", "host"]))
        .section("network")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html"),
    Field::new("architecture", Control::Choice(&["X86_64", "ARM64"]))
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html"),
    Field::new("ephemeralStorage", Control::Number { min: 21, max: 200, step: 1 })
        .section("advanced")
        .unit("gib")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html"),
    Field::new("logRetention", Control::ChoiceOf(retention_choices))
        .section("observability")
        .unit("days")
        .doc(LOGS_DOC),
];
