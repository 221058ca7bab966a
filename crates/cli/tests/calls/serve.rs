//! `trazo serve`, as a browser and a person at a terminal meet it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use crate::{command, err, trazo};

/// A folder with a page, which is gone at the end.
struct Page(PathBuf);

impl Page {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("trazo-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!doctype html><title>Trazo</title>").unwrap();
        Self(folder)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A command that serves, which is ended at the end.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn begin(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str, more: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", self.address).unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_and_the_relay_are_served_on_this_machine() {
    let page = Page::new("page");
    let serving = Serving::begin(&["serve", "--port", "0", "--dist", page.0.to_str().unwrap()]);
    assert!(serving.address.starts_with("127.0.0.1:"), "{}", serving.address);
    assert!(serving.get("/", "").ends_with("<title>Trazo</title>"));
    assert!(serving.get("/relay/hello", "Sec-Fetch-Site: same-origin\r\n").contains("{\"token\":\""));
    assert!(serving.get("/relay/hello", "Origin: https://evil.example\r\n").contains("403"));
    let refused = serving.get("/relay/example.com/", "Sec-Fetch-Site: same-origin\r\n");
    assert!(refused.contains("x-trazo-relay: token"), "{refused}");
}

#[test]
fn another_page_may_be_named() {
    let page = Page::new("other");
    let folder = page.0.to_str().unwrap();
    let serving = Serving::begin(&["serve", "--port=0", "--dist", folder, "--allow-origin", "https://curso.example"]);
    let said = serving.get("/relay/hello", "Origin: https://curso.example\r\nSec-Fetch-Site: cross-site\r\n");
    assert!(said.contains("access-control-allow-origin: https://curso.example\r\n"), "{said}");
}

#[test]
fn what_cannot_be_served_is_told() {
    // A folder of its own: were there a page in it by chance, it would be served without end.
    let nowhere = Page::new("nowhere");
    std::fs::remove_file(nowhere.0.join("index.html")).unwrap();
    for (call, words) in [
        (&["serve", "--dist", nowhere.0.to_str().unwrap()][..], "cargo xtask build"),
        (&["serve", "--allow-origin", "*"], "“*” is not an origin."),
        (&["serve", "--allow-origin", "https://a.example/path"], "is not an origin."),
        (&["serve", "--port", "70000"], "“70000” is not valid for --port <N>."),
        (&["serve", "--prot", "1"], "Did you mean `--port`?"),
    ] {
        let refused = trazo(&[call, &["--lang", "en"]].concat(), "");
        assert_eq!(refused.status.code(), Some(2), "{call:?}");
        assert!(err(&refused).contains(words), "{call:?}: {}", err(&refused));
    }
}

#[test]
fn a_port_in_use_is_told_with_another() {
    let page = Page::new("taken");
    let folder = page.0.to_str().unwrap();
    let first = Serving::begin(&["serve", "--port", "0", "--dist", folder]);
    let port = first.address.rsplit(':').next().unwrap();
    let refused = trazo(&["serve", "--port", port, "--dist", folder, "--lang", "es"], "");
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("ya lo usa otro programa"), "{}", err(&refused));
}
