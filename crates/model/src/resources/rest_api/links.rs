//! The links that begin at a REST API.

use super::integration::RestRoute;
use super::{fields, route_checks};
use crate::resources::http_api::integration::Connection;
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, NodeId, Phrase};

pub(in crate::resources) use super::function::{REST_FUNCTION, REST_FUNCTION_WORK};
pub use super::function::RestFunction;
pub use super::integration::RestIntegration;

pub(in crate::resources) static REST_INTEGRATION: LinkSpec = LinkSpec {
    kind: LinkKind::RestIntegration,
    key: "rest_api-load_balancer",
    from: Kind::RestApi,
    to: Kind::LoadBalancer,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-integration-settings.html",
    fields: fields::INTEGRATION_FIELDS,
    new: || LinkProps::RestIntegration(Box::default()),
    read: |json| Ok(LinkProps::RestIntegration(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static REST_INTEGRATION_WORK: LinkWork =
    LinkWork { checks: route_checks::CHECKS, check: route_checks::check };

/// The methods that a link carries; none for links of other kinds.
pub(in crate::resources) fn routes_of(props: &LinkProps) -> &[RestRoute] {
    match props {
        LinkProps::RestIntegration(integration) => &integration.routes,
        LinkProps::RestFunction(integration) => &integration.routes,
        _ => &[],
    }
}

/// Whether a link leads to a backend.
pub(in crate::resources) fn is_backend(props: &LinkProps) -> bool {
    matches!(props, LinkProps::RestIntegration(_) | LinkProps::RestFunction(_))
}

/// The methods of an API in the order of the document: link, place in it, method.
pub(in crate::resources) fn routes<'a>(
    design: &'a Design,
    api: &'a NodeId,
) -> impl Iterator<Item = (&'a Link, usize, &'a RestRoute)> {
    let links = design.links_from(api);
    links.flat_map(|link| routes_of(&link.props).iter().enumerate().map(move |(at, route)| (link, at, route)))
}

/// A first method for a new link: every path, or, where another link has that, a path of its own.
pub(super) fn first_route(design: &Design, link: &Link) -> RestRoute {
    let mut route = RestRoute::default();
    let taken = routes(design, &link.from).any(|(_, _, other)| other.path == route.path);
    if taken {
        let name = design.node(&link.to).map_or("", |node| node.name.as_str());
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
        route.path = format!("/{}/{{proxy+}}", name.chars().map(plain).collect::<String>());
    }
    route
}

/// A new integration takes every path that no other one takes yet, and reaches an internal load balancer by a VPC link.
fn fit(design: &Design, link: &mut Link) {
    let route = first_route(design, link);
    let internal = design.get::<LoadBalancer>(&link.to).is_some_and(|(_, alb)| alb.scheme == Scheme::Internal);
    let LinkProps::RestIntegration(integration) = &mut link.props else { return };
    integration.routes = vec![route];
    if internal {
        integration.connection = Connection::Private;
    }
}

/// The first method, and how many more there are.
pub(super) fn methods(routes: &[RestRoute]) -> Option<Phrase> {
    match routes {
        [] => None,
        [only] => Some(Phrase::plain(only.key())),
        [first, more @ ..] => Some(Phrase::plain(format!("{} +{}", first.key(), more.len()))),
    }
}

fn summary(_: &Design, link: &Link) -> Vec<Phrase> {
    let Some(integration) = RestIntegration::of(&link.props) else { return Vec::new() };
    let mut phrases: Vec<Phrase> = methods(&integration.routes).into_iter().collect();
    if integration.connection == Connection::Private {
        phrases.push(Phrase::new("summary.integration.private"));
    }
    phrases
}
