//! Who may ask what.

use subtle::ConstantTimeEq;

use crate::hosts::{Aws, aws_host};
use crate::{Head, REQUEST_LIMIT, Reason};

const RELAY: &str = "/relay/";
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What AWS's APIs read of a request.
const SIGNED: &[&str] = &[
    "accept",
    "authorization",
    "content-type",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-target",
    "x-amz-user-agent",
];

/// What belongs to this connection or to the browser, and not to somebody's API.
const OURS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "cookie",
    "dnt",
    "forwarded",
    "host",
    "keep-alive",
    "origin",
    "pragma",
    "priority",
    "referer",
    "te",
    "upgrade-insecure-requests",
    "via",
];
const OUR_PREFIXES: &[&str] = &["access-control-", "proxy-", "sec-", "x-forwarded-", "x-trazo-"];

/// What a page shows to prove that it has asked this server before.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token that nobody can guess.
    ///
    /// # Errors
    /// Where the system has no chance to give.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// A token that is known beforehand, for tests.
    pub fn known(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The token's text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Takes as long for a nearly right one as for one that is wholly wrong.
    fn is(&self, shown: &str) -> bool {
        bool::from(self.0.as_bytes().ct_eq(shown.as_bytes()))
    }
}

/// Another page that may use the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// This is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an origin has the form https://example.com or http://127.0.0.1:8000")]
pub struct NotAnOrigin;

impl Origin {
    /// Reads an origin, as browsers write it; of an address with a path, its origin is not taken.
    ///
    /// # Errors
    /// [`NotAnOrigin`].
    pub fn new(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(NotAnOrigin)?;
        let (name, port) = match rest.rsplit_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (rest, None),
        };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        let named = !name.is_empty() && name.bytes().all(plain);
        let ported =
            port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
        if named && ported { Ok(Self(text.to_owned())) } else { Err(NotAnOrigin) }
    }

    /// As it stands in the header `Origin`.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A request to AWS, in the bytes in which it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// One of AWS's hosts.
    pub host: String,
    /// Path and query, as they came.
    pub target: String,
    /// The headers that go along, names in small letters.
    pub headers: Vec<(String, String)>,
    /// How long the body is.
    pub length: usize,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A file of the page.
    Page,
    /// The token.
    Hello,
    /// A browser asks whether the page may ask, and for which headers.
    Preflight(Vec<String>),
    /// A request to AWS.
    Relay(Forward),
}

/// A request that was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The other page that is to read the answer.
    pub reader: Option<Origin>,
    /// What is asked, or why it is refused.
    pub what: Result<What, Reason>,
}

/// Judges requests.
#[derive(Clone)]
pub struct Guard {
    hosts: [String; 2],
    token: Token,
    other: Option<Origin>,
}

impl Guard {
    /// Judges for the server at a port of this machine. Beside its own page, `other` may use the relay.
    pub fn new(port: u16, token: Token, other: Option<Origin>) -> Self {
        Self { hosts: ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}")), token, other }
    }

    /// The token.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// Judges a request by its head.
    pub fn judge(&self, head: &Head) -> Judged {
        let reader = self.other.as_ref().filter(|other| head.header("origin") == Some(other.text()));
        Judged { reader: reader.cloned(), what: self.what(head, reader.is_some()) }
    }

    fn what(&self, head: &Head, from_other: bool) -> Result<What, Reason> {
        // Before all else: what a page reads that came here under another name is read by that name's owner.
        let host = head.header("host").filter(|host| self.hosts.iter().any(|own| own == host)).ok_or(Reason::Host)?;
        if !head.target.starts_with('/') {
            return Err(Reason::Path);
        }
        let Some(target) = head.target.strip_prefix(RELAY) else {
            return self.page(head);
        };
        Self::from_whom(head, host, from_other)?;
        if head.method == "OPTIONS" {
            return if from_other { preflight(head) } else { Err(Reason::Method) };
        }
        if target == "hello" {
            return if head.method == "GET" { Ok(What::Hello) } else { Err(Reason::Method) };
        }
        let shown = head.header("x-trazo-token").unwrap_or_default();
        if !self.token.is(shown) {
            return Err(Reason::Token);
        }
        forward(head, target).map(What::Relay)
    }

    fn page(&self, head: &Head) -> Result<What, Reason> {
        if matches!(head.method.as_str(), "GET" | "HEAD") { Ok(What::Page) } else { Err(Reason::Method) }
    }

    /// Refuses other pages. A browser says of each request of a page where it comes from, by one header or the other.
    fn from_whom(head: &Head, host: &str, from_other: bool) -> Result<(), Reason> {
        if from_other {
            return Ok(());
        }
        let own = |origin: &str| origin.strip_prefix("http://") == Some(host);
        let origin = head.header("origin");
        let site = head.header("sec-fetch-site");
        let known = origin.is_some() || site.is_some();
        if known && origin.is_none_or(own) && site.is_none_or(|site| site == "same-origin") {
            Ok(())
        } else {
            Err(Reason::Origin)
        }
    }
}

fn preflight(head: &Head) -> Result<What, Reason> {
    let asked = head.header("access-control-request-headers").unwrap_or_default();
    let names: Vec<String> =
        asked.split(',').map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty()).collect();
    let plain = |name: &String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if names.iter().all(plain) { Ok(What::Preflight(names)) } else { Err(Reason::Malformed) }
}

/// The request that goes out; `rest` is the target after `/relay/`.
fn forward(head: &Head, rest: &str) -> Result<Forward, Reason> {
    let method = METHODS.iter().copied().find(|known| *known == head.method).ok_or(Reason::Method)?;
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at(at);
    let serves = aws_host(host).ok_or(Reason::AwsHost)?;
    if !is_plain(target) {
        return Err(Reason::Path);
    }
    let signed = head.header("authorization").is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 "));
    if serves == Aws::Api && !signed {
        return Err(Reason::Unsigned);
    }
    let length = head.body_length()?;
    if length > REQUEST_LIMIT {
        return Err(Reason::TooLarge);
    }
    if length > 0 && matches!(method, "GET" | "DELETE") {
        return Err(Reason::Method);
    }
    let passes = |name: &str| match serves {
        Aws::Api => SIGNED.contains(&name),
        Aws::Execute => !OURS.contains(&name) && !OUR_PREFIXES.iter().any(|prefix| name.starts_with(prefix)),
    };
    let headers = head.headers().filter(|(name, _)| passes(name));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Forward { method, host: host.to_owned(), target: target.to_owned(), headers, length })
}

/// Whether all read this path and query alike: it begins with a slash, no part of it is empty or of dots, and it has no other
/// characters than addresses have.
fn is_plain(target: &str) -> bool {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Some(inner) = path.strip_prefix('/') else { return false };
    let mut parts = inner.split('/').peekable();
    while let Some(part) = parts.next() {
        let dots = part.to_ascii_lowercase().replace("%2e", ".");
        // A path may end with a slash.
        if dots == "." || dots == ".." || (part.is_empty() && parts.peek().is_some()) {
            return false;
        }
    }
    is_spelled(path, b"/") && is_spelled(query, b"/?|[]")
}

/// Whether this holds only characters of a path's part (RFC 3986, `pchar`) and those of `also`, and whole escapes.
fn is_spelled(text: &str, also: &[u8]) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
        b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
        | b':' | b'@' => true,
        other => other.is_ascii_alphanumeric() || also.contains(other),
    })
}
