//! Tables of fields.

use serde_json::Value;
use trazo_model::field::{Control, Field, TextRule};
use trazo_texts::{Lang, has, text};

use super::defaults::Sample;
use super::markdown::{self, Page};
use super::said;

/// The most choices that are listed one by one.
const LISTED: usize = 24;

/// The fields of a kind or a link.
pub(crate) struct Table<'a> {
    pub(crate) lang: Lang,
    pub(crate) sample: &'a Sample,
    /// AWS's page where a field has none of its own.
    pub(crate) doc: &'a str,
    /// How deep the headings of sections and lists are, from 1 to 6.
    pub(crate) depth: usize,
}

impl Table<'_> {
    /// Writes the fields section by section, then those of the records in them. `base` is the key of their texts.
    pub(crate) fn write(&self, page: &mut Page, base: &str, fields: &[Field]) {
        self.level(page, self.depth, base, "", fields);
    }

    fn level(&self, page: &mut Page, depth: usize, base: &str, prefix: &str, fields: &[Field]) {
        let mut sections: Vec<&str> = Vec::new();
        for field in fields {
            if !sections.contains(&field.section) {
                sections.push(field.section);
            }
        }
        for section in &sections {
            if sections.len() > 1 {
                let name = text(self.lang, &format!("section.{section}"), &[]);
                page.heading(depth, &name);
            }
            let own = fields.iter().filter(|field| field.section == *section);
            page.table(&["field", "what", "values", "default", "aws"], own.map(|field| self.row(base, prefix, field)));
        }
        for field in fields {
            if let Control::Records { fields, .. } = &field.control {
                let key = format!("{base}.{}", field.key);
                page.anchor(&anchor(&key));
                page.heading(depth, &format!("{} · {}", label(self.lang, &key), markdown::code(&path(base, field))));
                self.level(page, (depth + 1).min(6), &key, &format!("{prefix}{}.0.", field.key), fields);
            }
        }
    }

    fn row(&self, base: &str, prefix: &str, field: &Field) -> Vec<String> {
        let key = format!("{base}.{}", field.key);
        let required = if field.required { format!(" · **{}**", said(self.lang, "required")) } else { String::new() };
        let name = format!("**{}**<br>{}{required}", label(self.lang, &key), markdown::code(field.key));
        let help = format!("{key}.help");
        let help = if has(&help) { text(self.lang, &help, &[]) } else { String::new() };
        let doc = if field.doc.is_empty() { self.doc } else { field.doc };
        let default = self.sample.default(&format!("{prefix}{}", field.key));
        vec![name, help, self.values(&key, field), self.default(&field.control, default), aws(self.lang, doc)]
    }

    fn values(&self, key: &str, field: &Field) -> String {
        let lang = self.lang;
        let what = match &field.control {
            Control::Text { rule, example } => join([rule_of(lang, rule), example_of(lang, example)]),
            Control::Lines { rule } | Control::Suggest { rule, .. } => rule_of(lang, rule),
            Control::Number { min, max, .. } => format!("{min} – {max}"),
            Control::Toggle => format!("{}, {}", markdown::code("true"), markdown::code("false")),
            Control::Choice(words) => {
                words.iter().map(|word| self.choice(&Value::from(*word))).collect::<Vec<_>>().join(", ")
            }
            Control::ChoiceOf(choices) => self.offered(&self.sample.choices(*choices)),
            Control::Texts { rule, example } => {
                join([said(lang, "list"), rule_of(lang, rule), example_of(lang, example)])
            }
            Control::Records { .. } => {
                format!(
                    "{} ({})",
                    said(lang, "list"),
                    markdown::link(&said(lang, "below"), &format!("#{}", anchor(key)))
                )
            }
            Control::Env => said(lang, "pairs_env"),
            Control::Tags => said(lang, "pairs_tags"),
        };
        match field.unit {
            "" => what,
            unit => format!("{what} {}", text(lang, &format!("unit.{unit}"), &[])),
        }
    }

    fn offered(&self, choices: &[trazo_model::field::Choice]) -> String {
        let shown = |choice: &trazo_model::field::Choice| markdown::code(&plain(&choice.value));
        match choices {
            [] => said(self.lang, "depends"),
            [first, .., last] if choices.len() > LISTED => format!("{} … {}", shown(first), shown(last)),
            all => all.iter().map(shown).collect::<Vec<_>>().join(", "),
        }
    }

    fn choice(&self, value: &Value) -> String {
        let word = plain(value);
        let key = format!("choice.{word}");
        let label = if has(&key) { text(self.lang, &key, &[]) } else { String::new() };
        let code = markdown::code(&word);
        match label.strip_prefix(&word) {
            // The label says the word and something more about it.
            Some(more) => format!("{code}{more}"),
            None if label.is_empty() => code,
            None => format!("{code} ({label})"),
        }
    }

    fn default(&self, control: &Control, value: Option<&Value>) -> String {
        let none = || "–".to_owned();
        match (control, value) {
            // A record stands in each list here, so that its own fields can be told; a new element has none.
            (_, None | Some(Value::Null)) | (Control::Records { .. }, _) => none(),
            (_, Some(Value::String(text))) if text.is_empty() => none(),
            (_, Some(Value::Array(items))) if items.is_empty() => none(),
            (_, Some(value @ (Value::Array(_) | Value::Object(_)))) => markdown::code(&value.to_string()),
            (_, Some(value)) => markdown::code(&plain(value)),
        }
    }
}

/// AWS's page, as a link that says so.
pub(crate) fn aws(lang: Lang, doc: &str) -> String {
    if doc.is_empty() { String::new() } else { markdown::link(&said(lang, "page"), doc) }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn label(lang: Lang, key: &str) -> String {
    text(lang, &format!("{key}.label"), &[])
}

/// The path of a list below the kind (`containers.ports`).
fn path(base: &str, field: &Field) -> String {
    let full = format!("{base}.{}", field.key);
    full.splitn(3, '.').nth(2).unwrap_or_default().to_owned()
}

fn anchor(key: &str) -> String {
    key.replace(['.', '_'], "-").to_lowercase()
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn example_of(lang: Lang, example: &str) -> String {
    if example.is_empty() {
        return String::new();
    }
    format!("{} {}", said(lang, "example"), markdown::code(example))
}

fn rule_of(lang: Lang, rule: &TextRule) -> String {
    let (min, max) = (rule.min.to_string(), rule.max.to_string());
    let length = text(lang, "cli.reference.length", &[("min", &min), ("max", &max)]);
    let key = format!("rule.{}", rule.key);
    if rule.key == "any" || !has(&key) { length } else { format!("{} {length}", text(lang, &key, &[])) }
}
