//! Findings for people at a terminal.

use std::fmt::Write as _;

use trazo_formats::json::Position;
use trazo_model::{Finding, Severity};
use trazo_texts::{Lang, count, text as say};

use super::fix;
use super::place::Places;
use crate::input::Source;
use crate::words;

/// Each finding with its line of the file, and how many there are.
pub(super) fn text(source: &Source, findings: &[Finding], lang: Lang) -> String {
    let places = Places::new(source);
    let mut out = String::new();
    for finding in findings {
        one(&mut out, source, &places, finding, lang);
    }
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let sums = [("cli.errors", Severity::Error), ("cli.warnings", Severity::Warning), ("cli.hints", Severity::Hint)];
    let sums = sums.map(|(key, severity)| count(lang, key, number(severity), &[]));
    out.push_str(&sums.join(", "));
    out.push('\n');
    out
}

/// Writing to a `String` cannot fail.
fn one(out: &mut String, source: &Source, places: &Places<'_>, finding: &Finding, lang: Lang) {
    let place = places.of(finding);
    let Position { line, column } = place;
    let severity = say(lang, &format!("cli.severity.{}", finding.severity.key()), &[]);
    let subject = words::subject(lang, &source.design, &finding.target);
    let message = words::message(lang, finding);
    let _ = writeln!(out, "{}:{line}:{column}: {severity} {}: {subject}: {message}", source.path, finding.code);
    if let Some(excerpt) = places.excerpt(place) {
        out.push_str(&words::excerpt(line, &excerpt));
    }
    if !finding.aws.is_empty() {
        let _ = writeln!(out, "    AWS: {}", finding.aws);
    }
    if let Some(fix) = fix(finding, lang) {
        let _ = writeln!(out, "    → {fix}");
    }
    if !finding.doc.is_empty() {
        let _ = writeln!(out, "    {}", finding.doc);
    }
    out.push('\n');
}
