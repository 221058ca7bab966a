//! What the engines need of the world around them: time, chance, waiting, and the network.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// Something that comes later, on this thread.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A request as it goes out.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The whole address, in the very bytes that were signed.
    pub url: String,
    /// Headers beside those that the browser sets; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// How long the whole exchange may take, in milliseconds.
    pub timeout: u32,
    /// How large the answer may be, in bytes.
    pub limit: usize,
}

impl fmt::Debug for Outgoing {
    /// Without what headers hold: among them are the session's token and the relay's.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} ({} bytes)", self.method, self.url, self.body.len())
    }
}

/// What came back, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// Headers that may be read; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// The browser let the request or its answer not pass, or the connection broke: pages cannot tell these apart. A refused
    /// preflight looks so.
    #[error("the request was blocked or the connection failed")]
    Blocked,
    /// The same from a service that does not let pages read its answers, as far as is known: the relay is needed.
    #[error("the service does not answer to pages")]
    Barred,
    /// The browser knows that it has no network.
    #[error("there is no network")]
    Offline,
    /// The relay does not take the page for its own: it was started anew, and has another token.
    #[error("the relay does not know this page")]
    Stranger,
    /// No whole answer within the time.
    #[error("no answer in time")]
    TimedOut,
    /// The answer is larger than was allowed.
    #[error("the answer is too large")]
    TooLarge,
    /// Somebody cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// Time, chance, waiting, and the network.
pub trait World {
    /// Milliseconds since 1970-01-01T00:00Z, by the machine's own clock, which may be wrong.
    fn now(&self) -> u64;
    /// A number that nobody can foretell; all 64 bits are used.
    fn random(&self) -> u64;
    /// Waits.
    fn sleep(&self, millis: u32) -> Later<'_, ()>;
    /// Sends one request and reads its answer. Redirects are not followed. Who drops what is given back ends the exchange.
    ///
    /// # Errors
    /// [`Unsent`] where no answer came; an answer of any status is none.
    fn send(&self, request: Outgoing) -> Later<'_, Result<Answer, Unsent>>;
}
