//! The links from an HTTP API: to load balancers here, to functions in [`super::function`].

use super::access::Backend;
use super::fields;
use super::integration::Connection;
use super::route::Route;
use super::route_checks;
use crate::resources::load_balancer::{LoadBalancer, Scheme};
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, NodeId, Phrase};

pub use super::function::FunctionIntegration;
pub(in crate::resources) use super::function::{FUNCTION_INTEGRATION, FUNCTION_INTEGRATION_WORK};
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

/// What a link from an API carries; `None` for other links.
pub(in crate::resources) fn backend(link: &Link) -> Option<Backend<'_>> {
    if let Some(to) = Integration::of(&link.props) {
        return Some(Backend { routes: &to.routes, authorizer: to.authorizer.as_deref(), scopes: &to.scopes });
    }
    let to = FunctionIntegration::of(&link.props)?;
    Some(Backend { routes: &to.routes, authorizer: to.authorizer.as_deref(), scopes: &to.scopes })
}

/// What the links of an API carry, whatever they lead to, in the order of the document.
pub(in crate::resources) fn backends<'a>(
    design: &'a Design,
    api: &'a NodeId,
) -> impl Iterator<Item = (&'a Link, Backend<'a>)> {
    design.links_from(api).filter_map(|link| Some((link, backend(link)?)))
}

/// The route of a new link: every path that no other link takes yet.
pub(super) fn first_route(design: &Design, link: &Link) -> Route {
    let taken = |key: &str| {
        backends(design, &link.from).any(|(_, backend)| backend.routes.iter().any(|route| route.key() == key))
    };
    let mut route = Route::default();
    if taken(&route.key()) {
        let name = design.node(&link.to).map_or("", |node| node.name.as_str());
        route.path = format!("/{name}/{{proxy+}}");
    }
    route
}

/// The first route, and how many more there are.
pub(super) fn routes_in_words(routes: &[Route]) -> Option<String> {
    match routes {
        [] => None,
        [only] => Some(only.key()),
        [first, more @ ..] => Some(format!("{} +{}", first.key(), more.len())),
    }
}

/// A new integration reaches an internal load balancer by a VPC link.
fn fit(design: &Design, link: &mut Link) {
    let route = first_route(design, link);
    let internal = design.get::<LoadBalancer>(&link.to).is_some_and(|(_, alb)| alb.scheme == Scheme::Internal);
    let LinkProps::Integration(integration) = &mut link.props else { return };
    integration.routes = vec![route];
    if internal {
        integration.connection = Connection::Private;
    }
}

fn summary(_: &Design, link: &Link) -> Vec<Phrase> {
    let Some(integration) = Integration::of(&link.props) else { return Vec::new() };
    let mut phrases: Vec<Phrase> = routes_in_words(&integration.routes).map(Phrase::plain).into_iter().collect();
    if integration.connection == Connection::Private {
        phrases.push(Phrase::new("summary.integration.private"));
    }
    phrases
}
