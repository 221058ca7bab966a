//! Models: JSON Schema of draft 4, as API Gateway reads it.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html>

use serde_json::Value;

/// What is wrong with the schema of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaProblem {
    /// It is no JSON: line and column.
    NotJson(usize, usize),
    /// A schema is no object: where.
    NotObject(String),
    /// There is no such type: the word.
    Type(String),
    /// `required` is no list of at least one name: where.
    Required(String),
    /// A list of values is empty or has one twice: where.
    Enum(String),
    /// A reference to something outside the model: the reference.
    Reference(String),
    /// A word that draft 4 does not have.
    Word(String),
}

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// The words of draft 4 (<https://json-schema.org/draft-04/json-schema-validation>).
const WORDS: [&str; 34] = [
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "definitions",
    "dependencies",
    "description",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
];

/// Where references to other models of an API point.
const MODELS: &str = "https://apigateway.amazonaws.com/restapis/";

/// What is wrong with a schema, if anything: the first thing that is found.
pub fn schema_problem(text: &str) -> Option<SchemaProblem> {
    match serde_json::from_str::<Value>(text) {
        Err(error) => Some(SchemaProblem::NotJson(error.line(), error.column())),
        Ok(schema) => check(&schema, ""),
    }
}

fn check(schema: &Value, at: &str) -> Option<SchemaProblem> {
    let Value::Object(words) = schema else { return Some(SchemaProblem::NotObject(place(at))) };
    words.iter().find_map(|(word, value)| {
        let here = if at.is_empty() { word.clone() } else { format!("{at}.{word}") };
        match word.as_str() {
            "type" => type_problem(value),
            "required" => (!is_names(value)).then_some(SchemaProblem::Required(here)),
            "enum" => (!is_set(value)).then_some(SchemaProblem::Enum(here)),
            "$ref" => reference_problem(value),
            "properties" | "patternProperties" | "definitions" => each(value, &here),
            "items" if value.is_array() => list(value, &here),
            "items" | "not" => check(value, &here),
            "additionalProperties" | "additionalItems" if value.is_boolean() => None,
            "additionalProperties" | "additionalItems" => check(value, &here),
            "allOf" | "anyOf" | "oneOf" => list(value, &here),
            known if WORDS.contains(&known) => None,
            other => Some(SchemaProblem::Word(other.to_owned())),
        }
    })
}

fn place(at: &str) -> String {
    if at.is_empty() { "{}".to_owned() } else { at.to_owned() }
}

fn each(value: &Value, at: &str) -> Option<SchemaProblem> {
    let Value::Object(entries) = value else { return Some(SchemaProblem::NotObject(place(at))) };
    entries.iter().find_map(|(name, schema)| check(schema, &format!("{at}.{name}")))
}

fn list(value: &Value, at: &str) -> Option<SchemaProblem> {
    let items = value.as_array().filter(|items| !items.is_empty());
    let Some(items) = items else { return Some(SchemaProblem::Enum(place(at))) };
    items.iter().enumerate().find_map(|(index, schema)| check(schema, &format!("{at}.{index}")))
}

fn type_problem(value: &Value) -> Option<SchemaProblem> {
    let unknown = |word: &Value| {
        let known = word.as_str().is_some_and(|word| TYPES.contains(&word));
        (!known).then(|| SchemaProblem::Type(word.as_str().map_or_else(|| word.to_string(), str::to_owned)))
    };
    match value {
        Value::Array(words) => words.iter().find_map(unknown),
        word => unknown(word),
    }
}

fn reference_problem(value: &Value) -> Option<SchemaProblem> {
    let target = value.as_str().unwrap_or_default();
    let known = target.starts_with('#') || target.starts_with(MODELS);
    (!known).then(|| SchemaProblem::Reference(target.to_owned()))
}

fn is_names(value: &Value) -> bool {
    is_set(value) && value.as_array().is_some_and(|names| names.iter().all(Value::is_string))
}

fn is_set(value: &Value) -> bool {
    value.as_array().is_some_and(|items| {
        !items.is_empty() && items.iter().enumerate().all(|(at, item)| !items[..at].contains(item))
    })
}
