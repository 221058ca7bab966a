//! The published test suites of Signature Version 4, and how a case is given to Trazo's signer.
//!
//! The suites write a request as its first line, headers and body, and encode its path once: their paths are given as they would go
//! out. (That all services but S3 want a path encoded twice is tested by `tests/oracles/`, with botocore's own signer.)

use serde_json::{Map, Value};
use trazo_provision::sign::{Manner, Scope, Signed, sign};
use trazo_provision::{Credentials, Secret};

/// The suite of `aws-c-auth`, in its current form, as the crate `aws-sigv4` carries it.
pub(crate) const AWS_C_AUTH: &str = include_str!("aws-c-auth.json");
/// The older suite, as botocore carries it.
pub(crate) const BOTOCORE: &str = include_str!("botocore.json");

/// 2015-08-30T12:36:00Z, the time of all cases.
const TIME: u64 = 1_440_938_160_000;

/// Signs all cases; gives their number and what is wrong.
pub(crate) fn run(suite: &str) -> (usize, Vec<String>) {
    let cases: Map<String, Value> = serde_json::from_str(suite).unwrap();
    let faults = cases.iter().filter_map(|(name, case)| fault(name, case)).collect();
    (cases.len(), faults)
}

fn fault(name: &str, case: &Value) -> Option<String> {
    let wanted = case["authorization"].as_str().unwrap();
    let outcome = signed(case);
    let given = outcome.as_ref().map(|signed| header(signed, "authorization"));
    let date = outcome.as_ref().map(|signed| header(signed, "x-amz-date"));
    let token = outcome.as_ref().map(|signed| header(signed, "x-amz-security-token"));
    let fits =
        given == Some(Some(wanted)) && date == Some(Some("20150830T123600Z")) && token == Some(case["token"].as_str());
    (!fits).then(|| format!("{name}: {given:?}\nnot {wanted}\nwhich signs\n{}", case["canonical"].as_str().unwrap()))
}

fn header<'a>(signed: &'a Signed, name: &str) -> Option<&'a str> {
    signed.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
}

fn signed(case: &Value) -> Option<Signed> {
    let request = Request::read(case["request"].as_str()?)?;
    let credentials = Credentials {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned()),
        session_token: case["token"].as_str().map(|token| Secret::new(token.to_owned())),
        expires: None,
    };
    let is = |key: &str| case[key] == true;
    let manner = Manner {
        encoded_twice: false,
        normalized: !is("unnormalized"),
        token_signed: !is("token_unsigned"),
        checksum: is("checksum"),
    };
    let scope = Scope { credentials: &credentials, region: "us-east-1", service: "service", time: TIME, manner };
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    sign(&request.method, &encoded(&request.url), &headers, request.body.as_bytes(), &scope).ok()
}

/// A request as the suites write it.
struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Request {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let (method, rest) = lines.next()?.split_once(' ')?;
        let target = rest.strip_suffix(" HTTP/1.1")?;
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            match line.split_once(':') {
                // A line that is set in goes on with the value above it.
                _ if line.starts_with(' ') => {
                    let (_, value) = headers.last_mut()?;
                    value.push(' ');
                    value.push_str(line.trim());
                }
                Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
                None => return None,
            }
        }
        let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"))?.1.clone();
        // What signing itself adds is not given to it.
        let added = ["host", "x-amz-date", "x-amz-security-token"];
        headers.retain(|(name, _)| !added.contains(&name.to_ascii_lowercase().as_str()));
        Some(Self { method: method.to_owned(), url: format!("https://{host}{target}"), headers, body: body.to_owned() })
    }
}

/// An address as Trazo writes it: in the path, all is encoded that has no need to stand for itself.
fn encoded(url: &str) -> String {
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' | b'%' | b':' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out + query
}
