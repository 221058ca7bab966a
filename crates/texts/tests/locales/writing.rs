//! How each text is written.

use crate::{arguments, entries, none};
use trazo_texts::{Part, parts};

/// What must not stand in the words of a text, and why.
const NEVER: &[(&str, &str)] = &[
    ("...", "write … for an ellipsis"),
    ("  ", "two spaces"),
    (" \n", "a space at the end of a line"),
    ("\"", "straight quotes: «…» in Spanish, “…” in English, backticks for code"),
    ("'", "a straight quote: ’ in words, backticks for code"),
    ("--", "write – for a dash"),
    ("\u{1f}", "a control character"),
    ("\t", "a tab"),
];

/// What must not stand in one language.
const NEVER_IN: [&[(&str, &str)]; 2] = [
    &[("“", "Spanish quotes are «…»"), ("‘", "Spanish quotes are «…»"), (" usted", "we say tú")],
    &[
        ("«", "English quotes are “…”"),
        ("¿", "Spanish in the English text"),
        ("ñ", "Spanish in the English text"),
        ("ó", "Spanish in the English text"),
    ],
];

/// Language names are written in their own language; what AWS answers is in its own words.
fn is_quoted(key: &str) -> bool {
    key.starts_with("ui.language.") || key.ends_with(".aws")
}

/// The text without what is set as code.
fn words(text: &str) -> String {
    parts(text).map(|part| if let Part::Plain(plain) = part { plain } else { "x" }).collect()
}

fn faults(text: &str, column: usize) -> Vec<String> {
    let words = words(text);
    let mut faults: Vec<String> = NEVER
        .iter()
        .chain(NEVER_IN[column])
        .filter(|(mark, _)| words.to_lowercase().contains(mark))
        .map(|(_, why)| (*why).to_owned())
        .collect();
    // ".env" may follow a space, a full stop that ends a sentence may not.
    let pairs = words.split(' ').skip(1).filter_map(|word| word.chars().next().map(|first| (word, first)));
    for (word, mark) in pairs.filter(|(_, first)| ",.;:?!…".contains(*first)) {
        if word.chars().count() == 1 || mark == '…' {
            faults.push(format!("a space before {mark}"));
        }
    }
    if words.contains('`') {
        faults.push("a backtick alone".to_owned());
    }
    if column == 0 {
        for (open, close) in [('¿', '?'), ('¡', '!')] {
            if words.matches(open).count() != words.matches(close).count() {
                faults.push(format!("{open} opens what {close} closes"));
            }
        }
    }
    faults
}

#[test]
fn texts_are_neither_empty_nor_padded() {
    let all = ["es", "en"].into_iter().flat_map(entries);
    let bad = all.filter(|entry| entry.text.is_empty() || entry.text.trim() != entry.text);
    none(bad.map(|entry| format!("{}: {} is empty or padded", entry.place, entry.key)));
}

#[test]
fn braces_hold_arguments() {
    let all = ["es", "en"].into_iter().flat_map(entries);
    none(all.filter_map(|entry| {
        let why = arguments(&entry.text).err()?;
        Some(format!("{}: {} {why}", entry.place, entry.key))
    }));
}

#[test]
fn texts_are_set_with_care() {
    let mut found = Vec::new();
    for (column, lang) in ["es", "en"].into_iter().enumerate() {
        for entry in entries(lang).iter().filter(|entry| !is_quoted(&entry.key)) {
            let all = faults(&entry.text, column);
            found.extend(all.iter().map(|why| format!("{}: {}: {why}", entry.place, entry.key)));
        }
    }
    none(found);
}

#[test]
fn careless_setting_is_noticed() {
    for (text, column) in
        [("Espera...", 0), ("Qué?", 0), ("¡Ya", 0), ("\"x\"", 1), ("don't", 1), ("«x»", 1), ("`x", 1), ("a , b", 0)]
    {
        assert!(!faults(text, column).is_empty(), "{text}");
    }
    for (text, column) in [("¿Qué? Usa `\"a\": '...'`…", 0), ("Don’t: “x” – `y`", 1)] {
        assert_eq!(faults(text, column), Vec::<String>::new(), "{text}");
    }
}
