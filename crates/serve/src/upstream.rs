//! Where requests go out.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Request};

use crate::{ANSWER_LIMIT, Forward, Reason};

/// How long the whole exchange may take.
const TIME: Duration = Duration::from_secs(60);
/// How long it may take until there is a connection.
const TIME_TO_CONNECT: Duration = Duration::from_secs(15);

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The headers that the page may read, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Somebody who sends requests.
pub trait Upstream: Send + Sync {
    /// Sends a request and reads its answer, of any status.
    ///
    /// # Errors
    /// [`Reason`] where none came, or none that is relayed.
    fn exchange(&self, request: &Forward, body: &[u8]) -> Result<Reply, Reason>;
}

/// AWS over the Internet: by TLS only, whose certificate is checked.
pub struct Internet(Agent);

impl Internet {
    /// The way out. A proxy is taken where the environment names one (`HTTPS_PROXY`).
    #[must_use]
    pub fn new() -> Self {
        Self(rules().https_only(true).build().new_agent())
    }
}

impl Default for Internet {
    fn default() -> Self {
        Self::new()
    }
}

impl Upstream for Internet {
    fn exchange(&self, request: &Forward, body: &[u8]) -> Result<Reply, Reason> {
        send(&self.0, &format!("https://{}{}", request.host, request.target), request, body)
    }
}

/// The rules for whoever sends: no redirects, nothing added that was not in the request, limits on time. A connection is used
/// once: one that was kept may just be closing, and a request lost in it could not be told from one that was carried out.
pub fn rules() -> ureq::config::ConfigBuilder<ureq::typestate::AgentScope> {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections(0)
        .timeout_global(Some(TIME))
        .timeout_connect(Some(TIME_TO_CONNECT))
        .user_agent("")
        .accept("")
        .accept_encoding("")
}

/// Sends to an address with these rules. This is [`Internet`]'s way, and that of tests to something that stands in for AWS.
///
/// # Errors
/// [`Reason`] where no answer came, or none that is relayed.
pub fn send(agent: &Agent, url: &str, request: &Forward, body: &[u8]) -> Result<Reply, Reason> {
    let mut out = Request::builder().method(request.method).uri(url).header("host", &request.host);
    for (name, value) in &request.headers {
        out = out.header(name, value);
    }
    let answer = if matches!(request.method, "GET" | "DELETE") {
        agent.run(out.body(()).map_err(|_| Reason::Path)?)
    } else {
        agent.run(out.body(body).map_err(|_| Reason::Path)?)
    };
    let mut answer = answer.map_err(|error| unsent(&error))?;
    let status = answer.status().as_u16();
    if (300..400).contains(&status) && status != 304 {
        return Err(Reason::Redirect);
    }
    let headers = readable(answer.headers());
    let body = answer.body_mut().with_config().limit(ANSWER_LIMIT as u64).read_to_vec();
    Ok(Reply { status, headers, body: body.map_err(|error| unsent(&error))? })
}

fn unsent(error: &ureq::Error) -> Reason {
    match error {
        ureq::Error::Timeout(_) => Reason::TimedOut,
        ureq::Error::BodyExceedsLimit(_) => Reason::AnswerTooLarge,
        // The limit on the body can come wrapped, as any failure to read does.
        ureq::Error::Io(inner) if inner.to_string().contains("limit") => Reason::AnswerTooLarge,
        _ => Reason::Unreachable,
    }
}

/// What the page may read. Nothing gets through by which an answer could act on the page's own origin: no cookie, no redirect, no
/// policy, no prompt for a password.
fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let plain = ["allow", "content-encoding", "content-language", "content-type", "date", "etag", "retry-after"];
    let passes = |name: &str| {
        plain.contains(&name)
            || name.starts_with("apigw-")
            || (name.starts_with("x-") && !name.starts_with("x-trazo-") && !name.starts_with("x-frame"))
    };
    let named = headers.iter().filter(|(name, _)| passes(name.as_str()));
    named.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))).collect()
}
