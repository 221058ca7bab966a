//! What the field tables themselves can tell: required, out of range, malformed.

use serde_json::Value;

use crate::edit::{Edit, Target};
use crate::field::{Control, Field, Place, TextRule};
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node, Phrase, path};

/// A required field is empty.
static REQUIRED: Check = Check { code: "FLD001", severity: Severity::Error, aws: "", doc: "" };
/// A number is out of range.
static RANGE: Check = Check { code: "FLD002", severity: Severity::Error, aws: "", doc: "" };
/// A text is too long, too short, or has characters that AWS refuses.
static WORDING: Check = Check { code: "FLD003", severity: Severity::Error, aws: "", doc: "" };
/// A value is none of the choices.
static CHOICE: Check = Check { code: "FLD004", severity: Severity::Error, aws: "", doc: "" };
/// A name is not one that AWS accepts.
static NAME: Check = Check { code: "FLD005", severity: Severity::Error, aws: "", doc: "" };
/// Two nodes of one kind have one name.
static SAME_NAME: Check = Check { code: "FLD006", severity: Severity::Error, aws: "", doc: "" };

/// The checks of this file.
pub static CHECKS: &[&Check] = &[&REQUIRED, &RANGE, &WORDING, &CHOICE, &NAME, &SAME_NAME];

/// Reports a name that AWS refuses.
pub(super) fn check_name(design: &Design, node: &Node, out: &mut Findings) {
    let spec = node.kind().spec();
    if !spec.name_rule.accepts(&node.name) {
        out.report(&NAME, &node.id).at("name").with("name", &node.name).with("rule", spec.name_rule.key);
    }
    let mut same = design.named(&node.name).filter(|other| other.kind() == node.kind());
    // The first of the name keeps it; the later ones are told.
    if spec.name_rule.min > 0 && same.next().is_some_and(|first| first.id != node.id) {
        let fix = Edit::set(&node.id, "name", design.free_name(node.kind()));
        out.report(&SAME_NAME, &node.id).at("name").with("name", &node.name).fix(fix);
    }
}

/// Reports what the table finds in `props`.
pub(super) fn check(design: &Design, target: &Target, fields: &[Field], props: &Value, out: &mut Findings) {
    let place = Place { design, target, props };
    walk(&place, fields, props, "", out);
}

fn walk(place: &Place<'_>, fields: &[Field], within: &Value, prefix: &str, out: &mut Findings) {
    for field in fields.iter().filter(|field| (field.applies)(within)) {
        let here = if prefix.is_empty() { field.key.to_owned() } else { format!("{prefix}.{}", field.key) };
        let value = path::get(within, field.key).unwrap_or(&Value::Null);
        if field.required && is_empty(value) {
            out.report(&REQUIRED, place.target.clone()).at(here);
            continue;
        }
        if let Control::Records { fields, .. } = &field.control {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                walk(place, fields, item, &format!("{here}.{index}"), out);
            }
        } else if let Control::Texts { rule, .. } = &field.control {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                report(place, text_problem(rule, item), &format!("{here}.{index}"), out);
            }
        } else {
            report(place, problem(place, &field.control, value), &here, out);
        }
    }
}

fn report(place: &Place<'_>, found: Option<Phrase>, here: &str, out: &mut Findings) {
    let Some(phrase) = found else { return };
    let check = match phrase.key {
        "problem.range" => &RANGE,
        "problem.choice" => &CHOICE,
        _ => &WORDING,
    };
    let finding = out.report(check, place.target.clone()).at(here);
    finding.args = phrase.args;
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// What is wrong with a value that shall go into a control: `problem.range` (`min`, `max`), `problem.choice`
/// (`value`), `problem.wording` (`rule`, `min`, `max`). Also asked while a person types, before the value is set.
pub fn problem(place: &Place<'_>, control: &Control, value: &Value) -> Option<Phrase> {
    if value.is_null() {
        return None;
    }
    match control {
        Control::Text { rule, .. } | Control::Lines { rule } | Control::Suggest { rule, .. } => {
            text_problem(rule, value)
        }
        Control::Number { min, max, .. } => {
            let number = value.as_i64()?;
            let phrase = || Phrase::new("problem.range").with("min", min.to_string()).with("max", max.to_string());
            (!(*min..=*max).contains(&number)).then(phrase)
        }
        Control::ChoiceOf(choices) => {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let all = choices(place);
            (!all.iter().any(|choice| &choice.value == value))
                .then(|| Phrase::new("problem.choice").with("value", shown))
        }
        _ => None,
    }
}

fn text_problem(rule: &TextRule, value: &Value) -> Option<Phrase> {
    let text = value.as_str()?;
    // Emptiness is a matter of `required`, which tells it more clearly.
    if text.is_empty() || rule.accepts(text) {
        return None;
    }
    let phrase = Phrase::new("problem.wording").with("rule", rule.key);
    Some(phrase.with("min", rule.min.to_string()).with("max", rule.max.to_string()))
}
