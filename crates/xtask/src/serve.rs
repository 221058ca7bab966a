//! A small server for static files, on this machine only.

use std::fs::File;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::failure::{Failure, Outcome};

mod connection;

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
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes a port of 127.0.0.1; 0 takes any that is free.
    pub(crate) fn bind(port: u16) -> Outcome<Self> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = bound.map_err(|error| cannot_bind(port, &error))?;
        let port = listener.local_addr().map_or(port, |address| address.port());
        Ok(Self { listener, port })
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
        for stream in self.listener.incoming() {
            // A connection that broke before it began.
            let Ok(stream) = stream else { continue };
            let answer = Arc::clone(&answer);
            std::thread::spawn(move || {
                // The other end may have gone away: that is its affair.
                let _ = connection::serve(&stream, answer.as_ref());
            });
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

fn cannot_bind(port: u16, error: &std::io::Error) -> Failure {
    let remedy = format!("Choose another: --port {}. (--port 0 takes any that is free.)", port.saturating_add(1));
    match error.kind() {
        ErrorKind::AddrInUse => {
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
