//! The link from an HTTP API to a load balancer.

use super::fields;
use super::integration::Connection;
use super::route::Route;
use super::route_checks;
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, NodeId, Phrase};

pub use super::integration::Integration;

pub(in crate::resources) static INTEGRATION: LinkSpec = LinkSpec {
    kind: LinkKind::Integration,
    key: "http_api-load_balancer",
    from: Kind::HttpApi,
    to: Kind::LoadBalancer,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html",
    fields: fields::INTEGRATION_FIELDS,
    new: || LinkProps::Integration(Box::default()),
    read: |json| Ok(LinkProps::Integration(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static INTEGRATION_WORK: LinkWork = LinkWork {
    checks: route_checks::CHECKS,
    check: route_checks::check,
};

/// The integrations of an API: the links that carry them, in the order of the document.
pub(in crate::resources) fn integrations<'a>(
    design: &'a Design,
    api: &'a NodeId,
) -> impl Iterator<Item = (&'a Link, &'a Integration)> {
    design.links_from(api).filter_map(|link| Integration::of(&link.props).map(|integration| (link, integration)))
}

/// A new integration takes every path that no other one takes yet, and reaches an internal load balancer by a VPC link.
fn fit(design: &Design, link: &mut Link) {
    let taken = |key: &str| {
        integrations(design, &link.from)
            .any(|(_, integration)| integration.routes.iter().any(|route| route.key() == key))
    };
    let mut route = Route::default();
    if taken(&route.key()) {
        let name = design.node(&link.to).map_or("", |node| node.name.as_str());
        route.path = format!("/{name}/{{proxy+}}");
    }
    let internal = design.get::<LoadBalancer>(&link.to).is_some_and(|(_, alb)| alb.scheme == Scheme::Internal);
    let LinkProps::Integration(integration) = &mut link.props else { return };
    integration.routes = vec![route];
    if internal {
        integration.connection = Connection::Private;
    }
}

fn summary(_: &Design, link: &Link) -> Vec<Phrase> {
    let Some(integration) = Integration::of(&link.props) else { return Vec::new() };
    let mut phrases = Vec::new();
    match integration.routes.as_slice() {
        [] => {}
        [only] => phrases.push(Phrase::plain(only.key())),
        [first, more @ ..] => phrases.push(Phrase::plain(format!("{} +{}", first.key(), more.len()))),
    }
    if integration.connection == Connection::Private {
        phrases.push(Phrase::new("summary.integration.private"));
    }
    phrases
}
