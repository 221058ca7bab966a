//! `trazo check FILE [--format text|json|sarif]`

mod place;
mod sarif;
mod terminal;

use serde_json::{Value, json};
use trazo_model::{Finding, Severity, check};
use trazo_texts::{Lang, has, phrase};

use crate::arguments::Format;
use crate::failure::Failure;
use crate::input;
use crate::output::Said;
use crate::words;

/// Says what is wrong; 1 where there are errors.
pub(crate) fn run(path: &str, format: Format, lang: Lang) -> Result<Said, Failure> {
    let source = input::read(path)?;
    let findings = check(&source.design);
    let text = match format {
        Format::Text => terminal::text(&source, &findings, lang),
        Format::Json => format!("{:#}\n", Value::from_iter(findings.iter().map(|finding| as_json(finding, lang)))),
        Format::Sarif => format!("{:#}\n", sarif::document(&source, &findings, lang)),
    };
    let code = u8::from(findings.iter().any(|finding| finding.severity == Severity::Error));
    Ok(Said::with_code(text, code))
}

fn as_json(finding: &Finding, lang: Lang) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity.key(),
        "node": finding.node().map(trazo_model::NodeId::as_str),
        "link": finding.link().map(trazo_model::LinkId::as_str),
        "field": (!finding.field.is_empty()).then_some(&finding.field),
        "message": words::message(lang, finding),
        "fix": fix(finding, lang),
    })
}

/// What its fix would do; `None` where it has none.
fn fix(finding: &Finding, lang: Lang) -> Option<String> {
    let key = format!("check.{}.fix", finding.code);
    (finding.fix.is_some() && has(&key)).then(|| phrase(lang, &key, None, &words::filled(lang, &finding.args)))
}
