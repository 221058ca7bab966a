//! Templates without what means nothing in them.

use serde_json::{Map, Value as Json};

/// Lists whose order means nothing to AWS.
const UNORDERED: [&str; 5] = ["DependsOn", "LoadBalancers", "Resource", "SecurityGroupIngress", "Statement"];

/// A template with its keys sorted, and with its lists where their order means nothing.
pub(crate) fn canonical(json: &Json) -> Json {
    match json {
        Json::Object(entries) => {
            let mut all: Vec<(&String, Json)> = entries.iter().map(|(key, value)| (key, listed(key, value))).collect();
            all.sort_by_key(|(key, _)| *key);
            Json::Object(
                all.into_iter().map(|(key, value)| (without_digest(key).to_owned(), value)).collect::<Map<_, _>>(),
            )
        }
        Json::Array(items) => items.iter().map(canonical).collect(),
        Json::String(text) => without_digest(text).into(),
        other => other.clone(),
    }
}

/// A name without the digest of all that a REST API has: it holds the order of its methods too.
fn without_digest(text: &str) -> &str {
    let is_digest = |end: &str| end.len() == 8 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split_once("Deployment").filter(|(_, end)| is_digest(end)).map_or(text, |(name, _)| name)
}

fn listed(key: &str, value: &Json) -> Json {
    let mut value = canonical(value);
    if let Some(items) = value.as_array_mut().filter(|_| UNORDERED.contains(&key)) {
        items.sort_by_key(ToString::to_string);
    }
    value
}
