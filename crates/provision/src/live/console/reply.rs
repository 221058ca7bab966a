//! An answer as it is shown.

use serde_json::Value as Json;

use crate::Answer;

/// How much text is shown, in characters.
const SHOWN: usize = 100_000;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// Headers that may be read: a browser shows a page only those that the API exposes.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of an answer, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    Empty,
    /// JSON, set with one member a line.
    Json(String),
    /// Text.
    Text(String),
    /// Text of which only the beginning is shown; the whole length in bytes.
    Cut(String, usize),
    /// Something else, of so many bytes.
    Binary(usize),
}

impl Reply {
    /// Reads an answer that took so many milliseconds.
    pub fn read(answer: &Answer, millis: u64) -> Self {
        Self { status: answer.status, millis, headers: answer.headers.clone(), body: Body::read(&answer.body) }
    }

    /// The key of a text on what the status tells of the parts between, where API Gateway or the load balancer give it themselves.
    ///
    /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>,
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>
    pub fn explain(&self) -> Option<&'static str> {
        match self.status {
            401 => Some("deploy.live.console.status.unauthorized"),
            403 => Some("deploy.live.console.status.forbidden"),
            404 => Some("deploy.live.console.status.not_found"),
            429 => Some("deploy.live.console.status.too_many"),
            500 => Some("deploy.live.console.status.internal"),
            502 => Some("deploy.live.console.status.bad_gateway"),
            503 => Some("deploy.live.console.status.unavailable"),
            504 => Some("deploy.live.console.status.timed_out"),
            _ => None,
        }
    }
}

impl Body {
    fn read(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Empty;
        }
        let Ok(text) = std::str::from_utf8(bytes) else { return Self::Binary(bytes.len()) };
        if text.contains('\0') {
            return Self::Binary(bytes.len());
        }
        // By what it is and not by its header, which an API may not expose.
        let json = serde_json::from_str::<Json>(text).ok().filter(|value| value.is_object() || value.is_array());
        let pretty = json.and_then(|value| serde_json::to_string_pretty(&value).ok());
        let is_json = pretty.is_some();
        let shown = pretty.unwrap_or_else(|| text.to_owned());
        match shown.char_indices().nth(SHOWN) {
            Some((end, _)) => Self::Cut(shown[..end].to_owned(), bytes.len()),
            None if is_json => Self::Json(shown),
            None => Self::Text(shown),
        }
    }
}
