//! A server under test, something that stands in for AWS, and raw bytes between them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use trazo_serve::{Forward, Origin, Reason, Reply, Server, Settings, Upstream, rules, send};

/// Another page that the server lets use the relay.
pub(crate) const OTHER: &str = "https://curso.example";
/// A host of AWS.
pub(crate) const ECS: &str = "ecs.us-east-1.amazonaws.com";
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260102/us-east-1/ecs/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123";

struct StandIn {
    agent: ureq::Agent,
    port: u16,
}

impl Upstream for StandIn {
    fn exchange(&self, request: &Forward, body: &[u8]) -> Result<Reply, Reason> {
        send(&self.agent, &format!("http://127.0.0.1:{}{}", self.port, request.target), request, body)
    }
}

/// A relay, and what it does.
pub(crate) struct Rig {
    pub(crate) port: u16,
    pub(crate) token: String,
    /// What came to the stand-in, as raw bytes.
    pub(crate) came: Receiver<Vec<u8>>,
    /// What the server told of.
    pub(crate) told: Arc<Mutex<Vec<String>>>,
}

impl Rig {
    /// A relay whose stand-in gives this answer to each request.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let (target, came) = stand_in(answer.into());
        Self::to(target, came, None)
    }

    pub(crate) fn with_page(folder: &std::path::Path) -> Self {
        let (target, came) = stand_in(OK.to_vec());
        Self::to(target, came, Some(folder.to_owned()))
    }

    fn to(target: u16, came: Receiver<Vec<u8>>, page: Option<std::path::PathBuf>) -> Self {
        let server = Server::bind(Settings { port: 0, page, other: Some(Origin::new(OTHER).unwrap()) }).unwrap();
        let port = server.port();
        let told = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&told);
        let agent = rules().proxy(None).build().new_agent();
        std::thread::spawn(move || {
            let tell = move |it: &trazo_serve::Relayed| log.lock().unwrap().push(format!("{it:?}"));
            server.run(Box::new(StandIn { agent, port: target }), Box::new(tell));
        });
        let mut rig = Self { port, token: String::new(), came, told };
        let hello = rig.ask("GET /relay/hello HTTP/1.1", &[("sec-fetch-site", "same-origin")], "");
        assert_eq!(hello.status, 200, "{}", hello.raw);
        let hello: Vec<&str> = hello.body.split('"').collect();
        rig.token = hello[3].to_owned();
        rig
    }

    /// Sends a request with `Host` and length, and these headers.
    pub(crate) fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Said {
        let host = format!("127.0.0.1:{}", self.port);
        let own = if headers.iter().any(|(name, _)| *name == "host") { vec![] } else { vec![("host", host.as_str())] };
        let mut raw = format!("{line}\r\n");
        for (name, value) in own.iter().chain(headers) {
            raw.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            raw.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        raw.push_str(&format!("\r\n{body}"));
        self.raw(raw.as_bytes())
    }

    /// Sends a request of the own page, with the token and signed, and these headers beside.
    pub(crate) fn signed(&self, line: &str, more: &[(&str, &str)], body: &str) -> Said {
        let given = [
            ("sec-fetch-site", "same-origin"),
            ("x-trazo-token", self.token.as_str()),
            ("authorization", AUTHORIZATION),
        ];
        let mut headers: Vec<(&str, &str)> =
            given.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
        // An empty value takes a header away.
        headers.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        self.ask(line, &headers, body)
    }

    /// Sends bytes and reads until the connection is closed.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Said {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // The server may refuse before it has read all.
        let _ = stream.write_all(bytes);
        let mut raw = Vec::new();
        let _ = stream.read_to_end(&mut raw);
        Said::from(raw)
    }
}

/// An answer.
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) raw: String,
    pub(crate) body: String,
}

impl Said {
    fn from(raw: Vec<u8>) -> Self {
        let raw = String::from_utf8_lossy(&raw).into_owned();
        let status = raw.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or_default();
        let body = raw.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        Self { status, raw, body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let head = self.raw.split("\r\n\r\n").next()?;
        head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| *key == name).map(|(_, value)| value))
    }

    /// Why the relay refused.
    pub(crate) fn why(&self) -> &str {
        self.header("x-trazo-relay").unwrap_or_default()
    }
}

/// A plain answer.
pub(crate) const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\nx-amzn-RequestId: 7\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nset-cookie: a=b\r\naccess-control-allow-origin: *\r\nx-trazo-relay: forged\r\ncontent-length: 2\r\n\r\n{}";

/// Stands in for AWS on a free port: keeps what comes, and answers each time alike.
fn stand_in(answer: Vec<u8>) -> (u16, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (keep, came) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = Vec::new();
            let mut room = [0_u8; 4096];
            while !is_whole(&bytes) {
                match stream.read(&mut room) {
                    Ok(count) if count > 0 => bytes.extend_from_slice(&room[..count]),
                    _ => break,
                }
            }
            let _ = keep.send(bytes);
            // Closed after it: who waits for more of an answer that was cut short gets its end.
            let _ = stream.write_all(&answer);
        }
    });
    (port, came)
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}
