//! The JSON paths that mappings may have: names, positions and `*`. Recursive descent and filters are not supported.

use serde_json::Value;

/// One step of a path.
enum Step {
    Name(String),
    At(usize),
    All,
}

/// What a path leads to, as text: strings bare, all else as JSON. `None` where it leads nowhere or the body is no JSON.
pub fn read(body: &str, path: &str) -> Option<String> {
    let root: Value = serde_json::from_str(body).ok()?;
    let mut found = vec![&root];
    let mut several = false;
    for step in steps(path)? {
        let mut next = Vec::new();
        for value in found {
            match (&step, value) {
                (Step::Name(name), Value::Object(entries)) => next.extend(entries.get(name)),
                (Step::At(index), Value::Array(items)) => next.extend(items.get(*index)),
                (Step::All, Value::Array(items)) => next.extend(items),
                (Step::All, Value::Object(entries)) => next.extend(entries.values()),
                _ => {}
            }
        }
        several |= matches!(step, Step::All);
        found = next;
    }
    if several {
        return Some(Value::Array(found.into_iter().cloned().collect()).to_string());
    }
    match found.first()? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The steps of `a.b[0]['c d'].*`; `None` where it is none of that.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let close = inner.find(']')?;
            let text = &inner[..close];
            let quoted = ['\'', '"'].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
            steps.push(match (text, quoted) {
                ("*", _) => Step::All,
                (_, Some(name)) => Step::Name(name.to_owned()),
                _ => Step::At(text.parse().ok()?),
            });
            rest = inner[close + 1..].trim_start_matches('.');
            continue;
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        steps.push(if &rest[..end] == "*" { Step::All } else { Step::Name(rest[..end].to_owned()) });
        rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
    }
    Some(steps)
}
