//! A request as a person writes it.

use super::names;
use crate::Outgoing;

/// The methods that can be chosen.
pub const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// How long an exchange may take, in milliseconds: longer than any API Gateway lets an integration take by default.
const TIMEOUT: u32 = 35_000;
/// How large an answer may be, in bytes.
const LIMIT: usize = 1_048_576;

/// Headers that a page cannot set; the browser drops or sets them itself
/// (<https://fetch.spec.whatwg.org/#forbidden-request-header>).
const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// A request as a person writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Where it goes: an address of [`super::super::addresses`].
    pub base: String,
    /// One of [`METHODS`].
    pub method: String,
    /// Path and query (`/productos?pagina=2`).
    pub path: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: String,
}

/// Why a request cannot go out as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The address is none.
    #[error("the address is not one of http or https")]
    Address,
    /// The method is none of [`METHODS`].
    #[error("this method cannot be sent")]
    Method,
    /// `GET` and `HEAD` have no body: a browser refuses one.
    #[error("a body cannot be sent with this method")]
    Body,
    /// The name of a header holds what none can hold, or its value a line's end.
    #[error("the header {0} cannot be written so")]
    Header(String),
    /// A header that browsers do not let a page set.
    #[error("a page cannot set the header {0}")]
    Forbidden(String),
}

impl Fault {
    /// The key of the text that tells it; the argument `name` is [`Fault::header`].
    pub fn key(&self) -> &'static str {
        match self {
            Self::Address => "deploy.live.console.fault.address",
            Self::Method => "deploy.live.console.fault.method",
            Self::Body => "deploy.live.console.fault.body",
            Self::Header(_) => "deploy.live.console.fault.header",
            Self::Forbidden(_) => "deploy.live.console.fault.forbidden",
        }
    }

    /// The header that it is about, or nothing.
    pub fn header(&self) -> &str {
        match self {
            Self::Header(name) | Self::Forbidden(name) => name,
            Self::Address | Self::Method | Self::Body => "",
        }
    }
}

impl Draft {
    /// The whole address: base and path with one slash between, what an address cannot hold written as `%…`.
    pub fn url(&self) -> String {
        let path = self.path.trim();
        let (base, path) = (self.base.trim().trim_end_matches('/'), path.strip_prefix('/').unwrap_or(path));
        let path = path.split('#').next().unwrap_or_default();
        format!("{base}/{}", encoded(path))
    }

    /// The headers that have a name, without spaces around them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let trimmed = self.headers.iter().map(|(name, value)| (name.trim(), value.trim()));
        trimmed.filter(|(name, value)| !(name.is_empty() && value.is_empty()))
    }

    /// The request that goes out.
    ///
    /// # Errors
    /// [`Fault`] where a browser would not send it.
    pub fn request(&self) -> Result<Outgoing, Fault> {
        let base = self.base.trim();
        if !base.starts_with("https://") && !base.starts_with("http://") {
            return Err(Fault::Address);
        }
        let method = METHODS.iter().find(|method| **method == self.method).ok_or(Fault::Method)?;
        if !self.body.is_empty() && matches!(*method, "GET" | "HEAD") {
            return Err(Fault::Body);
        }
        let headers: Result<Vec<_>, Fault> = self.headers().map(|(name, value)| header(name, value)).collect();
        let body = self.body.clone().into_bytes();
        Ok(Outgoing { method, url: self.url(), headers: headers?, body, timeout: TIMEOUT, limit: LIMIT })
    }
}

fn header(name: &str, value: &str) -> Result<(&'static str, String), Fault> {
    let lower = name.to_ascii_lowercase();
    let sane = !lower.is_empty()
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    // A browser takes values of Latin-1 only.
    if !sane || value.chars().any(|c| c.is_control() && c != '\t' || c > '\u{ff}') {
        return Err(Fault::Header(name.to_owned()));
    }
    if FORBIDDEN.contains(&lower.as_str()) || lower.starts_with("proxy-") || lower.starts_with("sec-") {
        return Err(Fault::Forbidden(name.to_owned()));
    }
    Ok((names::kept(&lower), value.to_owned()))
}

/// A path with what is no part of an address written as `%…`; what is already written so stays.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%[]".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
