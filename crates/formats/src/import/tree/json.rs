//! JSON with places. The library that reads JSON elsewhere tells the place of a fault alone.

use super::node::{Entry, Node, Value};
use super::{Budget, DEEPEST};
use crate::import::ImportError;
use crate::json::Position;

/// Reads a text that is one value.
pub(super) fn read(text: &str) -> Result<Node, ImportError> {
    let mut reader = Reader { text, at: 0, line: 1, begin: 0, wide: 0, budget: Budget::new() };
    reader.space();
    let root = reader.value(0)?;
    reader.space();
    if reader.peek().is_some() { Err(reader.fault()) } else { Ok(root) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    /// Where the line begins.
    begin: usize,
    /// Bytes of the line so far that continue a character.
    wide: usize,
    budget: Budget,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn position(&self) -> Position {
        Position { line: self.line, column: (self.at.min(self.text.len()) - self.begin).saturating_sub(self.wide) + 1 }
    }

    fn fault(&self) -> ImportError {
        ImportError::Syntax { position: self.position(), json: true }
    }

    fn space(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.peek() {
            self.at += 1;
            if byte == b'\n' {
                (self.line, self.begin, self.wide) = (self.line + 1, self.at, 0);
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn value(&mut self, depth: usize) -> Result<Node, ImportError> {
        let position = self.position();
        if depth > DEEPEST {
            return Err(ImportError::TooDeep { position });
        }
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?.into()),
            _ => self.word()?,
        };
        let length = if let Value::Text(text) | Value::Plain(text) = &value { text.len() } else { 0 };
        self.budget.take(length, position)?;
        Ok(Node::new(value, position))
    }

    fn map(&mut self, depth: usize) -> Result<Value, ImportError> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.eat(b'}') {
            return Ok(Value::Map(Box::default()));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.fault());
            }
            let (line, key) = (self.line, self.string()?);
            self.budget.take_text(key.len(), self.position())?;
            self.space();
            if !self.eat(b':') {
                return Err(self.fault());
            }
            self.space();
            let value = self.value(depth + 1)?;
            entries.push(Entry::new(&key, line, value));
            self.space();
            if self.eat(b'}') {
                return Ok(Value::Map(entries.into()));
            }
            if !self.eat(b',') {
                return Err(self.fault());
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, ImportError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(Value::List(Box::default()));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(b']') {
                return Ok(Value::List(items.into()));
            }
            if !self.eat(b',') {
                return Err(self.fault());
            }
        }
    }

    /// A text in quotation marks, which the library unfolds.
    fn string(&mut self) -> Result<String, ImportError> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None | Some(b'\n') => return Err(self.fault()),
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(byte) => {
                    self.at += 1;
                    self.wide += usize::from(byte & 0xC0 == 0x80);
                }
            }
        }
        self.at += 1;
        // A character may end behind the end of the text, or within one that is longer than a byte.
        let inner = self.text.get(start..self.at);
        inner.and_then(|text| serde_json::from_str(text).ok()).ok_or_else(|| {
            self.at = start;
            self.wide = self
                .text
                .as_bytes()
                .get(self.begin..start)
                .map_or(0, |line| line.iter().filter(|byte| **byte & 0xC0 == 0x80).count());
            self.fault()
        })
    }

    /// A number, a flag or null.
    fn word(&mut self) -> Result<Value, ImportError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        let word = self.text.get(self.at..self.at + length).unwrap_or_default();
        let value = match word {
            "null" => Value::Null,
            "true" | "false" => Value::Plain(word.into()),
            _ if serde_json::from_str::<serde_json::Number>(word).is_ok() => Value::Plain(word.into()),
            _ => return Err(self.fault()),
        };
        self.at += length;
        Ok(value)
    }
}
