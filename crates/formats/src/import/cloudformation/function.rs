//! Lambda functions.

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::cluster::lie;
use super::network::{Networks, made_anew};
use super::parts::{As, Level, Props, Reading, Row};
use super::roles::{Roles, is_basic};
use super::template::Resource;
use super::value::Val;

const ROWS: &[Row] = &[
    ("Description", "description", As::Text),
    ("Runtime", "runtime", As::Text),
    ("Handler", "handler", As::Text),
    ("MemorySize", "memory", As::Int),
    ("Timeout", "timeout", As::Int),
    ("EphemeralStorage.Size", "ephemeralStorage", As::Int),
    ("ReservedConcurrentExecutions", "reservedConcurrency", As::Int),
    ("LoggingConfig.LogFormat", "logFormat", As::Text),
    ("Code.S3Bucket", "s3Bucket", As::Text),
    ("Code.S3Key", "s3Key", As::Text),
    ("Code.S3ObjectVersion", "s3Version", As::Text),
    ("ImageConfig.Command", "imageCommand", As::Texts),
];

pub(super) fn read<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>, roles: &mut Roles) {
    let template = reading.template;
    for function in template.of_type("AWS::Lambda::Function") {
        let node = reading.add(Kind::LambdaFunction, function, function.text("FunctionName"));
        reading.tags(node, function, &[]);
        let mut props = Props::default();
        let line = function.line;
        // What AWS takes where nothing is said.
        for (field, value) in [("memory", 128), ("timeout", 3)] {
            props.put(field, value, line);
        }
        props.copy(&function.properties, ROWS);
        let architecture = function.items("Architectures").first().and_then(Val::text);
        props.put("architecture", architecture.unwrap_or_else(|| "x86_64".to_owned()), line);
        if let Some(mode) = function.text("TracingConfig.Mode") {
            props.put("tracing", mode == "Active", line);
        }
        code(reading, function, &mut props);
        environment(reading, function, &mut props);
        logs(reading, function, node, &mut props);
        let mut layers = Vec::new();
        for layer in function.items("Layers") {
            layers.extend(reading.wording(layer));
        }
        if !layers.is_empty() {
            props.put("layers", layers, line);
        }
        reading.nodes[node].props = props;
        if let Some(vpc) = function.at("VpcConfig") {
            let place = networks.place(reading, vpc.get("SubnetIds").map(Val::items).unwrap_or_default());
            lie(reading, node, place);
            for group in vpc.get("SecurityGroupIds").map(Val::items).unwrap_or_default() {
                group.ignore();
                made_anew(reading, group.names(), node);
            }
        }
        role(reading, roles, function, node);
    }
}

fn code(reading: &mut Reading<'_>, function: &Resource, props: &mut Props) {
    let line = function.line;
    if let Some(image) = function.at("Code.ImageUri") {
        props.put("package", "image", line);
        if let Some(uri) = reading.wording(image) {
            props.put("imageUri", uri, image.line);
        }
        function.at("PackageType").map(Val::mark);
        return;
    }
    function.at("PackageType").map(Val::mark);
    match function.at("Code.ZipFile") {
        Some(code) => {
            props.put("package", "inline", line);
            let text = reading.wording(code).unwrap_or_default();
            if matches!(code.form, super::value::Form::Sub(_)) {
                // In code such places are its own.
                let args = vec![("path", format!("{}.Code.ZipFile", function.id)), ("value", text.clone())];
                reading.tell(Level::Left, "import.note.value", code.line, args);
            }
            props.put("code", text, code.line);
        }
        None => props.put("package", "s3", line),
    }
}

fn environment(reading: &mut Reading<'_>, function: &Resource, props: &mut Props) {
    let mut all: Vec<Json> = Vec::new();
    for (name, value) in function.at("Environment.Variables").into_iter().flat_map(Val::entries) {
        match reading.wording(value) {
            Some(text) => all.push(json!({ "name": name, "value": text })),
            None => {
                value.ignore();
                let args = vec![("path", format!("{}.{name}", function.id)), ("value", value.json().to_string())];
                reading.tell(Level::Left, "import.note.value", value.line, args);
            }
        }
    }
    props.put("environment", all, function.line);
}

/// The log group that the function names, or that is called as Lambda calls it.
fn logs<'a>(reading: &mut Reading<'a>, function: &'a Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    let named = function.names("LoggingConfig.LogGroup").and_then(|id| template.get_of(id, "AWS::Logs::LogGroup"));
    let usual = || template.users(&function.id, "AWS::Logs::LogGroup").next();
    let group = named.or_else(usual);
    let days = group.map_or(0, |group| group.at("RetentionInDays").and_then(Val::int).unwrap_or(0));
    props.put("logRetention", days, group.map_or(function.line, |group| group.line));
    if let Some(group) = group {
        group.pass_over();
        reading.own(group, node);
    }
}

fn role<'a>(reading: &mut Reading<'a>, roles: &mut Roles, function: &'a Resource, node: usize) {
    let template = reading.template;
    let Some(value) = function.at("Role") else { return };
    let made = value.names().and_then(|id| template.get_of(id, "AWS::IAM::Role"));
    if let Some(made) = made.filter(|made| is_basic(made)) {
        let users = template.users(&made.id, "AWS::Lambda::Function").count();
        let policies = template.users(&made.id, "AWS::IAM::Policy").next().is_some();
        let used_by_tasks = reading.node(&made.id).is_some();
        if users == 1 && !policies && !used_by_tasks && is_single(made) {
            made.properties.ignore_keys(&["AssumeRolePolicyDocument", "ManagedPolicyArns", "Path", "Policies", "Tags"]);
            reading.own(made, node);
            return;
        }
    }
    match roles.node(reading, value) {
        Some(role) => reading.tie(node, role, Props::default(), value.line),
        None => {
            value.ignore();
            let args = vec![("path", format!("{}.Role", function.id)), ("value", value.json().to_string())];
            reading.tell(Level::Left, "import.note.value", value.line, args);
        }
    }
}

/// Whether a role is as Trazo makes one for a function by itself: its policy is called so; or it is one of AWS's own policies alone.
fn is_single(role: &Resource) -> bool {
    let own = |policy: &Val| policy.get("PolicyName").and_then(Val::text).as_deref() != Some("Functions");
    role.items("Policies").iter().all(own)
}
