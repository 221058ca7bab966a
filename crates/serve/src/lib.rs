//! The page on this machine, and its relay to AWS.
//!
//! A browser keeps some services of AWS from a page, since they do not answer its preflights. The relay forwards requests that the
//! page has already signed, to AWS's own hosts and nowhere else: it holds no credentials, changes nothing that is signed and keeps
//! nothing. Who may use it is judged by [`Guard`], in one place and before anything is sent; how requests come in (`head`,
//! `connection`) and go out ([`Upstream`]) is apart from it.
//!
//! One connection carries one request and is closed then: what follows a request in the same bytes is never read as another.

mod connection;
mod guard;
mod head;
mod hosts;
mod reason;
mod site;
mod upstream;

pub use connection::{Relayed, Server, Settings, Unserved};
pub use guard::{Forward, Guard, Judged, NotAnOrigin, Origin, Token, What};
pub use head::{Head, Unread};
pub use hosts::{Aws, aws_host};
pub use reason::Reason;
pub use upstream::{Internet, Reply, Upstream, rules, send};

/// How large the body of a request may be, in bytes.
pub const REQUEST_LIMIT: usize = 1 << 20;
/// How large an answer may be, in bytes.
pub const ANSWER_LIMIT: usize = 8 << 20;
/// How large the head of a request may be, in bytes: a session token alone can take some thousands.
pub const HEAD_LIMIT: usize = 32 << 10;
/// How many connections are served at once.
pub const CONNECTIONS: usize = 64;
