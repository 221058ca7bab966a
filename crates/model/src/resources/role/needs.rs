//! What the tasks of a design need of a role, read off the design.

use trazo_stack::{Value, att, sub};

use super::lower::allow;
use super::{Role, SecretSource};
use crate::lowering::node_origin;
use crate::resources::ecr_repository::{EcrRepository, arn_of as repository_arn};
use crate::resources::service::Service;
use crate::resources::task_definition::{TaskDefinition, links::usage, pull_of};
use crate::{Design, Kind, Link, Lowering, Node, NodeId};

/// The task definitions whose execution role a role is.
fn executed<'a>(design: &'a Design, role: &'a NodeId) -> impl Iterator<Item = (&'a Link, &'a Node, &'a TaskDefinition)> {
    let executes = |link: &Link| usage(link).is_some_and(|usage| usage.is_execution());
    design.sources::<TaskDefinition>(role).filter(move |(link, ..)| executes(link))
}

/// Whether all private images that are pulled with a role come from repositories that are drawn, and some do: then the
/// role needs no more than these.
pub(super) fn is_narrow(low: &Lowering<'_>, node: &Node, role: &Role) -> bool {
    let design = low.design;
    let mut linked = false;
    for (_, task_node, task) in executed(design, &node.id) {
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
        if task.containers.iter().any(|container| container.logs) {
            let arn = att(low.id(&task_node.id, "LogGroup"), "Arn");
            add(&mut groups, arn.from_origin(node_origin(&task_node.id)));
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

/// Reading the secrets that the task definitions name whose execution role this is. A key of one's own in KMS needs a
/// statement of one's own
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets>).
pub(super) fn secrets(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let (mut secrets, mut parameters) = (Vec::<Value>::new(), Vec::<Value>::new());
    for (_, task_node, task) in executed(low.design, &node.id) {
        for (index, container) in task.containers.iter().enumerate() {
            for (at, secret) in container.secrets.iter().enumerate() {
                let Some(from) = SecretSource::of(&secret.value_from) else { continue };
                let field = format!("containers.{index}.secrets.{at}.valueFrom");
                let (into, value) = match from {
                    SecretSource::Secret(arn) => (&mut secrets, Value::from(arn)),
                    SecretSource::Parameter(arn) => (&mut parameters, Value::from(arn)),
                    SecretSource::Name(name) => (&mut parameters, parameter_arn(name)),
                };
                add(into, value.from_origin(node_origin(&task_node.id).field(field)));
            }
        }
    }
    let mut statements = Vec::new();
    if !secrets.is_empty() {
        statements.push(allow(&["secretsmanager:GetSecretValue"], secrets));
    }
    if !parameters.is_empty() {
        statements.push(allow(&["ssm:GetParameters"], parameters));
    }
    statements
}

fn parameter_arn(name: String) -> Value {
    let name = name.trim_start_matches('/');
    sub(format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter/{name}"))
}

/// The channel of ECS Exec, where a service that has it on runs tasks with this role
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions>).
pub(super) fn exec(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let design = low.design;
    let tasks =
        design.sources::<TaskDefinition>(&node.id).filter(|(link, ..)| usage(link).is_some_and(|u| u.is_task()));
    let service = tasks
        .flat_map(|(_, task, _)| design.sources::<Service>(&task.id))
        .find(|(_, node, service)| node.kind() == Kind::Service && service.enable_execute_command);
    let Some((_, service, _)) = service else { return Vec::new() };
    let actions = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ];
    // These actions know no narrower resource.
    vec![allow(&actions, vec!["*".into()]).from_origin(node_origin(&service.id).field("enableExecuteCommand"))]
}
