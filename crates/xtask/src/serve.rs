//! A small server for static files, on this machine only.

use std::fs::File;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tiny_http::{Header, Method, Request, Response, StatusCode};

use crate::failure::{Failure, Outcome};

/// Requests are short and few: this many at once is ample for a browser and its tests.
const WORKERS: usize = 8;

/// A folder that is served under a path.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    folder: PathBuf,
    under: String,
}

impl Site {
    /// `under` is the path at which the folder appears, such as `/` or `/course/trazo/`.
    pub(crate) fn new(folder: PathBuf, under: &str) -> Self {
        let inner = under.trim_matches('/');
        let under = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        Self { folder, under }
    }

    pub(crate) fn under(&self) -> &str {
        &self.under
    }

    /// The file that a URL means, if it may be served.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let inner = decode(path)?;
        let inner = inner.strip_prefix(self.under.as_str())?;
        let mut file = self.folder.clone();
        for part in inner.split('/').filter(|part| !part.is_empty()) {
            // Nothing outside the folder, no hidden file, no drive or stream of Windows.
            if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
                return None;
            }
            file.push(part);
        }
        Some(if inner.is_empty() || inner.ends_with('/') { file.join("index.html") } else { file })
    }
}

/// A server that has its port but does not answer yet.
pub(crate) struct Server {
    inner: Arc<tiny_http::Server>,
    port: u16,
}

impl Server {
    /// Takes a port of 127.0.0.1; 0 takes any that is free.
    pub(crate) fn bind(port: u16) -> Outcome<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        match tiny_http::Server::http(address) {
            Ok(server) => {
                let port = server.server_addr().to_ip().map_or(port, |ip| ip.port());
                Ok(Self { inner: Arc::new(server), port })
            }
            Err(error) => Err(cannot_bind(port, error.as_ref())),
        }
    }

    /// The address of a path on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Serves a site until the program ends.
    pub(crate) fn run(&self, site: &Site) {
        let site = site.clone();
        self.answer_with(move |url| page(&site, url));
    }

    /// Serves a site beside the rest of the program.
    pub(crate) fn run_in_background(self, site: Site) {
        std::thread::spawn(move || self.run(&site));
    }

    /// Answers each GET and HEAD by what `answer` makes of its URL, until the program ends.
    pub(crate) fn answer_with(&self, answer: impl Fn(&str) -> Page + Send + Sync + 'static) {
        let answer = Arc::new(answer);
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                let (server, answer) = (Arc::clone(&self.inner), Arc::clone(&answer));
                std::thread::spawn(move || {
                    while let Ok(request) = server.recv() {
                        respond(request, answer.as_ref());
                    }
                })
            })
            .collect();
        for worker in workers {
            // A worker that broke leaves the others at work.
            let _ = worker.join();
        }
    }
}

/// What is answered.
pub(crate) enum Page {
    /// A file, with its media type.
    File(File, &'static str),
    /// A text, with its media type.
    Text(String, &'static str),
    /// The folder, whose address ends with a slash so that relative links hold.
    Moved(String),
    /// Nothing is here.
    Missing,
}

/// The page of a site at a URL.
pub(crate) fn page(site: &Site, url: &str) -> Page {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if format!("{path}/") == site.under {
        return Page::Moved(site.under.clone());
    }
    let Some(file) = site.file(url) else {
        return Page::Missing;
    };
    match File::open(&file) {
        Ok(open) if open.metadata().is_ok_and(|data| data.is_file()) => Page::File(open, media_type(&file)),
        _ => Page::Missing,
    }
}

fn respond(request: Request, answer: &dyn Fn(&str) -> Page) {
    let page =
        if matches!(request.method(), Method::Get | Method::Head) { answer(request.url()) } else { Page::Missing };
    // The other end may have gone away: that is its affair.
    let _ = match page {
        Page::File(file, kind) => request.respond(with_headers(Response::from_file(file), kind)),
        Page::Text(text, kind) => request.respond(with_headers(Response::from_string(text), kind)),
        Page::Moved(to) => {
            let moved = Response::empty(StatusCode(308));
            request.respond(match header("Location", &to) {
                Some(location) => moved.with_header(location),
                None => moved,
            })
        }
        Page::Missing => request.respond(with_headers(
            Response::from_string("Not found\n").with_status_code(StatusCode(404)),
            "text/plain; charset=utf-8",
        )),
    };
}

fn with_headers<R: std::io::Read>(mut response: Response<R>, kind: &str) -> Response<R> {
    let headers = [
        ("Content-Type", kind),
        // Always asked again, so that a new build shows at the next reload.
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    for (name, value) in headers {
        if let Some(header) = header(name, value) {
            response.add_header(header);
        }
    }
    response
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name.as_bytes(), value.as_bytes()).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Undoes percent-encoding; `None` if it is not the encoding of a text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            let hex = std::str::from_utf8(&pair).ok()?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn cannot_bind(port: u16, error: &(dyn std::error::Error + 'static)) -> Failure {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let remedy = format!("Choose another: --port {}. (--port 0 takes any that is free.)", port.saturating_add(1));
    match kind {
        Some(ErrorKind::AddrInUse) => {
            Failure::new(format!("port {port} is taken by another program, perhaps a Trazo that still runs"), remedy)
        }
        _ => Failure::new(format!("port {port} cannot be used: {error}"), remedy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(under: &str) -> Site {
        Site::new(PathBuf::from("/site"), under)
    }

    #[test]
    fn a_folder_means_its_index() {
        let file = |under, url| site(under).file(url);
        assert_eq!(file("/", "/"), Some("/site/index.html".into()));
        assert_eq!(file("/", "/docs/?a=1#b"), Some("/site/docs/index.html".into()));
        assert_eq!(file("a/b", "/a/b/"), Some("/site/index.html".into()));
        assert_eq!(file("/a/b/", "/a/b/x%20y.js"), Some("/site/x y.js".into()));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let urls = [
            "/../Cargo.toml",
            "/a/../../x",
            "/%2e%2e/x",
            "/.git/config",
            "/a/..%2fx",
            "/c:/x",
            "/a%5c..%5cx",
            "/%ff",
            "/%2",
        ];
        for url in urls {
            assert_eq!(site("/").file(url), None, "{url}");
        }
        assert_eq!(site("/sub/").file("/other/x.js"), None);
        assert_eq!(site("/sub/").file("/subx.js"), None);
    }

    #[test]
    fn a_port_in_use_is_said_with_a_way_out() {
        let first = Server::bind(0).unwrap();
        let failure = Server::bind(first.port).err().unwrap();
        assert!(failure.what.contains("taken"), "{failure}");
        assert!(failure.remedy.contains("--port"), "{}", failure.remedy);
    }
}
