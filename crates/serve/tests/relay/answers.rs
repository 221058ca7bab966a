//! What comes back, and the page beside it.

use crate::rig::{ECS, OK, Rig};

fn post(rig: &Rig) -> crate::rig::Said {
    rig.signed(&format!("POST /relay/{ECS}/ HTTP/1.1"), &[], "{}")
}

#[test]
fn an_answer_brings_what_can_be_read_and_nothing_that_acts() {
    let rig = Rig::answering(OK);
    let said = post(&rig);
    assert_eq!(said.header("content-type"), Some("application/x-amz-json-1.1"));
    assert_eq!(said.header("x-amzn-requestid"), Some("7"));
    assert_eq!(said.header("date"), Some("Fri, 02 Jan 2026 03:04:05 GMT"));
    assert_eq!(said.header("cache-control"), Some("no-store"));
    for absent in ["set-cookie", "access-control-allow-origin", "x-trazo-relay", "location"] {
        assert_eq!(said.header(absent), None, "{absent}");
    }
    let refusal = Rig::answering("HTTP/1.1 400 Bad Request\r\nx-amzn-errortype: A\r\ncontent-length: 2\r\n\r\n{}");
    let said = post(&refusal);
    assert_eq!((said.status, said.header("x-amzn-errortype"), said.why()), (400, Some("A"), ""));
}

#[test]
fn redirects_are_neither_followed_nor_passed_on() {
    let victim = Rig::answering(OK);
    for status in [301, 302, 303, 307, 308] {
        let to = format!("http://127.0.0.1:{}/", victim.port);
        let rig = Rig::answering(format!("HTTP/1.1 {status} Moved\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"));
        let said = post(&rig);
        assert_eq!((said.status, said.why()), (502, "redirect"));
        assert!(!said.raw.contains(&to), "{}", said.raw);
    }
}

#[test]
fn an_answer_has_its_limit() {
    let of = |length: usize| {
        let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").into_bytes();
        answer.resize(answer.len() + length, b'x');
        post(&Rig::answering(answer))
    };
    let whole = of(trazo_serve::ANSWER_LIMIT - 1);
    assert_eq!((whole.status, whole.body.len()), (200, trazo_serve::ANSWER_LIMIT - 1));
    let large = of(trazo_serve::ANSWER_LIMIT + 1);
    assert_eq!((large.status, large.why()), (502, "answer-too-large"), "{}", large.body.len());
}

#[test]
fn what_is_cut_short_or_is_no_answer_is_told() {
    for answer in
        ["", "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{}", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\ncontent-le"]
    {
        let said = post(&Rig::answering(answer));
        assert_eq!((said.status, said.why()), (502, "unreachable"), "{answer:?}: {}", said.raw);
    }
}

#[test]
fn the_page_lies_beside_the_relay() {
    let folder = std::env::temp_dir().join(format!("trazo-serve-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("schema")).unwrap();
    std::fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(folder.join("schema/a.json"), "{}").unwrap();
    let rig = Rig::with_page(&folder);
    let page = rig.ask("GET / HTTP/1.1", &[], "");
    assert_eq!((page.status, page.body.as_str()), (200, "<!doctype html>"));
    assert_eq!(page.header("content-security-policy"), Some("frame-ancestors 'none'"));
    assert_eq!(rig.ask("GET /schema/a.json HTTP/1.1", &[], "").header("content-type"), Some("application/json"));
    let head = rig.ask("HEAD / HTTP/1.1", &[], "");
    assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, Some("15"), ""));
    for path in ["/nothing.html", "/schema", "/../index.html", "/relay", "/.hidden"] {
        assert_eq!(rig.ask(&format!("GET {path} HTTP/1.1"), &[], "").status, 404, "{path}");
    }
    assert_eq!(rig.ask("POST / HTTP/1.1", &[], "a=b").status, 405);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_port_that_is_taken_is_told() {
    let rig = Rig::answering(OK);
    let settings = trazo_serve::Settings { port: rig.port, ..Default::default() };
    assert!(matches!(trazo_serve::Server::bind(settings), Err(trazo_serve::Unserved::Taken(port)) if port == rig.port));
}
