//! A text whose lines know where they came from.

use trazo_stack::{Element, Origin};

/// One line of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where in the text it begins, in bytes.
    pub start: usize,
    /// What it came from.
    pub origin: Option<Origin>,
}

/// A text and where each of its lines came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The whole text; lines end with `\n`.
    pub text: String,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

impl Document {
    /// Adds a line.
    pub fn push(&mut self, line: &str, origin: Option<&Origin>) {
        self.lines.push(Line { start: self.text.len(), origin: origin.cloned() });
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The text of a line, counted from 0, without its end.
    pub fn line(&self, index: usize) -> &str {
        let Some(line) = self.lines.get(index) else { return "" };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| next.start);
        self.text.get(line.start..end).unwrap_or_default().trim_end_matches('\n')
    }

    /// The lines that came from an element, counted from 0.
    pub fn lines_of<'a>(&'a self, element: &'a Element) -> impl Iterator<Item = usize> + 'a {
        let is_its = move |line: &Line| line.origin.as_ref().is_some_and(|origin| &origin.element == element);
        self.lines.iter().enumerate().filter(move |(_, line)| is_its(line)).map(|(index, _)| index)
    }
}
