//! What can be wrong with a load balancer.

use super::links::forwards;
use super::{LoadBalancer, Scheme, attribute_checks};
use crate::finding::{Check, Findings, Severity};
use crate::resources::users::links::UsersLoadBalancer;
use crate::{Design, Edit, Node, Typed};

const HTTPS: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html";
const LISTENERS: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html";
const CERTIFICATES: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html";

/// It leads nowhere.
static IDLE: Check = Check { code: "ALB001", severity: Severity::Warning, aws: "", doc: LISTENERS };
/// HTTPS without a certificate.
static NO_CERTIFICATE: Check = Check {
    code: "ALB002",
    severity: Severity::Error,
    aws: "A certificate must be specified for HTTPS listeners",
    doc: CERTIFICATES,
};
/// It has no listener.
static DEAF: Check = Check { code: "ALB003", severity: Severity::Error, aws: "", doc: LISTENERS };
/// People call it from the Internet without encryption.
static PLAIN: Check = Check { code: "ALB004", severity: Severity::Hint, aws: "", doc: HTTPS };
/// Both listeners have one port.
static SAME_PORT: Check = Check {
    code: "ALB021",
    severity: Severity::Error,
    aws: "A listener already exists on this port for this load balancer",
    doc: LISTENERS,
};
/// The certificate's ARN is malformed, or of another region.
static BAD_CERTIFICATE: Check = Check { code: "ALB022", severity: Severity::Error, aws: "", doc: CERTIFICATES };
/// The fixed answer has a status that AWS refuses.
static FIXED_STATUS: Check = Check {
    code: "ALB023",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html",
};

pub(super) static CHECKS: &[&Check] = &[
    &IDLE,
    &NO_CERTIFICATE,
    &DEAF,
    &PLAIN,
    &SAME_PORT,
    &BAD_CERTIFICATE,
    &FIXED_STATUS,
    &attribute_checks::WEAK_TLS,
    &attribute_checks::UNPROTECTED,
    &attribute_checks::INTERNAL,
    &attribute_checks::MANY_RULES,
    &attribute_checks::LOG_PREFIX,
    &attribute_checks::NO_IPV6,
    &attribute_checks::SAME_CERTIFICATE,
    &attribute_checks::MANY_CERTIFICATES,
    &attribute_checks::NO_REDIRECT,
];

pub(super) fn check(design: &Design, node: &Node, out: &mut Findings) {
    let Some(alb) = LoadBalancer::of(&node.props) else { return };
    if forwards(design, &node.id).next().is_none() {
        out.report(&IDLE, &node.id);
    }
    check_listeners(design, node, alb, out);
    if alb.https.enabled {
        check_certificate(design, node, alb, out);
    }
    attribute_checks::check(design, node, alb, out);
    let status = alb.fixed_response.status_code;
    if (300..400).contains(&status) {
        out.report(&FIXED_STATUS, &node.id).at("fixedResponse.statusCode").with("status", status).fix(Edit::set(
            &node.id,
            "fixedResponse.statusCode",
            404,
        ));
    }
}

fn check_listeners(design: &Design, node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    match (alb.http.enabled, alb.https.enabled) {
        (false, false) => {
            out.report(&DEAF, &node.id).at("http.enabled").fix(Edit::set(&node.id, "http.enabled", true));
        }
        (true, true) if alb.http.port == alb.https.port => {
            let (field, port) = if alb.http.port == 443 { ("http.port", 80) } else { ("https.port", 443) };
            out.report(&SAME_PORT, &node.id)
                .at(field)
                .with("port", alb.http.port)
                .fix(Edit::set(&node.id, field, port));
        }
        (true, false) if alb.scheme == Scheme::InternetFacing => {
            let called = design.links_to(&node.id).any(|link| UsersLoadBalancer::of(&link.props).is_some());
            if called {
                out.report(&PLAIN, &node.id).at("https.enabled");
            }
        }
        _ => {}
    }
}

fn check_certificate(design: &Design, node: &Node, alb: &LoadBalancer, out: &mut Findings) {
    let arn = alb.https.certificate_arn.trim();
    if arn.is_empty() {
        out.report(&NO_CERTIFICATE, &node.id).at("https.certificateArn");
        return;
    }
    check_arn(design, node, arn, "https.certificateArn", out);
    for (index, arn) in alb.https.certificates.iter().enumerate().filter(|(_, arn)| !arn.trim().is_empty()) {
        check_arn(design, node, arn.trim(), &format!("https.certificates.{index}"), out);
    }
}

fn check_arn(design: &Design, node: &Node, arn: &str, field: &str, out: &mut Findings) {
    let region = certificate_region(arn);
    if region.is_none_or(|region| region != "*" && !design.region().is_empty() && region != design.region()) {
        out.report(&BAD_CERTIFICATE, &node.id)
            .at(field)
            .with("arn", arn)
            .with("region", design.region());
    }
}

/// The region of a certificate's ARN; `*` for a server certificate of IAM, which has none.
fn certificate_region(arn: &str) -> Option<&str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "acm", region, account, rest]
            if !region.is_empty() && is_account(account) && rest.starts_with("certificate/") =>
        {
            Some(region)
        }
        ["arn", _, "iam", "", account, rest] if is_account(account) && rest.starts_with("server-certificate/") => {
            Some("*")
        }
        _ => None,
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
