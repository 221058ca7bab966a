//! What can be wrong with the attributes of a load balancer.

use super::links::{Forward, forwards};
use super::{LoadBalancer, Scheme, fields};
use crate::finding::{Check, Findings, Severity};
use crate::resources::users::links::UsersLoadBalancer;
use crate::resources::vpc::new_vpc_of;
use crate::{Design, Edit, Node};

const LOGS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html";
const HTTPS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html";
const LIMITS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const BALANCERS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";

/// It takes versions of TLS that are no longer safe.
pub(super) static WEAK_TLS: Check = Check {
    code: "ALB044",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
};
/// One that is set up for earnest may be deleted by mistake.
pub(super) static UNPROTECTED: Check = Check {
    code: "ALB046",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
};
/// People call one that has no address on the Internet.
pub(super) static INTERNAL: Check = Check { code: "ALB047", severity: Severity::Warning, aws: "", doc: BALANCERS };
/// More rules than a load balancer may have.
pub(super) static MANY_RULES: Check = Check { code: "ALB050", severity: Severity::Error, aws: "TooManyRules", doc: LIMITS };
/// A prefix of logs that AWS refuses.
pub(super) static LOG_PREFIX: Check = Check { code: "ALB062", severity: Severity::Error, aws: "", doc: LOGS };
/// It wants IPv6, which its subnets do not have.
pub(super) static NO_IPV6: Check = Check { code: "ALB064", severity: Severity::Error, aws: "", doc: BALANCERS };
/// One certificate is named twice.
pub(super) static SAME_CERTIFICATE: Check = Check {
    code: "ALB068",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
};
/// More certificates than a load balancer may have.
pub(super) static MANY_CERTIFICATES: Check =
    Check { code: "ALB069", severity: Severity::Error, aws: "TooManyCertificates", doc: LIMITS };
/// People may still call it unencrypted, though there is HTTPS.
pub(super) static NO_REDIRECT: Check = Check { code: "ALB073", severity: Severity::Hint, aws: "", doc: HTTPS };

/// How many rules a load balancer may have, default ones not counted.
const MOST_RULES: usize = 100;
/// How many certificates it may have beside the default one.
const MOST_CERTIFICATES: usize = 25;

pub(super) fn check(design: &Design, node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    check_callers(design, node, alb, out);
    if alb.https.enabled {
        check_https(node, alb, out);
    }
    let rules: usize = forwards(design, &node.id).map(|(_, forward)| rules_of(alb, forward)).sum();
    if rules > MOST_RULES {
        out.report(&MANY_RULES, &node.id).with("count", rules);
    }
    check_logs(node, alb, out);
    let wants_ipv6 = alb.ip_address_type.as_deref().is_some_and(|kind| kind != "ipv4");
    if wants_ipv6 && let Some((vpc, _)) = new_vpc_of(design, &node.id) {
        let fix = Edit::set(&node.id, "ipAddressType", "ipv4");
        out.report(&NO_IPV6, &node.id).at("ipAddressType").with("vpc", &vpc.name).fix(fix);
    }
}

fn rules_of(alb: &LoadBalancer, forward: &Forward) -> usize {
    if forward.default { 0 } else { alb.serving().filter(|listener| forward.serves(*listener)).count() }
}

fn check_callers(design: &Design, node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    if !design.links_to(&node.id).any(|link| UsersLoadBalancer::of(&link.props).is_some()) {
        return;
    }
    if alb.scheme == Scheme::Internal {
        let fix = Edit::set(&node.id, "scheme", "internet-facing");
        out.report(&INTERNAL, &node.id).at("scheme").fix(fix);
    }
    if alb.http.enabled && alb.https.enabled && !alb.https.redirect_http {
        let fix = Edit::set(&node.id, "https.redirectHttp", true);
        out.report(&NO_REDIRECT, &node.id).at("https.redirectHttp").fix(fix);
    }
}

fn check_https(node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    let https = &alb.https;
    if fields::WEAK_POLICIES.contains(&https.ssl_policy.as_str()) {
        let fix = Edit::set(&node.id, "https.sslPolicy", fields::SSL_POLICIES[0]);
        out.report(&WEAK_TLS, &node.id).at("https.sslPolicy").with("policy", &https.ssl_policy).fix(fix);
    }
    let all = &https.certificates;
    if all.len() > MOST_CERTIFICATES {
        out.report(&MANY_CERTIFICATES, &node.id).at("https.certificates").with("count", all.len());
    }
    let first = |index: usize| all[index] != https.certificate_arn && !all[..index].contains(&all[index]);
    let kept = || -> Vec<String> { (0..all.len()).filter(|at| first(*at)).map(|at| all[at].clone()).collect() };
    for index in (0..all.len()).filter(|index| !all[*index].is_empty() && !first(*index)) {
        let at = format!("https.certificates.{index}");
        let fix = Edit::set(&node.id, "https.certificates", kept());
        out.report(&SAME_CERTIFICATE, &node.id).at(at).with("arn", &all[index]).fix(fix);
    }
}

fn check_logs(node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    let logs = &alb.access_logs;
    if logs.bucket.is_empty() {
        return;
    }
    let edges = logs.prefix.starts_with('/') || logs.prefix.ends_with('/');
    if edges || logs.prefix.contains("AWSLogs") {
        let mended = logs.prefix.replace("AWSLogs", "");
        let fix = Edit::set(&node.id, "accessLogs.prefix", mended.trim_matches('/'));
        out.report(&LOG_PREFIX, &node.id).at("accessLogs.prefix").with("prefix", &logs.prefix).fix(fix);
    }
    // Logs and a certificate of its own are signs that people depend on it.
    if alb.https.enabled && !alb.https.certificate_arn.is_empty() && !alb.deletion_protection {
        let fix = Edit::set(&node.id, "deletionProtection", true);
        out.report(&UNPROTECTED, &node.id).at("deletionProtection").fix(fix);
    }
}
