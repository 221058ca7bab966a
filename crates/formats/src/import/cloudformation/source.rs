//! What a file holds, as templates see it: plain values and functions, in their long form or as tags.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::import::Node;

/// A value of the file.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    node: &'a Node,
    /// Whether the tag was taken off already.
    bare: bool,
    line: usize,
}

/// What a value is, functions aside.
pub(super) enum Shape {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Num(f64),
    /// Text.
    Text(String),
    /// A list.
    List,
    /// Keys and values.
    Map,
}

/// What a value is. Numbers that would be written otherwise again (`007`, `1.10`) are texts, as CloudFormation takes them.
pub(super) fn shape(source: Source<'_>) -> Shape {
    let node = source.node;
    if node.is_map() {
        return Shape::Map;
    }
    if node.is_list() {
        return Shape::List;
    }
    let Some(text) = node.text() else { return Shape::Null };
    if node.is_quoted() {
        return Shape::Text(text.to_owned());
    }
    match node.json() {
        Json::Bool(flag) => Shape::Bool(flag),
        Json::Number(number) if number.to_string() == text => match number.as_i64() {
            Some(whole) => Shape::Int(whole),
            None => Shape::Num(number.as_f64().unwrap_or_default()),
        },
        _ => Shape::Text(text.to_owned()),
    }
}

/// A word with a small letter at its beginning (`PortMappings` as `portMappings`).
pub(super) fn small(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

impl<'a> Source<'a> {
    /// The value of a node.
    pub(super) fn new(node: &'a Node) -> Self {
        Self { node, bare: false, line: node.line() }
    }

    /// Its line; that of its key where it has one.
    pub(super) fn line(self) -> usize {
        self.line
    }

    /// The value of a key.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.node.get(key).map(Self::new)
    }

    /// Keys and values, in the order of the file.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'a str, Self)> {
        self.node.entries().iter().map(|entry| (entry.key(), Self { line: entry.line(), ..Self::new(&entry.value) }))
    }

    /// The items of a list.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        self.node.items().iter().map(Self::new)
    }

    /// A text, number or flag as it is written.
    pub(super) fn text(self) -> Option<&'a str> {
        self.node.text()
    }

    /// The function that it calls, and what with: `!Sub …`, `{"Fn::Sub": …}`.
    pub(super) fn function(self) -> Option<(Cow<'a, str>, Self)> {
        if let Some(tag) = self.node.tag().filter(|_| !self.bare) {
            let name = match tag {
                "Ref" | "Condition" => Cow::Borrowed(tag),
                _ => Cow::Owned(format!("Fn::{tag}")),
            };
            return Some((name, Self { bare: true, ..self }));
        }
        match self.node.entries() {
            [only] if only.key() == "Ref" || only.key().starts_with("Fn::") => {
                Some((Cow::Borrowed(only.key()), Self::new(&only.value)))
            }
            _ => None,
        }
    }

    /// All of it as JSON, as it stands in the file.
    pub(super) fn json(self) -> Json {
        self.node.json()
    }
}
