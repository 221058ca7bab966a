//! Load balancers, their listeners, rules and target groups.

use trazo_stack::{Expr, Object, Resource, Value};

use super::{Row, Rule, plain};
use crate::terraform::Writer;
use crate::terraform::arguments::Rule::{By, Skip, To};

pub(super) static ROWS: &[Row] = &[
    Row {
        reference: "arn",
        attributes: &[
            ("CanonicalHostedZoneID", "zone_id"),
            ("LoadBalancerFullName", "arn_suffix"),
            ("LoadBalancerArn", "arn"),
            ("LoadBalancerName", "name"),
        ],
        ..plain(
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "aws_lb",
            &[
                ("Type", To("load_balancer_type")),
                ("Scheme", By(scheme)),
                ("SubnetMappings", To("subnet_mapping")),
                ("LoadBalancerAttributes", By(balancer)),
            ],
        )
    },
    Row {
        reference: "arn",
        attributes: &[("TargetGroupFullName", "arn_suffix"), ("TargetGroupArn", "arn"), ("TargetGroupName", "name")],
        finish: Some(health),
        ..plain("AWS::ElasticLoadBalancingV2::TargetGroup", "aws_lb_target_group", GROUP)
    },
    Row {
        reference: "arn",
        attributes: &[("ListenerArn", "arn")],
        ..plain("AWS::ElasticLoadBalancingV2::Listener", "aws_lb_listener", LISTENER)
    },
    Row {
        reference: "arn",
        attributes: &[("RuleArn", "arn")],
        ..plain("AWS::ElasticLoadBalancingV2::ListenerRule", "aws_lb_listener_rule", RULE)
    },
    plain(
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        "aws_lb_listener_certificate",
        &[("Certificates", By(certificates))],
    ),
];

const GROUP: &[(&str, Rule)] = &[
    ("HealthCheckEnabled", Skip),
    ("HealthCheckIntervalSeconds", Skip),
    ("HealthCheckPath", Skip),
    ("HealthCheckPort", Skip),
    ("HealthCheckProtocol", Skip),
    ("HealthCheckTimeoutSeconds", Skip),
    ("HealthyThresholdCount", Skip),
    ("UnhealthyThresholdCount", Skip),
    ("Matcher", Skip),
    ("Targets", By(targets)),
    ("TargetGroupAttributes", By(group)),
];

const LISTENER: &[(&str, Rule)] = &[
    ("Certificates", By(certificate)),
    ("DefaultActions", To("default_action")),
    ("DefaultActions.RedirectConfig", To("redirect")),
    ("DefaultActions.FixedResponseConfig", To("fixed_response")),
    ("DefaultActions.AuthenticateOidcConfig", To("authenticate_oidc")),
    ("DefaultActions.AuthenticateCognitoConfig", To("authenticate_cognito")),
    ("DefaultActions.ForwardConfig", To("forward")),
    ("DefaultActions.ForwardConfig.TargetGroups", To("target_group")),
    ("DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn", To("arn")),
    ("DefaultActions.ForwardConfig.TargetGroupStickinessConfig", To("stickiness")),
    ("DefaultActions.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds", To("duration")),
];

const RULE: &[(&str, Rule)] = &[
    ("Actions", To("action")),
    ("Actions.RedirectConfig", To("redirect")),
    ("Actions.FixedResponseConfig", To("fixed_response")),
    ("Actions.AuthenticateOidcConfig", To("authenticate_oidc")),
    ("Actions.AuthenticateCognitoConfig", To("authenticate_cognito")),
    ("Actions.ForwardConfig", To("forward")),
    ("Actions.ForwardConfig.TargetGroups", To("target_group")),
    ("Actions.ForwardConfig.TargetGroups.TargetGroupArn", To("arn")),
    ("Actions.ForwardConfig.TargetGroupStickinessConfig", To("stickiness")),
    ("Actions.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds", To("duration")),
    ("Conditions", To("condition")),
    ("Conditions.Field", Skip),
    ("Conditions.PathPatternConfig", To("path_pattern")),
    ("Conditions.HostHeaderConfig", To("host_header")),
    ("Conditions.HttpHeaderConfig", To("http_header")),
    ("Conditions.HttpRequestMethodConfig", To("http_request_method")),
    ("Conditions.SourceIpConfig", To("source_ip")),
    ("Conditions.QueryStringConfig", By(queries)),
];

fn scheme(_: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let is_internal = Value::from(value.as_str() == Some("internal"));
    out.insert("internal".into(), Value { origin: value.origin.clone(), ..is_internal });
}

/// Terraform has the values of a question straight below the condition.
fn queries(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let row = plain("", "", &[]);
    let mut all = Vec::new();
    for item in value.get("Values").map(Value::items).unwrap_or_default() {
        let mut one = Object::new();
        if let Expr::Map(entries) = &item.expr {
            writer.arguments(&row, "", entries, &mut one);
        }
        all.push(one.into());
    }
    out.insert("query_string".into(), Value { origin: value.origin.clone(), ..all.into() });
}

/// Attributes of load balancers; a dot parts a block from what stands in it.
pub(super) const BALANCER: &[(&str, &str)] = &[
    ("idle_timeout.timeout_seconds", "idle_timeout"),
    ("client_keep_alive.seconds", "client_keep_alive"),
    ("deletion_protection.enabled", "enable_deletion_protection"),
    ("load_balancing.cross_zone.enabled", "enable_cross_zone_load_balancing"),
    ("routing.http2.enabled", "enable_http2"),
    ("routing.http.drop_invalid_header_fields.enabled", "drop_invalid_header_fields"),
    ("routing.http.preserve_host_header.enabled", "preserve_host_header"),
    ("routing.http.desync_mitigation_mode", "desync_mitigation_mode"),
    ("routing.http.xff_header_processing.mode", "xff_header_processing_mode"),
    ("routing.http.xff_client_port.enabled", "enable_xff_client_port"),
    ("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "enable_tls_version_and_cipher_suite_headers"),
    ("waf.fail_open.enabled", "enable_waf_fail_open"),
    ("zonal_shift.config.enabled", "enable_zonal_shift"),
    ("access_logs.s3.enabled", "access_logs.enabled"),
    ("access_logs.s3.bucket", "access_logs.bucket"),
    ("access_logs.s3.prefix", "access_logs.prefix"),
    ("connection_logs.s3.enabled", "connection_logs.enabled"),
    ("connection_logs.s3.bucket", "connection_logs.bucket"),
    ("connection_logs.s3.prefix", "connection_logs.prefix"),
];

/// Attributes of target groups.
pub(super) const TARGETS: &[(&str, &str)] = &[
    ("deregistration_delay.timeout_seconds", "deregistration_delay"),
    ("slow_start.duration_seconds", "slow_start"),
    ("load_balancing.algorithm.type", "load_balancing_algorithm_type"),
    ("load_balancing.algorithm.anomaly_mitigation", "load_balancing_anomaly_mitigation"),
    ("load_balancing.cross_zone.enabled", "load_balancing_cross_zone_enabled"),
    ("stickiness.enabled", "stickiness.enabled"),
    ("stickiness.type", "stickiness.type"),
    ("stickiness.lb_cookie.duration_seconds", "stickiness.cookie_duration"),
    ("stickiness.app_cookie.duration_seconds", "stickiness.cookie_duration"),
    ("stickiness.app_cookie.cookie_name", "stickiness.cookie_name"),
];

fn balancer(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    attributes(writer, value, BALANCER, out);
}

fn group(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    attributes(writer, value, TARGETS, out);
    // Terraform wants the kind of stickiness even where there is none.
    if let Some(Value { expr: Expr::Map(sticky), .. }) = out.get_mut("stickiness")
        && !sticky.contains_key("type")
    {
        sticky.insert("type".into(), "lb_cookie".into());
    }
}

fn attributes(writer: &mut Writer<'_>, value: &Value, table: &[(&str, &str)], out: &mut Object) {
    for item in value.items() {
        let (Some(key), Some(held)) = (item.get("Key").and_then(Value::as_str), item.get("Value")) else { continue };
        let Some((_, name)) = table.iter().find(|(from, _)| *from == key) else {
            let origin = writer.origin.clone();
            writer.note("terraform_attribute", key, &origin);
            continue;
        };
        let said = writer.value(held);
        let origin = item.origin.clone().or_else(|| held.origin.clone()).or_else(|| value.origin.clone());
        let said = Value { origin: origin.clone(), ..typed(said) };
        let Some((block, name)) = name.split_once('.') else {
            out.insert((*name).to_owned(), said);
            continue;
        };
        let around = out.entry(block.to_owned()).or_insert_with(|| Value { origin, ..Object::new().into() });
        if let Expr::Map(entries) = &mut around.expr {
            entries.insert(name.to_owned(), said);
        }
    }
}

/// Attributes are all text; arguments are what they are.
fn typed(value: Value) -> Value {
    match value.as_str() {
        Some("true") => true.into(),
        Some("false") => false.into(),
        Some(text) => text.parse::<i64>().map_or(value.clone(), Value::from),
        None => value,
    }
}

/// What is asked of targets is a block of its own.
fn health(writer: &mut Writer<'_>, resource: &Resource, body: &mut Object) {
    let names = [
        ("HealthCheckEnabled", "enabled"),
        ("HealthCheckProtocol", "protocol"),
        ("HealthCheckPort", "port"),
        ("HealthCheckPath", "path"),
        ("HealthCheckIntervalSeconds", "interval"),
        ("HealthCheckTimeoutSeconds", "timeout"),
        ("HealthyThresholdCount", "healthy_threshold"),
        ("UnhealthyThresholdCount", "unhealthy_threshold"),
        ("Matcher.HttpCode", "matcher"),
        ("Matcher.GrpcCode", "matcher"),
    ];
    let mut check = Object::new();
    for (from, to) in names {
        if let Some(value) = resource.get(from) {
            let said = writer.value(value);
            check.insert(to.into(), said);
        }
    }
    if !check.is_empty() {
        body.insert("health_check".into(), check.into());
    }
}

/// A function's group names what stands behind it.
fn targets(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let row = plain("", "", &[("Id", To("target_id")), ("Port", To("port"))]);
    for (at, item) in value.items().iter().enumerate() {
        let Expr::Map(entries) = &item.expr else { continue };
        let group = format!("${{aws_lb_target_group.{}.arn}}", writer.name(&writer.id));
        let mut body = Object::from_iter([("target_group_arn".to_owned(), group.into())]);
        writer.arguments(&row, "", entries, &mut body);
        writer.beside("aws_lb_target_group_attachment", &(at + 1).to_string(), body, value.origin.as_ref());
    }
}

fn certificate(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    if let Some(first) = value.items().first().and_then(|item| item.get("CertificateArn")) {
        let said = writer.value(first);
        out.insert("certificate_arn".into(), Value { origin: value.origin.clone(), ..said });
    }
}

/// One certificate beside that of the listener.
fn certificates(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    certificate(writer, value, out);
    let listener = writer.source.stack.resource(&writer.id).and_then(|it| it.get("ListenerArn")).cloned();
    for (at, item) in value.items().iter().enumerate().skip(1) {
        let mut body = Object::new();
        if let (Some(listener), Some(arn)) = (&listener, item.get("CertificateArn")) {
            let (listener, arn) = (writer.value(listener), writer.value(arn));
            body.insert("listener_arn".into(), listener);
            body.insert("certificate_arn".into(), arn);
            writer.beside("aws_lb_listener_certificate", &(at + 1).to_string(), body, value.origin.as_ref());
        }
    }
}
