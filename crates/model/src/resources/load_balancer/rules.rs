//! What can be wrong with a rule and its target group.

use super::backend::{Container, containers, first_port};
use super::forward::{Algorithm, Forward, ProtocolVersion};
use super::links::{forwards, free_priority, path_of};
use super::patterns::{is_host, is_matcher, is_method, is_path, shadows};
use super::target_checks;
use crate::finding::{Check, Findings, Severity};
use crate::resources::vpc::new_vpc_of;
use crate::{Design, Edit, Link};

const RULES: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html";
const CONDITIONS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html";
const HEALTH: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const TARGETS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";
const SERVICE: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// Two services are the default.
static TWO_DEFAULTS: Check = error("ALB005", "", RULES);
/// Two rules have one priority.
static PRIORITY_TAKEN: Check = error("ALB006", "Priority '…' is currently in use", RULES);
/// A rule without any condition.
static NO_CONDITION: Check = error("ALB007", "", RULES);
/// More values than a rule may have.
static MANY_VALUES: Check = error(
    "ALB008",
    "A rule can only have '5' condition values",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
);
/// A path pattern that AWS refuses, or that no path can match.
static BAD_PATH: Check = error("ALB009", "Condition value '…' contains a character that is not valid", CONDITIONS);
/// An earlier rule takes all.
static SHADOWED: Check = Check { code: "ALB010", severity: Severity::Warning, aws: "", doc: RULES };
/// The path of the health check is no path.
static HEALTH_PATH: Check = error("ALB011", "", HEALTH);
/// The health check waits longer than its interval.
static HEALTH_TIMEOUT: Check = error("ALB012", "Health check interval must be greater than the timeout.", HEALTH);
/// The statuses of the health check are malformed.
static MATCHER: Check = error("ALB013", "", HEALTH);
/// The task definition has no such container.
static NO_CONTAINER: Check = error("ALB014", "The container … does not exist in the task definition.", SERVICE);
/// The container has no such port.
static NO_PORT: Check = error("ALB015", "The container … did not have a container port … defined.", SERVICE);
/// The service lies in another VPC.
static OTHER_VPC: Check = error("ALB016", "", SERVICE);
/// A slow start that AWS refuses.
static SLOW_START: Check = error("ALB017", "", TARGETS);
/// A slow start with an algorithm that knows none.
static SLOW_ALGORITHM: Check = error("ALB018", "", TARGETS);
/// A host pattern that AWS refuses.
static BAD_HOST: Check = error("ALB019", "", CONDITIONS);
/// A method that AWS refuses.
static BAD_METHOD: Check = error("ALB020", "", CONDITIONS);
/// A header without values.
static NO_VALUES: Check = error("ALB024", "", CONDITIONS);
/// No container of the task definition has a port.
static NOTHING_LISTENS: Check = error("ALB025", "", SERVICE);

pub(super) static CHECKS: &[&Check] = &[
    &TWO_DEFAULTS,
    &PRIORITY_TAKEN,
    &NO_CONDITION,
    &MANY_VALUES,
    &BAD_PATH,
    &SHADOWED,
    &HEALTH_PATH,
    &HEALTH_TIMEOUT,
    &MATCHER,
    &NO_CONTAINER,
    &NO_PORT,
    &OTHER_VPC,
    &SLOW_START,
    &SLOW_ALGORITHM,
    &BAD_HOST,
    &BAD_METHOD,
    &NO_VALUES,
    &NOTHING_LISTENS,
    &target_checks::NEEDS_HTTPS,
    &target_checks::GRPC_MATCHER,
    &target_checks::NEEDS_HTTP2,
    &target_checks::COOKIE,
    &target_checks::HEALTH_UNREACHED,
    &target_checks::BAD_SOURCE,
    &target_checks::HOST_HEADER,
    &target_checks::MANY_WILDCARDS,
    &target_checks::NO_QUERY_VALUE,
    &target_checks::ON_NO_LISTENER,
    &target_checks::ANOMALY,
    &target_checks::PRIVATE_SOURCE,
    &target_checks::HEALTH_PORT,
    &target_checks::DYNAMIC_PORT,
    &target_checks::NOT_FOR_API,
];

/// AWS's limit of condition values in one rule.
const MOST_VALUES: usize = 5;

pub(super) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(forward) = Forward::of(&link.props) else { return };
    if forward.default {
        check_default(design, link, forward, out);
    } else {
        check_rule(design, link, forward, out);
        check_values(link, forward, out);
    }
    check_backend(design, link, forward, out);
    check_health(link, forward, out);
    check_traffic(link, forward, out);
    target_checks::check(design, link, forward, out);
    let network = |id| new_vpc_of(design, id).map(|(node, _)| &node.id);
    if network(&link.from) != network(&link.to) {
        out.report(&OTHER_VPC, &link.id)
            .with("service", name(design, &link.to))
            .with("balancer", name(design, &link.from));
    }
}

fn name<'a>(design: &'a Design, id: &crate::NodeId) -> &'a str {
    design.node(id).map_or("", |node| &node.name)
}

/// What makes a rule out of a link that has no condition: a path of its own, and a priority.
fn own_path(design: &Design, link: &Link) -> Vec<Edit> {
    vec![
        Edit::set(&link.id, "paths", vec![path_of(design, &link.to)]),
        Edit::set(&link.id, "priority", free_priority(design, &link.from)),
    ]
}

fn check_default(design: &Design, link: &Link, own: &Forward, out: &mut Findings) {
    let mut earlier = forwards(design, &link.from).take_while(|(other, _)| other.id != link.id);
    let clash = earlier.find(|(_, forward)| forward.default && forward.meets(own));
    let Some((first, _)) = clash else { return };
    let mut edits = vec![Edit::set(&link.id, "default", false)];
    edits.extend(own_path(design, link));
    out.report(&TWO_DEFAULTS, &link.id).at("default").with("other", name(design, &first.to)).fix(Edit::Batch(edits));
}

fn check_rule(design: &Design, link: &Link, forward: &Forward, out: &mut Findings) {
    let (mut before, mut clash, mut shadow) = (true, None, None);
    for (other, rule) in forwards(design, &link.from) {
        if other.id == link.id {
            before = false;
        } else if !rule.default {
            // The first of a priority keeps it; the later ones are told.
            let same = rule.priority == forward.priority && rule.meets(forward);
            if before && clash.is_none() && same {
                clash = Some(other);
            }
            if shadow.is_none() && rule.priority < forward.priority && shadows(rule, forward) {
                shadow = Some((other, rule));
            }
        }
    }
    if let Some(other) = clash {
        out.report(&PRIORITY_TAKEN, &link.id)
            .at("priority")
            .with("priority", forward.priority)
            .with("other", name(design, &other.to))
            .fix(Edit::set(&link.id, "priority", free_priority(design, &link.from)));
    }
    if !forward.has_conditions() {
        let path = Edit::set(&link.id, "paths", vec![path_of(design, &link.to)]);
        out.report(&NO_CONDITION, &link.id).at("paths").fix(path);
        return;
    }
    if let Some((other, rule)) = shadow {
        let finding = out.report(&SHADOWED, &link.id).at("priority").with("other", name(design, &other.to));
        if !shadows(forward, rule) {
            // Trading places puts the narrower rule first.
            finding.fix(Edit::Batch(vec![
                Edit::set(&link.id, "priority", rule.priority),
                Edit::set(&other.id, "priority", forward.priority),
            ]));
        }
    }
}

fn check_values(link: &Link, forward: &Forward, out: &mut Findings) {
    if forward.condition_values() > MOST_VALUES {
        out.report(&MANY_VALUES, &link.id).at("paths").with("count", forward.condition_values());
    }
    for (index, path) in forward.paths.iter().enumerate().filter(|(_, path)| !is_path(path)) {
        let field = format!("paths.{index}");
        let finding = out.report(&BAD_PATH, &link.id).at(field.clone()).with("value", path);
        let slashed = format!("/{path}");
        if is_path(&slashed) {
            finding.fix(Edit::set(&link.id, field, slashed));
        }
    }
    for (index, host) in forward.hosts.iter().enumerate().filter(|(_, host)| !is_host(host)) {
        out.report(&BAD_HOST, &link.id).at(format!("hosts.{index}")).with("value", host);
    }
    for (index, method) in forward.methods.iter().enumerate().filter(|(_, method)| !is_method(method)) {
        let field = format!("methods.{index}");
        let finding = out.report(&BAD_METHOD, &link.id).at(field.clone()).with("value", method);
        let upper = method.trim().to_ascii_uppercase();
        if is_method(&upper) {
            finding.fix(Edit::set(&link.id, field, upper));
        }
    }
    if !forward.header.name.is_empty() && forward.header.values.is_empty() {
        out.report(&NO_VALUES, &link.id).at("header.values").with("header", &forward.header.name);
    }
}

fn check_backend(design: &Design, link: &Link, forward: &Forward, out: &mut Findings) {
    // A service without a task definition is told by the service.
    let Some(all) = containers(design, &link.to) else { return };
    let Some((first, first_number)) = first_port(design, &link.to) else {
        out.report(&NOTHING_LISTENS, &link.id).at("container").with("service", name(design, &link.to));
        return;
    };
    if forward.container.is_empty() {
        if let Some(port) = forward.container_port.filter(|port| !all.iter().any(|one| one.ports.contains(port))) {
            no_port(link, &first, port, first_number, out);
        }
        return;
    }
    let Some(container) = all.iter().find(|container| container.name == forward.container) else {
        out.report(&NO_CONTAINER, &link.id).at("container").with("container", &forward.container).fix(Edit::Batch(
            vec![Edit::set(&link.id, "container", first), Edit::set(&link.id, "containerPort", first_number)],
        ));
        return;
    };
    match (container, forward.container_port) {
        (Container { ports, .. }, None) if ports.is_empty() => {
            out.report(&NO_PORT, &link.id)
                .at("container")
                .with("container", &container.name)
                .with("port", "")
                .fix(Edit::set(&link.id, "container", first));
        }
        (Container { ports, .. }, Some(port)) if !ports.contains(&port) => match ports.first() {
            Some(own) => no_port(link, &container.name, port, *own, out),
            None => no_port_at_all(link, container, port, first, first_number, out),
        },
        _ => {}
    }
}

fn no_port(link: &Link, container: &str, port: i64, instead: i64, out: &mut Findings) {
    out.report(&NO_PORT, &link.id).at("containerPort").with("container", container).with("port", port).fix(Edit::set(
        &link.id,
        "containerPort",
        instead,
    ));
}

fn no_port_at_all(link: &Link, container: &Container, port: i64, name: String, instead: i64, out: &mut Findings) {
    out.report(&NO_PORT, &link.id)
        .at("container")
        .with("container", &container.name)
        .with("port", port)
        .fix(Edit::Batch(vec![Edit::set(&link.id, "container", name), Edit::set(&link.id, "containerPort", instead)]));
}

fn check_health(link: &Link, forward: &Forward, out: &mut Findings) {
    let health = &forward.health_check;
    let path_is_good = health.path.starts_with('/') && health.path.bytes().all(|b| b.is_ascii_graphic());
    if !health.path.is_empty() && !path_is_good {
        let finding = out.report(&HEALTH_PATH, &link.id).at("healthCheck.path").with("path", &health.path);
        let trimmed = health.path.trim().trim_start_matches('/');
        if trimmed.bytes().all(|b| b.is_ascii_graphic()) {
            finding.fix(Edit::set(&link.id, "healthCheck.path", format!("/{trimmed}")));
        }
    }
    if health.timeout >= health.interval {
        let finding = out.report(&HEALTH_TIMEOUT, &link.id).at("healthCheck.timeout");
        finding.with("timeout", health.timeout).with("interval", health.interval);
        let shorter = (health.interval - 1).min(5);
        if shorter >= 2 {
            finding.fix(Edit::set(&link.id, "healthCheck.timeout", shorter));
        }
    }
    // The codes of gRPC are others.
    let http = forward.version() != ProtocolVersion::Grpc;
    if http && !health.matcher.is_empty() && !is_matcher(&health.matcher) {
        out.report(&MATCHER, &link.id).at("healthCheck.matcher").with("matcher", &health.matcher).fix(Edit::set(
            &link.id,
            "healthCheck.matcher",
            "200-299",
        ));
    }
}

fn check_traffic(link: &Link, forward: &Forward, out: &mut Findings) {
    if (1..30).contains(&forward.slow_start) {
        out.report(&SLOW_START, &link.id).at("slowStart").with("seconds", forward.slow_start).fix(Edit::set(
            &link.id,
            "slowStart",
            30,
        ));
    }
    if forward.slow_start > 0 && forward.algorithm != Algorithm::RoundRobin {
        out.report(&SLOW_ALGORITHM, &link.id).at("slowStart").fix(Edit::set(&link.id, "slowStart", 0));
    }
}
