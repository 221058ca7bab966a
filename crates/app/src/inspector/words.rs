//! What fields and their values are called.

use serde_json::Value;
use trazo_model::field::Choice;
use trazo_model::path::without_positions;

use crate::words::{t, t_if};

/// What a field is called; what belongs to no field of its own takes the name of the field around it.
pub(crate) fn label(key: &str, at: &str) -> String {
    let bare = without_positions(at);
    match bare.split('.').next().unwrap_or("") {
        "name" => return t("ui.inspector.name"),
        "region" if key == "design" => return t("ui.inspector.region"),
        "account" if key == "design" => return t("ui.inspector.account"),
        "tags" => return t("ui.inspector.tags.title"),
        _ => {}
    }
    let mut at = bare.as_str();
    loop {
        if let Some(text) = t_if(&format!("field.{key}.{at}.label")) {
            return text;
        }
        match at.rsplit_once('.') {
            Some((above, _)) => at = above,
            None => return bare,
        }
    }
}

/// What a field is for.
pub(super) fn help(key: &str, at: &str) -> Option<String> {
    match without_positions(at).as_str() {
        "name" if key == "design" => t_if("ui.inspector.design.name_help"),
        "region" if key == "design" => t_if("ui.inspector.design.region_help"),
        "account" if key == "design" => t_if("ui.inspector.design.account_help"),
        "name" => None,
        bare => t_if(&format!("field.{key}.{bare}.help")),
    }
}

/// A word that can be chosen.
pub(super) fn choice(word: &str) -> String {
    t_if(&format!("choice.{word}")).unwrap_or_else(|| word.to_owned())
}

/// What is shown of a choice.
pub(super) fn choice_label(found: &Choice) -> String {
    found.label.clone().unwrap_or_else(|| choice(&plain(&found.value)))
}

/// A value as it is typed.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
