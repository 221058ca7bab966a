//! Who may ask.

use crate::nothing_went_out;
use crate::rig::{ECS, OK, OTHER, Rig};

#[test]
fn other_names_of_this_machine_are_refused() {
    let rig = Rig::answering(OK);
    let port = rig.port;
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1:{port}.evil.example"),
        format!("localhost.evil.example:{port}"),
        format!("[::1]:{port}"),
        format!("0.0.0.0:{port}"),
        ECS.to_owned(),
    ] {
        for line in ["GET / HTTP/1.1", "GET /relay/hello HTTP/1.1", &format!("GET /relay/{ECS}/ HTTP/1.1")] {
            let said = rig.signed(line, &[("host", &host)], "");
            assert_eq!((said.status, said.why()), (421, "host"), "{host}");
            assert!(!said.raw.contains(&rig.token));
        }
    }
    assert_eq!(rig.raw(b"GET /relay/hello HTTP/1.1\r\nsec-fetch-site: same-origin\r\n\r\n").why(), "host");
    let local = format!("localhost:{port}");
    assert_eq!(rig.signed(&format!("GET /relay/{ECS}/ HTTP/1.1"), &[("host", &local)], "").status, 200);
}

#[test]
fn other_pages_are_refused() {
    let rig = Rig::answering(OK);
    let own = format!("http://127.0.0.1:{}", rig.port);
    let another_port = format!("http://127.0.0.1:{}", rig.port ^ 1);
    let secure = own.replace("http:", "https:");
    for (origin, site) in [
        ("https://evil.example", "cross-site"),
        ("https://evil.example", ""),
        ("https://evil.example", "same-origin"),
        ("null", "cross-site"),
        ("null", ""),
        (another_port.as_str(), "same-site"),
        (another_port.as_str(), ""),
        (secure.as_str(), ""),
        ("", "cross-site"),
        ("", "same-site"),
        ("", "none"),
        (own.as_str(), "cross-site"),
        ("", ""),
    ] {
        for path in ["hello".to_owned(), format!("{ECS}/")] {
            let more = [("origin", origin), ("sec-fetch-site", site)];
            let said = rig.signed(&format!("GET /relay/{path} HTTP/1.1"), &more, "");
            assert_eq!((said.status, said.why()), (403, "origin"), "{origin} {site} {path}");
            assert_eq!(said.header("access-control-allow-origin"), None);
            assert!(!said.raw.contains(&rig.token));
        }
    }
    nothing_went_out(&rig);
    for (origin, site) in [(own.as_str(), "same-origin"), (own.as_str(), ""), ("", "same-origin")] {
        let more = [("origin", origin), ("sec-fetch-site", site)];
        assert_eq!(rig.signed(&format!("GET /relay/{ECS}/ HTTP/1.1"), &more, "").status, 200, "{origin} {site}");
    }
}

#[test]
fn without_the_token_nothing_is_relayed() {
    let rig = Rig::answering(OK);
    let nearly = format!("{}0", &rig.token[1..]);
    for token in ["", "x", &nearly, &rig.token[1..], &rig.token.to_uppercase().replace("A", "a").replace('0', "1")] {
        let said = rig.signed(&format!("GET /relay/{ECS}/ HTTP/1.1"), &[("x-trazo-token", token)], "");
        assert_eq!((said.status, said.why()), (403, "token"), "{token}");
    }
    nothing_went_out(&rig);
    assert_eq!(rig.token.len(), 64);
    assert_ne!(rig.token, Rig::answering(OK).token);
}

#[test]
fn the_page_that_was_named_may_ask_from_elsewhere() {
    let rig = Rig::answering(OK);
    let from = [("origin", OTHER), ("sec-fetch-site", "cross-site")];
    let preflight = [
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,x-amz-date, x-trazo-token"),
        ("access-control-request-private-network", "true"),
    ];
    let line = format!("OPTIONS /relay/{ECS}/ HTTP/1.1");
    let said = rig.ask(&line, &[&from[..], &preflight].concat(), "");
    assert_eq!(said.status, 204, "{}", said.raw);
    assert_eq!(said.header("access-control-allow-origin"), Some(OTHER));
    assert_eq!(said.header("access-control-allow-headers"), Some("authorization, x-amz-date, x-trazo-token"));
    assert_eq!(said.header("access-control-allow-private-network"), Some("true"));
    assert_eq!(said.header("access-control-allow-credentials"), None);

    let said = rig.signed(&format!("POST /relay/{ECS}/ HTTP/1.1"), &from, "{}");
    assert_eq!((said.status, said.header("access-control-allow-origin")), (200, Some(OTHER)));
    assert!(said.header("access-control-expose-headers").unwrap().contains("x-amzn-requestid"));
    // A refusal can be read as well, or the page could not tell why.
    let said = rig.signed("POST /relay/example.com/ HTTP/1.1", &from, "{}");
    assert_eq!((said.why(), said.header("access-control-allow-origin")), ("aws-host", Some(OTHER)));

    for origin in ["https://evil.example", "https://curso.example.evil", "http://curso.example", "null"] {
        let said = rig.ask(&line, &[&[("origin", origin)], &preflight[..]].concat(), "");
        assert_eq!((said.status, said.header("access-control-allow-origin")), (403, None), "{origin}");
    }
    let bad = [("access-control-request-headers", "a b: c")];
    assert_eq!(rig.ask(&line, &[&from[..], &bad].concat(), "").status, 400);
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    use trazo_serve::Origin;
    for good in ["https://curso.example", "http://127.0.0.1:8000", "http://localhost:4173/"] {
        assert!(Origin::new(good).is_ok(), "{good}");
    }
    for bad in [
        "*",
        "null",
        "curso.example",
        "https://",
        "https://a/b",
        "ftp://a",
        "https://a:b",
        "https://A",
        "https://*.a",
        "https://a b",
        "https://u@a",
    ] {
        assert!(Origin::new(bad).is_err(), "{bad}");
    }
}
