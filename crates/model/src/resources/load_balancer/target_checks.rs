//! What can be wrong with the target group of a link, and with the conditions beside paths, hosts and methods.

use super::backend::containers;
use super::forward::{Algorithm, Forward, ProtocolVersion};
use super::patterns::{covers, is_grpc_matcher, is_source};
use super::{LoadBalancer, Scheme};
use crate::finding::{Check, Findings, Severity};
use crate::resources::http_api::links::Integration;
use crate::resources::routing::backend::listener;
use crate::resources::task_definition::{NetworkMode, TaskDefinition};
use crate::resources::vpc::cidr::Block;
use crate::{Design, Edit, Link, NodeId};

const CONDITIONS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html";
const HEALTH: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const TARGETS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";
const VERSIONS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// HTTP/2 or gRPC behind a listener without TLS.
pub(super) static NEEDS_HTTPS: Check = error(
    "ALB040",
    "Listener protocol 'HTTP' is not supported with a target group with the protocol-version '…'",
    VERSIONS,
);
/// The codes of a gRPC health check are malformed.
pub(super) static GRPC_MATCHER: Check = error("ALB041", "", HEALTH);
/// HTTP/2 to the tasks, though the load balancer itself does not take it.
pub(super) static NEEDS_HTTP2: Check = error("ALB042", "", VERSIONS);
/// A cookie whose name AWS keeps for itself, or that is none.
pub(super) static COOKIE: Check = error(
    "ALB043",
    "",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html",
);
/// A health check that asks for what no request brings.
pub(super) static HEALTH_UNREACHED: Check = Check { code: "ALB051", severity: Severity::Hint, aws: "", doc: HEALTH };
/// A source that is no block of addresses.
pub(super) static BAD_SOURCE: Check = error("ALB052", "", CONDITIONS);
/// The host is asked for as a header.
pub(super) static HOST_HEADER: Check = error("ALB053", "", CONDITIONS);
/// More wildcards than a rule may have.
pub(super) static MANY_WILDCARDS: Check = error(
    "ALB054",
    "",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
);
/// A parameter of the query without a value.
pub(super) static NO_QUERY_VALUE: Check = error("ALB055", "", CONDITIONS);
/// The rule is on no listener.
pub(super) static ON_NO_LISTENER: Check = Check {
    code: "ALB057",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
};
/// Anomaly mitigation with an algorithm that knows none.
pub(super) static ANOMALY: Check = error("ALB067", "", TARGETS);
/// Requests are let in by the addresses of callers that a load balancer never sees.
pub(super) static PRIVATE_SOURCE: Check = Check { code: "ALB056", severity: Severity::Warning, aws: "", doc: CONDITIONS };

/// Health is checked on a port that no container publishes.
pub(super) static HEALTH_PORT: Check = Check { code: "ALB058", severity: Severity::Warning, aws: "", doc: HEALTH };
/// Health is checked on a fixed port, though each task gets another one of its instance.
pub(super) static DYNAMIC_PORT: Check = error("ALB060", "", HEALTH);
/// An API calls a listener that the rule is not on.
pub(super) static NOT_FOR_API: Check = Check {
    code: "ALB059",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
};

/// AWS's limit of wildcards in the conditions of one rule.
const MOST_WILDCARDS: usize = 6;

pub(super) fn check(design: &Design, link: &Link, forward: &Forward, out: &mut Findings) {
    if let Some((_, alb)) = design.get::<LoadBalancer>(&link.from) {
        check_listeners(link, forward, alb, out);
        check_apis(design, link, forward, alb, out);
        if alb.scheme == Scheme::InternetFacing && !forward.default {
            check_private_sources(link, forward, out);
        }
    }
    if !forward.default {
        check_conditions(link, forward, out);
    }
    if forward.version() == ProtocolVersion::Grpc && !is_grpc_matcher(&forward.health_check.matcher) {
        out.report(&GRPC_MATCHER, &link.id)
            .at("healthCheck.matcher")
            .with("matcher", &forward.health_check.matcher)
            .fix(Edit::set(&link.id, "healthCheck.matcher", "0"));
    }
    check_health_path(link, forward, out);
    check_health_port(design, link, forward, out);
    check_cookie(link, forward, out);
    if forward.anomaly_mitigation && forward.algorithm != Algorithm::WeightedRandom {
        let fix = Edit::set(&link.id, "algorithm", "weighted_random");
        out.report(&ANOMALY, &link.id).at("anomalyMitigation").fix(fix);
    }
}

fn check_listeners(link: &Link, forward: &Forward, alb: &LoadBalancer, out: &mut Findings) {
    // One that has no listener at all is told by itself.
    if alb.serving().next().is_some() && !alb.serving().any(|listener| forward.serves(listener)) {
        let fix = Edit::Set { target: (&link.id).into(), path: "listener".to_owned(), value: None };
        out.report(&ON_NO_LISTENER, &link.id).at("listener").fix(fix);
    }
    if forward.version() == ProtocolVersion::Http1 {
        return;
    }
    let version = forward.version().as_str();
    if alb.serving().any(|listener| !listener.https && forward.serves(listener)) {
        let finding = out.report(&NEEDS_HTTPS, &link.id).at("protocolVersion").with("version", version);
        if alb.https.enabled {
            finding.fix(Edit::set(&link.id, "listener", "https"));
        }
    }
    if alb.http1_only {
        let fix = Edit::set(&link.from, "http1Only", false);
        out.report(&NEEDS_HTTP2, &link.id).at("protocolVersion").with("version", version).fix(fix);
    }
}

fn check_apis(design: &Design, link: &Link, forward: &Forward, alb: &LoadBalancer, out: &mut Findings) {
    if forward.listener.is_none() {
        return;
    }
    let misses = |other: &Link| {
        let integration = Integration::of(&other.props)?;
        let called = listener(alb, &integration.server_name)?;
        (!forward.serves(called)).then_some((other.from.clone(), called))
    };
    let Some((api, called)) = design.links_to(&link.from).find_map(misses) else { return };
    let name = design.node(&api).map_or("", |node| &node.name);
    out.report(&NOT_FOR_API, &link.id)
        .at("listener")
        .with("api", name)
        .with("protocol", called.protocol().to_ascii_uppercase())
        .fix(Edit::Set { target: (&link.id).into(), path: "listener".to_owned(), value: None });
}

fn check_health_port(design: &Design, link: &Link, forward: &Forward, out: &mut Findings) {
    let Some((port, all)) = forward.health_check.port.zip(containers(design, &link.to)) else { return };
    let backend = forward.backend(design, link);
    let own = backend.as_ref().map(|(_, port)| *port);
    let unset = || Edit::Set { target: (&link.id).into(), path: "healthCheck.port".to_owned(), value: None };
    if backend.is_some_and(|(container, port)| is_dynamic(design, &link.to, &container, port)) {
        out.report(&DYNAMIC_PORT, &link.id).at("healthCheck.port").with("port", port).fix(unset());
        return;
    }
    if own != Some(port) && !all.iter().any(|container| container.ports.contains(&port)) {
        out.report(&HEALTH_PORT, &link.id).at("healthCheck.port").with("port", port).fix(unset());
    }
}

/// Whether a port of a container is led to by whatever port of the instance is free
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>).
fn is_dynamic(design: &Design, service: &NodeId, container: &str, port: i64) -> bool {
    let Some((_, _, task)) = design.targets::<TaskDefinition>(service).next() else { return false };
    let ports = task.container(container).map_or(&[][..], |(_, container)| &container.ports);
    let found = ports.iter().find(|other| other.container_port == port);
    let unset = |host: Option<i64>| host.is_none() && task.mode() == NetworkMode::Bridge;
    found.is_some_and(|port| port.host_port == Some(0) || unset(port.host_port))
}

fn check_conditions(link: &Link, forward: &Forward, out: &mut Findings) {
    for (index, source) in forward.sources.iter().enumerate().filter(|(_, source)| !is_source(source)) {
        let field = format!("sources.{index}");
        let finding = out.report(&BAD_SOURCE, &link.id).at(field.clone()).with("value", source);
        let whole = format!("{}/32", source.trim());
        if is_source(&whole) {
            finding.fix(Edit::set(&link.id, field, whole));
        }
    }
    for (index, _) in forward.query.iter().enumerate().filter(|(_, pair)| pair.value.is_empty()) {
        let key = &forward.query[index].key;
        out.report(&NO_QUERY_VALUE, &link.id).at(format!("query.{index}.value")).with("key", key);
    }
    if forward.header.name.eq_ignore_ascii_case("host") {
        let mut hosts = forward.hosts.clone();
        hosts.extend(forward.header.values.iter().filter(|value| !forward.hosts.contains(value)).cloned());
        let none: Vec<String> = Vec::new();
        out.report(&HOST_HEADER, &link.id).at("header.name").fix(Edit::Batch(vec![
            Edit::set(&link.id, "hosts", hosts),
            Edit::set(&link.id, "header.name", ""),
            Edit::set(&link.id, "header.values", none),
        ]));
    }
    let wildcards = forward.wildcards();
    if wildcards > MOST_WILDCARDS {
        out.report(&MANY_WILDCARDS, &link.id).at("paths").with("count", wildcards);
    }
}

/// A load balancer on the Internet sees the public addresses of those who call it.
fn check_private_sources(link: &Link, forward: &Forward, out: &mut Findings) {
    let private = |source: &String| Block::parse(source).is_some_and(|block| block.is_private());
    if !forward.sources.is_empty() && forward.sources.iter().all(private) {
        out.report(&PRIVATE_SOURCE, &link.id).at("sources").with("sources", forward.sources.join(", "));
    }
}

/// Tasks answer health checks at their own paths; where a rule lets only some through, one outside them is most often a slip.
fn check_health_path(link: &Link, forward: &Forward, out: &mut Findings) {
    let path = &forward.health_check.path;
    let reaches = |pattern: &String| covers(pattern.as_bytes(), path.as_bytes());
    let plain = forward.default || forward.paths.is_empty() || forward.version() == ProtocolVersion::Grpc;
    if plain || path.len() < 2 || !path.starts_with('/') || forward.paths.iter().any(reaches) {
        return;
    }
    // `/pedidos*` and `/salud` make `/pedidos/salud`.
    let stem = forward.paths[0].split(['*', '?']).next().unwrap_or_default().trim_end_matches('/');
    let finding = out.report(&HEALTH_UNREACHED, &link.id).at("healthCheck.path").with("path", path);
    let mended = format!("{stem}{path}");
    if stem.starts_with('/') && mended.len() <= 1024 && forward.paths.iter().any(|p| covers(p.as_bytes(), mended.as_bytes())) {
        finding.fix(Edit::set(&link.id, "healthCheck.path", mended));
    }
}

fn check_cookie(link: &Link, forward: &Forward, out: &mut Findings) {
    let cookie = &forward.stickiness.cookie;
    let allowed = |b: u8| b.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&b);
    let good = !cookie.starts_with("AWSALB") && cookie.bytes().all(allowed);
    if forward.stickiness.enabled && !good {
        out.report(&COOKIE, &link.id)
            .at("stickiness.cookie")
            .with("cookie", cookie)
            .fix(Edit::set(&link.id, "stickiness.cookie", ""));
    }
}
