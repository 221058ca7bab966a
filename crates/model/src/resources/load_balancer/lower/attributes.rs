//! The attributes of a load balancer and of its target groups, as AWS names them.

use trazo_stack::{Origin, Value, list, map};

use crate::lowering::{link_origin, node_origin};
use crate::resources::load_balancer::LoadBalancer;
use crate::resources::load_balancer::links::Forward;
use crate::{Link, Node};

/// Attributes: the name that AWS gives them, the value, the field that it is from.
type Attributes = Vec<(&'static str, String, &'static str)>;

fn lowered(all: Attributes, origin: &Origin) -> Value {
    list(all.into_iter().map(|(key, value, field)| {
        map([("Key", key.into()), ("Value", value.into())]).from_origin(origin.field(field))
    }))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html>
pub(super) fn of_balancer(node: &Node, alb: &LoadBalancer) -> Value {
    let mut all: Attributes = vec![
        ("idle_timeout.timeout_seconds", alb.idle_timeout.to_string(), "idleTimeout"),
        ("deletion_protection.enabled", alb.deletion_protection.to_string(), "deletionProtection"),
        ("routing.http.drop_invalid_header_fields.enabled", alb.drop_invalid_headers.to_string(), "dropInvalidHeaders"),
    ];
    if !alb.access_logs.bucket.is_empty() {
        all.push(("access_logs.s3.enabled", "true".to_owned(), "accessLogs.bucket"));
        all.push(("access_logs.s3.bucket", alb.access_logs.bucket.clone(), "accessLogs.bucket"));
        if !alb.access_logs.prefix.is_empty() {
            all.push(("access_logs.s3.prefix", alb.access_logs.prefix.clone(), "accessLogs.prefix"));
        }
    }
    if let Some(seconds) = alb.client_keep_alive {
        all.push(("client_keep_alive.seconds", seconds.to_string(), "clientKeepAlive"));
    }
    // What stays as AWS has it from the start is not written.
    for (on, key, value, field) in [
        (alb.http1_only, "routing.http2.enabled", "false", "http1Only"),
        (alb.preserve_host, "routing.http.preserve_host_header.enabled", "true", "preserveHost"),
        (alb.xff_client_port, "routing.http.xff_client_port.enabled", "true", "xffClientPort"),
        (alb.tls_headers, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "true", "tlsHeaders"),
        (alb.waf_fail_open, "waf.fail_open.enabled", "true", "wafFailOpen"),
    ] {
        if on {
            all.push((key, value.to_owned(), field));
        }
    }
    for (value, key, field) in [
        (&alb.xff, "routing.http.xff_header_processing.mode", "xff"),
        (&alb.desync, "routing.http.desync_mitigation_mode", "desync"),
    ] {
        if let Some(value) = value {
            all.push((key, value.clone(), field));
        }
    }
    lowered(all, &node_origin(&node.id))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html>
pub(super) fn of_group(link: &Link, forward: &Forward) -> Value {
    let mut all: Attributes = vec![
        ("deregistration_delay.timeout_seconds", forward.deregistration_delay.to_string(), "deregistrationDelay"),
        ("load_balancing.algorithm.type", forward.algorithm.as_str().to_owned(), "algorithm"),
    ];
    if forward.slow_start > 0 {
        all.push(("slow_start.duration_seconds", forward.slow_start.to_string(), "slowStart"));
    }
    if forward.anomaly_mitigation {
        all.push(("load_balancing.algorithm.anomaly_mitigation", "on".to_owned(), "anomalyMitigation"));
    }
    if forward.zonal {
        all.push(("load_balancing.cross_zone.enabled", "false".to_owned(), "zonal"));
    }
    let stickiness = &forward.stickiness;
    if stickiness.enabled {
        all.push(("stickiness.enabled", "true".to_owned(), "stickiness.enabled"));
        let duration = stickiness.duration.to_string();
        if stickiness.cookie.is_empty() {
            all.push(("stickiness.type", "lb_cookie".to_owned(), "stickiness.enabled"));
            all.push(("stickiness.lb_cookie.duration_seconds", duration, "stickiness.duration"));
        } else {
            all.push(("stickiness.type", "app_cookie".to_owned(), "stickiness.cookie"));
            all.push(("stickiness.app_cookie.cookie_name", stickiness.cookie.clone(), "stickiness.cookie"));
            all.push(("stickiness.app_cookie.duration_seconds", duration, "stickiness.duration"));
        }
    }
    lowered(all, &link_origin(&link.id))
}
