//! What no file may hold.

use super::{none, sources};

/// A file with one subject is read in one sitting.
const LINES: usize = 600;

/// Spelled in two halves, so that this file does not offend against itself.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
];

/// Whom the page may speak to: AWS, and a relay or an emulator on the same machine.
const TALKS_TO: &str = "connect-src 'self' https://*.amazonaws.com http://127.0.0.1:* http://localhost:*;";

const CODE: &[&str] = &["rs", "ts", "mjs", "js", "css", "html", "py"];

/// `path:line` of each line that `offends`.
fn lines(ends: &[&str], within: &str, offends: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources(ends).into_iter().filter(|source| source.path.starts_with(within)) {
        for (index, line) in source.text.lines().enumerate() {
            if offends(line) {
                found.push(format!("{}:{}  {}", source.path, index + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = sources(CODE)
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(count, _)| *count > LINES)
        .map(|(count, path)| format!("{path}: {count} lines"))
        .collect();
    none(&long, &format!("a file has at most {LINES} lines"));
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = lines(CODE, "", |line| UNFINISHED.iter().any(|mark| line.contains(mark)));
    none(&marks, "what is to be done is done, or is an issue");
}

#[test]
fn no_style_attribute_is_written() {
    // `style=("name", value)` is Leptos' other way of setting one property, which the policy lets pass.
    let inline = |line: &str| line.replace(" style=(\"", "").contains(" style=") || line.contains("attr:style");
    let mut found = lines(&["rs"], "crates/app/src", inline);
    found.extend(lines(&["html"], "", inline));
    none(&found, "the page's policy refuses style attributes: use a class, or `style:name=`");
}

#[test]
fn the_page_names_no_other_host() {
    let foreign = |line: &str| {
        let line = line.replace("http://www.w3.org/", "").replace(TALKS_TO, "");
        line.contains("http://") || line.contains("https://")
    };
    let mut found = lines(&["css", "js", "svg", "webmanifest"], "public", foreign);
    found.extend(lines(&["html"], "", foreign));
    none(&found, "nothing is loaded from elsewhere");
}

#[test]
fn the_page_speaks_to_aws_and_to_this_machine_alone() {
    let page = crate::tidy::read("index.html");
    assert_eq!(page.matches("connect-src").count(), 1);
    assert!(page.contains(TALKS_TO), "index.html holds `{TALKS_TO}`");
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
}

#[test]
fn every_exception_from_a_lint_has_its_reason() {
    let mut found = Vec::new();
    for source in sources(&["rs"]) {
        for opening in
            [concat!("#[all", "ow("), concat!("#[exp", "ect("), concat!("#![all", "ow("), concat!("#![exp", "ect(")]
        {
            let attributes = source.text.split(opening).skip(1);
            let bare =
                attributes.filter_map(|rest| rest.split_once(")]")).filter(|(inner, _)| !inner.contains("reason"));
            found.extend(bare.map(|(inner, _)| format!("{}: {opening}{inner})]", source.path)));
        }
    }
    none(&found, "`reason = \"…\"` stands beside what is allowed");
}
