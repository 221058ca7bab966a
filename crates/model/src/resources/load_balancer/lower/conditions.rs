//! The conditions of a rule
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html>).

use trazo_stack::{Object, Value, list, map};

use crate::Link;
use crate::lowering::link_origin;
use crate::resources::load_balancer::links::Forward;

pub(super) fn conditions(link: &Link, forward: &Forward) -> Value {
    let origin = link_origin(&link.id);
    let mut all: Vec<Value> = Vec::new();
    for (field, config, values, from) in [
        ("host-header", "HostHeaderConfig", &forward.hosts, "hosts"),
        ("path-pattern", "PathPatternConfig", &forward.paths, "paths"),
        ("http-request-method", "HttpRequestMethodConfig", &forward.methods, "methods"),
        ("source-ip", "SourceIpConfig", &forward.sources, "sources"),
    ] {
        if !values.is_empty() {
            let condition = map([("Field", field.into()), (config, map([("Values", texts(link, from, values))]))]);
            all.push(condition.from_origin(origin.field(from)));
        }
    }
    if !forward.header.name.is_empty() {
        let name = Value::from(forward.header.name.as_str()).from_origin(origin.field("header.name"));
        let values = texts(link, "header.values", &forward.header.values);
        let config = map([("HttpHeaderName", name), ("Values", values)]);
        let condition = map([("Field", "http-header".into()), ("HttpHeaderConfig", config)]);
        all.push(condition.from_origin(origin.field("header.name")));
    }
    if !forward.query.is_empty() {
        let config = map([("Values", query(link, forward))]);
        let condition = map([("Field", "query-string".into()), ("QueryStringConfig", config)]);
        all.push(condition.from_origin(origin.field("query")));
    }
    all.into()
}

/// Pairs; without a key any parameter may have the value. AWS takes each once, and once says the same as twice.
fn query(link: &Link, forward: &Forward) -> Value {
    let origin = link_origin(&link.id);
    let pairs = forward.query.iter().enumerate().filter(|(index, pair)| !forward.query[..*index].contains(pair));
    list(pairs.map(|(index, pair)| {
        let at = origin.field(format!("query.{index}"));
        let mut entry = Object::new();
        if !pair.key.is_empty() {
            entry.insert("Key".to_owned(), pair.key.as_str().into());
        }
        entry.insert("Value".to_owned(), pair.value.as_str().into());
        Value::from(entry).from_origin(at)
    }))
}

/// A list of texts, each once and from its own place in a list of the link.
fn texts(link: &Link, field: &str, values: &[String]) -> Value {
    let origin = link_origin(&link.id);
    list(
        values
            .iter()
            .enumerate()
            .filter(|(index, value)| !values[..*index].contains(value))
            .map(|(index, value)| Value::from(value.as_str()).from_origin(origin.field(format!("{field}.{index}")))),
    )
}
