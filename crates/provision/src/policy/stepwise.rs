//! The permissions for deploying step by step: just the calls that are made.

use serde_json::Value as Json;
use trazo_calls::{Service, Step, Template};
use trazo_stack::Stack;

use super::{Grants, Scope, pack, rest};

/// The policies that someone needs who makes a stack by these steps and takes it back.
pub fn stepwise(stack: &Stack, steps: &[Step], scope: &Scope<'_>) -> Vec<Json> {
    let mut grants = Grants::default();
    for template in steps.iter().flat_map(templates) {
        let Some((prefix, action)) = action(template.service, template.operation) else { continue };
        grants.add(prefix, action);
        if let Some(action) = tagging(template) {
            grants.add(prefix, action);
        }
    }
    pack(rest(stack, grants, scope))
}

/// All calls that a step may make.
fn templates(step: &Step) -> Vec<&Template> {
    let mut out = vec![&step.call];
    out.extend(step.ready.as_ref().map(|wait| &wait.poll));
    for undo in &step.undo {
        out.push(&undo.call);
        out.extend(undo.wait.as_ref().map(|wait| &wait.poll));
    }
    if let Some(find) = &step.find {
        out.push(&find.call);
        out.extend(find.proof.as_ref().map(|proof| &proof.call));
    }
    out
}

/// The action that allows an operation; none where everyone may.
pub(crate) fn action(service: Service, operation: &'static str) -> Option<(&'static str, &'static str)> {
    let prefix = match service {
        Service::ApiGateway | Service::ApiGatewayV2 => return Some(("apigateway", method(operation))),
        Service::CloudWatch => "cloudwatch",
        Service::Sts => return None,
        _ if service.signing_name() == "tagging" => "tag",
        _ => service.signing_name(),
    };
    Some((prefix, operation))
}

/// API Gateway's actions are the methods of HTTP
/// (<https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html>).
fn method(operation: &str) -> &'static str {
    let starts = |words: &[&str]| words.iter().any(|word| operation.starts_with(word));
    match operation {
        _ if starts(&["Create", "Import"]) => "POST",
        _ if starts(&["Get"]) => "GET",
        _ if starts(&["Update"]) => "PATCH",
        _ if starts(&["Put", "Tag"]) => "PUT",
        _ => "DELETE",
    }
}

/// The action that allows tags in a call that makes something.
fn tagging(template: &Template) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().any(|name| template.input.contains_key(*name));
    if !has(&["Tags", "tags", "TagSpecifications"]) {
        return None;
    }
    Some(match template.service {
        Service::Ec2 => "CreateTags",
        Service::AutoScaling => "CreateOrUpdateTags",
        Service::Elbv2 => "AddTags",
        Service::Iam if template.operation == "CreateInstanceProfile" => "TagInstanceProfile",
        Service::Iam => "TagRole",
        Service::ApiGateway | Service::ApiGatewayV2 => "PUT TagResource",
        _ => "TagResource",
    })
}
