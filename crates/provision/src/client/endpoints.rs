//! Where requests go.

use trazo_calls::Service;

use crate::{Answer, CallError, Secret, Unsent};

/// Where requests go, and how they get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoints {
    /// Straight to AWS.
    Direct,
    /// To AWS, over a relay that forwards what is signed already: `METHOD {base}/relay/{host}/{path}?{query}`.
    Relay {
        /// Where the relay answers, without a slash at its end; empty for the page's own origin.
        base: String,
        /// What tells the relay that the request comes from its own page; sent as `x-trazo-token`.
        token: Secret,
    },
    /// To an emulator of all services, which requests are then signed for.
    Custom {
        /// Scheme, host and port.
        base: String,
    },
}

impl Endpoints {
    /// Scheme, host and port that a request is signed for.
    pub(super) fn origin(&self, service: Service, region: &str) -> String {
        match self {
            Self::Direct | Self::Relay { .. } => format!("https://{}", service.host(region)),
            Self::Custom { base } => base.trim_end_matches('/').to_owned(),
        }
    }

    /// Where a signed address is fetched.
    pub(super) fn address(&self, signed: &str) -> String {
        match self {
            Self::Relay { base, .. } => {
                let rest = signed.strip_prefix("https://").unwrap_or(signed);
                format!("{}/relay/{rest}", base.trim_end_matches('/'))
            }
            Self::Direct | Self::Custom { .. } => signed.to_owned(),
        }
    }

    /// What tells the relay that the request comes from its own page.
    pub(super) fn token(&self) -> Option<&Secret> {
        match self {
            Self::Relay { token, .. } => Some(token),
            Self::Direct | Self::Custom { .. } => None,
        }
    }

    /// Why the relay gave an answer of its own instead of AWS's, which it tells in a header that no answer of AWS has.
    pub(super) fn refused(&self, answer: &Answer) -> Option<CallError> {
        let Self::Relay { .. } = self else { return None };
        Some(match answer.header("x-trazo-relay")? {
            "host" | "origin" | "token" => CallError::Unsent(Unsent::Stranger),
            "unreachable" => CallError::Unsent(Unsent::Offline),
            "slow" | "timeout" => CallError::Unsent(Unsent::TimedOut),
            "answer-too-large" => CallError::Unsent(Unsent::TooLarge),
            _ => CallError::Unreadable,
        })
    }

    /// Whether a page gets answers from a service this way, as far as is known. API Gateway refuses the preflights of its second
    /// API, while it answers those of its first.
    pub fn reaches(&self, service: Service) -> bool {
        !matches!((self, service), (Self::Direct, Service::ApiGatewayV2))
    }

    /// What it means that no answer came from a service.
    pub(super) fn unsent(&self, service: Service, unsent: Unsent) -> Unsent {
        match unsent {
            Unsent::Blocked if !self.reaches(service) => Unsent::Barred,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_told_the_host_that_was_signed() {
        let relay = Endpoints::Relay { base: "http://127.0.0.1:8000/".to_owned(), token: Secret::new("t".to_owned()) };
        assert_eq!(relay.origin(Service::Ecs, "us-east-1"), "https://ecs.us-east-1.amazonaws.com");
        let address = relay.address("https://ecs.us-east-1.amazonaws.com/a?b=c");
        assert_eq!(address, "http://127.0.0.1:8000/relay/ecs.us-east-1.amazonaws.com/a?b=c");
        let own = Endpoints::Relay { base: String::new(), token: Secret::new(String::new()) };
        assert_eq!(own.address("https://sts.us-east-1.amazonaws.com/"), "/relay/sts.us-east-1.amazonaws.com/");
    }

    #[test]
    fn an_emulator_is_signed_for_itself() {
        let custom = Endpoints::Custom { base: "http://127.0.0.1:5000/".to_owned() };
        assert_eq!(custom.origin(Service::Iam, "us-west-2"), "http://127.0.0.1:5000");
        assert_eq!(custom.address("http://127.0.0.1:5000/x"), "http://127.0.0.1:5000/x");
    }

    #[test]
    fn a_relay_tells_why_it_gave_no_answer_of_aws() {
        let relay = Endpoints::Relay { base: String::new(), token: Secret::new("t".to_owned()) };
        let answer = |reason: &str| Answer {
            status: 403,
            headers: vec![("x-trazo-relay".to_owned(), reason.to_owned())],
            body: Vec::new(),
        };
        assert_eq!(relay.refused(&answer("token")), Some(CallError::Unsent(Unsent::Stranger)));
        assert_eq!(relay.refused(&answer("unreachable")), Some(CallError::Unsent(Unsent::Offline)));
        assert_eq!(relay.refused(&Answer { headers: Vec::new(), ..answer("") }), None);
        assert_eq!(Endpoints::Direct.refused(&answer("token")), None);
    }

    #[test]
    fn a_service_that_does_not_answer_pages_asks_for_the_relay() {
        let said = |way: &Endpoints, service| way.unsent(service, Unsent::Blocked);
        assert_eq!(said(&Endpoints::Direct, Service::ApiGatewayV2), Unsent::Barred);
        assert_eq!(said(&Endpoints::Direct, Service::Ecs), Unsent::Blocked);
        assert_eq!(Endpoints::Direct.unsent(Service::ApiGatewayV2, Unsent::Offline), Unsent::Offline);
        let relay = Endpoints::Relay { base: String::new(), token: Secret::new(String::new()) };
        assert_eq!(said(&relay, Service::ApiGatewayV2), Unsent::Blocked);
    }
}
