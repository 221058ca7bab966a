//! A role on AWS: `AWS::IAM::Role`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>).
//!
//! What tasks need of it is read off the design, so that drawing a secret or turning on ECS Exec is enough. Pulling images
//! and writing logs comes from AWS's own managed policy for execution roles rather than from one of ours: AWS keeps it
//! right, and it is the one that AWS's pages and courses name. The role gets no name of its own in IAM, so that creating it
//! needs `CAPABILITY_IAM` only.

use trazo_stack::{Expr, Resource, Value, att, list, map, sub};

use super::{EXECUTION_POLICY, Effect, Role, Source};
use crate::lowering::{link_origin, node_origin};
use crate::resources::lambda_function::{self, LambdaFunction};
use crate::resources::service::Service;
use crate::resources::task_definition::{TaskDefinition, links::usage};
use crate::{Kind, Lowering, Node, Typed};

/// What names a role in `ExecutionRoleArn` and `TaskRoleArn`; `None` for one that exists but is not said.
pub(in crate::resources) fn arn_of(low: &Lowering<'_>, node: &Node) -> Option<Value> {
    let role = Role::of(&node.props)?;
    let arn = role.arn.trim();
    let value = match role.source {
        Source::Made => {
            let made = || att(low.id(&node.id, "Role"), "Arn").from_origin(node_origin(&node.id));
            return Some(low.lab_role(node_origin(&node.id)).unwrap_or_else(made));
        }
        Source::Existing if arn.is_empty() => return None,
        Source::Existing if arn.starts_with("arn:") => Value::from(arn),
        Source::Existing => sub(format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/{arn}")),
    };
    Some(value.from_origin(node_origin(&node.id).field("arn")))
}

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let made = |role: &&Role| role.source == Source::Made && !low.design.is_learner_lab();
    let Some(role) = Role::of(&node.props).filter(made) else { return };
    let mut resource = Resource::new("AWS::IAM::Role", node_origin(&node.id));
    resource.set("AssumeRolePolicyDocument", trust(low, node));
    let managed = managed_policies(low, node, role);
    if !managed.is_empty() {
        resource.set("ManagedPolicyArns", managed);
    }
    let mut policies = Vec::new();
    for (name, statements) in [
        ("Secrets", secrets(low, node)),
        ("EcsExec", exec(low, node)),
        ("Functions", functions(low, node)),
        ("Own", own(node, role)),
    ] {
        if !statements.is_empty() {
            policies.push(map([("PolicyName", name.into()), ("PolicyDocument", document(statements))]));
        }
    }
    if !policies.is_empty() {
        resource.set("Policies", policies);
    }
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    let id = low.id(&node.id, "Role");
    low.add(id, resource);
}

/// Only those that use it may take the role on: functions, tasks; tasks also where nobody uses it yet
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>,
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html>).
fn trust(low: &Lowering<'_>, node: &Node) -> Value {
    let functions = low.design.sources::<LambdaFunction>(&node.id).next().is_some();
    let tasks = !functions || low.design.sources::<TaskDefinition>(&node.id).next().is_some();
    let services = [(tasks, "ecs-tasks.amazonaws.com"), (functions, "lambda.amazonaws.com")];
    let mut services = services.into_iter().filter(|(used, _)| *used).map(|(_, service)| Value::from(service));
    let service = match (services.next(), services.next()) {
        (Some(only), None) => only,
        (first, second) => list(first.into_iter().chain(second)),
    };
    document(vec![map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", service)])),
        ("Action", "sts:AssumeRole".into()),
    ])])
}

/// What the functions need that run with it.
fn functions(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (_, function_node, function) in low.design.sources::<LambdaFunction>(&node.id) {
        for statement in lambda_function::lower::statements(low, function_node, function) {
            // What knows no narrower resource is the same for all functions.
            if all.iter().all(|known| known.expr != statement.expr) {
                all.push(statement);
            }
        }
    }
    all
}

fn document(statements: Vec<Value>) -> Value {
    map([("Version", "2012-10-17".into()), ("Statement", statements.into())])
}

fn allow(actions: &[&str], resources: Vec<Value>) -> Value {
    map([("Effect", "Allow".into()), ("Action", list(actions.iter().copied())), ("Resource", resources.into())])
}

fn managed_policies(low: &Lowering<'_>, node: &Node, role: &Role) -> Vec<Value> {
    let origin = node_origin(&node.id);
    let mut policies = Vec::new();
    let executes = low.design.links_to(&node.id).find(|link| usage(link).is_some_and(|usage| usage.is_execution()));
    if let Some(link) = executes.filter(|_| !role.grants_execution()) {
        policies.push(sub(format!("arn:${{AWS::Partition}}{EXECUTION_POLICY}")).from_origin(link_origin(&link.id)));
    }
    let own = role.managed_policies.iter().enumerate();
    policies.extend(
        own.filter(|(_, arn)| !arn.is_empty()).map(|(index, arn)| {
            Value::from(arn.as_str()).from_origin(origin.field(format!("managedPolicies.{index}")))
        }),
    );
    policies
}

/// Reading the secrets that the task definitions name whose execution role this is. A key of one's own in KMS needs a
/// statement of one's own
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html#task-execution-secrets>).
fn secrets(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
    let (mut secrets, mut parameters) = (Vec::<Value>::new(), Vec::<Value>::new());
    for (link, task_node, task) in low.design.sources::<TaskDefinition>(&node.id) {
        if !usage(link).is_some_and(|usage| usage.is_execution()) {
            continue;
        }
        for (index, container) in task.containers.iter().enumerate() {
            for (at, secret) in container.secrets.iter().enumerate() {
                let Some(from) = SecretSource::of(&secret.value_from) else { continue };
                let field = format!("containers.{index}.secrets.{at}.valueFrom");
                let (into, value) = match from {
                    SecretSource::Secret(arn) => (&mut secrets, Value::from(arn)),
                    SecretSource::Parameter(arn) => (&mut parameters, Value::from(arn)),
                    SecretSource::Name(name) => (&mut parameters, parameter_arn(name)),
                };
                if into.iter().all(|listed| listed.expr != value.expr) {
                    into.push(value.from_origin(node_origin(&task_node.id).field(field)));
                }
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

/// What `valueFrom` of a secret names
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html>).
pub(in crate::resources) enum SecretSource {
    /// ARN of a secret, without the key, stage and version that may follow it.
    Secret(String),
    /// ARN of a parameter.
    Parameter(String),
    /// Name of a parameter in the same region.
    Name(String),
}

impl SecretSource {
    /// Reads `valueFrom`; `None` where it is none of the three.
    pub(in crate::resources) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with("arn:") {
            let named = |b: u8| b.is_ascii_alphanumeric() || b"_.-/".contains(&b);
            return (!text.is_empty() && text.bytes().all(named)).then(|| Self::Name(text.to_owned()));
        }
        let parts: Vec<&str> = text.split(':').collect();
        match (parts.get(2), parts.get(5)) {
            // `arn:aws:secretsmanager:region:account:secret:name` and then `:key:stage:version`.
            (Some(&"secretsmanager"), Some(&"secret")) if parts.len() >= 7 => Some(Self::Secret(parts[..7].join(":"))),
            (Some(&"ssm"), Some(rest)) if rest.starts_with("parameter/") => Some(Self::Parameter(text.to_owned())),
            _ => None,
        }
    }
}

fn parameter_arn(name: String) -> Value {
    let name = name.trim_start_matches('/');
    sub(format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter/{name}"))
}

/// The channel of ECS Exec, where a service that has it on runs tasks with this role
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions>).
fn exec(low: &Lowering<'_>, node: &Node) -> Vec<Value> {
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

fn own(node: &Node, role: &Role) -> Vec<Value> {
    let whole = role.statements.iter().enumerate().filter(|(_, s)| !s.actions.is_empty() && !s.resources.is_empty());
    whole
        .map(|(index, statement)| {
            let effect = match statement.effect {
                Effect::Allow => "Allow",
                Effect::Deny => "Deny",
            };
            let texts = |texts: &[String]| Value::from(Expr::List(texts.iter().map(|t| t.as_str().into()).collect()));
            map([
                ("Effect", effect.into()),
                ("Action", texts(&statement.actions)),
                ("Resource", texts(&statement.resources)),
            ])
            .from_origin(node_origin(&node.id).field(format!("statements.{index}")))
        })
        .collect()
}
