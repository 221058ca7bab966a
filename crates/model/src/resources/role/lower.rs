//! A role on AWS: `AWS::IAM::Role`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>).
//!
//! What tasks need of it is read off the design, so that drawing a secret or turning on ECS Exec is enough. Pulling images
//! and writing logs comes from AWS's own managed policy for execution roles, which AWS keeps right and AWS's pages and
//! courses name, until a repository is linked: then it is known what is pulled, and no more is allowed. The role gets no name of its own in IAM, so that creating it
//! needs `CAPABILITY_IAM` only.

use trazo_stack::{Expr, Resource, Value, att, list, map, sub};

use super::needs::{exec, file_systems, is_narrow, pull_and_logs, secrets};
use super::{EXECUTION_POLICY, Effect, Role, Source};
use crate::lowering::{link_origin, node_origin};
use crate::resources::lambda_function::{self, LambdaFunction};
use crate::resources::task_definition::{TaskDefinition, links::usage};
use crate::{Lowering, Node, Typed};

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
    let (pull, logs) = if is_narrow(low, node, role) { pull_and_logs(low, node) } else { (Vec::new(), Vec::new()) };
    let needed = [
        ("Pull", pull),
        ("Logs", logs),
        ("Secrets", secrets(low, node)),
        ("EcsExec", exec(low, node)),
        ("FileSystems", file_systems(low, node)),
        ("Functions", functions(low, node)),
        ("Own", own(node, role)),
    ];
    for (name, statements) in needed {
        if !statements.is_empty() {
            policies.push(map([("PolicyName", name.into()), ("PolicyDocument", document(statements))]));
        }
    }
    if !policies.is_empty() {
        resource.set("Policies", policies);
    }
    let boundary = role.permissions_boundary.trim();
    if !boundary.is_empty() {
        resource.set_from("PermissionsBoundary", "permissionsBoundary", boundary);
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

pub(super) fn allow(actions: &[&str], resources: Vec<Value>) -> Value {
    map([("Effect", "Allow".into()), ("Action", list(actions.iter().copied())), ("Resource", resources.into())])
}

fn managed_policies(low: &Lowering<'_>, node: &Node, role: &Role) -> Vec<Value> {
    let origin = node_origin(&node.id);
    let mut policies = Vec::new();
    let executes = low.design.links_to(&node.id).find(|link| usage(link).is_some_and(|usage| usage.is_execution()));
    if let Some(link) = executes.filter(|_| !role.grants_execution() && !is_narrow(low, node, role)) {
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
