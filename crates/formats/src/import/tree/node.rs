//! A value of a file.

use std::cell::Cell;

use serde_json::{Map, Value as Json};

use super::Budget;
use crate::import::{Draft, ImportError};
use crate::json::Position;

/// A value of a file, with the place where it stands. Whoever reads it, as what it is, marks it as read.
#[derive(Debug)]
pub struct Node {
    pub(super) value: Value,
    pub(super) tag: Option<Box<str>>,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) seen: Cell<bool>,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    /// In quotation marks, or a block of text.
    Text(Box<str>),
    /// As it is written: a number, a flag, or in YAML a text without quotation marks.
    Plain(Box<str>),
    List(Box<[Node]>),
    Map(Box<[Entry]>),
}

/// An entry of a map.
#[derive(Debug)]
pub struct Entry {
    pub(super) key: Box<str>,
    pub(super) line: u32,
    /// What it holds.
    pub value: Node,
}

impl Entry {
    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The line of its key, from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }
}

impl Node {
    pub(super) fn new(value: Value, position: Position) -> Self {
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { value, tag: None, line: whole(position.line), column: whole(position.column), seen: Cell::new(false) }
    }

    /// The line where it begins, from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// The column where it begins, from 1.
    pub fn column(&self) -> usize {
        self.column as usize
    }

    /// Its tag without the exclamation mark (`Ref` of `!Ref`).
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether it is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// Whether it is a text, a number or a flag.
    pub fn is_scalar(&self) -> bool {
        matches!(self.value, Value::Text(_) | Value::Plain(_))
    }

    /// Whether it is a scalar in quotation marks, or a block of text: so neither a number nor a flag.
    pub fn is_quoted(&self) -> bool {
        matches!(self.value, Value::Text(_))
    }

    /// Whether it is a map with such an entry. Marks nothing as read.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    fn find(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        // Of two entries with one key the latter holds, as JSON has it; the former stays unread.
        entries.iter().rev().find(|entry| &*entry.key == key).map(|entry| &entry.value)
    }

    /// The value of an entry that is there and not null. The map is marked as read, the value only when it is read itself.
    pub fn get(&self, key: &str) -> Option<&Self> {
        if self.is_map() {
            self.seen.set(true);
        }
        self.find(key).filter(|value| !value.is_null())
    }

    /// The value at a path of keys and positions (`a.b.0`).
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |node, part| match &node.value {
            Value::List(items) => {
                node.seen.set(true);
                items.get(part.parse::<usize>().ok()?)
            }
            _ => node.get(part),
        })
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => {
                self.seen.set(true);
                entries
            }
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => {
                self.seen.set(true);
                items
            }
            _ => &[],
        }
    }

    /// A scalar as it is written.
    fn written(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Plain(text) => Some(text),
            _ => None,
        }
    }

    fn read<T>(&self, value: Option<T>) -> Option<T> {
        if value.is_some() {
            self.seen.set(true);
        }
        value
    }

    /// A text, or a number or flag as it is written.
    pub fn text(&self) -> Option<&str> {
        self.read(self.written())
    }

    /// A whole number, in quotation marks or not.
    pub fn int(&self) -> Option<i64> {
        self.read(self.written().and_then(|text| text.trim().parse().ok()))
    }

    /// A finite number, in quotation marks or not.
    pub fn number(&self) -> Option<f64> {
        self.read(self.written().and_then(|text| text.trim().parse().ok()).filter(|number: &f64| number.is_finite()))
    }

    /// A flag, in quotation marks or not; of YAML also `yes` and `no`, `on` and `off`.
    pub fn flag(&self) -> Option<bool> {
        let flag = match self.written()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => true,
            "false" | "no" | "off" => false,
            _ => return None,
        };
        self.read(Some(flag))
    }

    /// A text of an entry.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// All of it as JSON; all of it is marked as read.
    pub fn json(&self) -> Json {
        self.seen.set(true);
        match &self.value {
            Value::Null => Json::Null,
            Value::Text(text) => Json::String(text.to_string()),
            Value::Plain(text) => plain(text),
            Value::List(items) => Json::Array(items.iter().map(Self::json).collect()),
            Value::Map(entries) => {
                let all: Map<String, Json> =
                    entries.iter().map(|entry| (entry.key.to_string(), entry.value.json())).collect();
                Json::Object(all)
            }
        }
    }

    /// Marks it and all in it as read: for what is told by a note of its own.
    pub fn skip(&self) {
        self.mark(true);
    }

    pub(super) fn mark(&self, seen: bool) {
        self.seen.set(seen);
        match &self.value {
            Value::List(items) => items.iter().for_each(|item| item.mark(seen)),
            Value::Map(entries) => entries.iter().for_each(|entry| entry.value.mark(seen)),
            _ => {}
        }
    }

    fn is_nothing(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// A note of each value below `path` that nobody has read; `line` is that of its key.
    pub(super) fn tell_unread(&self, path: &mut String, line: usize, draft: &mut Draft) {
        if !self.seen.get() {
            if !self.is_nothing() {
                draft.left("import.note.not_understood", &[("path", path)], line);
            }
            return;
        }
        let length = path.len();
        let into = |path: &mut String, part: &str| {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(part);
        };
        match &self.value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    into(path, &index.to_string());
                    item.tell_unread(path, item.line(), draft);
                    path.truncate(length);
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    into(path, &entry.key);
                    entry.value.tell_unread(path, entry.line(), draft);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// The same once more, for an alias at `depth`.
    pub(super) fn copy(&self, budget: &mut Budget, depth: usize) -> Result<Self, ImportError> {
        let position = Position { line: self.line(), column: self.column() };
        if depth > super::DEEPEST {
            return Err(ImportError::TooDeep { position });
        }
        budget.take(self.written().map_or(0, str::len), position)?;
        let value = match &self.value {
            Value::Null => Value::Null,
            Value::Text(text) => Value::Text(text.clone()),
            Value::Plain(text) => Value::Plain(text.clone()),
            Value::List(items) => {
                Value::List(items.iter().map(|item| item.copy(budget, depth + 1)).collect::<Result<_, _>>()?)
            }
            Value::Map(entries) => {
                Value::Map(entries.iter().map(|entry| entry.copy(budget, depth + 1)).collect::<Result<_, _>>()?)
            }
        };
        Ok(Self { value, tag: self.tag.clone(), line: self.line, column: self.column, seen: Cell::new(false) })
    }
}

impl Entry {
    pub(super) fn new(key: &str, line: usize, value: Node) -> Self {
        Self { key: key.into(), line: u32::try_from(line).unwrap_or(u32::MAX), value }
    }

    pub(super) fn copy(&self, budget: &mut Budget, depth: usize) -> Result<Self, ImportError> {
        budget.take_text(self.key.len(), Position { line: self.line(), column: 1 })?;
        Ok(Self { key: self.key.clone(), line: self.line, value: self.value.copy(budget, depth)? })
    }
}

/// What is written without quotation marks: by the core schema of YAML (<https://yaml.org/spec/1.2.2/#103-core-schema>).
fn plain(text: &str) -> Json {
    match text {
        "true" | "True" | "TRUE" => return Json::Bool(true),
        "false" | "False" | "FALSE" => return Json::Bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match text.parse::<f64>() {
        Ok(number) if is_number && number.is_finite() => number.into(),
        _ => Json::String(text.to_owned()),
    }
}
