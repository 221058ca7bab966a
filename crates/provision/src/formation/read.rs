//! Reading answers: what is missing is empty, never an error.

use serde_json::Value as Json;

/// The text of a member; empty where there is none.
pub(super) fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    json.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// The text of a member, kept.
pub(super) fn owned(json: &Json, key: &str) -> String {
    text(json, key).to_owned()
}

/// The items of a list; none where there is no list.
pub(super) fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a flag is set; answers in XML hold flags as text.
pub(super) fn flag(json: &Json, key: &str) -> bool {
    match json.get(key) {
        Some(Json::Bool(set)) => *set,
        Some(Json::String(word)) => word == "true",
        _ => false,
    }
}

/// A list of things with two texts each: parameters, outputs, tags.
pub(super) fn pairs(json: &Json, list_key: &str, key: &str, value: &str) -> Vec<(String, String)> {
    list(json, list_key).iter().map(|item| (owned(item, key), owned(item, value))).collect()
}
