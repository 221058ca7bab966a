//! Dotted paths into JSON: `containers.0.image`.

use serde_json::Value;

/// The value at `path`; an empty path is `root` itself.
pub fn get<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    let mut at = root;
    for part in path.split('.').filter(|part| !part.is_empty()) {
        at = match at {
            Value::Object(entries) => entries.get(part)?,
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(at)
}

/// Puts `value` at `path`, or takes away what is there, and gives back what was there. Objects on the way are made;
/// entries of lists have to be there. `None` where the path leads nowhere.
pub fn set(root: &mut Value, path: &str, value: Option<Value>) -> Option<Option<Value>> {
    let (head, last) = match path.rsplit_once('.') {
        Some((head, last)) => (head, last),
        None => ("", path),
    };
    let mut at = root;
    for part in head.split('.').filter(|part| !part.is_empty()) {
        at = match at {
            Value::Object(entries) => {
                entries.entry(part.to_owned()).or_insert_with(|| Value::Object(serde_json::Map::new()))
            }
            Value::Array(items) => items.get_mut(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    match (at, value) {
        (Value::Object(entries), Some(value)) => Some(entries.insert(last.to_owned(), value)),
        (Value::Object(entries), None) => Some(entries.shift_remove(last)),
        (Value::Array(items), Some(value)) => {
            let slot = items.get_mut(last.parse::<usize>().ok()?)?;
            Some(Some(std::mem::replace(slot, value)))
        }
        _ => None,
    }
}

/// The path with its list positions left out: `containers.0.image` → `containers.image`, as field tables name it.
pub fn without_positions(path: &str) -> String {
    path.split('.').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_and_writes() {
        let mut root = json!({"a": [{"b": 1}], "c": {}});
        assert_eq!(get(&root, "a.0.b"), Some(&json!(1)));
        assert_eq!(get(&root, "a.1.b"), None);
        assert_eq!(set(&mut root, "a.0.b", Some(json!(2))), Some(Some(json!(1))));
        assert_eq!(set(&mut root, "c.d.e", Some(json!(true))), Some(None));
        assert_eq!(set(&mut root, "a.x", Some(json!(true))), None);
        assert_eq!(set(&mut root, "c.d", None), Some(Some(json!({"e": true}))));
        assert_eq!(root, json!({"a": [{"b": 2}], "c": {}}));
        assert_eq!(without_positions("a.0.b"), "a.b");
    }
}
