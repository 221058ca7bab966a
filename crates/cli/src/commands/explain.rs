//! `trazo explain KIND[.FIELD] | LINK[.FIELD] | CODE`

use std::fmt::Write as _;

use serde_json::Value;
use trazo_model::check::all_checks;
use trazo_model::field::{Control, Field};
use trazo_model::{Check, Kind, LinkKind, path};
use trazo_texts::{Lang, text};

use crate::failure::Failure;
use crate::meant::meant;
use crate::output::Said;
use crate::words::{if_any, plain};

/// A kind of node or link, as far as it is explained.
struct Subject {
    key: &'static str,
    /// What the keys of its own texts begin with.
    base: &'static str,
    doc: &'static str,
    fields: &'static [Field],
    checks: &'static [&'static Check],
    /// Properties of a new one.
    fresh: Value,
}

/// Tells what a kind, a field or a check is.
pub(crate) fn run(what: &str, lang: Lang) -> Result<Said, Failure> {
    if let Some(check) = all_checks().into_iter().find(|check| check.code.eq_ignore_ascii_case(what)) {
        return Ok(Said::well(of_check(lang, check)));
    }
    let nothing = |meant| Failure::NothingToExplain { what: what.to_owned(), meant };
    let (name, field) = what.split_once('.').unwrap_or((what, ""));
    let Some(subject) = subject(name) else {
        let codes = all_checks().into_iter().map(|check| check.code);
        return Err(nothing(meant(name, names().into_iter().chain(codes))));
    };
    if field.is_empty() {
        return Ok(Said::well(of_subject(lang, &subject)));
    }
    match find(&format!("field.{name}"), subject.fields, field) {
        Some((base, found)) => Ok(Said::well(of_field(lang, what, &subject, &base, found, field))),
        None => {
            let meant = meant(field, subject.fields.iter().map(|field| field.key));
            Err(nothing(meant.map(|field| format!("{name}.{field}"))))
        }
    }
}

fn names() -> Vec<&'static str> {
    let kinds = Kind::ALL.into_iter().map(|kind| kind.spec().key);
    kinds.chain(LinkKind::ALL.into_iter().map(|kind| kind.spec().key)).collect()
}

fn subject(name: &str) -> Option<Subject> {
    if let Some(kind) = Kind::from_key(name) {
        let (spec, checks) = (kind.spec(), kind.work().checks);
        let fresh = (spec.new)().to_json();
        return Some(Subject { key: spec.key, base: "kind", doc: spec.doc, fields: spec.fields, checks, fresh });
    }
    let kind = LinkKind::ALL.into_iter().find(|kind| kind.spec().key == name)?;
    let (spec, checks) = (kind.spec(), kind.work().checks);
    let fresh = (spec.new)().to_json();
    Some(Subject { key: spec.key, base: "link", doc: spec.doc, fields: spec.fields, checks, fresh })
}

fn of_subject(lang: Lang, subject: &Subject) -> String {
    let Subject { key, base, doc, fields, checks, .. } = subject;
    let mut out = format!("{} ({key})\n", said(lang, &format!("{base}.{key}.name")));
    lines(&mut out, &[plain(&said(lang, &format!("{base}.{key}.help"))), (*doc).to_owned()]);
    if !fields.is_empty() {
        out.push('\n');
        list(&mut out, lang, &format!("field.{key}"), fields);
    }
    if !checks.is_empty() {
        let codes: Vec<&str> = checks.iter().map(|check| check.code).collect();
        let _ = writeln!(out, "\n{}", text(lang, "cli.explain.checks", &[("codes", &codes.join(", "))]));
    }
    out
}

fn of_field(lang: Lang, what: &str, subject: &Subject, base: &str, field: &Field, at: &str) -> String {
    let key = format!("{base}.{}", field.key);
    let mut out = format!("{} ({what})\n", said(lang, &format!("{key}.label")));
    let mut facts = vec![plain(&said(lang, &format!("{key}.help"))), values(lang, field)];
    if let Some(value) = path::get(&subject.fresh, at).filter(|value| !is_blank(value)) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        facts.push(text(lang, "cli.explain.fresh", &[("value", &value)]));
    }
    if field.required {
        facts.push(text(lang, "cli.explain.required", &[]));
    }
    facts.push(if field.doc.is_empty() { subject.doc } else { field.doc }.to_owned());
    lines(&mut out, &facts);
    if let Control::Records { fields, .. } = &field.control {
        out.push('\n');
        list(&mut out, lang, &key, fields);
    }
    out
}

fn of_check(lang: Lang, check: &Check) -> String {
    let Check { code, severity, aws, doc } = check;
    let severity = text(lang, &format!("cli.severity.{}", severity.key()), &[]);
    let mut out = format!("{code} ({severity})\n");
    let aws = if aws.is_empty() { String::new() } else { format!("AWS: {aws}") };
    let fix = said(lang, &format!("check.{code}.fix"));
    let fix = if fix.is_empty() { fix } else { format!("→ {fix}") };
    let part = |part: &str| plain(&said(lang, &format!("check.{code}.{part}")));
    lines(&mut out, &[part("message"), part("help"), aws, plain(&fix), (*doc).to_owned()]);
    out
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => true,
        _ => false,
    }
}

fn said(lang: Lang, key: &str) -> String {
    if_any(lang, key).unwrap_or_default()
}

fn lines(out: &mut String, lines: &[String]) {
    for line in lines.iter().filter(|line| !line.is_empty()) {
        out.push_str(line);
        out.push('\n');
    }
}

fn list(out: &mut String, lang: Lang, base: &str, fields: &[Field]) {
    let width = fields.iter().map(|field| field.key.len()).max().unwrap_or_default();
    for field in fields {
        let _ = writeln!(out, "{:width$}  {}", field.key, said(lang, &format!("{base}.{}.label", field.key)));
    }
}

/// A field by its path, and the key that its texts stand under.
fn find<'a>(base: &str, fields: &'a [Field], path: &str) -> Option<(String, &'a Field)> {
    if let Some(field) = fields.iter().find(|field| field.key == path) {
        return Some((base.to_owned(), field));
    }
    fields.iter().find_map(|field| {
        let rest = path.strip_prefix(field.key)?.strip_prefix('.')?;
        let Control::Records { fields, .. } = &field.control else { return None };
        // Places in files and findings count the items: `containers.0.image`.
        let rest = match rest.split_once('.') {
            Some((index, below)) if index.bytes().all(|b| b.is_ascii_digit()) => below,
            _ => rest,
        };
        find(&format!("{base}.{}", field.key), fields, rest)
    })
}

/// What may stand in a field.
fn values(lang: Lang, field: &Field) -> String {
    let unit = if_any(lang, &format!("unit.{}", field.unit)).map(|unit| format!(" {unit}")).unwrap_or_default();
    let all = match &field.control {
        Control::Number { min, max, .. } => format!("{min} – {max}{unit}"),
        Control::Choice(words) => words.join(" | "),
        Control::Toggle => "true | false".to_owned(),
        Control::Text { rule, .. }
        | Control::Lines { rule }
        | Control::Suggest { rule, .. }
        | Control::Texts { rule, .. } => {
            if rule.key == "any" {
                return String::new();
            }
            let (min, max) = (rule.min.to_string(), rule.max.to_string());
            let key = format!("rule.{}", rule.key);
            return plain(&text(lang, &key, &[("min", &min), ("max", &max)]));
        }
        _ => return String::new(),
    };
    text(lang, "cli.explain.values", &[("values", &all)])
}
