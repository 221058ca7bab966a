//! The table of cases: what AWS documents of parameter mapping, and what the load balancer or the client then gets.

use serde_json::{Value, json};

use super::{Given, How, Line, Taken, offers, request, response, samples};
use crate::mapping::Side;
use crate::mapping::sample::{SampleRequest, SampleResponse, read_lines};
use crate::testing::{Drawing, shop};
use crate::{Kind, LinkId, NodeId};

/// "Transform API requests and responses for HTTP APIs".
const MAPPING: &str = "http-api-parameter-mapping";
/// "Create routes for HTTP APIs".
const ROUTES: &str = "http-api-develop-routes";
/// "Create private integrations for HTTP APIs".
const PRIVATE: &str = "http-api-develop-integrations-private";
/// "Create HTTP proxy integrations for HTTP APIs".
const PUBLIC: &str = "http-api-develop-integrations-http";
/// "Amazon API Gateway important notes".
const NOTES: &str = "api-gateway-known-issues";
/// "Configure CORS for HTTP APIs".
const CORS: &str = "http-api-cors";

fn integration(d: &Drawing) -> LinkId {
    d.design.link_between(&"api1".into(), &"alb1".into()).unwrap().id.clone()
}

/// `POST /productos/42?q=a`, lines of headers, an empty line, the body.
fn sent(text: &str) -> SampleRequest {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let (first, headers) = head.split_once('\n').unwrap_or((head, ""));
    let (method, address) = first.split_once(' ').unwrap();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    SampleRequest {
        method: method.into(),
        path: path.into(),
        query: read_lines(&query.replace('&', "\n"), '=').0,
        headers: read_lines(headers, ':').0,
        body: body.into(),
    }
}

/// `500`, lines of headers, an empty line, the body.
fn answered(text: &str) -> SampleResponse {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let (status, headers) = head.split_once('\n').unwrap_or((head, ""));
    let headers = read_lines(headers, ':').0;
    SampleResponse { status: status.parse().unwrap(), headers, body: body.into() }
}

/// The values of a header or parameter that arrive, joined by ` | `.
fn arrived(lines: &[Line], name: &str) -> Value {
    let there = |line: &&Line| line.name.eq_ignore_ascii_case(name) && line.how != How::Removed;
    let values: Vec<&str> = lines.iter().filter(there).map(|line| line.value.as_str()).collect();
    if values.is_empty() { Value::Null } else { values.join(" | ").into() }
}

/// A mapping of requests in AWS's own words: `append:header.x-id` and its value.
fn mappings(all: &[(&str, &str)]) -> Value {
    let one = |(key, value): &(&str, &str)| {
        let (action, target) = key.split_once(':').unwrap();
        let (location, name) = target.split_once('.').unwrap_or((target, ""));
        json!({"action": action, "location": location, "name": name, "value": value})
    };
    all.iter().map(one).collect()
}

/// The page, the mappings, the request, and what arrives: the path, headers, `?` and parameters.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static [(&'static str, Option<&'static str>)]);

#[rustfmt::skip]
const REQUESTS: &[Case] = &[
    // Keys: append, overwrite and remove for headers.
    (MAPPING, &[("append:header.header1", "$context.requestId")], "GET /a", &[("header1", Some("JKJaXmPLvHcESHA="))]),
    (MAPPING, &[("append:header.x", "b")], "GET /a\nX: a", &[("x", Some("a,b"))]),
    (MAPPING, &[("append:header.X-ID", "b")], "GET /a\nx-id: a", &[("x-id", Some("a,b"))]),
    (MAPPING, &[("overwrite:header.x", "b")], "GET /a\nX: a", &[("x", Some("b"))]),
    (MAPPING, &[("overwrite:header.x", "b")], "GET /a", &[("x", Some("b"))]),
    (MAPPING, &[("overwrite:header.x", "b")], "GET /a\nX: 1\nx: 2", &[("x", Some("b"))]),
    (MAPPING, &[("remove:header.x", "")], "GET /a\nX: a", &[("x", None)]),
    (MAPPING, &[("remove:header.x", "")], "GET /a\nx: 1\nX: 2", &[("x", None)]),
    (MAPPING, &[("remove:header.x", "")], "GET /a\ny: 1", &[("y", Some("1"))]),
    // Keys: the same for the query string, whose names tell capitals from small letters.
    (MAPPING, &[("append:querystring.q", "b")], "GET /a?q=a", &[("?q", Some("a | b"))]),
    (MAPPING, &[("append:querystring.q", "b")], "GET /a", &[("?q", Some("b"))]),
    (MAPPING, &[("overwrite:querystring.q", "b")], "GET /a?q=a&q=c", &[("?q", Some("b"))]),
    (MAPPING, &[("remove:querystring.q", "")], "GET /a?q=a&r=b", &[("?q", None), ("?r", Some("b"))]),
    (MAPPING, &[("overwrite:querystring.Q", "b")], "GET /a?q=a", &[("?q", Some("a | b"))]),
    // Keys: the path can be overwritten.
    (MAPPING, &[("overwrite:path", "/v2/a")], "GET /a", &[("path", Some("/v2/a"))]),
    (MAPPING, &[("overwrite:path", "$request.path")], "GET /a/b", &[("path", Some("/a/b"))]),
    (MAPPING, &[("overwrite:path", "/v2${request.path}")], "GET /a/b", &[("path", Some("/v2/a/b"))]),
    (MAPPING, &[("overwrite:path", "/tienda/${request.path.proxy}")], "GET /a/b", &[("path", Some("/tienda/a/b"))]),
    (MAPPING, &[("overwrite:path", "/tienda/$request.path.proxy")], "GET /a/b", &[("path", Some("/tienda/a/b"))]),
    (MAPPING, &[("append:path", "/x")], "GET /a", &[("path", Some("/a"))]),
    // Values: headers, joined by commas, without regard to capitals.
    (MAPPING, &[("append:header.y", "$request.header.x")], "GET /a\nx: 1", &[("y", Some("1"))]),
    (MAPPING, &[("append:header.y", "$request.header.X-Id")], "GET /a\nx-id: 1", &[("y", Some("1"))]),
    (MAPPING, &[("append:header.y", "${request.header.x}")], "GET /a\nx: 1", &[("y", Some("1"))]),
    (MAPPING, &[("append:header.y", "$request.header.x")], "GET /a\nx: 1\nX: 2", &[("y", Some("1,2"))]),
    (MAPPING, &[("append:header.y", "$request.header.x")], "GET /a", &[("y", None)]),
    // Values: the query string, joined by commas, with regard to capitals.
    (MAPPING, &[("append:header.y", "$request.querystring.q")], "GET /a?q=1", &[("y", Some("1"))]),
    (MAPPING, &[("append:header.y", "$request.querystring.q")], "GET /a?q=1&q=2", &[("y", Some("1,2"))]),
    (MAPPING, &[("append:header.y", "$request.querystring.Q")], "GET /a?q=1", &[("y", None)]),
    // Values: the body and JSON paths in it.
    (MAPPING, &[("append:header.y", "$request.body")], "POST /a\n\nhola", &[("y", Some("hola"))]),
    (MAPPING, &[("append:header.y", "$request.body.id")], "POST /a\n\n{\"id\":7}", &[("y", Some("7"))]),
    (MAPPING, &[("append:header.y", "$request.body.cliente.nombre")], "POST /a\n\n{\"cliente\":{\"nombre\":\"Ana\"}}", &[("y", Some("Ana"))]),
    (MAPPING, &[("append:header.y", "$request.body.items[1].sku")], "POST /a\n\n{\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}", &[("y", Some("b"))]),
    (MAPPING, &[("append:header.y", "$request.body.items[*].sku")], "POST /a\n\n{\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}", &[("y", Some("[\"a\",\"b\"]"))]),
    (MAPPING, &[("append:header.y", "$request.body.c")], "POST /a\n\n{\"c\":{\"d\":true}}", &[("y", Some("{\"d\":true}"))]),
    (MAPPING, &[("append:header.y", "$request.body.falta")], "POST /a\n\n{\"id\":7}", &[("y", None)]),
    (MAPPING, &[("append:header.y", "$request.body.id")], "POST /a\n\nno es JSON", &[("y", None)]),
    (MAPPING, &[("append:header.y", "$request.body..id")], "POST /a\n\n{\"id\":7}", &[("y", None)]),
    // Values: the path and its variables.
    (MAPPING, &[("append:header.y", "$request.path")], "GET /a/b", &[("y", Some("/a/b"))]),
    (MAPPING, &[("append:header.y", "$request.path.proxy")], "GET /a/b", &[("y", Some("a/b"))]),
    (MAPPING, &[("append:header.y", "$request.path.otra")], "GET /a/b", &[("y", None)]),
    // Values: context and stage.
    (MAPPING, &[("append:header.y", "$context.identity.sourceIp")], "GET /a", &[("y", Some("203.0.113.25"))]),
    (MAPPING, &[("append:header.y", "$context.httpMethod")], "PUT /a", &[("y", Some("PUT"))]),
    (MAPPING, &[("append:header.y", "$context.routeKey")], "GET /a", &[("y", Some("ANY /{proxy+}"))]),
    (MAPPING, &[("append:header.y", "$context.stage")], "GET /a", &[("y", Some("$default"))]),
    (MAPPING, &[("append:header.y", "$context.domainName")], "GET /a", &[("y", Some("a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"))]),
    (MAPPING, &[("append:header.y", "$context.identity.userAgent")], "GET /a\nUser-Agent: curl", &[("y", Some("curl"))]),
    (MAPPING, &[("append:header.y", "$stageVariables.entorno")], "GET /a", &[("y", Some("pruebas"))]),
    (MAPPING, &[("append:header.y", "$stageVariables.falta")], "GET /a", &[("y", None)]),
    // Values: static text, and several expressions in braces.
    (MAPPING, &[("append:header.y", "fijo")], "GET /a", &[("y", Some("fijo"))]),
    (MAPPING, &[("append:header.y", "cuesta 5$")], "GET /a", &[("y", Some("cuesta 5$"))]),
    (MAPPING, &[("append:header.y", "${request.path.proxy} ${context.httpMethod}")], "GET /a", &[("y", Some("a GET"))]),
    (MAPPING, &[("append:header.y", "id=${request.header.falta};")], "GET /a", &[("y", Some("id=;"))]),
    (MAPPING, &[("append:header.y", "${request.path")], "GET /a", &[("y", None)]),
    // A header is renamed: values are read from the request as it came.
    (MAPPING, &[("append:header.header2", "$request.header.header1"), ("remove:header.header1", "''")], "GET /a\nheader1: v", &[("header1", None), ("header2", Some("v"))]),
    (MAPPING, &[("remove:header.header1", "''"), ("append:header.header2", "$request.header.header1")], "GET /a\nheader1: v", &[("header1", None), ("header2", Some("v"))]),
    (MAPPING, &[("overwrite:header.a", "1"), ("append:header.b", "$request.header.a")], "GET /a\na: 0", &[("a", Some("1")), ("b", Some("0"))]),
    // Reserved headers are left as they are.
    (MAPPING, &[("overwrite:header.Authorization", "x")], "GET /a\nAuthorization: t", &[("authorization", Some("t"))]),
    (MAPPING, &[("remove:header.authorization", "")], "GET /a\nAuthorization: t", &[("authorization", Some("t"))]),
    (MAPPING, &[("append:header.access-control-allow-origin", "*")], "GET /a", &[("access-control-allow-origin", None)]),
    (MAPPING, &[("append:header.apigw-x", "1")], "GET /a", &[("apigw-x", None)]),
    (MAPPING, &[("append:header.x-amz-meta", "1")], "GET /a", &[("x-amz-meta", None)]),
    (MAPPING, &[("append:header.x-amzn-id", "1")], "GET /a", &[("x-amzn-id", None)]),
    (MAPPING, &[("append:header.X-Forwarded-For", "1.1.1.1")], "GET /a", &[("x-forwarded-for", None)]),
    (MAPPING, &[("append:header.via", "yo")], "GET /a", &[("via", Some("HTTP/1.1 AmazonAPIGateway"))]),
    (MAPPING, &[("overwrite:header.content-length", "1")], "POST /a\n\nhola", &[("content-length", Some("4"))]),
    (MAPPING, &[("append:header.x-forwarded-prefix", "/v1")], "GET /a", &[("x-forwarded-prefix", Some("/v1"))]),
    // What API Gateway does by itself.
    (NOTES, &[], "GET /a\nX-Forwarded-For: 198.51.100.7", &[("x-forwarded-for", None), ("forwarded", Some("for=198.51.100.7,by=3.216.99.1;for=203.0.113.25;host=a1b2c3d4e5.execute-api.us-east-1.amazonaws.com;proto=https"))]),
    (PUBLIC, &[], "GET /a\nHost: tienda.example.com", &[("host", Some("publico-1234567890.us-east-1.elb.amazonaws.com"))]),
    (PUBLIC, &[], "GET /a\nConnection: close\nTE: trailers", &[("connection", None), ("te", None)]),
    (PUBLIC, &[], "GET /a/b?q=1\nAccept: text/html", &[("path", Some("/a/b")), ("?q", Some("1")), ("accept", Some("text/html"))]),
];

#[test]
fn what_the_load_balancer_gets() {
    for (source, keys, sample, expected) in REQUESTS {
        let mut d = shop();
        let link = integration(&d);
        d.set(&NodeId::new("api1"), "stageVariables", json!([{"name": "entorno", "value": "pruebas"}]));
        d.set(&link, "requestParameters", mappings(keys));
        let found = request(&d.design, &link, &sent(sample)).unwrap();
        for (name, value) in *expected {
            let got = match *name {
                "path" => found.path.0.clone().into(),
                name => match name.strip_prefix('?') {
                    Some(name) => arrived(&found.query, name),
                    None => arrived(&found.headers, name),
                },
            };
            assert_eq!(got, json!(value), "{source}: {keys:?} of {sample}: {name}");
        }
    }
    assert!(REQUESTS.len() >= 60);
}

/// The page, the mappings, the answer, and the status and headers that arrive.
type Answer = (&'static str, &'static [(i64, &'static str, &'static str)], &'static str, i64, &'static [(&'static str, Option<&'static str>)]);

#[rustfmt::skip]
const RESPONSES: &[Answer] = &[
    (MAPPING, &[(500, "append:header.header1", "$context.requestId"), (500, "overwrite:statuscode", "403")], "500", 403, &[("header1", Some("JKJaXmPLvHcESHA="))]),
    (MAPPING, &[(404, "append:header.error", "$stageVariables.entorno")], "404", 404, &[("error", Some("pruebas"))]),
    (MAPPING, &[(404, "append:header.error", "x")], "200", 200, &[("error", None)]),
    (MAPPING, &[(200, "append:header.x", "b")], "200\nX: a", 200, &[("x", Some("a,b"))]),
    (MAPPING, &[(200, "overwrite:header.x", "b")], "200\nX: a", 200, &[("x", Some("b"))]),
    (MAPPING, &[(200, "remove:header.server", "")], "200\nServer: nginx", 200, &[("server", None)]),
    (MAPPING, &[(200, "append:header.y", "$response.header.x")], "200\nX: 1\nx: 2", 200, &[("y", Some("1,2"))]),
    (MAPPING, &[(200, "append:header.y", "$response.body.id")], "200\n\n{\"id\":\"a\"}", 200, &[("y", Some("a"))]),
    (MAPPING, &[(200, "append:header.y", "$request.header.x")], "200\nX: 1", 200, &[("y", None)]),
    (MAPPING, &[(200, "append:header.y", "$response.body")], "200\n\nhola", 200, &[("y", Some("hola"))]),
    (MAPPING, &[(200, "overwrite:statuscode", "$response.header.x-status")], "200\nx-status: 202", 202, &[]),
    (MAPPING, &[(200, "overwrite:statuscode", "99")], "200", 200, &[]),
    (MAPPING, &[(200, "overwrite:statuscode", "bien")], "200", 200, &[]),
    (MAPPING, &[(200, "append:statuscode", "201")], "200", 200, &[]),
    (MAPPING, &[(200, "overwrite:header.access-control-allow-origin", "*")], "200", 200, &[("access-control-allow-origin", None)]),
    (MAPPING, &[(200, "append:header.y", "$context.status")], "200", 200, &[("y", Some("200"))]),
    (MAPPING, &[(200, "append:header.y", "${context.stage} ${context.httpMethod}")], "200", 200, &[("y", Some("$default GET"))]),
    (CORS, &[], "200\nAccess-Control-Allow-Origin: https://otra.example.com", 200, &[("access-control-allow-origin", Some("https://otra.example.com"))]),
];

#[test]
fn what_the_client_gets() {
    for (source, keys, sample, status, expected) in RESPONSES {
        let mut d = shop();
        let link = integration(&d);
        d.set(&NodeId::new("api1"), "stageVariables", json!([{"name": "entorno", "value": "pruebas"}]));
        let one = |(status, key, value): &(i64, &str, &str)| {
            let mut mapping = mappings(&[(key, value)])[0].clone();
            mapping["status"] = json!(status);
            mapping
        };
        d.set(&link, "responseParameters", keys.iter().map(one).collect::<Value>());
        let found = response(&d.design, &link, &sent("GET /a"), &answered(sample)).unwrap();
        assert_eq!(found.status.0, *status, "{source}: {keys:?} of {sample}");
        for (name, value) in *expected {
            assert_eq!(arrived(&found.headers, name), json!(value), "{source}: {keys:?} of {sample}: {name}");
        }
    }
}

#[test]
fn with_cors_the_api_answers_for_the_backend() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&NodeId::new("api1"), "cors", json!({"enabled": true, "allowOrigins": ["https://tienda.example.com"]}));
    let answer = answered("200\nAccess-Control-Allow-Origin: *\nAccess-Control-Max-Age: 9");
    let found = response(&d.design, &link, &sent("GET /a\nOrigin: https://tienda.example.com"), &answer).unwrap();
    assert_eq!(arrived(&found.headers, "access-control-allow-origin"), json!("https://tienda.example.com"), "{CORS}");
    assert_eq!(arrived(&found.headers, "access-control-max-age"), Value::Null);
    let found = response(&d.design, &link, &sent("GET /a\nOrigin: https://otra.example.com"), &answer).unwrap();
    assert_eq!(arrived(&found.headers, "access-control-allow-origin"), Value::Null);
}

#[test]
fn a_private_integration_gets_the_stage_unless_the_path_is_overwritten() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&NodeId::new("alb1"), "scheme", "internal");
    d.set(&link, "connection", "private");
    let path = |d: &Drawing| request(&d.design, &link, &sent("GET /a/b")).unwrap().path;
    assert_eq!(path(&d), ("/a/b".into(), How::Same), "{PRIVATE}");
    d.set(&NodeId::new("api1"), "stageName", "prod");
    assert_eq!(path(&d), ("/prod/a/b".into(), How::Gateway), "{PRIVATE}");
    d.set(&link, "requestParameters", mappings(&[("overwrite:path", "$request.path")]));
    assert_eq!(path(&d), ("/a/b".into(), How::Changed), "{PRIVATE}");
    d.set(&link, "requestParameters", mappings(&[("append:header.p", "$context.path")]));
    let found = request(&d.design, &link, &sent("GET /a")).unwrap();
    assert_eq!(arrived(&found.headers, "p"), json!("/prod/a"));
    assert_eq!(found.origin, "http://internal-publico-1234567890.us-east-1.elb.amazonaws.com");
}

#[test]
fn the_most_specific_route_takes_a_request() {
    let mut d = shop();
    let link = integration(&d);
    let second = d.node(Kind::LoadBalancer, "pagos");
    let other = d.link(&NodeId::new("api1"), &second);
    // AWS's own example: of all that fit, the first of these takes `GET /pets/dog/1`.
    let routes = json!([
        {"method": "GET", "path": "/pets/dog/1"},
        {"method": "GET", "path": "/pets/dog/{id}"},
        {"method": "GET", "path": "/pets/{proxy+}"},
        {"method": "ANY", "path": "/{proxy+}"},
        {"path": "$default"},
    ]);
    d.set(&link, "routes", routes);
    d.set(&other, "routes", json!([{"method": "POST", "path": "/pagos/{id}"}]));
    for (sample, expected) in [
        ("GET /pets/dog/1", "GET /pets/dog/1"),
        ("GET /pets/dog/2", "GET /pets/dog/{id}"),
        ("GET /pets/cat/1", "GET /pets/{proxy+}"),
        ("POST /pets/dog/1", "ANY /{proxy+}"),
        ("GET /", "$default"),
    ] {
        let found = request(&d.design, &link, &sent(sample)).unwrap().taken;
        assert!(matches!(&found, Taken::Here(key, _) if key == expected), "{ROUTES}: {sample}: {found:?}");
    }
    let found = |sample| request(&d.design, &link, &sent(sample)).unwrap().taken;
    assert_eq!(found("POST /pagos/7"), Taken::Elsewhere("POST /pagos/{id}".into(), "pagos".into()));
    d.set(&link, "routes", json!([{"method": "GET", "path": "/productos/{id}"}]));
    let found = |sample| request(&d.design, &link, &sent(sample)).unwrap();
    assert_eq!(found("GET /productos").taken, Taken::Nowhere(404));
    assert_eq!(found("GET /productos/7/fotos").taken, Taken::Nowhere(404));
    assert_eq!(found("GET /productos/7").taken, Taken::Here("GET /productos/{id}".into(), vec![("id".into(), "7".into())]));
    assert_eq!(found("GET /productos/7").path.0, "/productos/7", "{PUBLIC}");
}

#[test]
fn each_mapping_tells_what_it_gave() {
    let mut d = shop();
    let link = integration(&d);
    d.set(
        &link,
        "requestParameters",
        mappings(&[
            ("append:header.a", "$request.path"),
            ("remove:header.b", ""),
            ("append:header.c", "$request.header.falta"),
            ("append:header.via", "x"),
            ("append:header.d", "${"),
            ("append:header.e", ""),
        ]),
    );
    let found = request(&d.design, &link, &sent("GET /a\nb: 1")).unwrap();
    let wrong = Given::Wrong;
    let expected = [Given::Value("/a".into()), Given::Done, Given::Nothing, wrong.clone(), wrong.clone(), wrong];
    assert_eq!(found.given, expected);
    let hows: Vec<_> = found.headers.iter().map(|line| (line.name.as_str(), line.how.key())).collect();
    let expected = [
        ("Host", "gateway"),
        ("b", "removed"),
        ("Forwarded", "gateway"),
        ("Via", "gateway"),
        ("X-Amzn-Trace-Id", "gateway"),
        ("a", "added"),
    ];
    assert_eq!(hows, expected);
    d.set(&link, "method", "POST");
    assert_eq!(request(&d.design, &link, &sent("GET /a")).unwrap().method, ("POST".into(), How::Changed));
}

#[test]
fn samples_fit_the_route_and_have_what_mappings_read() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&link, "routes", json!([{"method": "POST", "path": "/productos/{id}"}]));
    d.set(
        &link,
        "requestParameters",
        mappings(&[("append:header.a", "$request.header.x-id"), ("append:header.b", "${request.querystring.q}!")]),
    );
    d.set(&link, "responseParameters", json!([{"status": 404, "name": "x", "value": "a"}]));
    let (sample, answer) = samples(&d.design, &link).unwrap();
    assert_eq!((sample.method.as_str(), sample.path.as_str()), ("POST", "/productos/42"));
    let found = request(&d.design, &link, &sample).unwrap();
    assert!(matches!(found.taken, Taken::Here(..)));
    assert_eq!(found.given, [Given::Value("abc".into()), Given::Value("abc!".into())]);
    assert_eq!(answer.status, 404);
    assert_eq!(samples(&d.design, &"link999".into()), None);
}

#[test]
fn offers_tell_what_they_give() {
    let mut d = shop();
    let link = integration(&d);
    d.set(&NodeId::new("api1"), "stageVariables", json!([{"name": "entorno", "value": "pruebas"}]));
    let (sample, answer) = (sent("POST /a/b?q=1\nX-Id: 7\n\n{\"total\":5}"), answered("200\nServer: nginx"));
    let give = |side: Side, text: &str| {
        let all = offers(&d.design, &link, side, &sample, &answer);
        all.into_iter().find(|offer| offer.text == text).map(|offer| offer.gives)
    };
    let value = |text: &str| Some(Some(text.to_owned()));
    assert_eq!(give(Side::Request, "$request.path.proxy"), value("a/b"));
    assert_eq!(give(Side::Request, "$request.header.x-id"), value("7"));
    assert_eq!(give(Side::Request, "$request.querystring.q"), value("1"));
    assert_eq!(give(Side::Request, "$request.body.total"), value("5"));
    assert_eq!(give(Side::Request, "$stageVariables.entorno"), value("pruebas"));
    assert_eq!(give(Side::Request, "$request.header."), Some(None));
    assert_eq!(give(Side::Request, "$response.body"), None);
    assert_eq!(give(Side::Response, "$response.header.server"), value("nginx"));
    assert_eq!(give(Side::Response, "$context.status"), value("200"));
}
