//! The server: connections, and what is written into them.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::site::Site;
use crate::{CONNECTIONS, Forward, Guard, Head, Judged, Origin, Reason, Reply, Token, Unread, Upstream, What};

/// How long a request may take to come in.
const TIME_TO_ASK: Duration = Duration::from_secs(20);
/// How long an answer may take to be taken.
const TIME_TO_TAKE: Duration = Duration::from_secs(30);
/// How long the rest of a refused request is still taken, so that the answer is not lost with it.
const TIME_TO_LINGER: Duration = Duration::from_secs(2);

/// What a server is to do.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The port of 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// The folder of the page; without one, only the relay is served.
    pub page: Option<PathBuf>,
    /// Another page that may use the relay.
    pub other: Option<Origin>,
}

/// Why a server cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum Unserved {
    /// Another program has the port.
    #[error("port {0} is taken")]
    Taken(u16),
    /// The port cannot be used.
    #[error("port {0}: {1}")]
    Port(u16, std::io::Error),
    /// The system gives no chance to make a token from.
    #[error("no random numbers: {0}")]
    Random(getrandom::Error),
}

/// What is told of a request that was relayed: no more than this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relayed {
    /// The method.
    pub method: &'static str,
    /// The host.
    pub host: String,
    /// The status of the answer.
    pub status: u16,
}

/// A server that has its port but does not answer yet.
pub struct Server {
    listener: TcpListener,
    port: u16,
    guard: Guard,
    site: Option<Site>,
}

/// What all connections share.
struct Shared {
    guard: Guard,
    site: Option<Site>,
    upstream: Box<dyn Upstream>,
    told: Box<dyn Fn(&Relayed) + Send + Sync>,
    open: AtomicUsize,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// [`Unserved`].
    pub fn bind(settings: Settings) -> Result<Self, Unserved> {
        let Settings { port, page, other } = settings;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Unserved::Taken(port),
            _ => Unserved::Port(port, error),
        })?;
        let port = listener.local_addr().map_err(|error| Unserved::Port(port, error))?.port();
        let token = Token::new().map_err(Unserved::Random)?;
        Ok(Self { listener, port, guard: Guard::new(port, token, other), site: page.map(Site::new) })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves until the program ends, and tells of each request that was relayed.
    pub fn run(self, upstream: Box<dyn Upstream>, told: Box<dyn Fn(&Relayed) + Send + Sync>) {
        let Self { listener, guard, site, .. } = self;
        let shared = Arc::new(Shared { guard, site, upstream, told, open: AtomicUsize::new(0) });
        for stream in listener.incoming() {
            // A connection that broke before it began.
            let Ok(stream) = stream else { continue };
            let within = shared.open.fetch_add(1, Ordering::SeqCst) < CONNECTIONS;
            let place = Place(Arc::clone(&shared));
            if !within {
                let _ = stream.set_write_timeout(Some(Duration::from_millis(100)));
                let _ = (&stream).write_all(&refusal(None, Reason::Busy).bytes(false));
                continue;
            }
            // Without a thread, the connection closes; the page asks again.
            let _ = std::thread::Builder::new().name("connection".to_owned()).spawn(move || {
                let shared = &place.0;
                serve(shared, &stream);
            });
        }
    }
}

/// A connection's place among those that are open; given back whatever happens to it.
struct Place(Arc<Shared>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// An answer before it is written.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The answer of the relay to a page.
    fn of_relay(self, reader: Option<&Origin>) -> Self {
        let names: Vec<String> = self.headers.iter().map(|(name, _)| name.clone()).collect();
        let answer = self
            .with("cache-control", "no-store")
            .with("content-security-policy", "default-src 'none'; sandbox")
            .with("vary", "origin");
        match reader {
            Some(origin) => answer
                .with("access-control-allow-origin", origin.text())
                .with("access-control-expose-headers", names.join(", ")),
            None => answer.with("cross-origin-resource-policy", "same-origin"),
        }
    }

    fn bytes(&self, without_body: bool) -> Vec<u8> {
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str("x-content-type-options: nosniff\r\nconnection: close\r\n");
        if !matches!(self.status, 204 | 304) {
            out.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        out.push_str("\r\n");
        let mut out = out.into_bytes();
        if !without_body && !matches!(self.status, 204 | 304) {
            out.extend_from_slice(&self.body);
        }
        out
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        404 => "Not Found",
        _ => "Answer",
    }
}

fn refusal(reader: Option<&Origin>, reason: Reason) -> Answer {
    Answer::new(reason.status(), format!("{{\"error\":\"{reason}\"}}"))
        .with("content-type", "application/json")
        .with("x-trazo-relay", reason.to_string())
        .of_relay(reader)
}

/// Answers one request, and closes.
fn serve(shared: &Shared, stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(TIME_TO_TAKE));
    let mut incoming = Incoming { stream, bytes: Vec::new(), until: Instant::now() + TIME_TO_ASK };
    let (answer, without_body) = match incoming.head() {
        Ok(Some((head, length))) => (answer(shared, &mut incoming, &head, length), head.method == "HEAD"),
        // Opened and closed again, as browsers do to be quick later.
        Ok(None) => return,
        Err(reason) => (refusal(None, reason), false),
    };
    let mut out = stream;
    // Whoever asked may have gone: that is their affair.
    if out.write_all(&answer.bytes(without_body)).and_then(|()| out.flush()).is_ok() {
        linger(stream);
    }
}

fn answer(shared: &Shared, incoming: &mut Incoming<'_>, head: &Head, length: usize) -> Answer {
    let Judged { reader, what } = shared.guard.judge(head);
    let reader = reader.as_ref();
    match what {
        Err(reason) => refusal(reader, reason),
        Ok(What::Page) => page(shared, &head.target),
        Ok(What::Hello) => Answer::new(200, format!("{{\"token\":\"{}\"}}", shared.guard.token().text()))
            .with("content-type", "application/json")
            .of_relay(reader),
        Ok(What::Preflight(names)) => allowed(head, reader, &names),
        Ok(What::Relay(forward)) => {
            let relayed = incoming.body(length, forward.length).and_then(|body| relay(shared, &forward, &body));
            match relayed {
                Ok(reply) => {
                    let answer = Answer { status: reply.status, headers: reply.headers, body: reply.body };
                    answer.of_relay(reader)
                }
                Err(reason) => refusal(reader, reason),
            }
        }
    }
}

fn relay(shared: &Shared, forward: &Forward, body: &[u8]) -> Result<Reply, Reason> {
    let reply = shared.upstream.exchange(forward, body);
    let status = reply.as_ref().map_or_else(|reason| reason.status(), |reply| reply.status);
    (shared.told)(&Relayed { method: forward.method, host: forward.host.clone(), status });
    reply
}

/// The answer to a preflight. Private Network Access is what browsers call it that a public page speaks to this machine
/// (<https://wicg.github.io/private-network-access/>).
fn allowed(head: &Head, reader: Option<&Origin>, names: &[String]) -> Answer {
    let answer = Answer::new(204, "")
        .with("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE")
        .with("access-control-allow-headers", names.join(", "))
        .with("access-control-max-age", "600");
    let private = head.header("access-control-request-private-network") == Some("true");
    let answer = if private { answer.with("access-control-allow-private-network", "true") } else { answer };
    answer.of_relay(reader)
}

fn page(shared: &Shared, target: &str) -> Answer {
    let found = shared.site.as_ref().and_then(|site| site.read(target));
    let Some((bytes, kind)) = found else {
        return Answer::new(404, "Not found\n").with("content-type", "text/plain; charset=utf-8");
    };
    Answer::new(200, bytes)
        .with("content-type", kind)
        // Always asked again, so that a new build shows at the next reload.
        .with("cache-control", "no-cache")
        // What the policy in the page cannot say: that no other page may frame this one.
        .with("content-security-policy", "frame-ancestors 'none'")
        .with("cross-origin-opener-policy", "same-origin")
        .with("cross-origin-resource-policy", "same-origin")
        .with("referrer-policy", "no-referrer")
}

/// Bytes as they come in, within their time.
struct Incoming<'a> {
    stream: &'a TcpStream,
    bytes: Vec<u8>,
    until: Instant,
}

impl Incoming<'_> {
    /// The head of the request and its length; `None` where nothing was asked.
    fn head(&mut self) -> Result<Option<(Head, usize)>, Reason> {
        loop {
            match Head::read(&self.bytes) {
                Ok(read) => return Ok(Some(read)),
                Err(Unread::Refused(reason)) => return Err(reason),
                Err(Unread::Partial) => {}
            }
            if !self.more()? {
                return if self.bytes.is_empty() { Ok(None) } else { Err(Reason::Malformed) };
            }
        }
    }

    /// The body, which begins after the head.
    fn body(&mut self, from: usize, length: usize) -> Result<Vec<u8>, Reason> {
        loop {
            if let Some(body) = self.bytes.get(from..from.saturating_add(length)) {
                return Ok(body.to_vec());
            }
            if !self.more()? {
                return Err(Reason::Malformed);
            }
        }
    }

    /// Takes what has come; whether there was something.
    fn more(&mut self) -> Result<bool, Reason> {
        let left = self.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero());
        let left = left.ok_or(Reason::Slow)?;
        let _ = self.stream.set_read_timeout(Some(left));
        let mut room = [0_u8; 16 << 10];
        match self.stream.read(&mut room) {
            Ok(count) => {
                self.bytes.extend_from_slice(room.get(..count).unwrap_or_default());
                Ok(count > 0)
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Ok(true),
            Err(_) => Err(Reason::Slow),
        }
    }
}

/// Closes so that the answer arrives: bytes that nobody has read would make the system throw it away.
fn linger(mut stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let until = Instant::now() + TIME_TO_LINGER;
    let mut room = [0_u8; 16 << 10];
    while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        let _ = stream.set_read_timeout(Some(left));
        if !matches!(stream.read(&mut room), Ok(count) if count > 0) {
            return;
        }
    }
}
