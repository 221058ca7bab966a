//! How an API calls a load balancer.

use trazo_stack::{Value, sub};

use crate::resources::load_balancer::{Listener, LoadBalancer};
use crate::{Lowering, NodeId};

/// The listener that an API calls. API Gateway checks certificates, and no certificate is made out to a load balancer's own
/// address: HTTPS needs the name in the certificate, and is otherwise taken only where there is nothing else.
pub(in crate::resources) fn listener(alb: &LoadBalancer, server_name: &str) -> Option<Listener> {
    let named = !server_name.is_empty();
    alb.serving().find(|listener| listener.https == named).or_else(|| alb.serving().next())
}

/// The URL of a path behind a load balancer: by the name in its certificate for HTTPS, else by its own address.
pub(in crate::resources) fn uri(
    low: &Lowering<'_>,
    alb: &NodeId,
    listener: Listener,
    server_name: &str,
    path: &str,
) -> Value {
    let host = if listener.https && !server_name.is_empty() {
        server_name.to_owned()
    } else {
        format!("${{{}.DNSName}}", low.id(alb, "LoadBalancer"))
    };
    let text = format!("{}://{host}{}{path}", listener.protocol(), listener.port_suffix());
    if text.contains("${") { sub(text) } else { text.into() }
}
