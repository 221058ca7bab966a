//! A text put together of parts, most of which it shares with the text that was written before it.

use std::borrow::Cow;
use std::sync::Arc;

use trazo_stack::{Element, Origin};

use crate::Document;

/// The text of a file. After an edit nearly all of its parts are those that it had: so it costs little to put together, to
/// compare and to throw away, however long it is.
#[derive(Clone, Debug, Default)]
pub struct Rope {
    parts: Vec<Part>,
    lines: usize,
}

#[derive(Clone, Debug)]
struct Part {
    /// The number of its first line in the whole, from 0.
    first: usize,
    text: Arc<Document>,
    /// What follows it: nothing, or the end of its last line.
    tail: &'static str,
}

impl From<Document> for Rope {
    fn from(document: Document) -> Self {
        let mut rope = Self::default();
        rope.push(Arc::new(document), "");
        rope
    }
}

impl PartialEq for Rope {
    fn eq(&self, other: &Self) -> bool {
        let alike = |(one, two): (&Part, &Part)| {
            one.tail == two.tail && (Arc::ptr_eq(&one.text, &two.text) || one.text == two.text)
        };
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(alike)
    }
}

impl Eq for Rope {}

impl Rope {
    /// Adds a part, and what stands behind it.
    pub(crate) fn push(&mut self, text: Arc<Document>, tail: &'static str) {
        let lines = text.lines.len();
        self.parts.push(Part { first: self.lines, text, tail });
        self.lines += lines;
    }

    /// Adds a line that came from nothing in particular.
    pub(crate) fn line(&mut self, text: &str) {
        let mut line = Document::default();
        line.push(text, None);
        self.push(Arc::new(line), "");
    }

    /// Changes what stands behind the part that was added last.
    pub(crate) fn set_tail(&mut self, tail: &'static str) {
        if let Some(last) = self.parts.last_mut() {
            last.tail = tail;
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let length = self.parts.iter().map(|part| part.text.text.len() + part.tail.len()).sum();
        let mut all = String::with_capacity(length);
        for part in &self.parts {
            all.push_str(&part.text.text);
            all.push_str(part.tail);
        }
        all
    }

    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.lines
    }

    /// Whether it has no line.
    pub fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The text of a line, counted from 0, without its end.
    pub fn line_text(&self, at: usize) -> Cow<'_, str> {
        let Some((part, at)) = self.part(at) else { return "".into() };
        let (line, tail) = (part.text.line(at), part.tail.trim_end_matches('\n'));
        if tail.is_empty() || at + 1 < part.text.lines.len() { line.into() } else { format!("{line}{tail}").into() }
    }

    /// What a line came from, counted from 0.
    pub fn origin(&self, at: usize) -> Option<&Origin> {
        let (part, at) = self.part(at)?;
        part.text.lines.get(at)?.origin.as_ref()
    }

    /// The first line that came from one of some elements, counted from 0.
    pub fn first_of(&self, elements: &[Element]) -> Option<usize> {
        if elements.is_empty() {
            return None;
        }
        let is_its = |line: &crate::Line| line.origin.as_ref().is_some_and(|origin| elements.contains(&origin.element));
        self.parts.iter().find_map(|part| Some(part.first + part.text.lines.iter().position(is_its)?))
    }

    /// The part that a line is in, and its number there.
    fn part(&self, at: usize) -> Option<(&Part, usize)> {
        let nth = self.parts.partition_point(|part| part.first <= at).checked_sub(1)?;
        let part = self.parts.get(nth)?;
        Some((part, at - part.first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(lines: &[(&str, Option<&str>)]) -> Document {
        let mut part = Document::default();
        for (text, node) in lines {
            let origin = node.map(|id| Origin::whole(Element::Node(id.into())));
            part.push(text, origin.as_ref());
        }
        part
    }

    #[test]
    fn lines_are_counted_through_all_parts() {
        let mut first = part(&[("{", None), ("  1", Some("a"))]);
        first.text.pop();
        let mut rope = Rope::default();
        rope.push(Arc::new(first), "\n");
        rope.set_tail(",\n");
        rope.push(Arc::new(Document::default()), "");
        rope.push(Arc::new(part(&[("  2", Some("b")), ("}", None)])), "");
        rope.line("end");
        assert_eq!(rope.text(), "{\n  1,\n  2\n}\nend\n");
        let lines: Vec<_> = (0..rope.len()).map(|at| rope.line_text(at).into_owned()).collect();
        assert_eq!(lines, ["{", "  1,", "  2", "}", "end"]);
        let found = |id: &str| rope.first_of(&[Element::Node(id.into())]);
        assert_eq!((found("a"), found("b"), found("c"), rope.first_of(&[])), (Some(1), Some(2), None, None));
        assert_eq!(rope.origin(2).map(|origin| &origin.element), Some(&Element::Node("b".into())));
        assert_eq!((rope.origin(3), rope.origin(99), rope.line_text(99)), (None, None, "".into()));
    }

    #[test]
    fn ropes_are_equal_when_their_parts_are() {
        let one = Rope::from(part(&[("a", None)]));
        assert_eq!(one, one.clone());
        assert_eq!(one, Rope::from(part(&[("a", None)])));
        assert_ne!(one, Rope::from(part(&[("a", Some("n"))])));
        assert_ne!(one, Rope::default());
    }
}
