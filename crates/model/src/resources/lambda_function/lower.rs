//! A Lambda function on AWS: `AWS::Lambda::Function`, its log group, a role where none is drawn, and a security group where it
//! lies in a VPC
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html>).

use trazo_stack::{Object, Origin, Resource, Value, att, list, map, reference, sub};

use super::{LambdaFunction, Package};
use crate::lowering::node_origin;
use crate::resources::role::{Role, arn_of};
use crate::resources::vpc::lower::network;
use crate::{Kind, Lowering, Node, NodeId, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(function) = LambdaFunction::of(&node.props) else { return };
    log_group(low, node, function);
    let role = role(low, node, function);
    let mut resource = Resource::new("AWS::Lambda::Function", node_origin(&node.id));
    resource.set_from("FunctionName", "name", node.name.as_str());
    if !function.description.is_empty() {
        resource.set_from("Description", "description", function.description.as_str());
    }
    resource.set("Role", role);
    code(&mut resource, function);
    resource.set_from("Architectures", "architecture", list([function.architecture.word()]));
    resource.set_from("MemorySize", "memory", function.memory);
    resource.set_from("Timeout", "timeout", function.timeout);
    if let Some(mib) = function.ephemeral_storage {
        resource.set_from("EphemeralStorage", "ephemeralStorage", map([("Size", mib.into())]));
    }
    if let Some(count) = function.reserved_concurrency {
        resource.set_from("ReservedConcurrentExecutions", "reservedConcurrency", count);
    }
    environment(&mut resource, function);
    if function.tracing {
        resource.set_from("TracingConfig", "tracing", map([("Mode", "Active".into())]));
    }
    let mut logging = Object::new();
    logging.insert("LogGroup".to_owned(), reference(log_group_id(low, &node.id)));
    logging.insert("LogFormat".to_owned(), function.log_format.word().into());
    resource.set_from("LoggingConfig", "logFormat", logging);
    vpc(low, node, &mut resource);
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    low.add(id(low, &node.id), resource);
}

/// The logical id of a function.
pub(in crate::resources) fn id(low: &Lowering<'_>, function: &NodeId) -> String {
    low.id(function, "Function")
}

fn log_group_id(low: &Lowering<'_>, function: &NodeId) -> String {
    low.id(function, "LogGroup")
}

/// Lets API Gateway call a function, for what `source` names
/// (<https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>).
pub(in crate::resources) fn api_permission(function: Value, source: Value, origin: Origin) -> Resource {
    let mut permission = Resource::new("AWS::Lambda::Permission", origin);
    permission.set("FunctionName", function);
    permission.set("Action", "lambda:InvokeFunction").set("Principal", "apigateway.amazonaws.com");
    permission.set("SourceArn", source);
    permission
}

fn code(resource: &mut Resource, function: &LambdaFunction) {
    let origin = resource.origin.clone();
    let text = |field: &str, text: &str| Value::from(text).from_origin(origin.field(field));
    let mut code = Object::new();
    match function.package {
        Package::Inline => {
            code.insert("ZipFile".to_owned(), text("code", &function.code));
        }
        Package::S3 => {
            code.insert("S3Bucket".to_owned(), text("s3Bucket", &function.s3_bucket));
            code.insert("S3Key".to_owned(), text("s3Key", &function.s3_key));
            if !function.s3_version.is_empty() {
                code.insert("S3ObjectVersion".to_owned(), text("s3Version", &function.s3_version));
            }
        }
        Package::Image => {
            resource.set_from("PackageType", "package", "Image");
            code.insert("ImageUri".to_owned(), text("imageUri", &function.image_uri));
            if !function.image_command.is_empty() {
                let command = list(function.image_command.iter().map(String::as_str));
                resource.set_from("ImageConfig", "imageCommand", map([("Command", command)]));
            }
        }
    }
    resource.set_from("Code", "package", code);
    if function.package != Package::Image {
        resource.set_from("Runtime", "runtime", function.runtime.as_str());
        resource.set_from("Handler", "handler", function.handler.as_str());
        if !function.layers.is_empty() {
            resource.set_from("Layers", "layers", list(function.layers.iter().map(String::as_str)));
        }
    }
}

fn environment(resource: &mut Resource, function: &LambdaFunction) {
    let origin = resource.origin.clone();
    let named = function.environment.iter().enumerate().filter(|(_, variable)| !variable.name.is_empty());
    let variables: Object = named
        .map(|(index, variable)| {
            let value = Value::from(variable.value.as_str()).from_origin(origin.field(format!("environment.{index}")));
            (variable.name.clone(), value)
        })
        .collect();
    if !variables.is_empty() {
        resource.set_from("Environment", "environment", map([("Variables", variables.into())]));
    }
}

fn log_group(low: &mut Lowering<'_>, node: &Node, function: &LambdaFunction) {
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id));
    group.set_from("LogGroupName", "name", format!("/aws/lambda/{}", node.name));
    if function.log_retention > 0 {
        group.set_from("RetentionInDays", "logRetention", function.log_retention);
    }
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(log_group_id(low, &node.id), group);
}

/// The role that is drawn, or one that is made for this function alone.
fn role(low: &mut Lowering<'_>, node: &Node, function: &LambdaFunction) -> Value {
    let drawn = low.design.targets::<Role>(&node.id).next().map(|(_, role, _)| role);
    if let Some(role) = drawn {
        // A role that exists but is not named is told; there is no other to put in its place.
        return arn_of(low, role).unwrap_or_else(|| "".into());
    }
    if let Some(role) = low.lab_role(node_origin(&node.id)) {
        return role;
    }
    let mut resource = Resource::new("AWS::IAM::Role", node_origin(&node.id));
    let trust = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "lambda.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    resource.set("AssumeRolePolicyDocument", document(vec![trust]));
    let policy = map([("PolicyName", "Function".into()), ("PolicyDocument", document(statements(low, node, function)))]);
    resource.set("Policies", list([policy]));
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    let role_id = low.id(&node.id, "FunctionRole");
    low.add(&role_id, resource);
    att(role_id, "Arn")
}

fn document(statements: Vec<Value>) -> Value {
    map([("Version", "2012-10-17".into()), ("Statement", statements.into())])
}

/// What a function's role must be allowed: writing to its log group; network interfaces where it lies in a VPC; traces where
/// they are on. The last two know no narrower resource
/// (<https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html>).
pub(in crate::resources) fn statements(low: &Lowering<'_>, node: &Node, function: &LambdaFunction) -> Vec<Value> {
    let allow = |actions: &[&str], resource: Value| {
        map([("Effect", "Allow".into()), ("Action", list(actions.iter().copied())), ("Resource", resource)])
    };
    let origin = node_origin(&node.id);
    // The name is written out: to refer to the group would make a role wait for it that serves for more than this function.
    let group = format!(
        "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/{}:*",
        node.name
    );
    let mut all = vec![allow(&["logs:CreateLogStream", "logs:PutLogEvents"], sub(group)).from_origin(origin.clone())];
    if low.design.ancestor(&node.id, Kind::Vpc).is_some() {
        let actions = [
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses",
        ];
        all.push(allow(&actions, "*".into()).from_origin(origin.clone()));
    }
    if function.tracing {
        let traces = allow(&["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*".into());
        all.push(traces.from_origin(origin.field("tracing")));
    }
    all
}

/// Drawn in a VPC, it runs in the private subnets, and nothing may call it there: calls come by Lambda itself
/// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>).
fn vpc(low: &mut Lowering<'_>, node: &Node, resource: &mut Resource) {
    if low.design.ancestor(&node.id, Kind::Vpc).is_none() {
        return;
    }
    let net = network(low, &node.id);
    let group_id = low.id(&node.id, "FunctionSecurityGroup");
    let mut group = Resource::new("AWS::EC2::SecurityGroup", node_origin(&node.id));
    // Descriptions of security groups know no accents; logical ids have none.
    group.set("GroupDescription", format!("Function {}", id(low, &node.id))).set("VpcId", net.vpc);
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(&group_id, group);
    let groups = list([att(group_id, "GroupId")]);
    resource.set("VpcConfig", map([("SubnetIds", net.private_subnets), ("SecurityGroupIds", groups)]));
}
