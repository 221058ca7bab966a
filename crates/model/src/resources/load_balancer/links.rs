//! The link from a load balancer to a service.

use super::{fields, rules};
use crate::lowering::pascal_case;
use crate::spec::{LinkSpec, LinkWork};
use crate::{Design, Kind, Link, LinkKind, LinkProps, Phrase};

pub use super::forward::Forward;

pub(in crate::resources) static FORWARD: LinkSpec = LinkSpec {
    kind: LinkKind::Forward,
    key: "load_balancer-service",
    from: Kind::LoadBalancer,
    to: Kind::Service,
    max_out: 0,
    max_in: 0,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
    fields: fields::FORWARD_FIELDS,
    new: || LinkProps::Forward(Box::default()),
    read: |json| Ok(LinkProps::Forward(serde::Deserialize::deserialize(json)?)),
    summary,
    fit,
};

pub(in crate::resources) static FORWARD_WORK: LinkWork = LinkWork {
    checks: rules::CHECKS,
    check: rules::check,
};

/// The rules of a load balancer's listeners: the links that carry them, in the order of the document.
pub(in crate::resources) fn forwards<'a>(
    design: &'a Design,
    alb: &'a crate::NodeId,
) -> impl Iterator<Item = (&'a Link, &'a Forward)> {
    design.links_from(alb).filter_map(|link| Forward::of(&link.props).map(|forward| (link, forward)))
}

/// The ports that a load balancer calls tasks on, and the field that each is from: the one that requests go to, and that of
/// the health check where it is another.
pub(in crate::resources) fn ports_called(link: &Link, port: i64) -> impl Iterator<Item = (i64, &'static str)> + use<> {
    let health = Forward::of(&link.props).and_then(|forward| forward.health_check.port).filter(|health| *health != port);
    let health = health.map(|port| (port, "healthCheck.port"));
    std::iter::once((port, "containerPort")).chain(health)
}

/// The lowest priority that no rule of a load balancer has.
pub(super) fn free_priority(design: &Design, alb: &crate::NodeId) -> i64 {
    let rules = forwards(design, alb).filter(|(_, forward)| !forward.default);
    let taken: std::collections::BTreeSet<i64> = rules.map(|(_, forward)| forward.priority).collect();
    (1..=50_000).find(|n| !taken.contains(n)).unwrap_or(50_000)
}

/// A path pattern for a service: its name in small letters, and all below it.
pub(super) fn path_of(design: &Design, service: &crate::NodeId) -> String {
    let name = design.node(service).map_or("", |node| node.name.as_str());
    let words = name.strip_prefix("service-").unwrap_or(name);
    let words = words.strip_suffix("-service").unwrap_or(words);
    let mut path = String::from("/");
    for c in words.to_lowercase().chars() {
        // Accents are dropped, and what a path cannot hold becomes a hyphen.
        match pascal_case(&c.to_string()).to_lowercase() {
            plain if plain.is_empty() && path.ends_with(['-', '/']) => {}
            plain if plain.is_empty() => path.push('-'),
            plain => path.push_str(&plain),
        }
    }
    format!("{}*", path.trim_end_matches('-'))
}

/// The first service takes all requests; each further one takes those below its own name.
fn fit(design: &Design, link: &mut Link) {
    let (first, priority) = (forwards(design, &link.from).next().is_none(), free_priority(design, &link.from));
    let path = path_of(design, &link.to);
    let LinkProps::Forward(forward) = &mut link.props else { return };
    forward.priority = priority;
    if first {
        forward.default = true;
    } else {
        forward.paths = vec![path];
    }
    if let Some((container, port)) = super::backend::first_port(design, &link.to) {
        forward.container = container;
        forward.container_port = Some(port);
    }
}

fn summary(design: &Design, link: &Link) -> Vec<Phrase> {
    let Some(forward) = Forward::of(&link.props) else { return Vec::new() };
    let mut phrases = Vec::new();
    if forward.default {
        phrases.push(Phrase::new("summary.forward.default"));
    } else {
        let mut shown = forward.methods.join(" ");
        for pattern in forward.hosts.iter().chain(&forward.paths).take(2) {
            if !shown.is_empty() {
                shown.push(' ');
            }
            shown.push_str(pattern);
        }
        if forward.hosts.len() + forward.paths.len() > 2 {
            shown.push('…');
        }
        if shown.is_empty() && !forward.header.name.is_empty() {
            shown.clone_from(&forward.header.name);
        }
        if !shown.is_empty() {
            phrases.push(Phrase::plain(shown));
        }
    }
    if let Some((_, port)) = forward.backend(design, link) {
        phrases.push(Phrase::plain(format!(":{port}")));
    }
    phrases
}
