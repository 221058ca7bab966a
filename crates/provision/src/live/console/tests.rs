//! Requests as they are written, sent, shown and told to a terminal.

use super::super::places::Gate;
use super::super::script::{Still, now};
use super::*;
use crate::Answer;

fn draft(method: &str, path: &str) -> Draft {
    let base = "https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod/".to_owned();
    Draft { base, method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: String::new() }
}

fn with_header(name: &str, value: &str) -> Draft {
    Draft { headers: vec![(name.to_owned(), value.to_owned())], ..draft("GET", "/") }
}

#[test]
fn a_request_goes_out_as_it_was_written() {
    let mut draft = draft("POST", "/productos?nombre=año nuevo&x=%20#abajo");
    draft.headers = vec![(" X-Api-Key ".to_owned(), " abc ".to_owned()), (String::new(), String::new())];
    draft.body = "{\"a\": 1}".to_owned();
    let request = draft.request().unwrap();
    assert_eq!(
        request.url,
        "https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod/productos?nombre=a%C3%B1o%20nuevo&x=%20"
    );
    assert_eq!(request.headers, [("x-api-key", "abc".to_owned())]);
    assert_eq!((request.method, request.body), ("POST", b"{\"a\": 1}".to_vec()));
}

#[test]
fn what_a_browser_would_not_send_is_said_before() {
    let faulty = |draft: &Draft| draft.request().unwrap_err().key().rsplit('.').next().unwrap().to_owned();
    let mut get = draft("GET", "/");
    get.body = "x".to_owned();
    assert_eq!(faulty(&get), "body");
    assert_eq!(faulty(&draft("TRACE", "/")), "method");
    assert_eq!(faulty(&Draft { base: "tienda".to_owned(), ..draft("GET", "/") }), "address");
    for (name, value, want) in [
        ("", "x", "header"),
        ("x y", "z", "header"),
        ("x", "a\nb", "header"),
        ("x", "日本", "header"),
        ("Cookie", "a=b", "forbidden"),
        ("Sec-Fetch-Mode", "cors", "forbidden"),
    ] {
        assert_eq!(faulty(&with_header(name, value)), want, "{name}: {value}");
    }
    assert!(with_header("X-Año", "x").request().is_err());
    assert!(with_header("X-Cliente", "año").request().is_ok());
}

#[test]
fn an_answer_is_shown_with_time_and_set_json() {
    let answer = Answer {
        status: 200,
        headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
        body: b"{\"a\":[1,2]}".to_vec(),
    };
    let world = Still { answer: Some(answer), ..Still::default() };
    let reply = now(send(&world, &draft("GET", "/"))).unwrap();
    assert_eq!((reply.status, reply.millis), (200, 120));
    assert_eq!(reply.body, Body::Json("{\n  \"a\": [\n    1,\n    2\n  ]\n}".to_owned()));
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn bodies_are_shown_as_what_they_are() {
    let body = |bytes: &[u8]| Reply::read(&Answer { status: 200, headers: Vec::new(), body: bytes.to_vec() }, 1).body;
    assert_eq!(body(b""), Body::Empty);
    assert_eq!(body(b"hola"), Body::Text("hola".to_owned()));
    assert_eq!(body(b"12"), Body::Text("12".to_owned()));
    assert_eq!(body(b"{broken"), Body::Text("{broken".to_owned()));
    assert_eq!(body(&[0xff, 0xfe, 0]), Body::Binary(3));
    let Body::Cut(shown, bytes) = body("ñ".repeat(100_001).as_bytes()) else { panic!("it is not cut") };
    assert_eq!((shown.chars().count(), bytes), (100_000, 200_002));
}

#[test]
fn a_request_that_did_not_pass_is_explained() {
    let world = Still::default();
    let failed = now(send(&world, &draft("GET", "/"))).unwrap_err();
    assert_eq!(failed, Failed::Unsent(crate::Unsent::Blocked));
    let why = |url, gate, secure, cors| {
        let found = blocked(crate::Unsent::Blocked, url, gate, secure, cors);
        (found.key.rsplit('.').next().unwrap(), found.field)
    };
    let api = "https://a1b2c3.execute-api.us-east-1.amazonaws.com";
    assert_eq!(why(api, Gate::HttpApi, true, false), ("no_cors", Some("cors.enabled")));
    assert_eq!(why(api, Gate::HttpApi, true, true), ("cors", Some("cors.allowOrigins")));
    assert_eq!(why(api, Gate::RestApi, false, true), ("cors", Some("cors.origin")));
    assert_eq!(why("http://alb", Gate::LoadBalancer, true, false), ("mixed", None));
    assert_eq!(why("http://alb", Gate::LoadBalancer, false, false), ("load_balancer", None));
    assert_eq!(
        blocked(crate::Unsent::Offline, api, Gate::HttpApi, true, true).key,
        "deploy.live.console.blocked.offline"
    );
}

#[test]
fn the_command_for_a_terminal_is_quoted() {
    let base = "https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod";
    assert_eq!(curl(&draft("GET", "/a")), format!("curl \\\n  --include \\\n  {base}/a"));
    let mut request = draft("POST", "/a?b[]=1&c=2");
    request.headers =
        vec![("Content-Type".to_owned(), "application/json".to_owned()), ("x-empty".to_owned(), String::new())];
    request.body = "@{\"name\": \"O'Higgins $HOME `id`\"}\n".to_owned();
    assert_eq!(
        curl(&request),
        format!(
            "curl \\\n  --include \\\n  --request POST \\\n  --globoff \\\n  --header 'Content-Type: application/json' \\\n  \
             --header 'x-empty;' \\\n  --data-raw '@{{\"name\": \"O'\\''Higgins $HOME `id`\"}}\n' \\\n  '{base}/a?b[]=1&c=2'"
        )
    );
}

/// What the command says arrives as it was written, by a real shell and a stand-in for curl that prints its words.
#[cfg(unix)]
#[test]
fn a_shell_reads_the_command_as_it_was_meant() {
    let mut request = draft("POST", "/a;b?c=$HOME&d='x'");
    request.headers = vec![("x-a".to_owned(), "it's \"$(id)\" `id` \\ !".to_owned())];
    request.body = "line 1\nline '2' $HOME \\".to_owned();
    let script = format!("curl() {{ for word in \"$@\"; do printf '<%s>' \"$word\"; done; }}\n{}", curl(&request));
    let out = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
    let words = String::from_utf8(out.stdout).unwrap();
    assert!(words.contains("<x-a: it's \"$(id)\" `id` \\ !>"), "{words}");
    assert!(words.contains("<line 1\nline '2' $HOME \\>"), "{words}");
    assert!(words.ends_with(&format!("<{}>", request.url())), "{words}");
}
