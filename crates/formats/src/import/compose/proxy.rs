//! The proxy that Trazo's own export puts in front of the services: it stands for a load balancer.

use super::Service;
use crate::import::Node;

/// Whether a service is that proxy.
pub(super) fn is_own(node: &Node) -> bool {
    let has_config = |item: &Node| {
        item.text_of("source").is_some_and(|source| source.starts_with("./proxy/") && source.ends_with(".cfg"))
    };
    node.text_of("image").is_some_and(|image| image.starts_with("haproxy:"))
        && node.get("volumes").is_some_and(|volumes| volumes.items().iter().any(has_config))
}

/// The port of the load balancer that a port of its proxy stands for.
pub(super) fn listener(proxy: &Service<'_>) -> i64 {
    proxy.ports.first().map_or(80, |port| port.container)
}
