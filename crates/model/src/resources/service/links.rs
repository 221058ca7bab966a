//! What a service runs, and which others it calls.

use serde::{Deserialize, Serialize};

use super::checks::connect as checks;
use super::connect;
use crate::field::{Control, Field, Place, TextRule};
use crate::resources::task_definition::{Protocol, TaskDefinition};
use crate::spec::{LinkSpec, LinkWork, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Design, Kind, Link, LinkKind, LinkProps, Phrase, Target};

pub(in crate::resources) use super::connect::takes_part;

/// A service runs copies of a task definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {}

pub(in crate::resources) static RUNS: LinkSpec = LinkSpec {
    kind: LinkKind::Runs,
    key: "service-task_definition",
    from: Kind::Service,
    to: Kind::TaskDefinition,
    max_out: 1,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
    fields: &[],
    new: || LinkProps::Runs(Box::default()),
    read: |json| Ok(LinkProps::Runs(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static RUNS_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};

/// A service calls another by Service Connect.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceConnect {
    /// The name of the port that is called; empty for the first.
    pub port_name: String,
    /// The name in the namespace; empty for that of the service.
    pub discovery_name: String,
    /// The name that the client calls; empty for that in the namespace.
    pub dns_name: String,
    /// The port that the client calls; `None` for that of the container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i64>,
    /// Seconds after which a connection that nothing goes over is closed; 0 for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_timeout: Option<i64>,
    /// Seconds that an answer may take; 0 for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_timeout: Option<i64>,
}

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html";
const TIMEOUT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html";

/// Small letters, digits, `_` and `-`, not beginning with `-`
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html>).
const NAME: TextRule = TextRule::new(0, 64, "connect_name", |text| {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    text.bytes().all(allowed) && !text.starts_with('-')
});
/// A name of a host: letters, digits, hyphens, parted by dots
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html>).
const DNS_NAME: TextRule = TextRule::new(0, 127, "dns_name", |text| {
    text.split('.').all(|part| {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        !part.is_empty() && part.bytes().all(allowed) && !part.starts_with('-') && !part.ends_with('-')
    })
});
const SECONDS: Control = Control::Number { min: 0, max: 2_147_483_647, step: 5 };

fn port_names(place: &Place<'_>) -> Vec<String> {
    let Target::Link(id) = place.target else { return Vec::new() };
    let Some(link) = place.design.link(id) else { return Vec::new() };
    let Some((_, _, task)) = place.design.targets::<TaskDefinition>(&link.to).next() else { return Vec::new() };
    let all = connect::ports(task).into_iter().filter(|(_, port)| port.protocol == Protocol::Tcp);
    all.map(|(container, port)| connect::port_name(container, port)).collect()
}

const FIELDS: &[Field] = &[
    Field::new("portName", Control::Suggest { rule: NAME, from: port_names }).doc(DOC),
    Field::new("dnsName", Control::Text { rule: DNS_NAME, example: "pedidos" }).doc(DOC),
    Field::new("port", Control::Number { min: 1, max: 65_535, step: 1 }).doc(DOC),
    Field::new("discoveryName", Control::Text { rule: NAME, example: "pedidos" }).section("advanced").doc(DOC),
    Field::new("idleTimeout", SECONDS).section("advanced").unit("seconds").doc(TIMEOUT_DOC),
    Field::new("requestTimeout", SECONDS).section("advanced").unit("seconds").doc(TIMEOUT_DOC),
];

pub(in crate::resources) static CONNECT: LinkSpec = LinkSpec {
    kind: LinkKind::ServiceConnect,
    key: "service-service",
    from: Kind::Service,
    to: Kind::Service,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
    fields: FIELDS,
    new: || LinkProps::ServiceConnect(Box::default()),
    read: |json| Ok(LinkProps::ServiceConnect(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static CONNECT_WORK: LinkWork = LinkWork {
    checks: checks::CHECKS,
    check: checks::check,
};

/// A service has one name for all who call it: a new link takes that of the others.
fn fit(design: &Design, link: &mut Link) {
    let other = connect::calls_to(design, &link.to).find(|(other, _)| other.id != link.id);
    if let Some((_, call)) = other {
        link.props = LinkProps::ServiceConnect(Box::new(call.clone()));
    }
}

fn summary(design: &Design, link: &Link) -> Vec<Phrase> {
    let alias = connect::alias(design, link);
    alias.map(|(name, port)| Phrase::plain(format!("{name}:{port}"))).into_iter().collect()
}
