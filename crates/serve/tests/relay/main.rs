//! The relay as a page, and as somebody who means harm, meets it: raw bytes in, raw bytes out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

mod answers;
mod origins;
mod rig;

use rig::{ECS, OK, Rig};
use trazo_serve::{Forward, Internet, Reason, Upstream};

/// Nothing came to the stand-in, and nothing was told.
fn nothing_went_out(rig: &Rig) {
    assert!(rig.came.try_recv().is_err());
    assert_eq!(rig.told.lock().unwrap().as_slice(), &[] as &[String]);
}

#[test]
fn a_request_goes_out_in_the_bytes_that_were_signed() {
    let rig = Rig::answering(OK);
    let target =
        "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1?tagKeys=a%20b&tagKeys=c+d&empty=&z=%7E~";
    let line = format!("POST /relay/apigateway.us-east-1.amazonaws.com{target} HTTP/1.1");
    let more = [
        ("x-amz-date", "20260102T030405Z"),
        ("x-amz-security-token", "IQo//+="),
        ("x-amz-target", "A.B"),
        ("content-type", "application/x-amz-json-1.1"),
        ("cookie", "secret=1"),
        ("x-forwarded-for", "1.2.3.4"),
        ("user-agent", "Mozilla"),
        ("referer", "http://127.0.0.1/"),
    ];
    let said = rig.signed(&line, &more, r#"{"á": 1}"#);
    assert_eq!((said.status, said.body.as_str()), (200, "{}"), "{}", said.raw);

    let came = String::from_utf8(rig.came.recv().unwrap()).unwrap();
    let (head, body) = came.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"á": 1}"#);
    let mut lines = head.split("\r\n");
    assert_eq!(lines.next(), Some(format!("POST {target} HTTP/1.1").as_str()));
    let mut names: Vec<&str> = lines.map(|line| line.split_once(':').unwrap().0).collect();
    names.sort_unstable();
    let expected = [
        "authorization",
        "content-length",
        "content-type",
        "host",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-target",
    ];
    assert_eq!(names, expected);
    assert!(head.contains("host: apigateway.us-east-1.amazonaws.com\r\n"), "{head}");
    let told = rig.told.lock().unwrap().concat();
    assert_eq!(told, r#"Relayed { method: "POST", host: "apigateway.us-east-1.amazonaws.com", status: 200 }"#);
}

#[test]
fn only_hosts_of_aws_are_reached() {
    let rig = Rig::answering(OK);
    for host in [
        "example.com",
        "127.0.0.1",
        "169.254.169.254",
        "localhost:8080",
        "ecs.us-east-1.amazonaws.com:443",
        "ecs.us-east-1.amazonaws.com:80",
        "ecs.us-east-1.amazonaws.com.example.com",
        "ecs.us-east-1.amazonaws.com@example.com",
        "example.com%2eamazonaws.com",
        "s3.us-east-1.amazonaws.com",
        "http:",
        "",
    ] {
        let said = rig.signed(&format!("POST /relay/{host}/ HTTP/1.1"), &[], "{}");
        assert_eq!((said.status, said.why()), (403, "aws-host"), "{host}");
    }
    // Plain http to AWS cannot even be written.
    let said = rig.signed(&format!("POST /relay/http://{ECS}/ HTTP/1.1"), &[], "{}");
    assert_eq!((said.status, said.why()), (403, "aws-host"));
    nothing_went_out(&rig);
}

#[test]
fn the_way_out_is_tls_with_a_certificate_of_aws() {
    // A name under which nothing answers: what is asked is never sent in plain text, whatever else happens.
    let host = "127.0.0.1:9".to_owned();
    let request = Forward { method: "GET", host, target: "/".to_owned(), headers: Vec::new(), length: 0 };
    assert_eq!(Internet::new().exchange(&request, b""), Err(Reason::Unreachable));
}

#[test]
fn odd_paths_are_refused() {
    let rig = Rig::answering(OK);
    for path in [
        "//",
        "/a//b",
        "/./a",
        "/../a",
        "/a/..",
        "/%2e%2e/a",
        "/a/%2E%2e",
        "/.%2e/a",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a\\b",
        "/a#b",
        "/a\"b",
        "/a<b>",
        "",
        "?Action=ListTasks",
    ] {
        let said = rig.signed(&format!("GET /relay/{ECS}{path} HTTP/1.1"), &[], "");
        assert_eq!((said.status, said.why()), (400, "path"), "{path}: {}", said.raw);
    }
    for line in [
        format!("GET http://{ECS}/ HTTP/1.1"),
        format!("GET https://127.0.0.1/relay/{ECS}/ HTTP/1.1"),
        format!("CONNECT {ECS}:443 HTTP/1.1"),
        "OPTIONS * HTTP/1.1".to_owned(),
        "GET relay/ HTTP/1.1".to_owned(),
    ] {
        assert_eq!(rig.signed(&line, &[], "").status, 400, "{line}");
    }
    nothing_went_out(&rig);
}

#[test]
fn no_header_can_be_smuggled() {
    let rig = Rig::answering(OK);
    let head = format!(
        "POST /relay/{ECS}/ HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nsec-fetch-site: same-origin\r\nx-trazo-token: {}\r\n\
         authorization: AWS4-HMAC-SHA256 a\r\n",
        rig.port, rig.token
    );
    for more in [
        "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}",
        "content-length: 2\r\ncontent-length: 3\r\n\r\n{}}",
        "content-length: +2\r\n\r\n{}",
        "authorization: AWS4-HMAC-SHA256 b\r\n\r\n",
        "x-amz-target: a\nx-amz-date: b\r\n\r\n",
        "x-amz-target: a\r x-amz-date: b\r\n\r\n",
        "x-amz-target: a\r\n b\r\n\r\n",
        "x-amz-target : a\r\n\r\n",
        "x-amz-target: a\0b\r\n\r\n",
        "expect: 100-continue\r\ncontent-length: 2\r\n\r\n{}",
        "upgrade: h2c\r\n\r\n",
    ] {
        let said = rig.raw(format!("{head}{more}").as_bytes());
        assert_eq!((said.status, said.why()), (400, "malformed"), "{more:?}: {}", said.raw);
    }
    // What follows a request is not another request.
    let two = format!("{head}\r\n{head}\r\n");
    assert_eq!(rig.raw(two.as_bytes()).raw.matches("HTTP/1.1 200").count(), 1);
    assert!(rig.came.recv().is_ok() && rig.came.try_recv().is_err());
}

#[test]
fn only_what_is_signed_is_relayed_but_to_apis_of_ones_own() {
    let rig = Rig::answering(OK);
    for authorization in ["", "Bearer x", "Basic eDp5", "AWS4-ECDSA-P256-SHA256 x", "AWS3 x"] {
        let said = rig.signed(&format!("GET /relay/{ECS}/ HTTP/1.1"), &[("authorization", authorization)], "");
        assert_eq!((said.status, said.why()), (403, "unsigned"), "{authorization}");
    }
    nothing_went_out(&rig);
    let line = "GET /relay/a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/tienda/a?b=c HTTP/1.1";
    let more = [("authorization", ""), ("x-tenant", "7"), ("cookie", "a=b"), ("sec-ch-ua", "x")];
    assert_eq!(rig.signed(line, &more, "").status, 200);
    let came = String::from_utf8(rig.came.recv().unwrap()).unwrap();
    assert!(came.contains("x-tenant: 7\r\n") && came.starts_with("GET /tienda/a?b=c HTTP/1.1\r\n"), "{came}");
    assert!(!came.contains("cookie") && !came.contains("sec-") && !came.contains("x-trazo"), "{came}");
}

#[test]
fn only_known_methods_and_bodies_within_the_limit_are_relayed() {
    let rig = Rig::answering(OK);
    for method in ["HEAD", "TRACE", "CONNECT", "PROPFIND", "get"] {
        let said = rig.signed(&format!("{method} /relay/{ECS}/ HTTP/1.1"), &[], "");
        assert_eq!(said.status, 405, "{method}");
    }
    for method in ["GET", "DELETE"] {
        assert_eq!(rig.signed(&format!("{method} /relay/{ECS}/ HTTP/1.1"), &[], "{}").why(), "method");
    }
    let line = format!("POST /relay/{ECS}/ HTTP/1.1");
    let large = "x".repeat(trazo_serve::REQUEST_LIMIT + 1);
    let said = rig.signed(&line, &[], &large);
    assert_eq!((said.status, said.why()), (413, "too-large"), "{}", said.raw);
    nothing_went_out(&rig);
    assert_eq!(rig.signed(&line, &[], &large[1..]).status, 200);
    for (method, body) in [("PUT", "{}"), ("PATCH", "{}"), ("DELETE", ""), ("GET", ""), ("POST", "")] {
        assert_eq!(rig.signed(&format!("{method} /relay/{ECS}/a HTTP/1.1"), &[], body).status, 200, "{method}");
    }
}
