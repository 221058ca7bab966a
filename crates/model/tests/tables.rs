//! The field table of each kind and the properties that it stores say the same.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use serde_json::{Value, json};
use trazo_model::field::{Control, Field};
use trazo_model::{Kind, LinkKind, path, validate};

/// Something that a control may hold, where that does not depend on a design.
fn sample(control: &Control) -> Value {
    match control {
        Control::Text { .. } | Control::Lines { .. } | Control::Suggest { .. } => json!("sample"),
        Control::Number { max, .. } => json!(max),
        Control::Toggle => json!(true),
        Control::Choice(words) => json!(words[words.len() - 1]),
        Control::ChoiceOf(_) => Value::Null,
        Control::Texts { .. } => json!(["sample"]),
        Control::Records { fields, new, .. } => {
            let mut record: Value = serde_json::from_str(new).unwrap();
            fill(fields, &mut record);
            json!([record])
        }
        Control::Env => json!([{"name": "A", "value": "b"}]),
        Control::Tags => json!([{"key": "a", "value": "b"}]),
    }
}

fn fill(fields: &[Field], all: &mut Value) {
    for field in fields {
        let value = sample(&field.control);
        if !value.is_null() {
            path::set(all, field.key, Some(value)).unwrap();
        }
    }
}

/// Each field that is set is stored, and all that is stored is a field.
fn hold(name: &str, fields: &[Field], new: &Value, read: &dyn Fn(&Value) -> Value) {
    assert_eq!(validate::props(fields, new), Ok(()), "{name}: a new one has a property that is no field");
    let mut full = new.clone();
    fill(fields, &mut full);
    assert_eq!(validate::props(fields, &full), Ok(()), "{name}");
    let stored = read(&full);
    for field in fields {
        let (set, kept) = (path::get(&full, field.key), path::get(&stored, field.key));
        match &field.control {
            Control::Records { fields, .. } => {
                for inner in *fields {
                    let at = format!("{}.0.{}", field.key, inner.key);
                    assert_eq!(path::get(&stored, &at), path::get(&full, &at), "{name}.{at} is not stored");
                }
            }
            Control::ChoiceOf(_) => assert!(kept.is_some() || set.is_none(), "{name}.{} is not stored", field.key),
            _ => assert_eq!(kept, set, "{name}.{} is not stored", field.key),
        }
    }
    assert_eq!(validate::props(fields, &stored), Ok(()), "{name}: a property is stored that is no field");
}

#[test]
fn kinds() {
    for kind in Kind::ALL {
        let spec = kind.spec();
        hold(spec.key, spec.fields, &(spec.new)().to_json(), &|json| (spec.read)(json).unwrap().to_json());
    }
}

#[test]
fn links() {
    for kind in LinkKind::ALL {
        let spec = kind.spec();
        hold(spec.key, spec.fields, &(spec.new)().to_json(), &|json| (spec.read)(json).unwrap().to_json());
    }
}
