//! The flow logs of a VPC on AWS, and the role that writes them
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>).

use trazo_stack::{DeletionPolicy, Resource, Value, att, list, map, reference};

use super::tags;
use crate::lowering::node_origin;
use crate::resources::vpc::Vpc;
use crate::{Lowering, Node};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node, vpc: &Vpc) {
    if !vpc.flow_logs.enabled {
        return;
    }
    let origin = node_origin(&node.id).field("flowLogs.enabled");
    let group_id = low.id(&node.id, "FlowLogGroup");
    let mut group = Resource::new("AWS::Logs::LogGroup", origin.clone());
    if vpc.flow_logs.retention_days > 0 {
        group.set_from("RetentionInDays", "flowLogs.retentionDays", vpc.flow_logs.retention_days);
    }
    group.deletion_policy = Some(DeletionPolicy::Delete);
    low.add(&group_id, group);

    let role = match low.lab_role(origin.clone()) {
        Some(role) => role,
        None => made_role(low, node, &group_id),
    };
    let mut logs = Resource::new("AWS::EC2::FlowLog", origin);
    logs.set("ResourceType", "VPC").set("ResourceId", reference(low.id(&node.id, "Vpc")));
    logs.set_from("TrafficType", "flowLogs.traffic", vpc.flow_logs.traffic.word());
    logs.set("LogDestinationType", "cloud-watch-logs").set("LogGroupName", reference(group_id));
    logs.set("DeliverLogsPermissionArn", role);
    logs.set("Tags", tags(low, node, ""));
    low.add(low.id(&node.id, "FlowLog"), logs);
}

/// A role that may write to this log group alone.
fn made_role(low: &mut Lowering<'_>, node: &Node, group: &str) -> Value {
    let document = |statements: Vec<Value>| map([("Version", "2012-10-17".into()), ("Statement", statements.into())]);
    let allow = |actions: &[&str], resource: Value| {
        map([("Effect", "Allow".into()), ("Action", list(actions.iter().copied())), ("Resource", resource)])
    };
    let trust = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "vpc-flow-logs.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    let write = allow(&["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], att(group, "Arn"));
    // This action knows no narrower resource.
    let look = allow(&["logs:DescribeLogGroups"], "*".into());
    let mut role = Resource::new("AWS::IAM::Role", node_origin(&node.id).field("flowLogs.enabled"));
    role.set("AssumeRolePolicyDocument", document(vec![trust]));
    role.set("Policies", list([map([("PolicyName", "FlowLogs".into()), ("PolicyDocument", document(vec![write, look]))])]));
    if let Some(tags) = low.tags(node) {
        role.set("Tags", tags);
    }
    let id = low.id(&node.id, "FlowLogRole");
    low.add(&id, role);
    att(id, "Arn")
}
