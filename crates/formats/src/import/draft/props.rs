//! Properties from settings: what the model refuses is given back.

use serde_json::Value as Json;
use trazo_model::field::Field;
use trazo_model::{path, validate};

use super::Setting;

/// A value that the model refuses.
pub(super) struct Refused {
    /// Where it would have stood.
    pub path: String,
    /// What it is.
    pub value: Json,
    /// The line that it came from.
    pub line: usize,
}

/// So many values of wrong form are taken out of one element one by one.
const MOST_FAULTS: usize = 100;
/// So many settings are tried one by one where all together cannot be read.
const MOST_TRIALS: usize = 300;

/// The properties that begin as `start`, with all settings that the model takes.
pub(super) fn properties(
    fields: &[Field],
    start: Json,
    settings: Vec<Setting>,
    reads: &dyn Fn(&Json) -> bool,
    refused: &mut Vec<Refused>,
) -> Json {
    let mut props = start.clone();
    let mut taken = Vec::with_capacity(settings.len());
    for mut setting in settings {
        drop_nulls(&mut setting.value);
        if setting.value.is_null() {
            continue;
        }
        match put(&mut props, &setting.path, std::mem::take(&mut setting.value)) {
            Ok(()) => taken.push(setting),
            Err(value) => refused.push(Refused { path: setting.path, value, line: setting.line }),
        }
    }
    if take_faults(fields, &mut props, &taken, refused) && reads(&props) {
        return props;
    }
    for setting in &mut taken {
        // A value that was taken out as a fault is told already.
        setting.value = path::get(&props, &setting.path).cloned().unwrap_or_default();
    }
    one_by_one(fields, start, taken, reads, refused)
}

/// Takes out what has not the form of the fields. False where that does not lead to an end.
fn take_faults(fields: &[Field], props: &mut Json, settings: &[Setting], refused: &mut Vec<Refused>) -> bool {
    for _ in 0..MOST_FAULTS {
        let Err(fault) = validate::props(fields, props) else { return true };
        match take(props, &fault.path) {
            Some(value) => {
                let line = line_of(settings, &fault.path);
                refused.push(Refused { path: fault.path, value, line });
            }
            None => return false,
        }
    }
    false
}

/// The line of the setting that a path belongs to: the longest one that it begins with.
fn line_of(settings: &[Setting], path: &str) -> usize {
    let covers = |setting: &&Setting| {
        path.strip_prefix(setting.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    settings.iter().filter(covers).max_by_key(|setting| setting.path.len()).map_or(0, |setting| setting.line)
}

/// Settings are tried in order, and each that makes the whole unreadable is refused.
fn one_by_one(
    fields: &[Field],
    start: Json,
    settings: Vec<Setting>,
    reads: &dyn Fn(&Json) -> bool,
    refused: &mut Vec<Refused>,
) -> Json {
    let mut props = start;
    for (index, setting) in settings.into_iter().enumerate() {
        if setting.value.is_null() {
            continue;
        }
        if index < MOST_TRIALS {
            let mut trial = props.clone();
            let fits = put(&mut trial, &setting.path, setting.value.clone()).is_ok()
                && validate::props(fields, &trial).is_ok()
                && reads(&trial);
            if fits {
                props = trial;
                continue;
            }
        }
        let is_told = refused.iter().any(|other| other.line == setting.line && other.path.starts_with(&setting.path));
        if !is_told {
            refused.push(Refused { path: setting.path, value: setting.value, line: setting.line });
        }
    }
    props
}

/// Puts a value at a path; objects on the way are made, and an item just behind the end of a list is added. Gives the value back
/// where the path leads nowhere.
fn put(root: &mut Json, path: &str, value: Json) -> Result<(), Json> {
    let mut at = root;
    for part in path.split('.').filter(|part| !part.is_empty()) {
        if at.is_null() {
            *at = if part == "0" { Json::Array(Vec::new()) } else { Json::Object(serde_json::Map::new()) };
        }
        at = match at {
            Json::Object(entries) => entries.entry(part.to_owned()).or_insert(Json::Null),
            Json::Array(items) => match part.parse::<usize>() {
                Ok(index) if index <= items.len() => {
                    if index == items.len() {
                        items.push(Json::Null);
                    }
                    match items.get_mut(index) {
                        Some(item) => item,
                        None => return Err(value),
                    }
                }
                _ => return Err(value),
            },
            _ => return Err(value),
        };
    }
    *at = value;
    Ok(())
}

/// Takes the value at a path out of what holds it.
fn take(root: &mut Json, at: &str) -> Option<Json> {
    let (head, last) = at.rsplit_once('.').unwrap_or(("", at));
    if let Ok(index) = last.parse::<usize>() {
        let items = get_mut(root, head)?.as_array_mut()?;
        return (index < items.len()).then(|| items.remove(index));
    }
    path::set(root, at, None)?
}

fn get_mut<'a>(root: &'a mut Json, at: &str) -> Option<&'a mut Json> {
    at.split('.').filter(|part| !part.is_empty()).try_fold(root, |value, part| match value {
        Json::Object(entries) => entries.get_mut(part),
        Json::Array(items) => items.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Null says that nothing was said.
fn drop_nulls(value: &mut Json) {
    match value {
        Json::Array(items) => {
            items.retain(|item| !item.is_null());
            items.iter_mut().for_each(drop_nulls);
        }
        Json::Object(entries) => {
            entries.retain(|_, entry| !entry.is_null());
            entries.values_mut().for_each(drop_nulls);
        }
        _ => {}
    }
}
