//! JSON text put together of parts, of which most were printed before. It comes out as [`super::pretty`] prints the whole.

use trazo_stack::Value;

use super::print::{Printer, write_text};
use crate::Document;

/// The outer objects and lists of a text: each holds entries of its own and parts. None of them may be empty.
pub(crate) struct Frame {
    printer: Printer,
    /// What closes each object and list that is open, and whether it holds something yet.
    open: Vec<(char, bool)>,
}

impl Frame {
    /// An object.
    pub(crate) fn begin() -> Self {
        let mut printer = Printer::default();
        printer.begin_line(0, None);
        printer.out.text.push('{');
        Self { printer, open: vec![('}', false)] }
    }

    /// How deep the parts stand that are added now.
    pub(crate) fn indent(&self) -> usize {
        self.open.len()
    }

    /// An entry of the object that is open.
    pub(crate) fn entry(&mut self, key: &str, value: &Value) {
        self.part(&part(Some(key), value, self.indent()));
    }

    /// Begins an object (closed by `}`) or a list (by `]`) below a key.
    pub(crate) fn open(&mut self, key: &str, close: char) {
        self.comma();
        self.printer.begin_line(self.indent(), None);
        write_text(key, &mut self.printer.out.text);
        self.printer.out.text.push_str(if close == '}' { ": {" } else { ": [" });
        self.open.push((close, false));
    }

    /// Adds what [`part`] has printed.
    pub(crate) fn part(&mut self, part: &Document) {
        self.comma();
        self.printer.out.text.push('\n');
        self.printer.out.append(part);
    }

    /// Ends what was opened last.
    pub(crate) fn close(&mut self) {
        if let Some((close, _)) = self.open.pop() {
            self.printer.begin_line(self.open.len(), None);
            self.printer.out.text.push(close);
        }
    }

    /// The whole text.
    pub(crate) fn end(mut self) -> Document {
        while !self.open.is_empty() {
            self.close();
        }
        self.printer.out.text.push('\n');
        self.printer.out
    }

    fn comma(&mut self) {
        if let Some((_, filled)) = self.open.last_mut()
            && std::mem::replace(filled, true)
        {
            self.printer.out.text.push(',');
        }
    }
}

/// An entry of an object, or an item of a list where it has no key, as it stands at a depth; without the comma behind it.
pub(crate) fn part(key: Option<&str>, value: &Value, indent: usize) -> Document {
    let mut printer = Printer::default();
    printer.begin_line(indent, value.origin.as_ref());
    if let Some(key) = key {
        write_text(key, &mut printer.out.text);
        printer.out.text.push_str(": ");
    }
    printer.value(value, indent, None);
    printer.out
}
