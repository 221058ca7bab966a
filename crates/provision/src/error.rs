//! Why a call did not give what was asked.

use trazo_calls::Service;

use crate::Unsent;

/// What AWS said instead of doing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who said it.
    pub service: Service,
    /// What was asked.
    pub operation: &'static str,
    /// The status of HTTP.
    pub status: u16,
    /// The error's code (`AccessDeniedException`), without a namespace.
    pub code: String,
    /// AWS's own words.
    pub message: String,
    /// What AWS's support asks for; empty where it was not told.
    pub request_id: String,
}

/// Codes by which AWS asks for slower calls (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>).
/// `LimitExceededException`, which SDKs count among them, is not here: the services that Trazo speaks to mean a quota by it.
const THROTTLED: &[&str] = &[
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

impl Refusal {
    /// Whether AWS asks for slower calls. Such a call was not done.
    pub fn is_throttle(&self) -> bool {
        (self.status == 429 || THROTTLED.contains(&self.code.as_str())) && !self.is_used_up()
    }

    /// Whether AWS says in words that there can be no more of something. API Gateway says so with the status of throttling, or with
    /// the code of whatever is invalid.
    pub fn is_used_up(&self) -> bool {
        let words = self.message.to_lowercase();
        words.contains("maximum number of") || (words.contains("too many") && words.contains("limit is"))
    }
}

/// Why a call did not give what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// AWS answered, and refused.
    #[error("{} {}: {} ({})", .0.service.cli(), .0.operation, .0.message, .0.code)]
    Refused(Refusal),
    /// No answer came, after all retries.
    #[error("{0}")]
    Unsent(#[from] Unsent),
    /// An answer came that is not what the service gives: cut short, or from somebody else.
    #[error("the answer cannot be read")]
    Unreadable,
    /// There are no credentials any more: wiped, or past their time.
    #[error("the credentials have expired")]
    Expired,
    /// Trazo does not know the operation.
    #[error("{0} {1} is not known")]
    Unknown(&'static str, &'static str),
    /// The call cannot be written as a request: something is missing or empty that its address needs.
    #[error("{0} {1} cannot be written as a request")]
    Unsendable(&'static str, &'static str),
}

impl CallError {
    /// What AWS said, where it said something.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the call may have been carried out although no answer says so: then whoever asked has to look.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Refused(refusal) => {
                matches!(refusal.status, 500 | 502 | 504) || refusal.code.starts_with("RequestTimeout")
            }
            Self::Unsent(_) | Self::Unreadable => true,
            Self::Expired | Self::Unknown(..) | Self::Unsendable(..) => false,
        }
    }

    /// Whether AWS refused with this code.
    pub fn is(&self, code: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.code == code)
    }
}
