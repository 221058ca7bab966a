//! What the tasks of a design need of a role, read off the design.

use trazo_stack::{Expr, Value, att, map, sub};

use super::lower::allow;
use super::{Role, SecretSource};
use crate::lowering::node_origin;
use crate::resources::ecr_repository::{EcrRepository, arn_of as repository_arn};
use crate::resources::cluster::exec_log_of;
use crate::resources::service::Service;
use crate::resources::service::links::takes_part;
use crate::resources::task_definition::{Storage, TaskDefinition, links::usage, log_group_arn, pull_of};
use crate::{Design, Link, Lowering, Node, NodeId};

/// The task definitions whose execution role a role is.
fn executed<'a>(design: &'a Design, role: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a Node, &'a TaskDefinition)> {
    let executes = |link: &Link| usage(link).is_some_and(|usage| usage.is_execution());
    design.sources::<TaskDefinition>(role).filter(move |(link, ..)| executes(link))
}

/// The task definitions whose task role a role is.
fn worn<'a>(design: &'a Design, role: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a Node, &'a TaskDefinition)> {
    let wears = |link: &Link| usage(link).is_some_and(|usage| usage.is_task());
    design.sources::<TaskDefinition>(role).filter(move |(link, ..)| wears(link))
}

/// Whether it is the execution role of any task definition.
pub(super) fn runs_tasks(design: &Design, role: &NodeId) -> bool {
    executed(design, role).next().is_some()
}

/// Whether all private images that are pulled with a role come from repositories that are drawn, and some do: then the
/// role needs no more than these.
pub(super) fn is_narrow(low: &Lowering<'_>, node: &Node, role: &Role) -> bool {
    is_narrow_in(low.design, &node.id, role)
}

/// The same, where nothing is lowered.
pub(super) fn is_narrow_in(design: &Design, id: &NodeId, role: &Role) -> bool {
    let mut linked = false;
    for (_, task_node, task) in executed(design, id) {
        for container in &task.containers {
            if pull_of(design, &task_node.id, container).is_some() {
                linked = true;
            } else if container.image_is_in_ecr() {
                return false;
            }
        }
    }
    linked && !role.grants_execution()
}

/// Pulling from the repositories that are linked, and writing to the log groups of the tasks
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html>).
pub(super) fn pull_and_logs(low: &Lowering<'_>, node: &Node) -> (Vec<Value>, Vec<Value>) {
    let (mut repositories, mut groups) = (Vec::<Value>::new(), Vec::<Value>::new());
    for (_, task_node, task) in executed(low.design, &node.id) {
        for container in &task.containers {
            let pulled = pull_of(low.design, &task_node.id, container);
            let repository = pulled.and_then(|(link, _)| low.design.get::<EcrRepository>(&link.to));
            if let Some(arn) = repository.and_then(|(repository, _)| repository_arn(low, repository)) {
                add(&mut repositories, arn);
            }
        }
        if let Some(arn) = log_group_arn(low, task_node, task) {
            add(&mut groups, arn.from_origin(node_origin(&task_node.id)));
        }
        for (_, service, props) in low.design.sources::<Service>(&task_node.id) {
            if props.connect_logs && takes_part(low.design, &service.id) {
                let arn = att(low.id(&service.id, "ConnectLogGroup"), "Arn");
                add(&mut groups, arn.from_origin(node_origin(&service.id).field("connectLogs")));
            }
        }
    }
    let pull = vec![
        // Signing in knows no narrower resource.
        allow(&["ecr:GetAuthorizationToken"], vec!["*".into()]),
        allow(
            &["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            repositories,
        ),
    ];
    let logs = if groups.is_empty() {
        Vec::new()
    } else {
        vec![allow(&["logs:CreateLogStream", "logs:PutLogEvents"], groups)]
    };
    (pull, logs)
}

fn add(list: &mut Vec<Value>, value: Value) {
    if list.iter().all(|listed| listed.expr != value.expr) {
        list.push(value);
    }
}

/// Reading the secrets that the task definitions name whose execution role this is, and what private registries ask for. A
/// key of one's own in KMS needs a statement of one's own
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets>).
pub(super) fn secrets(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let [mut secrets, mut parameters, mut keys] = [const { Vec::<Value>::new() }; 3];
    for (_, task_node, task) in executed(low.design, &node.id) {
        let origin = node_origin(&task_node.id);
        for (index, container) in task.containers.iter().enumerate() {
            for (at, secret) in container.secrets.iter().enumerate() {
                let field = |name: &str| origin.field(format!("containers.{index}.secrets.{at}.{name}"));
                let Some(from) = SecretSource::of(&secret.value_from) else { continue };
                let (into, value) = match from {
                    SecretSource::Secret(arn) => (&mut secrets, Value::from(arn)),
                    SecretSource::Parameter(arn) => (&mut parameters, Value::from(arn)),
                    SecretSource::Name(name) => (&mut parameters, parameter_arn(name)),
                };
                add(into, value.from_origin(field("valueFrom")));
                let key = secret.kms_key.trim();
                if !key.is_empty() {
                    add(&mut keys, Value::from(key).from_origin(field("kmsKey")));
                }
            }
            let credentials = container.repository_credentials.trim();
            if !credentials.is_empty() {
                let field = origin.field(format!("containers.{index}.repositoryCredentials"));
                add(&mut secrets, Value::from(credentials).from_origin(field));
            }
        }
    }
    let all = [("secretsmanager:GetSecretValue", secrets), ("ssm:GetParameters", parameters), ("kms:Decrypt", keys)];
    let some = all.into_iter().filter(|(_, resources)| !resources.is_empty());
    some.map(|(action, resources)| allow(&[action], resources)).collect()
}

/// Mounting the file systems that ask for the task role, and writing to those that a container may write to
/// (<https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html>).
pub(super) fn file_systems(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let mut statements: Vec<Value> = Vec::new();
    for (_, task_node, task) in worn(low.design, &node.id) {
        for (index, volume) in task.volumes.iter().enumerate() {
            let id = volume.file_system_id.trim();
            if volume.storage != Storage::Efs || !volume.iam || id.is_empty() {
                continue;
            }
            let arn = |kind: &str, id: &str| {
                sub(format!(
                    "arn:${{AWS::Partition}}:elasticfilesystem:${{AWS::Region}}:${{AWS::AccountId}}:{kind}/{id}"
                ))
            };
            let mut mounts = task.containers.iter().flat_map(|container| &container.mount_points);
            let writes = mounts.any(|mount| mount.source_volume == volume.name && !mount.read_only);
            let actions = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
            let mut statement = allow(&actions[..if writes { 2 } else { 1 }], vec![arn("file-system", id)]);
            let access_point = volume.access_point_id.trim();
            if let (Expr::Map(entries), false) = (&mut statement.expr, access_point.is_empty()) {
                let only = map([("elasticfilesystem:AccessPointArn", arn("access-point", access_point))]);
                entries.insert("Condition".to_owned(), map([("StringEquals", only)]));
            }
            if statements.iter().all(|listed| listed.expr != statement.expr) {
                statements.push(statement.from_origin(node_origin(&task_node.id).field(format!("volumes.{index}.iam"))));
            }
        }
    }
    statements
}

/// What the tasks of a design do with a role beside pulling images and writing logs, each action once.
pub(super) fn actions(design: &Design, role: &NodeId) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    let mut needs = |action: &'static str, needed: bool| {
        if needed && !all.contains(&action) {
            all.push(action);
        }
    };
    for (_, _, task) in executed(design, role) {
        for container in &task.containers {
            needs("secretsmanager:GetSecretValue", !container.repository_credentials.trim().is_empty());
            for secret in &container.secrets {
                match SecretSource::of(&secret.value_from) {
                    Some(SecretSource::Secret(_)) => needs("secretsmanager:GetSecretValue", true),
                    Some(_) => needs("ssm:GetParameters", true),
                    None => {}
                }
                needs("kms:Decrypt", !secret.kms_key.trim().is_empty());
            }
        }
    }
    for (_, task_node, task) in worn(design, role) {
        let mounts = task.volumes.iter().any(|volume| volume.storage == Storage::Efs && volume.iam);
        needs("elasticfilesystem:ClientMount", mounts);
        let exec = design.sources::<Service>(&task_node.id).any(|(_, _, service)| service.enable_execute_command);
        for action in EXEC {
            needs(action, exec);
        }
    }
    all
}

fn parameter_arn(name: String) -> Value {
    let name = name.trim_start_matches('/');
    sub(format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter/{name}"))
}

/// What ECS Exec speaks through.
const EXEC: [&str; 4] = [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

/// The channel of ECS Exec, where a service that has it on runs tasks with this role
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions>).
pub(super) fn exec(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let design = low.design;
    let services: Vec<&Node> = worn(design, &node.id)
        .flat_map(|(_, task, _)| design.sources::<Service>(&task.id))
        .filter(|(_, _, service)| service.enable_execute_command)
        .map(|(_, service, _)| service)
        .collect();
    let Some(service) = services.first() else { return Vec::new() };
    let origin = || node_origin(&service.id).field("enableExecuteCommand");
    // These actions know no narrower resource.
    let mut statements = vec![allow(&EXEC, vec!["*".into()]).from_origin(origin())];
    // Those of one task may run on clusters that record in different groups.
    let mut groups: Vec<String> = Vec::new();
    for group in services.iter().filter_map(|service| exec_log_of(low, &service.id)) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    if !groups.is_empty() {
        // Nor does the first of those with which sessions are recorded.
        statements.push(allow(&["logs:DescribeLogGroups"], vec!["*".into()]).from_origin(origin()));
        let record = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
        statements.push(allow(&record, groups.into_iter().map(|group| att(group, "Arn")).collect()).from_origin(origin()));
    }
    statements
}
