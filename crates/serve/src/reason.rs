//! Why a request is not answered as it was meant.

/// Why a request is not answered as it was meant. The page reads the name from the header `x-trazo-relay`, which no answer of AWS
/// has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// What came is no request of HTTP/1.1, or is ambiguous.
    #[error("malformed")]
    Malformed,
    /// `Host` is not this server: a name that was turned to this address by somebody else.
    #[error("host")]
    Host,
    /// Another page asks.
    #[error("origin")]
    Origin,
    /// The token is missing or is not this server's.
    #[error("token")]
    Token,
    /// The request is not for one of AWS's hosts.
    #[error("aws-host")]
    AwsHost,
    /// The path has a form that could be read in two ways.
    #[error("path")]
    Path,
    /// The method is not relayed, or not with a body.
    #[error("method")]
    Method,
    /// The request is not signed.
    #[error("unsigned")]
    Unsigned,
    /// The body or the head is larger than is relayed.
    #[error("too-large")]
    TooLarge,
    /// The request did not come in time.
    #[error("slow")]
    Slow,
    /// More connections than are served at once.
    #[error("busy")]
    Busy,
    /// Nothing is here.
    #[error("missing")]
    Missing,
    /// No connection to AWS, or it broke.
    #[error("unreachable")]
    Unreachable,
    /// AWS did not answer in time.
    #[error("timeout")]
    TimedOut,
    /// The answer leads elsewhere; redirects are not followed.
    #[error("redirect")]
    Redirect,
    /// The answer is larger than is relayed.
    #[error("answer-too-large")]
    AnswerTooLarge,
}

impl Reason {
    /// The status of the answer that tells it.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::Path => 400,
            Self::Origin | Self::Token | Self::AwsHost | Self::Unsigned => 403,
            Self::Missing => 404,
            Self::Method => 405,
            Self::Slow => 408,
            Self::TooLarge => 413,
            Self::Host => 421,
            Self::Unreachable | Self::Redirect | Self::AnswerTooLarge => 502,
            Self::Busy => 503,
            Self::TimedOut => 504,
        }
    }
}
