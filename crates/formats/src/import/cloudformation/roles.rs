//! Roles of tasks and functions: those that are made with the template, and those that exist.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use trazo_model::Kind;

use super::parts::{Level, Props, Reading, fitting};
use super::template::Resource;
use super::value::{Form, Val};

/// Policies that Trazo writes itself, and what the actions in them begin with.
const OWN: [(&str, &[&str]); 6] = [
    ("Pull", &["ecr:"]),
    ("Logs", &["logs:"]),
    ("Secrets", &["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"]),
    ("EcsExec", &["ssmmessages:", "logs:"]),
    ("FileSystems", &["elasticfilesystem:"]),
    ("Functions", &["logs:", "ec2:", "xray:"]),
];

/// What AWS lets a function do that only runs.
const BASIC: [&str; 3] = ["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess"];

/// The policy that an execution role gets by itself.
const EXECUTION: &str = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/// The roles that stand as nodes, by what names them.
#[derive(Default)]
pub(super) struct Roles {
    known: BTreeMap<String, usize>,
}

impl Roles {
    /// The node of a role that a value names; makes it where it is not there yet.
    pub(super) fn node<'a>(&mut self, reading: &mut Reading<'a>, value: &'a Val) -> Option<usize> {
        let template = reading.template;
        if let Some(role) = value.names().and_then(|id| template.get_of(id, "AWS::IAM::Role")) {
            if let Some(node) = reading.node(&role.id) {
                return Some(node);
            }
            return Some(made(reading, role));
        }
        let (key, arn) = match &value.form {
            Form::Text(text) => (text.clone(), text.clone()),
            Form::Sub(text) => {
                let plain = text.replace("${AWS::Partition}", "aws");
                match plain.strip_prefix("arn:aws:iam::${AWS::AccountId}:role/") {
                    Some(name) if !name.contains("${") => (plain.clone(), name.to_owned()),
                    _ => (text.clone(), value.text().unwrap_or_default()),
                }
            }
            // Whoever deploys gives its ARN.
            Form::Ref(name) => (name.clone(), String::new()),
            _ => return None,
        };
        value.mark();
        reading.lab |= lab(value);
        if let Some(node) = self.known.get(&key) {
            return Some(*node);
        }
        let spoken = if arn.is_empty() { key.as_str() } else { arn.rsplit('/').next().unwrap_or_default() };
        let node = reading.nodes.len();
        let mut props = Props::default();
        props.put("source", "existing", value.line);
        if arn.is_empty() {
            reading.tell(Level::Guessed, "import.note.role_missing", value.line, vec![("name", key.clone())]);
        } else {
            props.put("arn", arn.as_str(), value.line);
        }
        reading.nodes.push(super::parts::Part {
            key: format!("role:{key}"),
            kind: Kind::Role,
            name: fitting(Kind::Role, spoken),
            tags: Vec::new(),
            props,
            parent: None,
            line: value.line,
        });
        self.known.insert(key, node);
        Some(node)
    }
}

/// What a role may say that nobody uses yet, to be one of Trazo's.
const OF_ROLE: [&str; 5] = ["AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "PermissionsBoundary", "Tags"];

/// Roles for tasks that nothing in the template uses yet.
pub(super) fn unused(reading: &mut Reading<'_>) {
    let template = reading.template;
    let waited: BTreeSet<&str> =
        template.resources.values().flat_map(|other| &other.depends_on).map(String::as_str).collect();
    for role in template.of_type("AWS::IAM::Role") {
        let known = |key: &String| OF_ROLE.contains(&key.as_str());
        let plain = role.properties.entries().all(|(key, _)| known(key)) && role.attributes.is_empty();
        let named = template.is_named(&role.id) || waited.contains(role.id.as_str());
        let trusted = role.items("AssumeRolePolicyDocument.Statement");
        let of_tasks = |statement: &Val| {
            let who = statement.at("Principal.Service").and_then(Val::text);
            who.as_deref() == Some("ecs-tasks.amazonaws.com") && statement.get("Condition").is_none()
        };
        if reading.owner(&role.id).is_none() && plain && !named && trusted.len() == 1 && trusted.iter().all(of_tasks) {
            made(reading, role);
        }
    }
}

fn made<'a>(reading: &mut Reading<'a>, role: &'a Resource) -> usize {
    let template = reading.template;
    let node = reading.add(Kind::Role, role, role.text("RoleName"));
    reading.tags(node, role, &[]);
    if let Some(trust) = role.at("AssumeRolePolicyDocument") {
        // Who takes it on follows from the links; under which conditions does not.
        trust.ignore_keys(&["Version", "Id"]);
        let statements = trust.get("Statement").map(Val::items).unwrap_or_default();
        statements.iter().for_each(|one| one.ignore_keys(&["Action", "Effect", "Principal", "Sid"]));
    }
    let mut managed: Vec<String> = Vec::new();
    for policy in role.items("ManagedPolicyArns") {
        match &policy.form {
            Form::Sub(text) if text == EXECUTION => policy.mark(),
            _ => managed.extend(reading.wording(policy)),
        }
    }
    let mut statements = Vec::new();
    for policy in role.items("Policies") {
        let name = policy.get("PolicyName").and_then(Val::text).unwrap_or_default();
        let Some(document) = policy.get("PolicyDocument") else { continue };
        if is_own(&name, document) {
            document.ignore();
        } else {
            read_statements(reading, document, &mut statements);
        }
    }
    for policy in template.users(&role.id, "AWS::IAM::Policy") {
        if let Some(document) = policy.at("PolicyDocument") {
            read_statements(reading, document, &mut statements);
        }
        if let Some(name) = policy.at("PolicyName") {
            name.mark();
        }
        policy.items("Roles").iter().for_each(Val::ignore);
        reading.own(policy, node);
    }
    let props = reading.props(node);
    if !managed.is_empty() {
        props.put("managedPolicies", managed, role.line);
    }
    if !statements.is_empty() {
        props.put("statements", statements, role.line);
    }
    props.copy(&role.properties, &[("PermissionsBoundary", "permissionsBoundary", super::parts::As::Text)]);
    node
}

/// The keys of KMS that a role opens secrets with, given to the secrets of the tasks that it starts: to which of them each belongs
/// is not said.
pub(super) fn keys_of_secrets(reading: &mut Reading<'_>) {
    let template = reading.template;
    let starts: Vec<(usize, usize)> =
        reading.ties.iter().filter(|tie| is_execution(tie)).map(|tie| (tie.from, tie.to)).collect();
    let mut left: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (task, role) in starts {
        let keys =
            left.entry(role).or_insert_with(|| template.get(&reading.nodes[role].key).map(keys).unwrap_or_default());
        let sets = &mut reading.nodes[task].props.sets;
        let containers =
            sets.iter_mut().find(|(path, ..)| path == "containers").and_then(|(_, all, _)| all.as_array_mut());
        let secrets =
            containers.into_iter().flatten().filter_map(|container| container.get_mut("secrets")?.as_array_mut());
        for secret in secrets.flatten().take(keys.len()).collect::<Vec<_>>() {
            secret["kmsKey"] = keys.remove(0).into();
        }
    }
}

fn is_execution(tie: &super::parts::Tie) -> bool {
    tie.props.sets.iter().any(|(path, word, _)| path == "use" && (*word == "execution" || *word == "both"))
}

/// The keys that the policy for secrets names.
fn keys(role: &Resource) -> Vec<String> {
    let own = |policy: &&Val| policy.get("PolicyName").and_then(Val::text).as_deref() == Some("Secrets");
    let documents =
        role.items("Policies").iter().filter(own).filter_map(|policy| policy.at("PolicyDocument.Statement"));
    let statements = documents.flat_map(Val::items).filter(|statement| actions(statement) == ["kms:Decrypt"]);
    let keys = statements.filter_map(|statement| statement.get("Resource")).flat_map(Val::items);
    keys.filter_map(Val::text).collect()
}

fn actions(statement: &Val) -> Vec<String> {
    statement.get("Action").map(Val::items).unwrap_or_default().iter().filter_map(Val::text).collect()
}

fn is_own(name: &str, document: &Val) -> bool {
    let Some((_, beginnings)) = OWN.iter().find(|(own, _)| *own == name) else { return false };
    let statements = document.get("Statement").map(Val::items).unwrap_or_default();
    statements.iter().all(|statement| {
        let actions = actions(statement);
        !actions.is_empty() && actions.iter().all(|action| beginnings.iter().any(|begin| action.starts_with(begin)))
    })
}

fn read_statements(reading: &mut Reading<'_>, document: &Val, all: &mut Vec<serde_json::Value>) {
    if let Some(version) = document.get("Version") {
        version.mark();
    }
    for statement in document.get("Statement").map(Val::items).unwrap_or_default() {
        let effect = statement.get("Effect").and_then(Val::text).unwrap_or_else(|| "Allow".to_owned());
        let actions = actions(statement);
        let resources = statement.get("Resource").map(Val::items).unwrap_or_default();
        let resources: Vec<String> = resources.iter().filter_map(|resource| reading.wording(resource)).collect();
        if let Some(sid) = statement.get("Sid") {
            sid.mark();
        }
        if !actions.is_empty() {
            all.push(json!({ "effect": effect, "actions": actions, "resources": resources }));
        }
    }
}

/// Whether a role is one that a function gets by itself: it may write logs and traces, and no more.
pub(super) fn is_basic(role: &Resource) -> bool {
    let basic = |policy: &Val| {
        let text = match &policy.form {
            Form::Text(text) | Form::Sub(text) => text.as_str(),
            _ => return false,
        };
        BASIC.iter().any(|name| text.ends_with(name))
    };
    let mut policies = role.items("Policies").iter();
    let inline = policies.all(|policy| {
        let statements = policy.at("PolicyDocument.Statement").map(Val::items).unwrap_or_default();
        let plain = ["logs:", "ec2:", "xray:"];
        statements.iter().all(|statement| {
            actions(statement).iter().all(|action| plain.iter().any(|begin| action.starts_with(begin)))
        })
    });
    inline && role.items("ManagedPolicyArns").iter().all(basic) && role.at("PermissionsBoundary").is_none()
}

/// Whether a value is the role of a Learner Lab, which takes the place of any that would be made.
pub(super) fn lab(value: &Val) -> bool {
    matches!(&value.form, Form::Sub(text) if text == "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole")
}
