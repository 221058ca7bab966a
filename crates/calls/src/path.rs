//! Where something stands in an answer: `LoadBalancers[0].DNSName`, `AvailabilityZones[*].ZoneName`, `""` for the whole.

use serde_json::Value as Json;

/// What stands at a path; none where there is nothing. `[*]` gives the list of what each item has there.
pub fn read(answer: &Json, path: &str) -> Option<Json> {
    if path.is_empty() {
        return Some(answer.clone());
    }
    let (segment, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, index) = segment.split_once('[').unwrap_or((segment, ""));
    let inner = if name.is_empty() { answer } else { answer.get(name)? };
    match index.trim_end_matches(']') {
        "" => read(inner, rest),
        "*" => Some(inner.as_array()?.iter().filter_map(|item| read(item, rest)).collect()),
        number => read(inner.get(number.parse::<usize>().ok()?)?, rest),
    }
}

/// The text at a path; numbers and flags as text, since answers in XML have them so.
pub fn text(answer: &Json, path: &str) -> Option<String> {
    read(answer, path).filter(|value| !value.is_null()).map(|value| crate::resolve::text(&value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{read, text};

    #[test]
    fn places_in_an_answer() {
        let answer = json!({ "A": [{ "B": { "C": 1 } }, { "B": { "C": 2 } }], "D": "d" });
        for (path, want) in [
            ("D", Some(json!("d"))),
            ("A[1].B.C", Some(json!(2))),
            ("A[*].B.C", Some(json!([1, 2]))),
            ("A[2].B", None),
            ("A.B", None),
            ("E.F", None),
        ] {
            assert_eq!(read(&answer, path), want, "{path}");
        }
        assert_eq!(read(&answer, "").unwrap(), answer);
        assert_eq!(read(&json!(["x"]), "[0]").unwrap(), "x");
        assert_eq!(text(&answer, "A[0].B.C").unwrap(), "1");
    }
}
