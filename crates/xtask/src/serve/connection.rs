//! One connection: a request for a file, its answer, the end.
//!
//! Each connection has a thread of its own and carries one request. A pool of threads behind connections that stay open can leave
//! a request lying while all threads wait for browsers that have nothing more to ask.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::Page;

/// Longer heads are none of a browser that asks for a page, in bytes.
const HEAD_LIMIT: usize = 32 << 10;
/// How many headers a head may have.
const MOST_HEADERS: usize = 64;
/// How long either side may take for its next bytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a request and answers it by what `answer` makes of its URL.
///
/// # Errors
/// The connection broke, or what came is no request; both are the other end's affair.
pub(super) fn serve(mut stream: &TcpStream, answer: &dyn Fn(&str) -> Page) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut bytes = Vec::new();
    let (method, url) = loop {
        if let Some(asked) = asked(&bytes)? {
            break asked;
        }
        let mut more = [0; 4096];
        let count = stream.read(&mut more)?;
        if count == 0 || bytes.len() > HEAD_LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        bytes.extend_from_slice(&more[..count]);
    };
    let page = if matches!(method.as_str(), "GET" | "HEAD") { answer(&url) } else { Page::Missing };
    write(stream, page, method == "HEAD")
}

/// Method and URL, once the whole head is there.
fn asked(bytes: &[u8]) -> io::Result<Option<(String, String)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {
            Ok(request.method.zip(request.path).map(|(method, url)| (method.to_owned(), url.to_owned())))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}

fn write(mut stream: &TcpStream, page: Page, only_head: bool) -> io::Result<()> {
    let (status, kind, mut body, length): (&str, &str, Box<dyn Read>, u64) = match page {
        Page::File(file, kind) => {
            let length = file.metadata()?.len();
            // A file that grows meanwhile must not say more than was announced.
            ("200 OK", kind, Box::new(file.take(length)), length)
        }
        Page::Text(text, kind) => ("200 OK", kind, said(&text), text.len() as u64),
        Page::Moved(to) => {
            let head = format!(
                "HTTP/1.1 308 Permanent Redirect\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            return stream.write_all(head.as_bytes());
        }
        Page::Missing => {
            let text = "Not found\n";
            ("404 Not Found", "text/plain; charset=utf-8", said(text), text.len() as u64)
        }
    };
    // Always asked again, so that a new build shows at the next reload.
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if !only_head {
        io::copy(&mut body, &mut stream)?;
    }
    Ok(())
}

fn said(text: &str) -> Box<dyn Read> {
    Box::new(io::Cursor::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};
    use std::thread;

    use super::*;

    fn told(request: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut asking = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let answering = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            // What is no request is not answered.
            let _ = serve(&stream, &|url| match url {
                "/" => Page::Moved("/a/".to_owned()),
                "/a/" => Page::Text("here".to_owned(), "text/plain"),
                _ => Page::Missing,
            });
        });
        asking.write_all(request.as_bytes()).unwrap();
        asking.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        asking.read_to_string(&mut answer).unwrap();
        answering.join().unwrap();
        answer
    }

    #[test]
    fn a_request_is_answered_and_the_connection_closed() {
        let answer = told("GET /a/ HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nhere"), "{answer}");
        assert!(told("HEAD /a/ HTTP/1.1\r\n\r\n").ends_with("Connection: close\r\n\r\n"));
        assert!(told("GET / HTTP/1.1\r\n\r\n").contains("Location: /a/\r\n"));
        assert!(told("GET /b HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(told("POST /a/ HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn what_is_no_request_is_not_answered() {
        assert_eq!(told("GET /a/ HTTP/1.1\r\n"), "");
        assert_eq!(told("\u{16}\u{3}\u{1}\r\n\r\n"), "");
    }
}
