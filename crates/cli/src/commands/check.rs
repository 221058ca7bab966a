//! `trazo check FILE [--format text|json|sarif]`

use serde_json::{Value, json};
use trazo_formats::json::{Position, locate};
use trazo_model::{Finding, Severity, Target, check};
use trazo_texts::{Lang, count, has, text};

use crate::failure::Failure;
use crate::input::{self, Source};
use crate::{Format, words};

/// Says what is wrong; 1 where there are errors.
pub(crate) fn run(path: &str, format: Format, lang: Lang) -> Result<u8, Failure> {
    let source = input::read(path)?;
    let findings = check(&source.design);
    match format {
        Format::Text => print_text(&source, &findings, lang),
        Format::Json => println!("{:#}", Value::from_iter(findings.iter().map(|finding| as_json(finding, lang)))),
        Format::Sarif => println!("{:#}", sarif(&source, &findings, lang)),
    }
    Ok(u8::from(findings.iter().any(|finding| finding.severity == Severity::Error)))
}

fn print_text(source: &Source, findings: &[Finding], lang: Lang) {
    for finding in findings {
        let Position { line, column } = place(source, finding);
        let severity = text(lang, &format!("cli.severity.{}", finding.severity.key()), &[]);
        let subject = words::subject(lang, &source.design, &finding.target);
        println!(
            "{}:{line}:{column}: {severity} {}: {subject}: {}",
            source.path,
            finding.code,
            words::message(lang, finding)
        );
        if !finding.aws.is_empty() {
            println!("    AWS: {}", finding.aws);
        }
        let fix = format!("check.{}.fix", finding.code);
        if finding.fix.is_some() && has(&fix) {
            println!("    → {}", trazo_texts::phrase(lang, &fix, None, &finding.args));
        }
    }
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    println!(
        "{}, {}, {}",
        count(lang, "cli.errors", number(Severity::Error), &[]),
        count(lang, "cli.warnings", number(Severity::Warning), &[]),
        count(lang, "cli.hints", number(Severity::Hint), &[]),
    );
}

fn as_json(finding: &Finding, lang: Lang) -> Value {
    let fix = format!("check.{}.fix", finding.code);
    let fix = (finding.fix.is_some() && has(&fix)).then(|| trazo_texts::phrase(lang, &fix, None, &finding.args));
    json!({
        "code": finding.code,
        "severity": finding.severity.key(),
        "node": finding.node().map(trazo_model::NodeId::as_str),
        "link": finding.link().map(trazo_model::LinkId::as_str),
        "field": (!finding.field.is_empty()).then_some(&finding.field),
        "message": words::message(lang, finding),
        "fix": fix,
    })
}

/// SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), as code hosts show it.
fn sarif(source: &Source, findings: &[Finding], lang: Lang) -> Value {
    let results = findings.iter().map(|finding| {
        let Position { line, column } = place(source, finding);
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "note",
        };
        json!({
            "ruleId": finding.code,
            "level": level,
            "message": { "text": words::message(lang, finding) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": source.path },
                "region": { "startLine": line, "startColumn": column },
            } }],
        })
    });
    json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{ "tool": { "driver": { "name": "trazo", "version": env!("CARGO_PKG_VERSION") } },
                   "results": results.collect::<Vec<_>>() }],
    })
}

/// Where in the file the field of a finding stands; where it is not written, its element.
fn place(source: &Source, finding: &Finding) -> Position {
    let Ok(manifest) = serde_json::from_str::<Value>(source.text.trim_start_matches('\u{feff}')) else {
        return Position { line: 1, column: 1 };
    };
    let (lists, id): (&[&str], &str) = match &finding.target {
        Target::Design => return locate(&source.text, &finding.field),
        Target::Node(id) => (&["nodes", "notes"], id.as_str()),
        Target::Link(id) => (&["links"], id.as_str()),
    };
    let element = lists.iter().find_map(|list| {
        let at = manifest[list].as_array()?.iter().position(|item| item["id"] == id)?;
        Some(format!("{list}.{at}"))
    });
    let Some(element) = element else { return Position { line: 1, column: 1 } };
    let own = matches!(finding.field.split('.').next(), Some("name" | "tags"));
    let path = match finding.field.as_str() {
        "" => element,
        field if own => format!("{element}.{field}"),
        field => format!("{element}.props.{field}"),
    };
    locate(&source.text, &path)
}
