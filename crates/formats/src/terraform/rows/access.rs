//! Who may do what, and what is told of it: roles, functions, logs, alarms, repositories.

use trazo_stack::{Object, Resource, Value, map};

use super::{Row, plain};
use crate::terraform::Writer;
use crate::terraform::arguments::Rule::{By, First, Hoist, Json, Plain, Skip, To};

pub(super) static ROWS: &[Row] = &[
    Row {
        reference: "name",
        attributes: &[("RoleId", "unique_id")],
        ..plain(
            "AWS::IAM::Role",
            "aws_iam_role",
            &[
                ("RoleName", To("name")),
                ("AssumeRolePolicyDocument", Json("assume_role_policy")),
                ("ManagedPolicyArns", By(managed)),
                ("Policies", By(policies)),
            ],
        )
    },
    Row {
        reference: "name",
        ..plain(
            "AWS::IAM::InstanceProfile",
            "aws_iam_instance_profile",
            &[("InstanceProfileName", To("name")), ("Roles", First("role"))],
        )
    },
    Row {
        reference: "name",
        attributes: &[("Arn", "arn:*")],
        ..plain("AWS::Logs::LogGroup", "aws_cloudwatch_log_group", &[("LogGroupName", To("name"))])
    },
    Row {
        reference: "function_name",
        finish: Some(packed),
        ..plain(
            "AWS::Lambda::Function",
            "aws_lambda_function",
            &[
                ("Code", Hoist),
                ("Code.ZipFile", Skip),
                ("Environment.Variables", Plain("variables")),
                ("TracingConfig", To("tracing_config")),
            ],
        )
    },
    plain("AWS::Lambda::Permission", "aws_lambda_permission", &[]),
    Row {
        reference: "alarm_name",
        finish: Some(alarm_name),
        ..plain("AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm", &[("Dimensions", By(dimensions))])
    },
    Row {
        reference: "name",
        attributes: &[("RepositoryUri", "repository_url")],
        ..plain(
            "AWS::ECR::Repository",
            "aws_ecr_repository",
            &[
                ("RepositoryName", To("name")),
                ("EmptyOnDelete", To("force_delete")),
                ("ImageTagMutabilityExclusionFilters", To("image_tag_mutability_exclusion_filter")),
                ("ImageTagMutabilityExclusionFilters.ImageTagMutabilityExclusionFilterType", To("filter_type")),
                ("ImageTagMutabilityExclusionFilters.ImageTagMutabilityExclusionFilterValue", To("filter")),
                ("LifecyclePolicy", By(lifecycle)),
                ("RepositoryPolicyText", By(repository_policy)),
            ],
        )
    },
    plain("AWS::ServiceDiscovery::HttpNamespace", "aws_service_discovery_http_namespace", &[]),
    Row {
        reference: "resource_id",
        ..plain(
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "aws_appautoscaling_target",
            &[("RoleARN", To("role_arn")), ("ScheduledActions", By(scheduled))],
        )
    },
    Row {
        reference: "arn",
        ..plain(
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            "aws_appautoscaling_policy",
            &[
                ("PolicyName", To("name")),
                ("ScalingTargetId", By(target)),
                ("StepScalingPolicyConfiguration.StepAdjustments", To("step_adjustment")),
                (
                    "TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification.MetricDimensions",
                    To("dimensions"),
                ),
            ],
        )
    },
];

/// The place of an attribute of the resource that is being written.
fn own(writer: &Writer<'_>, attribute: &str) -> Value {
    let address = writer.address(&writer.id).unwrap_or_default();
    format!("${{{address}.{attribute}}}").into()
}

fn managed(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    for item in value.items() {
        let mut body = Object::new();
        body.insert("role".into(), own(writer, "name"));
        let arn = writer.value(item);
        let policy = arn.as_str().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default().to_owned();
        body.insert("policy_arn".into(), arn);
        let origin = item.origin.as_ref().or(value.origin.as_ref());
        writer.beside("aws_iam_role_policy_attachment", &policy, body, origin);
    }
}

fn policies(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    for item in value.items() {
        let name = item.get("PolicyName").and_then(Value::as_str).unwrap_or("policy");
        let mut body = Object::new();
        body.insert("role".into(), own(writer, "name"));
        body.insert("name".into(), name.into());
        if let Some(document) = item.get("PolicyDocument") {
            let said = writer.document(&format!("{}_policy", crate::terraform::snake(name)), document);
            body.insert("policy".into(), said);
        }
        let origin = item.origin.as_ref().or(value.origin.as_ref());
        writer.beside("aws_iam_role_policy", name, body, origin);
    }
}

/// Code that stands in the design is packed by another provider.
fn packed(writer: &mut Writer<'_>, resource: &Resource, body: &mut Object) {
    let Some(code) = resource.get("Code.ZipFile") else { return };
    let file = if resource.text("Runtime").starts_with("python") { "index.py" } else { "index.js" };
    let name = writer.name(&writer.id);
    let content = writer.value(code);
    let source = map([("content", content), ("filename", file.into())]);
    let path = format!("${{path.module}}/{name}.zip");
    let archive = map([("type", "zip".into()), ("output_path", path.into()), ("source", source)]);
    writer.data("archive_file", &name, archive);
    body.insert("filename".into(), format!("${{data.archive_file.{name}.output_path}}").into());
    body.insert("source_code_hash".into(), format!("${{data.archive_file.{name}.output_base64sha256}}").into());
}

fn alarm_name(writer: &mut Writer<'_>, resource: &Resource, body: &mut Object) {
    if resource.get("AlarmName").is_none() {
        let name = format!("{}-{}", writer.slug(), writer.name(&writer.id).replace('_', "-"));
        body.insert("alarm_name".into(), name.into());
    }
}

fn dimensions(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let pairs = writer.pairs(value, "Name", "Value");
    out.insert("dimensions".into(), pairs);
}

fn lifecycle(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    if let Some(text) = value.get("LifecyclePolicyText") {
        let policy = writer.value(text);
        let body = Object::from_iter([("repository".to_owned(), own(writer, "name")), ("policy".to_owned(), policy)]);
        writer.beside("aws_ecr_lifecycle_policy", "", body, value.origin.as_ref());
    }
}

fn repository_policy(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let policy = writer.document("policy", value);
    let body = Object::from_iter([("repository".to_owned(), own(writer, "name")), ("policy".to_owned(), policy)]);
    writer.beside("aws_ecr_repository_policy", "", body, value.origin.as_ref());
}

/// What names a target among all that can be scaled.
const TARGET: &[&str] = &["service_namespace", "resource_id", "scalable_dimension"];

fn target(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    for attribute in TARGET {
        let said = writer.other(attribute, value);
        out.insert((*attribute).to_owned(), said);
    }
}

fn scheduled(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let row = plain("", "", &[("ScheduledActionName", To("name"))]);
    for item in value.items() {
        let trazo_stack::Expr::Map(entries) = &item.expr else { continue };
        let mut body = Object::new();
        for attribute in TARGET {
            body.insert((*attribute).to_owned(), own(writer, attribute));
        }
        writer.arguments(&row, "", entries, &mut body);
        let name = item.get("ScheduledActionName").and_then(Value::as_str).unwrap_or_default();
        let origin = item.origin.as_ref().or(value.origin.as_ref());
        writer.beside("aws_appautoscaling_scheduled_action", name, body, origin);
    }
}
