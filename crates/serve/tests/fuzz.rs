//! Requests by chance: whatever comes, it is answered, and what goes out is what may go out.
//!
//! Runs for a second, or for as long as `TRAZO_FUZZ_SECONDS` says. What once failed is kept among the seeds.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::time::{Duration, Instant};

use trazo_serve::{Aws, Guard, Head, Judged, Origin, Token, What, aws_host};

const TOKEN: &str = "0123456789abcdef";
const OTHER: &str = "https://curso.example";
const HOSTS: [&str; 2] = ["127.0.0.1:8080", "localhost:8080"];

/// Requests to begin with: of each kind that is answered, and those by which faults were found.
const SEEDS: &[&str] = &[
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
    "GET /relay/hello HTTP/1.1\r\nHost: localhost:8080\r\nSec-Fetch-Site: same-origin\r\n\r\n",
    "OPTIONS /relay/ecs.us-east-1.amazonaws.com/ HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nOrigin: https://curso.example\r\nAccess-Control-Request-Headers: authorization, x-amz-date\r\n\r\n",
    "POST /relay/ecs.us-east-1.amazonaws.com/ HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nOrigin: http://127.0.0.1:8080\r\nX-Trazo-Token: 0123456789abcdef\r\nAuthorization: AWS4-HMAC-SHA256 Credential=A\r\nContent-Length: 2\r\n\r\n{}",
    "PUT /relay/apigateway.us-west-2.amazonaws.com/restapis/a%2Fb?mode=x HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nOrigin: https://curso.example\r\nX-Trazo-Token: 0123456789abcdef\r\nAuthorization: AWS4-HMAC-SHA256 a\r\nX-Amz-Date: 1\r\n\r\n",
    "DELETE /relay/a1.execute-api.us-east-1.amazonaws.com/a/b?c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\nX-Trazo-Token: 0123456789abcdef\r\nCookie: a\r\n\r\n",
];

/// What changes are made of.
const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    "/",
    "//",
    "..",
    "/../",
    "%2e",
    "%2E%2e",
    "%",
    "%0d%0a",
    "?",
    "#",
    "@",
    "\\",
    "*",
    ".",
    "-",
    "http://",
    "https://",
    "example.com",
    ".amazonaws.com",
    "ecs.us-east-1.amazonaws.com",
    "iam.amazonaws.com",
    ".execute-api.",
    "127.0.0.1:8080",
    "localhost:8080",
    "/relay/",
    "/relay/hello",
    "Host: ",
    "\r\nHost: x",
    "\r\nTransfer-Encoding: chunked",
    "\r\nContent-Length: 99999999",
    "\r\nContent-Length: -1",
    "\r\nX-Trazo-Token: ",
    "\r\nOrigin: null",
    "\r\nSec-Fetch-Site: cross-site",
    "\r\nAuthorization: Bearer x",
    "0123456789abcdef",
    "GET",
    "POST",
    "TRACE",
    " HTTP/1.1",
    " HTTP/1.0",
    "\u{e9}",
    "\u{2028}",
    "\u{202e}",
];

/// Numbers that look like chance, and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

fn changed(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = SEEDS[dice.below(SEEDS.len())].as_bytes().to_vec();
    for _ in 0..dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(12)).min(bytes.len());
        match dice.below(7) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            2 => drop(bytes.splice(at..end, PIECES[dice.below(PIECES.len())].bytes())),
            3 if at < bytes.len() => bytes[at] = dice.next().to_le_bytes()[0],
            4 => bytes.truncate(at),
            // A piece of another request in the middle of this one.
            5 => {
                let other = SEEDS[dice.below(SEEDS.len())].as_bytes();
                let from = dice.below(other.len());
                drop(bytes.splice(at..end, other[from..].to_vec()));
            }
            _ => {
                let copy = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, copy));
            }
        }
    }
    bytes
}

/// What must hold of whatever goes out, read from the bytes anew and not from what the guard has made of them.
fn is_safe(bytes: &[u8], guard: &Guard) -> bool {
    let Ok((head, length)) = Head::read(bytes) else { return true };
    assert!(length <= bytes.len());
    let Judged { reader, what } = guard.judge(&head);
    assert!(reader.is_none_or(|reader| reader.text() == OTHER && head.header("origin") == Some(OTHER)));
    let Ok(what) = what else { return true };
    let text = String::from_utf8(bytes[..length].to_vec()).unwrap().to_lowercase();
    let count = |name: &str| text.matches(&format!("\r\n{name}:")).count();
    assert_eq!(count("host"), 1);
    assert!(HOSTS.contains(&head.header("host").unwrap()));
    if matches!(what, What::Page) {
        return true;
    }
    let own = head.header("host").map(|host| format!("http://{host}"));
    match head.header("origin") {
        Some(OTHER) => {}
        Some(origin) => assert_eq!(Some(origin), own.as_deref()),
        None => assert_eq!(head.header("sec-fetch-site"), Some("same-origin")),
    }
    let What::Relay(forward) = what else { return true };
    assert_eq!((head.header("x-trazo-token"), count("x-trazo-token")), (Some(TOKEN), 1));
    let serves = aws_host(&forward.host).unwrap();
    assert!(
        forward.host.ends_with(".amazonaws.com")
            && forward.host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    );
    assert!(
        serves == Aws::Execute || head.header("authorization").is_some_and(|it| it.starts_with("AWS4-HMAC-SHA256 "))
    );
    let line = format!("{} /relay/{}{} HTTP/1.1\r\n", forward.method, forward.host, forward.target);
    assert!(bytes.trim_ascii_start().starts_with(line.as_bytes()), "{line}");
    assert!(forward.target.starts_with('/') && forward.target.bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(forward.length <= trazo_serve::REQUEST_LIMIT);
    // It is one address, and of that host.
    let url: ureq::http::Uri = format!("https://{}{}", forward.host, forward.target).parse().unwrap();
    assert_eq!(
        (url.host(), url.port(), url.path_and_query().unwrap().as_str()),
        (Some(forward.host.as_str()), None, forward.target.as_str())
    );
    for (name, value) in &forward.headers {
        assert!(
            !matches!(name.as_str(), "host" | "content-length" | "connection" | "cookie" | "x-trazo-token"),
            "{name}"
        );
        assert!(!value.contains(['\r', '\n', '\0']));
    }
    true
}

#[test]
fn whatever_comes_nothing_goes_out_that_must_not() {
    let seconds = std::env::var("TRAZO_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let seed = std::env::var("TRAZO_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_260_102);
    let guard = Guard::new(8080, Token::known(TOKEN), Some(Origin::new(OTHER).unwrap()));
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut dice = Dice(seed);
    let (mut tried, mut relayed) = (0_u64, 0_u64);
    // However slow the machine is just now: fewer would say nothing.
    while tried < 1000 || Instant::now() < until {
        for _ in 0..500 {
            let bytes = changed(&mut dice);
            let outcome = std::panic::catch_unwind(|| is_safe(&bytes, &guard));
            assert!(outcome.is_ok(), "seed {seed}, request {tried}: {:?}", String::from_utf8_lossy(&bytes));
            tried += 1;
            relayed += u64::from(
                Head::read(&bytes).is_ok_and(|(head, _)| matches!(guard.judge(&head).what, Ok(What::Relay(_)))),
            );
        }
    }
    // Most are refused; were all, nothing would have been tried.
    assert!(relayed * 50 > tried, "{relayed} of {tried} were relayed");
    println!("{tried} requests, {relayed} relayed");
}
