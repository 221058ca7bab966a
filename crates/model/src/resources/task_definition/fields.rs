//! The fields of a task definition and of its containers.

use serde_json::Value;

use super::size;
use crate::field::{Control, Field, Place, TextRule};
use crate::path;
use crate::resources::cluster::ECS_NAME;

const SIZE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";
const CONTAINER_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definitions";
const LOGS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html";
const HEALTH_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html";
const SECRETS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html";
const LOG_MODE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html";
const VOLUMES_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html";
const EFS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html";
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
    of_secret("jsonKey", "password"),
    of_secret("versionStage", "AWSPREVIOUS"),
    of_secret("versionId", "d8b3c1e2-0f5a-4a55-8f6c-1b2e3d4c5f60"),
    Field::new(
        "kmsKey",
        Control::Text {
            rule: KMS_KEY,
            example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
    )
    .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets"),
];

/// A part of what a secret of Secrets Manager holds; it may not hold what parts it from the next.
const fn of_secret(key: &'static str, example: &'static str) -> Field {
    let rule = TextRule::new(0, 256, "secret_part", |text| !text.contains([':', ' ']));
    Field::new(key, Control::Text { rule, example })
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html")
        .when(is_in_secrets_manager)
}

fn is_in_secrets_manager(secret: &Value) -> bool {
    let text = |key: &str| secret.get(key).and_then(Value::as_str).unwrap_or_default();
    text("valueFrom").contains(":secretsmanager:") || ["jsonKey", "versionStage", "versionId"].iter().any(|key| !text(key).is_empty())
}

/// ARN of a key: a policy knows keys by nothing else.
const KMS_KEY: TextRule = TextRule::new(0, 2048, "kms_key_arn", |text| {
    text.starts_with("arn:") && text.contains(":kms:") && text.contains(":key/")
});

/// ARN of a secret.
const SECRET_ARN: TextRule = TextRule::new(0, 2048, "secret_arn", |text| {
    text.starts_with("arn:") && text.contains(":secretsmanager:") && text.contains(":secret:")
});

fn volume_names(place: &Place<'_>) -> Vec<String> {
    let volumes = place.props.get("volumes").and_then(Value::as_array).into_iter().flatten();
    volumes.filter_map(|volume| volume.get("name")?.as_str()).map(str::to_owned).collect()
}

/// An absolute path; on Windows it begins with a drive.
const MOUNT_PATH: TextRule = TextRule::new(1, 4096, "mount_path", |text| {
    text.starts_with('/') || (text.as_bytes().get(1) == Some(&b':') && text.starts_with(|c: char| c.is_ascii_alphabetic()))
});

const MOUNTS: &[Field] = &[
    Field::new("sourceVolume", Control::Suggest { rule: ECS_NAME, from: volume_names }).required(),
    Field::new("containerPath", Control::Text { rule: MOUNT_PATH, example: "/usr/share/nginx/html" }).required(),
    Field::new("readOnly", Control::Toggle),
];

/// What can be limited
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html>).
const ULIMIT_NAMES: &[&str] = &[
    "nofile",
    "nproc",
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

const ULIMITS: &[Field] = &[
    Field::new("name", Control::Choice(ULIMIT_NAMES)),
    Field::new("softLimit", Control::Number { min: -1, max: 2_147_483_647, step: 1024 }),
    Field::new("hardLimit", Control::Number { min: -1, max: 2_147_483_647, step: 1024 }),
];

const DEPENDS_ON: &[Field] = &[
    Field::new("container", Control::Suggest { rule: ECS_NAME, from: container_names }).required(),
    Field::new("condition", Control::Choice(&["START", "COMPLETE", "SUCCESS", "HEALTHY"])).doc(DEPENDS_DOC),
];

fn has_logs(container: &Value) -> bool {
    container.get("logs").and_then(Value::as_bool).unwrap_or(true)
}

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
        .when(has_logs),
    Field::new("logMode", Control::Choice(&["non-blocking", "blocking"]))
        .section("observability")
        .doc(LOG_MODE_DOC)
        .when(has_logs),
    Field::new("logBuffer", Control::Number { min: 1, max: 1024, step: 1 })
        .section("observability")
        .unit("mib")
        .doc(LOG_MODE_DOC)
        .when(has_logs),
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
    limit("startTimeout", 2, 3600, 10).unit("seconds"),
    limit("stopTimeout", 2, 3600, 10).unit("seconds"),
    Field::new("ulimits", Control::Records { fields: ULIMITS, new: "{}", title: &["name", "softLimit"] })
        .section("limits")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html"),
    Field::new("mountPoints", Control::Records { fields: MOUNTS, new: "{}", title: &["sourceVolume", "containerPath"] })
        .section("storage")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html"),
    Field::new("command", Control::Texts { rule: TextRule::any(4096), example: "--verbose" }).section("advanced"),
    Field::new("entryPoint", Control::Texts { rule: TextRule::any(4096), example: "/app/start" }).section("advanced"),
    Field::new("workingDirectory", Control::Text { rule: TextRule::any(4096), example: "/app" }).section("advanced"),
    Field::new("user", Control::Text { rule: TextRule::any(256), example: "1000:1000" }).section("advanced"),
    Field::new("readonlyRootFilesystem", Control::Toggle).section("advanced"),
    Field::new("initProcess", Control::Toggle)
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html"),
    Field::new("dockerLabels", Control::Env).section("advanced").doc(CONTAINER_DOC),
    Field::new(
        "repositoryCredentials",
        Control::Text {
            rule: SECRET_ARN,
            example: "arn:aws:secretsmanager:us-east-1:123456789012:secret:registro-AbCdEf",
        },
    )
    .section("advanced")
    .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html"),
];

fn is_of(volume: &Value, word: &str) -> bool {
    volume.get("type").and_then(Value::as_str).unwrap_or("ephemeral") == word
}

fn is_efs(volume: &Value) -> bool {
    is_of(volume, "efs")
}

/// Ids of EFS: a prefix and 8 to 40 digits of base 16
/// (<https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html>).
fn is_id(text: &str, prefix: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    (8..=40).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

const FILE_SYSTEM: TextRule = TextRule::new(0, 128, "file_system", |text| is_id(text, "fs-"));
const ACCESS_POINT: TextRule = TextRule::new(0, 128, "access_point", |text| is_id(text, "fsap-"));
const ABSOLUTE: TextRule = TextRule::new(0, 4096, "absolute_path", |text| text.starts_with('/'));

const VOLUMES: &[Field] = &[
    Field::new("name", Control::Text { rule: ECS_NAME, example: "datos" }).required(),
    Field::new("type", Control::Choice(&["efs", "ephemeral", "host_path"])).doc(VOLUMES_DOC),
    Field::new("fileSystemId", Control::Text { rule: FILE_SYSTEM, example: "fs-0123456789abcdef0" })
        .required()
        .doc(EFS_DOC)
        .when(is_efs),
    Field::new("accessPointId", Control::Text { rule: ACCESS_POINT, example: "fsap-0123456789abcdef0" })
        .doc(EFS_DOC)
        .when(is_efs),
    Field::new("rootDirectory", Control::Text { rule: ABSOLUTE, example: "/" }).doc(EFS_DOC).when(is_efs),
    Field::new("transitEncryption", Control::Toggle).doc(EFS_DOC).when(is_efs),
    Field::new("iam", Control::Toggle)
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html")
        .when(is_efs),
    Field::new("sourcePath", Control::Text { rule: ABSOLUTE, example: "/var/datos" })
        .required()
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html")
        .when(|volume| is_of(volume, "host_path")),
];

/// Up to 512 letters, digits and `_-/.#`
/// (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>).
const LOG_GROUP: TextRule = TextRule::new(0, 512, "log_group", |text| {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-/.#".contains(&b)) && !text.trim_start_matches('/').starts_with("aws/")
});

const SYSTEMS: &[&str] = &[
    "LINUX",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2025_CORE",
    "WINDOWS_SERVER_2025_FULL",
];

pub(super) const FIELDS: &[Field] = &[
    Field::new("cpu", Control::ChoiceOf(size::cpu_choices)).doc(SIZE_DOC),
    Field::new("memory", Control::ChoiceOf(size::memory_choices)).doc(SIZE_DOC),
    Field::new("containers", Control::Records { fields: CONTAINER, new: "{}", title: &["name", "image"] })
        .section("containers")
        .doc(CONTAINER_DOC),
    Field::new("volumes", Control::Records { fields: VOLUMES, new: "{}", title: &["name", "type"] })
        .section("storage")
        .doc(VOLUMES_DOC),
    Field::new("networkMode", Control::Choice(&["awsvpc", "bridge", "host"]))
        .section("network")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html"),
    Field::new("os", Control::Choice(SYSTEMS))
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html"),
    Field::new("architecture", Control::Choice(&["X86_64", "ARM64"]))
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html"),
    Field::new("ephemeralStorage", Control::Number { min: 21, max: 200, step: 1 })
        .section("advanced")
        .unit("gib")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html"),
    Field::new("logGroup", Control::Text { rule: LOG_GROUP, example: "/ecs/catalogo" })
        .section("observability")
        .doc(LOGS_DOC),
    Field::new("logRetention", Control::ChoiceOf(crate::retention::choices))
        .section("observability")
        .unit("days")
        .doc(LOGS_DOC),
];
