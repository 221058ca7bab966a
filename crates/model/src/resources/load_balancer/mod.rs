//! An Application Load Balancer and its listeners.

mod attribute_checks;
pub mod backend;
mod checks;
mod fields;
pub mod forward;
pub mod links;
pub(in crate::resources) mod lower;
mod patterns;
mod rules;
mod target_checks;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape, settles_nothing};
use crate::{Design, Kind, Node, Phrase, Props, Typed};

/// Who may reach it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Anybody on the Internet.
    #[default]
    InternetFacing,
    /// Only what is in its VPC, or comes in by a VPC link.
    Internal,
}

/// The HTTP listener.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Http {
    /// Whether there is one.
    pub enabled: bool,
    /// Its port, 1 to 65535.
    pub port: i64,
}

impl Default for Http {
    fn default() -> Self {
        Self { enabled: true, port: 80 }
    }
}

/// The HTTPS listener.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Https {
    /// Whether there is one.
    pub enabled: bool,
    /// Its port, 1 to 65535.
    pub port: i64,
    /// The ARN of a certificate of AWS Certificate Manager in the same region.
    pub certificate_arn: String,
    /// The ARNs of further certificates: the one whose domain a client names is shown to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
    /// Which versions and ciphers of TLS it takes.
    pub ssl_policy: String,
    /// Whether the HTTP listener sends all to this one.
    pub redirect_http: bool,
}

impl Default for Https {
    fn default() -> Self {
        Self {
            enabled: false,
            port: 443,
            certificate_arn: String::new(),
            certificates: Vec::new(),
            ssl_policy: fields::SSL_POLICIES[0].to_owned(),
            redirect_http: true,
        }
    }
}

/// What it answers where no rule takes a request and no service is the default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FixedResponse {
    /// HTTP status, 200 to 299 or 400 to 599.
    pub status_code: i64,
    /// Media type of the body.
    pub content_type: String,
    /// The body, up to 1024 bytes.
    pub body: String,
}

impl Default for FixedResponse {
    fn default() -> Self {
        Self { status_code: 404, content_type: "text/plain".to_owned(), body: String::new() }
    }
}

/// Where it writes what it was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AccessLogs {
    /// An existing S3 bucket that lets Elastic Load Balancing write; empty for no logs.
    pub bucket: String,
    /// What object names begin with.
    pub prefix: String,
}

/// The properties of a load balancer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoadBalancer {
    /// Who may reach it.
    pub scheme: Scheme,
    /// The HTTP listener.
    pub http: Http,
    /// The HTTPS listener.
    pub https: Https,
    /// What it answers where nothing else does.
    pub fixed_response: FixedResponse,
    /// Seconds that a silent connection is kept, 1 to 4000.
    pub idle_timeout: i64,
    /// Whether AWS refuses to delete it.
    pub deletion_protection: bool,
    /// Whether it takes away headers whose names are not well formed.
    pub drop_invalid_headers: bool,
    /// Where it writes what it was asked.
    pub access_logs: AccessLogs,
    /// Whether it has IPv6 addresses beside or in place of IPv4 ones, as AWS writes it; `None` is `ipv4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address_type: Option<String>,
    /// Seconds for which a client's connection is kept in all, 60 to 604800; `None` is an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_keep_alive: Option<i64>,
    /// Whether clients cannot use HTTP/2.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub http1_only: bool,
    /// Whether tasks get the `Host` header as the client sent it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub preserve_host: bool,
    /// What is done with the `X-Forwarded-For` header: `append`, `preserve`, `remove`; `None` is `append`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xff: Option<String>,
    /// Whether that header also tells the client's port.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub xff_client_port: bool,
    /// Whether tasks are told which TLS version and cipher the client uses.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tls_headers: bool,
    /// How requests that servers could understand in two ways are treated: `defensive`, `strictest`, `monitor`; `None` is
    /// `defensive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desync: Option<String>,
    /// Whether requests go on where its web application firewall cannot be asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub waf_fail_open: bool,
}

impl Default for LoadBalancer {
    fn default() -> Self {
        Self {
            scheme: Scheme::default(),
            http: Http::default(),
            https: Https::default(),
            fixed_response: FixedResponse::default(),
            idle_timeout: 60,
            deletion_protection: false,
            drop_invalid_headers: false,
            access_logs: AccessLogs::default(),
            ip_address_type: None,
            client_keep_alive: None,
            http1_only: false,
            preserve_host: false,
            xff: None,
            xff_client_port: false,
            tls_headers: false,
            desync: None,
            waf_fail_open: false,
        }
    }
}

/// One of its listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Whether it speaks TLS.
    pub https: bool,
    /// Its port.
    pub port: i64,
}

impl Listener {
    /// What its logical id ends with.
    pub fn suffix(self) -> &'static str {
        if self.https { "HttpsListener" } else { "HttpListener" }
    }

    /// `http` or `https`.
    pub fn protocol(self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    /// `:8080`; empty where the port is that of the protocol.
    pub fn port_suffix(self) -> String {
        if self.port == if self.https { 443 } else { 80 } { String::new() } else { format!(":{}", self.port) }
    }
}

impl LoadBalancer {
    /// Whether all that comes by HTTP is sent to HTTPS.
    pub fn redirects(&self) -> bool {
        self.http.enabled && self.https.enabled && self.https.redirect_http
    }

    /// The listeners that pass requests on, the main one (HTTPS, if there is one) first.
    pub fn serving(&self) -> impl Iterator<Item = Listener> + use<> {
        let https = self.https.enabled.then_some(Listener { https: true, port: self.https.port });
        let http = (self.http.enabled && !self.redirects()).then_some(Listener { https: false, port: self.http.port });
        https.into_iter().chain(http)
    }
}

/// 1 to 32 letters, digits and hyphens, no hyphen at either end, not beginning with `internal-`
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html>).
fn is_name(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.starts_with("internal-")
}

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::LoadBalancer,
    key: "load_balancer",
    id_prefix: "alb",
    family: Family::Network,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html",
    name_rule: TextRule::new(1, 32, "load_balancer_name", is_name),
    fields: fields::FIELDS,
    lies_in: &[Kind::Vpc],
    links: &[&links::FORWARD],
    new: || Props::LoadBalancer(Box::default()),
    read: |json| Ok(Props::LoadBalancer(serde::Deserialize::deserialize(json)?)),
    summary,
    settle: settles_nothing,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};

fn summary(_: &Design, node: &Node) -> Vec<Phrase> {
    let Some(alb) = LoadBalancer::of(&node.props) else { return Vec::new() };
    let mut phrases: Vec<Phrase> = Vec::new();
    if alb.http.enabled {
        phrases.push(Phrase::plain(format!("HTTP {}", alb.http.port)));
    }
    if alb.https.enabled {
        phrases.push(Phrase::plain(format!("HTTPS {}", alb.https.port)));
    }
    phrases.push(Phrase::new(match alb.scheme {
        Scheme::InternetFacing => "summary.load_balancer.internet",
        Scheme::Internal => "summary.load_balancer.internal",
    }));
    phrases
}
