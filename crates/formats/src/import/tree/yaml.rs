//! YAML with places, from the events of a parser; aliases and merge keys (<https://yaml.org/type/merge.html>) are unfolded.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Parser, ScalarStyle, Span, Tag, options};

use super::node::{Entry, Node, Value};
use super::{Budget, DEEPEST};
use crate::import::ImportError;
use crate::json::Position;

/// The first document of a text, and the lines on which further ones begin.
pub(super) fn read(text: &str) -> Result<(Node, Vec<usize>), ImportError> {
    refuse_nul(text)?;
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: DEEPEST + 1,
        block_nesting_limit: DEEPEST + 1,
    };
    let mut builder = Builder { budget: Budget::new(), open: Vec::new(), known: BTreeMap::new(), root: None };
    let (mut documents, mut further) = (0_usize, Vec::new());
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| {
            let mark = error.marker();
            ImportError::Syntax { position: Position { line: mark.line().max(1), column: mark.col() + 1 }, json: false }
        })?;
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 && further.len() < MOST_DOCUMENTS {
                further.push(span.start.line());
            }
        } else if documents <= 1 {
            builder.take(event, &span)?;
        }
    }
    let root = builder.root.unwrap_or_else(|| Node::new(Value::Null, Position { line: 1, column: 1 }));
    Ok((root, further))
}

/// More documents of one file are not told one by one.
const MOST_DOCUMENTS: usize = 20;

/// Parsers take this character for the end of the text, and what follows would be lost.
fn refuse_nul(text: &str) -> Result<(), ImportError> {
    match text.find('\0') {
        None => Ok(()),
        Some(at) => {
            let before = text.get(..at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Err(ImportError::Syntax { position: Position { line, column }, json: false })
        }
    }
}

/// A list or map that is not closed yet.
struct Open {
    what: What,
    position: Position,
    anchor: usize,
    tag: Option<Box<str>>,
}

enum What {
    List(Vec<Node>),
    /// The entries so far, the key whose value comes next, and what `<<` names.
    Map(Vec<Entry>, Option<(Box<str>, usize)>, Vec<Node>),
}

struct Builder {
    budget: Budget,
    open: Vec<Open>,
    /// What has an anchor, by the parser's number for it.
    known: BTreeMap<usize, Node>,
    root: Option<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), ImportError> {
        let position = Position { line: span.start.line().max(1), column: span.start.col() + 1 };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.is_at_key() {
                    self.budget.take_text(text.len(), position)?;
                } else {
                    self.budget.take(text.len(), position)?;
                }
                let mut node = Node::new(scalar(text, style, tag.as_deref()), position);
                node.tag = local(tag.as_deref());
                self.put(node, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.begin(What::List(Vec::new()), position, anchor, tag.as_deref())
            }
            Event::MappingStart(_, anchor, tag) => {
                self.begin(What::Map(Vec::new(), None, Vec::new()), position, anchor, tag.as_deref())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => {
                let Some(known) = self.known.get(&anchor) else {
                    // It names what it stands in, which would have no end.
                    return Err(ImportError::TooMany { position });
                };
                let copy = known.copy(&mut self.budget, self.open.len())?;
                self.put(copy, 0)
            }
            _ => Ok(()),
        }
    }

    fn is_at_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { what: What::Map(_, None, _), .. }))
    }

    fn begin(&mut self, what: What, position: Position, anchor: usize, tag: Option<&Tag>) -> Result<(), ImportError> {
        if self.open.len() > DEEPEST {
            return Err(ImportError::TooDeep { position });
        }
        self.budget.take(0, position)?;
        self.open.push(Open { what, position, anchor, tag: local(tag) });
        Ok(())
    }

    fn end(&mut self) -> Result<(), ImportError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.what {
            What::List(items) => Value::List(items.into()),
            What::Map(entries, _, merged) => Value::Map(self.merge(entries, &merged)?.into()),
        };
        let mut node = Node::new(value, open.position);
        node.tag = open.tag;
        self.put(node, open.anchor)
    }

    /// A map with the entries of those that it names, where it has none of its own; of two that it names the first wins.
    fn merge(&mut self, mut entries: Vec<Entry>, merged: &[Node]) -> Result<Vec<Entry>, ImportError> {
        if merged.is_empty() {
            return Ok(entries);
        }
        let mut keys: BTreeSet<Box<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        let lists = merged
            .iter()
            .map(|node| if let Value::List(items) = &node.value { &**items } else { std::slice::from_ref(node) });
        for map in lists.flatten() {
            let Value::Map(others) = &map.value else { continue };
            for entry in others.iter().filter(|entry| keys.insert(entry.key.clone())) {
                entries.push(entry.copy(&mut self.budget, self.open.len() + 1)?);
            }
        }
        Ok(entries)
    }

    /// Puts a value where it belongs.
    fn put(&mut self, node: Node, anchor: usize) -> Result<(), ImportError> {
        if anchor > 0 {
            let copy = node.copy(&mut self.budget, self.open.len())?;
            self.known.insert(anchor, copy);
        }
        match self.open.last_mut().map(|open| &mut open.what) {
            None => self.root = Some(node),
            Some(What::List(items)) => items.push(node),
            Some(What::Map(entries, key, merged)) => match key.take() {
                None => {
                    let name = match node.value {
                        Value::Text(text) | Value::Plain(text) => text,
                        Value::Null => Box::default(),
                        // A list or map as a key is in no file of these formats.
                        Value::List(_) | Value::Map(_) => "?".into(),
                    };
                    *key = Some((name, node.line as usize));
                }
                Some((name, _)) if &*name == "<<" && node.refers() => merged.push(node),
                Some((name, line)) => entries.push(Entry::new(&name, line, node)),
            },
        }
        Ok(())
    }
}

impl Node {
    /// Whether it can stand behind `<<`: a map, or a list of maps.
    fn refers(&self) -> bool {
        match &self.value {
            Value::Map(_) => true,
            Value::List(items) => !items.is_empty() && items.iter().all(Self::is_map),
            _ => false,
        }
    }
}

/// The name of a tag that is not of YAML itself (`!Ref`).
fn local(tag: Option<&Tag>) -> Option<Box<str>> {
    let tag = tag?;
    let is_own = tag.core_suffix().is_some() || tag.handle().starts_with("tag:yaml.org") || tag.suffix().is_empty();
    if is_own { None } else { Some(tag.suffix().into()) }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.and_then(Tag::core_suffix) == Some("str");
    let text: Box<str> = text.into();
    match (style, &*text) {
        _ if is_text => Value::Text(text),
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") if tag.is_none() => Value::Null,
        (ScalarStyle::Plain, _) => Value::Plain(text),
        _ => Value::Text(text),
    }
}
