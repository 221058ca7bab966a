//! Findings as SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), as code hosts show them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use trazo_formats::json::Position;
use trazo_model::check::all_checks;
use trazo_model::{Check, Finding, Severity, Target};
use trazo_texts::{Lang, has, text};

use super::place::Places;
use crate::input::Source;
use crate::words;

/// The log of one run.
pub(super) fn document(source: &Source, findings: &[Finding], lang: Lang) -> Value {
    let mut rules: Vec<&Check> = Vec::new();
    for check in all_checks() {
        if findings.iter().any(|finding| finding.code == check.code) {
            rules.push(check);
        }
    }
    let places = Places::new(source);
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let rule = rules.iter().position(|rule| rule.code == finding.code);
            result(source, &places, finding, rule, lang)
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "trazo",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(|check| rule(check, lang)).collect::<Vec<_>>(),
            } },
            "language": lang.code(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn rule(check: &Check, lang: Lang) -> Value {
    let mut rule = Map::new();
    rule.insert("id".into(), check.code.into());
    let help = format!("check.{}.help", check.code);
    if has(&help) {
        let help = words::plain(&text(lang, &help, &[]));
        rule.insert("shortDescription".into(), json!({ "text": first_sentence(&help) }));
        rule.insert("fullDescription".into(), json!({ "text": help }));
        rule.insert("help".into(), json!({ "text": help }));
    }
    if !check.doc.is_empty() {
        rule.insert("helpUri".into(), check.doc.into());
    }
    rule.insert("defaultConfiguration".into(), json!({ "level": level(check.severity) }));
    Value::Object(rule)
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn result(source: &Source, places: &Places<'_>, finding: &Finding, rule: Option<usize>, lang: Lang) -> Value {
    let place = places.of(finding);
    let Position { line, column } = place;
    let mut region = json!({ "startLine": line, "startColumn": column });
    if let Some(excerpt) = places.excerpt(place) {
        region["endColumn"] = (column + excerpt.at.chars().count()).into();
        region["snippet"] = json!({ "text": excerpt.at });
    }
    let (id, kind) = match &finding.target {
        Target::Design => ("", "design"),
        Target::Node(id) => (id.as_str(), "node"),
        Target::Link(id) => (id.as_str(), "link"),
    };
    let mut all = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": words::plain(&words::message(lang, finding)) },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": uri(&source.path) }, "region": region },
            "logicalLocations": [{
                "name": words::subject(lang, &source.design, &finding.target),
                "fullyQualifiedName": if id.is_empty() { kind.to_owned() } else { format!("{kind}/{id}") },
                "kind": kind,
            }],
        }],
        // The same problem of the same element, wherever in the file it moves.
        "partialFingerprints": { "element/v1": format!("{}/{kind}/{id}/{}", finding.code, finding.field) },
    });
    if let Some(rule) = rule {
        all["ruleIndex"] = rule.into();
    }
    if !finding.aws.is_empty() {
        all["properties"] = json!({ "aws": finding.aws });
    }
    all
}

/// A path as a reference of a URI (<https://datatracker.ietf.org/doc/html/rfc3986>): relative to where the command runs,
/// or, where it begins at the root, of the scheme `file`.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        for (path, wanted) in [
            ("-", "-"),
            ("a/tienda.trazo.json", "a/tienda.trazo.json"),
            ("mi diseño.json", "mi%20dise%C3%B1o.json"),
            ("/tmp/a b", "file:///tmp/a%20b"),
        ] {
            assert_eq!(uri(path), wanted);
        }
    }

    #[test]
    fn the_first_sentence_stands_alone() {
        assert_eq!(first_sentence("Uno. Dos."), "Uno.");
        assert_eq!(first_sentence("Solo `a.b` uno."), "Solo `a.b` uno.");
    }
}
