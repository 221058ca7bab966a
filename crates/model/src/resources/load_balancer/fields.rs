//! The fields of a load balancer, and of its links to services.

use serde_json::Value;

use super::backend;
use crate::field::{Control, Field, TextRule};

/// Security policies of TLS listeners, the one that AWS recommends first
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html>).
pub(super) const SSL_POLICIES: &[&str] = &[
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-2016-08",
];

/// Those of them that take TLS 1.0 or 1.1.
pub(super) const WEAK_POLICIES: &[&str] =
    &["ELBSecurityPolicy-TLS13-1-1-2021-06", "ELBSecurityPolicy-TLS13-1-0-2021-06", "ELBSecurityPolicy-2016-08"];

const LISTENERS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html";
const HTTPS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html";
const ATTRIBUTES: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html";
const LOGS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html";
const RULES: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html";
const FIXED: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html";
const HEALTH: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const TARGETS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
const TARGET_ATTRIBUTES: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";

const FORWARDED: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html";

const PORT: Control = Control::Number { min: 1, max: 65_535, step: 1 };

fn with_http(props: &Value) -> bool {
    props["http"]["enabled"] == true
}

fn with_https(props: &Value) -> bool {
    props["https"]["enabled"] == true
}

fn with_both(props: &Value) -> bool {
    with_http(props) && with_https(props)
}

fn with_bucket(props: &Value) -> bool {
    props["accessLogs"]["bucket"].as_str().is_some_and(|bucket| !bucket.is_empty())
}

/// A bucket's name (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>).
fn is_bucket(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    let outer = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.bytes().all(inner) && outer(text.bytes().next()) && outer(text.bytes().last())
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("scheme", Control::Choice(&["internet-facing", "internal"]))
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"),
    Field::new("http.enabled", Control::Toggle).section("listeners").doc(LISTENERS),
    Field::new("http.port", PORT).section("listeners").when(with_http).doc(LISTENERS),
    Field::new("https.enabled", Control::Toggle).section("listeners").doc(HTTPS),
    Field::new("https.port", PORT).section("listeners").when(with_https).doc(HTTPS),
    Field::new(
        "https.certificateArn",
        Control::Text {
            rule: TextRule::any(2048),
            example: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        },
    )
    .section("listeners")
    .when(with_https)
    .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"),
    Field::new(
        "https.certificates",
        Control::Texts {
            rule: TextRule::any(2048),
            example: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        },
    )
    .section("listeners")
    .when(with_https)
    .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"),
    Field::new("https.sslPolicy", Control::Choice(SSL_POLICIES))
        .section("listeners")
        .when(with_https)
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"),
    Field::new("https.redirectHttp", Control::Toggle).section("listeners").when(with_both).doc(FIXED),
    Field::new("fixedResponse.statusCode", Control::Number { min: 200, max: 599, step: 1 })
        .section("default_action")
        .doc(FIXED),
    Field::new(
        "fixedResponse.contentType",
        Control::Choice(&["text/plain", "text/html", "text/css", "application/json", "application/javascript"]),
    )
    .section("default_action")
    .doc(FIXED),
    Field::new("fixedResponse.body", Control::Lines { rule: TextRule::any(1024) }).section("default_action").doc(FIXED),
    Field::new("idleTimeout", Control::Number { min: 1, max: 4000, step: 10 })
        .section("advanced")
        .unit("seconds")
        .doc(ATTRIBUTES),
    Field::new("clientKeepAlive", Control::Number { min: 60, max: 604_800, step: 60 })
        .section("advanced")
        .unit("seconds")
        .doc(ATTRIBUTES),
    Field::new("ipAddressType", Control::Choice(&["ipv4", "dualstack", "dualstack-without-public-ipv4"]))
        .section("advanced")
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html"),
    Field::new("deletionProtection", Control::Toggle).section("advanced").doc(ATTRIBUTES),
    Field::new("dropInvalidHeaders", Control::Toggle).section("advanced").doc(ATTRIBUTES),
    Field::new("http1Only", Control::Toggle).section("advanced").doc(ATTRIBUTES),
    Field::new("preserveHost", Control::Toggle).section("advanced").doc(ATTRIBUTES),
    Field::new("xff", Control::Choice(&["append", "preserve", "remove"])).section("advanced").doc(FORWARDED),
    Field::new("xffClientPort", Control::Toggle).section("advanced").doc(FORWARDED),
    Field::new("tlsHeaders", Control::Toggle).section("advanced").when(with_https).doc(ATTRIBUTES),
    Field::new("desync", Control::Choice(&["defensive", "strictest", "monitor"])).section("advanced").doc(ATTRIBUTES),
    Field::new("wafFailOpen", Control::Toggle).section("advanced").doc(ATTRIBUTES),
    Field::new(
        "accessLogs.bucket",
        Control::Text { rule: TextRule::new(3, 63, "bucket", is_bucket), example: "tienda-virtual-logs" },
    )
    .section("advanced")
    .doc(LOGS),
    Field::new("accessLogs.prefix", Control::Text { rule: TextRule::any(128), example: "alb" })
        .section("advanced")
        .when(with_bucket)
        .doc(LOGS),
];

fn by_rule(props: &Value) -> bool {
    props["default"] != true
}

fn by_header(props: &Value) -> bool {
    by_rule(props) && props["header"]["name"].as_str().is_some_and(|name| !name.is_empty())
}

fn sticky(props: &Value) -> bool {
    props["stickiness"]["enabled"] == true
}

fn by_chance(props: &Value) -> bool {
    props["algorithm"] == "weighted_random" || props["anomalyMitigation"] == true
}

const QUERY: &[Field] = &[
    Field::new("key", Control::Text { rule: TextRule::any(128), example: "version" }),
    Field::new("value", Control::Text { rule: TextRule::any(128), example: "beta*" }),
];

pub(super) const FORWARD_FIELDS: &[Field] = &[
    Field::new("default", Control::Toggle).section("rule").doc(RULES),
    Field::new("priority", Control::Number { min: 1, max: 50_000, step: 1 }).section("rule").when(by_rule).doc(RULES),
    Field::new("paths", Control::Texts { rule: TextRule::any(256), example: "/catalogo*" })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("hosts", Control::Texts { rule: TextRule::any(256), example: "api.example.com" })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("methods", Control::Texts { rule: TextRule::any(40), example: "GET" })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("header.name", Control::Text { rule: TextRule::any(40), example: "X-Version" })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("header.values", Control::Texts { rule: TextRule::any(128), example: "beta*" })
        .section("rule")
        .when(by_header)
        .doc(RULES),
    Field::new("query", Control::Records { fields: QUERY, new: "{}", title: &["key", "value"] })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("sources", Control::Texts { rule: TextRule::any(64), example: "203.0.113.0/24" })
        .section("rule")
        .when(by_rule)
        .doc(RULES),
    Field::new("listener", Control::Choice(&["http", "https"])).section("rule").doc(LISTENERS),
    Field::new("container", Control::Suggest { rule: TextRule::any(255), from: backend::container_names })
        .section("target")
        .doc(TARGETS),
    Field::new("containerPort", PORT).section("target").doc(TARGETS),
    Field::new("protocol", Control::Choice(&["HTTP", "HTTPS"])).section("target").doc(TARGETS),
    Field::new("protocolVersion", Control::Choice(&["HTTP1", "HTTP2", "GRPC"])).section("target").doc(TARGETS),
    Field::new("healthCheck.path", Control::Text { rule: TextRule::any(1024), example: "/salud" })
        .section("health")
        .required()
        .doc(HEALTH),
    Field::new("healthCheck.interval", Control::Number { min: 5, max: 300, step: 5 })
        .section("health")
        .unit("seconds")
        .doc(HEALTH),
    Field::new("healthCheck.timeout", Control::Number { min: 2, max: 120, step: 1 })
        .section("health")
        .unit("seconds")
        .doc(HEALTH),
    Field::new("healthCheck.healthyThreshold", Control::Number { min: 2, max: 10, step: 1 })
        .section("health")
        .doc(HEALTH),
    Field::new("healthCheck.unhealthyThreshold", Control::Number { min: 2, max: 10, step: 1 })
        .section("health")
        .doc(HEALTH),
    Field::new("healthCheck.matcher", Control::Text { rule: TextRule::any(256), example: "200-299" })
        .section("health")
        .required()
        .doc(HEALTH),
    Field::new("healthCheck.port", PORT).section("health").doc(HEALTH),
    Field::new("healthCheck.protocol", Control::Choice(&["HTTP", "HTTPS"])).section("health").doc(HEALTH),
    Field::new("stickiness.enabled", Control::Toggle)
        .section("traffic")
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html"),
    Field::new("stickiness.duration", Control::Number { min: 1, max: 604_800, step: 3600 })
        .section("traffic")
        .unit("seconds")
        .when(sticky)
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html"),
    Field::new("stickiness.cookie", Control::Text { rule: TextRule::any(256), example: "SESION" })
        .section("traffic")
        .when(sticky)
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html"),
    Field::new("deregistrationDelay", Control::Number { min: 0, max: 3600, step: 30 })
        .section("traffic")
        .unit("seconds")
        .doc(TARGET_ATTRIBUTES),
    Field::new("slowStart", Control::Number { min: 0, max: 900, step: 30 })
        .section("traffic")
        .unit("seconds")
        .doc(TARGET_ATTRIBUTES),
    Field::new("algorithm", Control::Choice(&["round_robin", "least_outstanding_requests", "weighted_random"]))
        .section("traffic")
        .doc(TARGET_ATTRIBUTES),
    Field::new("anomalyMitigation", Control::Toggle).section("traffic").when(by_chance).doc(TARGET_ATTRIBUTES),
    Field::new("zonal", Control::Toggle)
        .section("traffic")
        .doc("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html"),
];
