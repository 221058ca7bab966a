//! Whether JSON has the form that a field table asks for: fields that are known, and values of the right type.
//!
//! Range and wording are no matter of form: a design may hold a wrong number, and then it has a finding.

use serde_json::{Map, Value};

use crate::Phrase;
use crate::field::{Control, Field};

/// Where JSON has not the form of the table, and why. [`FormReason::phrase`] is what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct FormError {
    /// Dotted path below the properties.
    pub path: String,
    /// Why.
    pub reason: FormReason,
}

/// Why JSON has not the form of the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormReason {
    /// There is no such field.
    #[error("there is no such field; was it written by a newer Trazo?")]
    Unknown,
    /// The value is of another type; the word is the type that is asked for.
    #[error("it has to be {0}")]
    Type(&'static str),
    /// The word is none of the choices.
    #[error("it has to be one of {0}")]
    Choice(String),
}

impl FormReason {
    /// What is said of it at a path.
    pub fn phrase(&self, path: &str) -> Phrase {
        let phrase = match self {
            Self::Unknown => Phrase::new("errors.form.unknown"),
            Self::Type(name) => Phrase::new("errors.form.type").with("expected", *name),
            Self::Choice(all) => Phrase::new("errors.form.choice").with("expected", all),
        };
        phrase.with("path", path)
    }
}

fn error(path: &str, reason: FormReason) -> FormError {
    FormError { path: path.to_owned(), reason }
}

/// Whether `props` has the form of `fields`.
///
/// # Errors
/// The first place that has not.
pub fn props(fields: &[Field], props: &Value) -> Result<(), FormError> {
    object(fields, props, "", "")
}

/// Takes what `fields` does not name out of the outermost object, to be kept beside it.
pub fn take_unknown(fields: &[Field], props: &mut Map<String, Value>) -> Map<String, Value> {
    let names: Vec<String> = props.keys().filter(|key| !known(fields, "", key)).cloned().collect();
    names.into_iter().filter_map(|name| props.shift_remove_entry(&name)).collect()
}

/// Whether a field, or the beginning of one, is called `prefix` + `key`.
fn known(fields: &[Field], prefix: &str, key: &str) -> bool {
    fields.iter().any(|field| {
        field
            .key
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix(key))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// `inside`: what field keys begin with at this depth; `path`: where we are, for messages.
fn object(fields: &[Field], value: &Value, inside: &str, path: &str) -> Result<(), FormError> {
    let Value::Object(entries) = value else {
        return Err(error(path, FormReason::Type("object")));
    };
    for (key, entry) in entries {
        let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if !known(fields, inside, key) {
            return Err(error(&here, FormReason::Unknown));
        }
        let full = format!("{inside}{key}");
        match fields.iter().find(|field| field.key == full) {
            Some(field) => control(&field.control, entry, &here)?,
            None if entry.is_null() => {}
            None => object(fields, entry, &format!("{full}."), &here)?,
        }
    }
    Ok(())
}

fn control(control: &Control, value: &Value, path: &str) -> Result<(), FormError> {
    if value.is_null() {
        return Ok(());
    }
    let wants = |fits: bool, name| if fits { Ok(()) } else { Err(error(path, FormReason::Type(name))) };
    match control {
        Control::Text { .. } | Control::Lines { .. } | Control::Suggest { .. } => wants(value.is_string(), "text"),
        Control::Number { .. } => wants(value.is_i64(), "number"),
        Control::Toggle => wants(value.is_boolean(), "toggle"),
        Control::ChoiceOf(_) => wants(value.is_string() || value.is_i64(), "text"),
        Control::Choice(all) => match value.as_str() {
            Some(word) if all.contains(&word) => Ok(()),
            _ => Err(error(path, FormReason::Choice(all.join(", ")))),
        },
        Control::Texts { .. } => items(value, path, &|item, here| {
            if item.is_string() { Ok(()) } else { Err(error(here, FormReason::Type("text"))) }
        }),
        Control::Records { fields, .. } => items(value, path, &|item, here| object(fields, item, "", here)),
        Control::Env => items(value, path, &|item, here| pair(item, here, ["name", "value"])),
        Control::Tags => items(value, path, &|item, here| pair(item, here, ["key", "value"])),
    }
}

fn items(value: &Value, path: &str, each: &dyn Fn(&Value, &str) -> Result<(), FormError>) -> Result<(), FormError> {
    let Value::Array(items) = value else {
        return Err(error(path, FormReason::Type("list")));
    };
    items.iter().enumerate().try_for_each(|(index, item)| each(item, &format!("{path}.{index}")))
}

fn pair(value: &Value, path: &str, keys: [&str; 2]) -> Result<(), FormError> {
    let Value::Object(entries) = value else {
        return Err(error(path, FormReason::Type("object")));
    };
    for (key, entry) in entries {
        let here = format!("{path}.{key}");
        if !keys.contains(&key.as_str()) {
            return Err(error(&here, FormReason::Unknown));
        }
        if !entry.is_string() {
            return Err(error(&here, FormReason::Type("text")));
        }
    }
    Ok(())
}
