//! The permissions that a deployment needs, as policies of IAM to copy.

mod roles;
mod stepwise;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use trazo_stack::Stack;

pub(crate) use stepwise::action;
pub use stepwise::stepwise;

/// How many characters a managed policy has at most; white space does not count
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>).
pub const LONGEST: usize = 6_144;

/// How many characters of actions a statement has at most, so that a policy holds it with room for others.
const PART: usize = 3_000;

/// How many characters of a stack's name are sure to begin the names of the roles that are made: longer ones are cut.
const SURE: usize = 18;

/// Where a policy holds.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The region.
    pub region: &'a str,
    /// The account's number, where it is known.
    pub account: Option<&'a str>,
    /// The name of the stack.
    pub stack: &'a str,
}

impl Scope<'_> {
    /// An ARN of IAM.
    fn iam(&self, rest: &str) -> String {
        format!("arn:aws:iam::{}:{rest}", self.account.unwrap_or("*"))
    }

    /// What the names of roles begin with that are made for the stack.
    fn made(&self) -> String {
        let start: String = self.stack.chars().take(SURE).collect();
        format!("{}*", start.trim_end_matches('-'))
    }
}

/// Actions by service.
#[derive(Default)]
struct Grants(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Grants {
    /// Adds the actions that a text lists.
    fn add(&mut self, prefix: &'static str, actions: &'static str) {
        self.0.entry(prefix).or_default().extend(actions.split(' '));
    }

    /// The actions of a service, without those that another with a `*` holds; taken out.
    fn take(&mut self, prefix: &str) -> Vec<String> {
        let Some(actions) = self.0.remove(prefix) else { return Vec::new() };
        let stars: Vec<&str> = actions.iter().filter_map(|action| action.strip_suffix('*')).collect();
        let held = |action: &&&str| action.ends_with('*') || !stars.iter().any(|star| action.starts_with(star));
        actions.iter().filter(held).map(|action| format!("{prefix}:{action}")).collect()
    }
}

/// The policies that someone needs who deploys a stack with CloudFormation: one, or several where one would be too long.
pub fn formation(stack: &Stack, scope: &Scope<'_>) -> Vec<Json> {
    let mut grants = Grants::default();
    for resource in stack.resources.values() {
        if let Some((prefix, actions)) = table::own(resource.type_name) {
            grants.add(prefix, actions);
        }
    }
    let arn =
        |name: &str| format!("arn:aws:cloudformation:{}:{}:stack/{name}/*", scope.region, scope.account.unwrap_or("*"));
    let full = |actions: &str| actions.split(' ').map(|action| format!("cloudformation:{action}")).collect();
    let mut statements = vec![
        statement("Stack", full(table::FORMATION_WRITES), json!(arn(scope.stack))),
        statement("StackReads", full(table::FORMATION_READS), json!("*")),
    ];
    statements.extend(rest(stack, grants, scope));
    pack(statements)
}

/// The statements that both engines need: of services, of roles that are made, of roles that are handed on.
fn rest(stack: &Stack, mut grants: Grants, scope: &Scope<'_>) -> Vec<Json> {
    let mut linked = BTreeSet::new();
    for resource in stack.resources.values() {
        table::beside(resource.type_name).for_each(|(prefix, actions)| grants.add(prefix, actions));
        linked.extend(table::linked_role(resource.type_name));
        if resource.type_name == "AWS::ECS::Service" {
            table::WATCH.iter().for_each(|(prefix, actions)| grants.add(prefix, actions));
        }
    }
    table::ALWAYS.iter().for_each(|(prefix, actions)| grants.add(prefix, actions));
    let mut statements = Vec::new();
    let gateway = grants.take("apigateway");
    if !gateway.is_empty() {
        let arn = format!("arn:aws:apigateway:{}::/*", scope.region);
        statements.push(statement("ApiGateway", gateway, json!(arn)));
    }
    let iam = grants.take("iam");
    if !iam.is_empty() {
        let made = scope.made();
        let arns = ["role", "instance-profile"].map(|kind| scope.iam(&format!("{kind}/{made}")));
        statements.push(statement("Roles", iam, json!(arns)));
    }
    statements.extend(services(grants, scope));
    statements.extend(hand(stack, scope));
    if !linked.is_empty() {
        let arn = scope.iam("role/aws-service-role/*");
        let mut one = statement("LinkedRoles", vec!["iam:CreateServiceLinkedRole".to_owned()], json!(arn));
        one["Condition"] = json!({ "StringEquals": { "iam:AWSServiceName": linked } });
        statements.push(one);
    }
    statements
}

/// What is allowed in one region, of services with many kinds of resources. Together they are shorter than one by one, and several
/// statements can go into several policies.
fn services(mut grants: Grants, scope: &Scope<'_>) -> Vec<Json> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut room = 0;
    let prefixes: Vec<_> = grants.0.keys().copied().collect();
    for action in prefixes.into_iter().flat_map(|prefix| grants.take(prefix)) {
        // Quotes and comma.
        let length = action.len() + 3;
        if parts.is_empty() || room < length {
            parts.push(Vec::new());
            room = PART;
        }
        room -= length;
        if let Some(part) = parts.last_mut() {
            part.push(action);
        }
    }
    let numbered = parts.into_iter().enumerate().map(|(index, actions)| {
        let mut one = statement(&format!("Services{}", index + 1), actions, json!("*"));
        one["Condition"] = json!({ "StringEquals": { "aws:RequestedRegion": scope.region } });
        one
    });
    numbered.collect()
}

/// What lets roles be handed to services, and to no other.
fn hand(stack: &Stack, scope: &Scope<'_>) -> Vec<Json> {
    let handed = roles::handed(stack, scope);
    if handed.roles.is_empty() {
        return Vec::new();
    }
    let mut pass = statement("PassRoles", vec!["iam:PassRole".to_owned()], json!(handed.roles));
    pass["Condition"] = json!({ "StringEquals": { "iam:PassedToService": handed.services } });
    vec![statement("ReadRoles", vec!["iam:GetRole".to_owned()], json!(handed.roles)), pass]
}

fn statement(name: &str, actions: Vec<String>, resource: Json) -> Json {
    json!({ "Sid": name, "Effect": "Allow", "Action": actions, "Resource": resource })
}

/// Puts statements into as few policies as hold them, in their order.
fn pack(statements: Vec<Json>) -> Vec<Json> {
    let document = |statements: &[Json]| json!({ "Version": "2012-10-17", "Statement": statements });
    let mut out = Vec::new();
    let mut open: Vec<Json> = Vec::new();
    for statement in statements {
        open.push(statement);
        if open.len() > 1 && size(&document(&open)) > LONGEST {
            let last = open.split_off(open.len() - 1);
            out.push(document(&open));
            open = last;
        }
    }
    out.push(document(&open));
    out
}

/// How long a policy is as IAM counts: without white space.
pub fn size(policy: &Json) -> usize {
    policy.to_string().chars().filter(|one| !one.is_whitespace()).count()
}

#[cfg(test)]
mod tests;
