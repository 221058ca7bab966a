//! What the load balancer gets for a sample request, by "Parameter mapping source reference for REST APIs in API Gateway"
//! (`rest-api-parameter-mapping-sources`).

use serde_json::json;

use crate::mapping::Side;
use crate::mapping::sample::{SampleRequest, read_lines};
use crate::testing::Drawing;
use crate::trial::{Given, How, Line, Taken, offers, request, response, samples, sides};
use super::{api, integration, rest_shop};
use crate::{LinkId, LinkKind};

fn drawn() -> (Drawing, LinkId) {
    let mut d = rest_shop();
    let link = integration(&d);
    d.set(&api(), "stageVariables", json!([{"name": "entorno", "value": "pruebas"}]));
    (d, link)
}

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

fn arrived(lines: &[Line], name: &str) -> Option<String> {
    let there = |line: &&Line| line.name.eq_ignore_ascii_case(name) && line.how != How::Removed;
    let values: Vec<&str> = lines.iter().filter(there).map(|line| line.value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(" | "))
}

#[test]
#[rustfmt::skip]
fn what_the_load_balancer_gets() {
    for (location, name, value, sample, expected) in [
        ("header", "y", "method.request.header.x", "GET /a\nX: 1", Some("1")),
        ("header", "y", "method.request.header.x", "GET /a\nX: 1\nx: 2", Some("2")),
        ("header", "y", "method.request.multivalueheader.x", "GET /a\nX: 1\nx: 2", Some("1,2")),
        ("header", "y", "method.request.header.falta", "GET /a", None),
        ("header", "Y", "'nuevo'", "GET /a\ny: viejo", Some("nuevo")),
        ("header", "y", "method.request.querystring.q", "GET /a?q=1&q=2", Some("2")),
        ("header", "y", "method.request.multivaluequerystring.q", "GET /a?q=1&q=2", Some("1,2")),
        ("header", "y", "method.request.path.proxy", "GET /a/b", Some("a/b")),
        ("header", "y", "method.request.body", "POST /a\n\nhola", Some("hola")),
        ("header", "y", "method.request.body.id", "POST /a\n\n{\"id\":7}", Some("7")),
        ("header", "y", "context.httpMethod", "PUT /a", Some("PUT")),
        ("header", "y", "context.resourcePath", "GET /a", Some("/{proxy+}")),
        ("header", "y", "context.stage", "GET /a", Some("prod")),
        ("header", "y", "stageVariables.entorno", "GET /a", Some("pruebas")),
        ("header", "y", "'texto fijo'", "GET /a", Some("texto fijo")),
        ("header", "y", "sin comillas", "GET /a", None),
        ("header", "y", "$request.header.x", "GET /a\nx: 1", None),
        ("querystring", "?q", "'b'", "GET /a?q=a", Some("b")),
        ("querystring", "?r", "'b'", "GET /a?q=a", Some("b")),
        ("path", "/proxy", "'otro'", "GET /a/b", Some("/otro")),
        ("path", "/proxy", "method.request.querystring.q", "GET /a?q=z", Some("/z")),
        ("path", "/otra", "'x'", "GET /a/b", Some("/a/b")),
    ] {
        let (mut d, link) = drawn();
        let bare = name.trim_start_matches(['?', '/']);
        d.set(&api(), "stageName", "prod");
        d.set(&link, "requestParameters", json!([{"location": location, "name": bare, "value": value}]));
        let found = request(&d.design, &link, &sent(sample)).unwrap();
        let got = match location {
            "header" => arrived(&found.headers, bare),
            "querystring" => arrived(&found.query, bare),
            _ => Some(found.path.0.clone()),
        };
        assert_eq!(got.as_deref(), expected, "{name} = {value} of {sample}");
    }
}

#[test]
fn what_api_gateway_does_by_itself() {
    let (mut d, link) = drawn();
    let found = request(&d.design, &link, &sent("GET /a\nHost: x\nConnection: close\nX-Forwarded-For: 198.51.100.7")).unwrap();
    assert_eq!(arrived(&found.headers, "host").unwrap(), "publico-1234567890.us-east-1.elb.amazonaws.com");
    assert_eq!(arrived(&found.headers, "connection"), None);
    assert_eq!(arrived(&found.headers, "x-forwarded-for").unwrap(), "198.51.100.7, 203.0.113.25");
    d.set(&link, "routes", json!([{"method": "GET", "path": "/productos/{id}", "backendPath": "/catalogo/{id}"}]));
    let found = request(&d.design, &link, &sent("GET /productos/7")).unwrap();
    assert_eq!(found.path, ("/catalogo/7".into(), How::Gateway));
    assert_eq!(found.taken, Taken::Here("GET /productos/{id}".into(), vec![("id".into(), "7".into())]));
    assert_eq!(request(&d.design, &link, &sent("GET /otra")).unwrap().taken, Taken::Nowhere(403));
}

#[test]
fn samples_and_offers_fit_the_link() {
    let (mut d, link) = drawn();
    d.set(&link, "routes", json!([{"method": "POST", "path": "/pedidos/{id}"}]));
    let mapping = json!([{"location": "header", "name": "x-id", "value": "method.request.header.id"}]);
    d.set(&link, "requestParameters", mapping);
    let (sample, answer) = samples(&d.design, &link).unwrap();
    assert_eq!((sample.method.as_str(), sample.path.as_str()), ("POST", "/pedidos/42"));
    assert_eq!(request(&d.design, &link, &sample).unwrap().given, [Given::Value("abc".into())]);
    let all = offers(&d.design, &link, Side::Request, &sample, &answer);
    let gives = |text: &str| all.iter().find(|offer| offer.text == text).and_then(|offer| offer.gives.clone());
    assert_eq!(gives("method.request.path.id").as_deref(), Some("42"));
    assert_eq!(gives("method.request.header.accept").as_deref(), Some("application/json"));
    assert_eq!(gives("stageVariables.entorno").as_deref(), Some("pruebas"));
    assert_eq!(sides(LinkKind::RestIntegration), [Side::Request], "a proxy integration maps no responses");
    assert_eq!(response(&d.design, &link, &sample, &answer), None);
}
