//! The JSON Schema of the manifest, made from the field tables.

use serde_json::{Value, json};
use trazo_model::field::{Control, Field};
use trazo_model::{Account, Kind, LinkKind};

/// The schema (draft 2020-12). `describe` gives the text of a key, where there is one.
pub fn schema(describe: &dyn Fn(&str) -> Option<String>) -> Value {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Note).map(|kind| node(kind, describe));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Trazo",
        "type": "object",
        "required": ["trazo"],
        "properties": {
            "trazo": { "const": trazo_model::manifest::VERSION },
            "name": { "type": "string" },
            "region": { "type": "string" },
            "account": { "enum": Account::KEYS },
            "nodes": { "type": "array", "items": { "oneOf": kinds.collect::<Vec<_>>() } },
            "links": { "type": "array", "items": links(describe) },
            "notes": { "type": "array", "items": node(Kind::Note, describe) },
            "view": {
                "type": "object",
                "properties": {
                    "x": { "type": "integer" }, "y": { "type": "integer" },
                    "zoom": { "type": "integer", "minimum": 5, "maximum": 400 },
                },
            },
        },
    })
}

fn node(kind: Kind, describe: &dyn Fn(&str) -> Option<String>) -> Value {
    let spec = kind.spec();
    let mut schema = json!({
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$" },
            "name": { "type": "string" },
            "x": { "type": "integer" }, "y": { "type": "integer" },
            "w": { "type": "integer" }, "h": { "type": "integer" },
            "in": { "type": "string" },
            "tags": pairs("key"),
            "props": object(&format!("field.{}", spec.key), spec.fields, describe),
        },
    });
    if kind != Kind::Note {
        schema["required"] = json!(["id", "kind"]);
        schema["properties"]["kind"] = json!({ "const": spec.key });
        if let Some(text) = describe(&format!("kind.{}.help", spec.key)) {
            schema["description"] = text.into();
        }
    }
    schema
}

/// Links have the form of their kind, which follows from the kinds of their ends, so any of the forms will do.
fn links(describe: &dyn Fn(&str) -> Option<String>) -> Value {
    let props = LinkKind::ALL.into_iter().map(|kind| {
        let spec = kind.spec();
        object(&format!("field.{}", spec.key), spec.fields, describe)
    });
    json!({
        "type": "object",
        "required": ["id", "from", "to"],
        "properties": {
            "id": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$" },
            "from": { "type": "string" },
            "to": { "type": "string" },
            "props": { "anyOf": props.collect::<Vec<_>>() },
        },
    })
}

fn pairs(key: &str) -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": { key: { "type": "string" }, "value": { "type": "string" } },
            "additionalProperties": false,
        },
    })
}

/// Fields with dotted keys become objects in objects.
fn object(text_base: &str, fields: &[Field], describe: &dyn Fn(&str) -> Option<String>) -> Value {
    let mut root = json!({ "type": "object", "properties": {}, "additionalProperties": false });
    for field in fields {
        let mut at = &mut root;
        let mut parts: Vec<&str> = field.key.split('.').collect();
        let last = parts.pop().unwrap_or_default();
        for part in parts {
            at = &mut at["properties"][part];
            if at.is_null() {
                *at = json!({ "type": "object", "properties": {}, "additionalProperties": false });
            }
        }
        let key = format!("{text_base}.{}", field.key);
        let mut schema = control(&key, &field.control, describe);
        let text = describe(&format!("{key}.help")).or_else(|| describe(&format!("{key}.label")));
        if let (Some(text), Value::Object(entries)) = (text, &mut schema) {
            entries.insert("description".into(), text.into());
        }
        at["properties"][last] = schema;
    }
    root
}

fn control(key: &str, control: &Control, describe: &dyn Fn(&str) -> Option<String>) -> Value {
    match control {
        Control::Text { rule, .. } | Control::Lines { rule } | Control::Suggest { rule, .. } => {
            json!({ "type": "string", "maxLength": rule.max })
        }
        Control::Number { min, max, .. } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Control::Toggle => json!({ "type": "boolean" }),
        Control::Choice(words) => json!({ "enum": words }),
        Control::ChoiceOf(_) => json!({ "type": ["string", "integer"] }),
        Control::Texts { rule, .. } => {
            json!({ "type": "array", "items": { "type": "string", "maxLength": rule.max } })
        }
        Control::Records { fields, .. } => json!({ "type": "array", "items": object(key, fields, describe) }),
        Control::Env => pairs("name"),
        Control::Tags => pairs("key"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_form_of_each_kind() {
        let schema = schema(&|_| None);
        assert_eq!(schema["required"], json!(["trazo"]));
        let nodes = schema["properties"]["nodes"]["items"]["oneOf"].as_array().unwrap();
        assert_eq!(nodes.len(), Kind::ALL.len() - 1);
        assert_eq!(nodes[0]["properties"]["props"]["properties"]["rate"]["type"], "integer");
    }
}
