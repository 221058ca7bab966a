//! Logs of a REST API: the group that access logs go to, and the role that lets API Gateway write.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html>

use trazo_stack::{DeletionPolicy, Resource, att, list, map, sub};

use crate::lowering::node_origin;
use crate::resources::rest_api::{LogsRole, RestApi};
use crate::{Lowering, Node};

/// One JSON object a request, of context variables
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html>).
pub(super) const FORMAT: &str = concat!(
    r#"{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","#,
    r#""method":"$context.httpMethod","resource":"$context.resourcePath","path":"$context.path","#,
    r#""status":"$context.status","apiKeyId":"$context.identity.apiKeyId","error":"$context.error.message","#,
    r#""latency":"$context.responseLatency","integrationLatency":"$context.integrationLatency","#,
    r#""responseLength":"$context.responseLength"}"#
);

/// The group that access logs go to.
pub(super) fn group(low: &mut Lowering<'_>, node: &Node, api: &RestApi) -> String {
    let id = low.id(&node.id, "AccessLogs");
    let mut group = Resource::new("AWS::Logs::LogGroup", node_origin(&node.id).field("accessLogs.enabled"));
    let name = low.id(&node.id, "RestApi");
    group.set("LogGroupName", sub(format!("/aws/vendedlogs/${{AWS::StackName}}/{name}")));
    if api.access_logs.retention_days > 0 {
        group.set_from("RetentionInDays", "accessLogs.retentionDays", api.access_logs.retention_days);
    }
    group.deletion_policy = Some(DeletionPolicy::Delete);
    low.add(&id, group);
    id
}

/// The setting of the account, which all REST APIs of a region share.
const ACCOUNT: &str = "ApiGatewayAccount";
/// The role that it names.
const ROLE: &str = "ApiGatewayLogsRole";

/// Tells the account which role API Gateway writes logs with, once for all APIs of the stack. It stays when the stack goes,
/// since other APIs of the account use it too.
pub(super) fn account(low: &mut Lowering<'_>, node: &Node, api: &RestApi) -> Option<String> {
    if !api.logs() || api.logs_role == LogsRole::Account {
        return None;
    }
    if low.stack.resources.contains_key(ACCOUNT) {
        return Some(ACCOUNT.to_owned());
    }
    let origin = node_origin(&node.id).field("logsRole");
    let arn = if api.logs_role == LogsRole::Existing {
        trazo_stack::Value::from(api.logs_role_arn.as_str()).from_origin(node_origin(&node.id).field("logsRoleArn"))
    } else if let Some(lab) = low.lab_role(origin.clone()) {
        lab
    } else {
        let mut role = Resource::new("AWS::IAM::Role", origin.clone());
        let statement = map([
            ("Effect", "Allow".into()),
            ("Principal", map([("Service", "apigateway.amazonaws.com".into())])),
            ("Action", "sts:AssumeRole".into()),
        ]);
        let trust = map([("Version", "2012-10-17".into()), ("Statement", list([statement]))]);
        role.set("AssumeRolePolicyDocument", trust);
        let policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
        role.set("ManagedPolicyArns", list([sub(policy)]));
        role.deletion_policy = Some(DeletionPolicy::Retain);
        low.add(ROLE, role);
        att(ROLE, "Arn")
    };
    let mut account = Resource::new("AWS::ApiGateway::Account", origin);
    account.set("CloudWatchRoleArn", arn);
    account.deletion_policy = Some(DeletionPolicy::Retain);
    // API Gateway keeps the setting only where there is an API already.
    account.wait_for(low.id(&node.id, "RestApi"));
    low.add(ACCOUNT, account);
    Some(ACCOUNT.to_owned())
}
