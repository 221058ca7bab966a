//! The field tables say just what the typed properties hold: nothing more, nothing less.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use serde_json::{Map, Value, json};
use trazo_model::field::{Control, Field, Place};
use trazo_model::{Design, Kind, LinkKind, Target, path, validate};

type Read = Box<dyn Fn(&Value) -> Value>;

/// Of each kind of node and link: its name, its table, its properties when new, and how they are read and written back.
fn tables() -> Vec<(&'static str, &'static [Field], Value, Read)> {
    let nodes = Kind::ALL.into_iter().map(|kind| {
        let spec = kind.spec();
        let read: Read = Box::new(|json| (spec.read)(json).unwrap().to_json());
        (spec.key, spec.fields, (spec.new)().to_json(), read)
    });
    let links = LinkKind::ALL.into_iter().map(|kind| {
        let spec = kind.spec();
        let read: Read = Box::new(|json| (spec.read)(json).unwrap().to_json());
        (spec.key, spec.fields, (spec.new)().to_json(), read)
    });
    nodes.chain(links).collect()
}

#[test]
fn what_is_written_stands_in_the_table() {
    for (name, fields, new, read) in tables() {
        assert_eq!(validate::props(fields, &new), Ok(()), "{name}");
        let standard = read(&json!({}));
        assert_eq!(validate::props(fields, &standard), Ok(()), "{name}");
        // What is filled in fully shows also the keys that are left out while they are empty.
        let full = read(&filled(fields, &standard));
        assert_eq!(validate::props(fields, &full), Ok(()), "{name}");
    }
}

#[test]
fn what_stands_in_the_table_is_read_and_written() {
    for (name, fields, _, read) in tables() {
        let full = filled(fields, &read(&json!({})));
        assert_same(name, fields, &full, &read(&full));
    }
}

fn assert_same(name: &str, fields: &[Field], given: &Value, back: &Value) {
    for field in fields {
        let (given, back) = (path::get(given, field.key), path::get(back, field.key));
        if let Control::Records { fields, .. } = &field.control {
            let (given, back) = (given.unwrap()[0].clone(), back.unwrap()[0].clone());
            assert_same(&format!("{name}.{}", field.key), fields, &given, &back);
        } else {
            assert_eq!(back, given, "{name}.{}", field.key);
        }
    }
}

/// Properties in which each field of the table has a value, other than its own where it has one.
fn filled(fields: &[Field], standard: &Value) -> Value {
    let mut all = Value::Object(Map::new());
    for field in fields {
        let own = path::get(standard, field.key).cloned().unwrap_or_default();
        path::set(&mut all, field.key, Some(value(&field.control, &own))).unwrap();
    }
    all
}

fn value(control: &Control, own: &Value) -> Value {
    match control {
        Control::Text { .. } | Control::Lines { .. } | Control::Suggest { .. } => "otro".into(),
        Control::Number { min, max, .. } => if own.as_i64() == Some(*max) { *min } else { *max }.into(),
        Control::Toggle => (own != &json!(true)).into(),
        Control::Choice(all) => {
            all.iter().map(|word| json!(word)).find(|word| word != own).unwrap_or_else(|| own.clone())
        }
        Control::ChoiceOf(_) if own.is_string() => "otro".into(),
        // Numbers are the same in every design; names depend on it, and there are none in an empty one.
        Control::ChoiceOf(choices) => {
            let (design, target) = (Design::default(), Target::Design);
            let offered = choices(&Place { design: &design, target: &target, props: &Value::Null });
            if own.is_number() || offered.iter().any(|choice| choice.value.is_number()) {
                7.into()
            } else {
                "otro".into()
            }
        }
        Control::Texts { .. } => json!(["otro"]),
        Control::Records { fields, .. } => json!([filled(fields, &Value::Null)]),
        Control::Env => json!([{ "name": "A", "value": "b" }]),
        Control::Tags => json!([{ "key": "A", "value": "b" }]),
    }
}

#[test]
fn new_records_have_the_form_of_their_table() {
    fn walk(name: &str, fields: &[Field]) {
        for field in fields {
            if let Control::Records { fields, new, title } = &field.control {
                let record: Value = serde_json::from_str(new).unwrap();
                assert_eq!(validate::props(fields, &record), Ok(()), "{name}.{}", field.key);
                let keys: Vec<_> = fields.iter().map(|field| field.key).collect();
                assert!(title.iter().all(|key| keys.contains(key)), "{name}.{}: {title:?}", field.key);
                walk(&format!("{name}.{}", field.key), fields);
            }
        }
    }
    for (name, fields, ..) in tables() {
        walk(name, fields);
    }
}

#[test]
fn keys_stand_once_and_ranges_hold_something() {
    for (name, fields, ..) in tables() {
        let mut keys: Vec<_> = fields.iter().map(|field| field.key).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{name}: {keys:?}");
        for field in fields {
            match &field.control {
                Control::Number { min, max, step } => assert!(min < max && *step > 0, "{name}.{}", field.key),
                Control::Choice(all) => assert!(!all.is_empty(), "{name}.{}", field.key),
                _ => {}
            }
        }
    }
}

#[test]
fn checks_have_codes_of_their_own() {
    let all = trazo_model::check::all_checks();
    let mut codes: Vec<_> = all.iter().map(|check| check.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), all.len());
    for check in all {
        let (letters, digits) = check.code.split_at(3);
        assert!(letters.bytes().all(|b| b.is_ascii_uppercase()), "{}", check.code);
        assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", check.code);
        assert!(
            check.doc.is_empty()
                || check.doc.split_once(".amazon.com/").is_some_and(|(host, _)| host.starts_with("https://")),
            "{}",
            check.code
        );
    }
}
