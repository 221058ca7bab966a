//! Why the browser did not let a request through, as far as that can be known.

use super::super::places::Gate;
use crate::Unsent;

/// What stood in the way, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The key of the text.
    pub key: &'static str,
    /// The field of the node that mends it, where one does.
    pub field: Option<&'static str>,
}

/// Explains why no answer came. A page cannot tell a refused preflight from a broken connection, so the likeliest is named.
///
/// `secure` tells whether the page came by `https`, `cors` whether the API of the address has CORS in the design.
pub fn blocked(unsent: Unsent, url: &str, gate: Gate, secure: bool, cors: bool) -> Blocked {
    let say = |key| Blocked { key, field: None };
    match unsent {
        Unsent::Offline => say("deploy.live.console.blocked.offline"),
        Unsent::TimedOut => say("deploy.live.console.blocked.timed_out"),
        Unsent::TooLarge => say("deploy.live.console.blocked.too_large"),
        // Nothing of the console goes by a relay or to a service of AWS's own.
        Unsent::Cancelled | Unsent::Stranger | Unsent::Barred => say("deploy.live.console.blocked.cancelled"),
        // Browsers let no page of https ask for something by http
        // (<https://developer.mozilla.org/docs/Web/Security/Defenses/Mixed_content>).
        Unsent::Blocked if secure && url.starts_with("http://") => say("deploy.live.console.blocked.mixed"),
        Unsent::Blocked => match gate {
            Gate::HttpApi | Gate::RestApi if !cors => {
                Blocked { key: "deploy.live.console.blocked.no_cors", field: Some("cors.enabled") }
            }
            Gate::HttpApi => Blocked { key: "deploy.live.console.blocked.cors", field: Some("cors.allowOrigins") },
            Gate::RestApi => Blocked { key: "deploy.live.console.blocked.cors", field: Some("cors.origin") },
            Gate::LoadBalancer => say("deploy.live.console.blocked.load_balancer"),
        },
    }
}
