//! Reading and completing values.

use super::complete::{Offer, chosen, complete};
use super::sample::{encoded, read_lines, write_lines};
use super::{BadValue, Piece, Side, ValueProblem, all_braced, braced, is_known_context, json_path, parse, pieces};

fn bad(value: &str) -> &str {
    parse(value, Side::Request).err().map_or("", |BadValue { at, .. }| &value[at])
}

#[test]
fn a_problem_tells_where_it_is() {
    assert_eq!(bad("a ${request.cookie.x} b"), "${request.cookie.x}");
    assert_eq!(bad("${request.path} y ${request.header.}"), "${request.header.}");
    assert_eq!(bad("a ${request.path"), "${request.path");
    assert_eq!(bad("/a/$request.nada.x/b"), "$request.nada.x");
    assert_eq!(bad("ñ$"), "");
    let problem = parse("a ${", Side::Response).err().map(|bad| bad.problem);
    assert_eq!(problem, Some(ValueProblem::Open));
}

#[test]
fn a_value_is_text_with_expressions() {
    let expression = |text, at, braced| Piece::Expression { text, at, braced };
    assert_eq!(pieces(""), []);
    assert_eq!(pieces("5$ y $ y $otro"), [Piece::Text("5$ y $ y $otro")]);
    assert_eq!(pieces("$request.path"), [expression("request.path", 0, false)]);
    let parts = pieces("/ñ/${request.path.a}/$context.stage.");
    let expected = [
        Piece::Text("/ñ/"),
        expression("request.path.a", 4, true),
        Piece::Text("/"),
        expression("context.stage.", 22, false),
    ];
    assert_eq!(parts, expected);
    assert_eq!(pieces("a $context.stage, b")[2], Piece::Text(", b"));
}

#[test]
fn braces_are_put_around_expressions() {
    assert_eq!(braced("$request.path/fin").as_deref(), Some("${request.path}/fin"));
    assert_eq!(braced("$request.path"), None);
    assert_eq!(braced("$otro cosa"), None);
    assert_eq!(all_braced("/a/$request.path.b").as_deref(), Some("/a/${request.path.b}"));
    assert_eq!(all_braced("/a/${request.path.b}"), None);
    assert_eq!(all_braced("$request.path"), None);
}

#[test]
fn json_paths() {
    let body = r#"{"a":{"b c":[1,{"d":"x"}]},"n":null,"t":true}"#;
    for (path, value) in [
        ("t", Some("true")),
        ("n", None),
        ("a['b c'][0]", Some("1")),
        ("a['b c'][1].d", Some("x")),
        ("a['b c'][9]", None),
        ("a['b c'][-1]", None),
        ("a['b c", None),
        ("a.*", Some(r#"[[1,{"d":"x"}]]"#)),
        ("falta", None),
    ] {
        assert_eq!(json_path::read(body, path).as_deref(), value, "{path}");
    }
    assert_eq!(json_path::read("no", "a"), None);
}

#[test]
fn lines_of_headers_and_parameters() {
    let (pairs, bad) = read_lines("Accept: */*\n\n sin dos puntos\nX: a:b\n: nada", ':');
    assert_eq!(pairs, [("Accept".into(), "*/*".into()), ("X".into(), "a:b".into())]);
    assert_eq!(bad, [3, 5]);
    let (pairs, bad) = read_lines("q=café\nsolo", '=');
    assert_eq!((write_lines(&pairs, "=").as_str(), bad.as_slice()), ("q=café\nsolo=", [].as_slice()));
    assert_eq!(encoded("café con/leche&+"), "caf%C3%A9%20con/leche%26%2B");
}

#[test]
fn context_variables() {
    for (name, known) in [
        ("requestId", true),
        ("identity.sourceIp", true),
        ("authorizer.claims.sub", true),
        ("authorizer.", true),
        ("identity.ip", false),
        ("RequestId", false),
    ] {
        assert_eq!(is_known_context(name), known, "{name}");
    }
}

fn offers(all: &[&str]) -> Vec<Offer> {
    all.iter().map(|text| Offer { text: (*text).to_owned(), gives: None }).collect()
}

/// `|` is the caret. What is offered first, and the value once it is chosen.
fn completed(typed: &str) -> Option<String> {
    let all = offers(&[
        "$request.path",
        "$request.path.proxy",
        "$request.header.x-id",
        "$request.header.",
        "$context.requestId",
        "$context.identity.sourceIp",
    ]);
    let caret = typed.find('|').unwrap();
    let value = typed.replace('|', "");
    let found = complete(&value, caret, &all);
    let (mut value, caret) = chosen(&value, &found.replaces, &all[*found.offers.first()?].text);
    value.insert(caret, '|');
    Some(value)
}

#[test]
fn values_are_completed() {
    for (typed, expected) in [
        ("|", Some("$request.path|")),
        ("$|", Some("$request.path|")),
        ("$request.h|", Some("$request.header.x-id|")),
        ("$con|", Some("$context.requestId|")),
        ("sourceip|", Some("$context.identity.sourceIp|")),
        ("/v2/$request.path.p|", Some("/v2/${request.path.proxy}|")),
        ("/v2/${request.path.p|}/x", Some("/v2/${request.path.proxy}|/x")),
        ("/v2/${req|", Some("/v2/${request.path}|")),
        ("/v2|", Some("/v2${request.path}|")),
        ("$request.he|ad", Some("$request.header.x-id|")),
        ("ñ ${cont|", Some("ñ ${context.requestId}|")),
        ("$zzz|", None),
    ] {
        assert_eq!(completed(typed).as_deref(), expected, "{typed}");
    }
    let all = offers(&["$request.header."]);
    let found = complete("a$req", 5, &all);
    assert_eq!(chosen("a$req", &found.replaces, &all[0].text), ("a${request.header.}".into(), 18));
}

#[test]
fn offers_without_expressions_take_the_place_of_all() {
    let all = offers(&["nginx:1.29", "httpd:2.4"]);
    let found = complete("htt", 1, &all);
    assert_eq!((found.replaces, found.offers, found.begun), (0..3, vec![1], true));
    assert_eq!(complete("ñandú", 99, &all).offers, [] as [usize; 0]);
}
