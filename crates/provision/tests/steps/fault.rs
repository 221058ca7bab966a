//! What can go wrong on the way, each at a chosen call.

use trazo_calls::Call;
use trazo_provision::{CallError, Unsent};

use crate::cloud::refusal_of;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The tab is closed before the call reaches AWS.
    ClosedBefore,
    /// The tab is closed when AWS has done it and nobody has seen the answer.
    ClosedAfter,
    /// The network breaks before the call reaches AWS, and stays away for a while.
    CutBefore,
    /// The network breaks when AWS has done it, and stays away for a while.
    CutAfter,
    /// AWS has an error of its own and does nothing.
    ServerBefore,
    /// AWS has an error of its own when it is done.
    ServerAfter,
    /// The answer is cut short.
    Short,
    /// AWS wants slower calls, a few times.
    Throttled,
    /// AWS is not available, a few times.
    Unavailable,
    /// The token expires.
    Expired,
    /// The machine's clock is wrong.
    Clock,
    /// This call is forbidden.
    Denied,
    /// A quota is used up.
    Quota,
}

impl Kind {
    pub(crate) const ALL: &'static [Self] = &[
        Self::ClosedBefore,
        Self::ClosedAfter,
        Self::CutBefore,
        Self::CutAfter,
        Self::ServerBefore,
        Self::ServerAfter,
        Self::Short,
        Self::Throttled,
        Self::Unavailable,
        Self::Expired,
        Self::Clock,
        Self::Denied,
        Self::Quota,
    ];
}

/// What happens to a call.
pub(crate) enum Blow {
    Close {
        reached: bool,
    },
    /// This instead of the call.
    Instead(CallError),
    /// The call is done, but this is what is heard of it.
    After(CallError),
}

pub(crate) struct Fault {
    pub(crate) kind: Kind,
    /// The number of the call at which it begins.
    pub(crate) at: usize,
    /// The call that it began with.
    pub(crate) struck: Option<Call>,
    times: u32,
}

impl Fault {
    pub(crate) fn new(kind: Kind, at: usize) -> Self {
        Self { kind, at, struck: None, times: 0 }
    }

    pub(crate) fn strike(&mut self, number: usize, call: &Call) -> Option<Blow> {
        if number < self.at {
            return None;
        }
        let first = self.struck.is_none();
        let same = *self.struck.get_or_insert_with(|| call.clone()) == *call;
        self.times += 1;
        let refused = |status, code, message| refusal_of(call, status, code, message);
        let gone = || CallError::Unsent(Unsent::Blocked);
        match self.kind {
            Kind::ClosedBefore if first => Some(Blow::Close { reached: false }),
            Kind::ClosedAfter if first => Some(Blow::Close { reached: true }),
            Kind::CutAfter if first => Some(Blow::After(gone())),
            Kind::CutBefore | Kind::CutAfter => Some(Blow::Instead(gone())),
            Kind::ServerBefore if first => Some(Blow::Instead(refused(500, "InternalError", ""))),
            Kind::ServerAfter if first => Some(Blow::After(refused(500, "InternalError", ""))),
            Kind::Short if first => Some(Blow::After(CallError::Unreadable)),
            Kind::Throttled if self.times < 4 => Some(Blow::Instead(refused(429, "ThrottlingException", ""))),
            Kind::Unavailable if self.times < 3 => Some(Blow::Instead(refused(503, "ServiceUnavailable", ""))),
            Kind::Expired => Some(Blow::Instead(refused(403, "ExpiredToken", ""))),
            Kind::Clock => Some(Blow::Instead(refused(400, "InvalidSignatureException", "Signature expired: 1 < 2"))),
            Kind::Denied if same => Some(Blow::Instead(refused(403, "AccessDenied", ""))),
            Kind::Quota if same => Some(Blow::Instead(refused(400, "LimitExceededException", ""))),
            _ => None,
        }
    }
}
