//! Judges the translators' files: complete, alike in both languages, and written with care.

#[path = "../../build/catalog.rs"]
mod catalog;
mod pairs;
mod writing;

use catalog::Entry;
use std::{collections::BTreeMap, path::Path};

/// The texts of one language by key.
type Texts = BTreeMap<String, Entry>;

#[expect(clippy::unwrap_used, reason = "the message of the fault is what the test has to show")]
fn entries(lang: &str) -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(lang);
    catalog::read(&folder).unwrap()
}

fn both() -> [Texts; 2] {
    ["es", "en"].map(|lang| entries(lang).into_iter().map(|entry| (entry.key.clone(), entry)).collect())
}

/// Fails with all faults at once, one a line.
fn none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<_> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The names of a text's arguments, or what is wrong with its braces.
fn arguments(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let from = &rest[at..];
        if from.starts_with("{{") || from.starts_with("}}") {
            rest = &from[2..];
            continue;
        }
        let inside = from.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let (name, after) = inside.ok_or("has a brace alone; double it if it is meant")?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(format!("{{{name}}} is no name of an argument; double the braces if they are meant"));
        }
        found.push(name);
        rest = after;
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

#[test]
fn arguments_are_read_as_the_look_up_reads_them() {
    assert_eq!(arguments("{b} {{c}} {a} {b}"), Ok(vec!["a", "b"]));
    assert!(arguments("{a b}").is_err());
    assert!(arguments("{a").is_err());
    assert!(arguments("a}").is_err());
}
