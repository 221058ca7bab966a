//! JSON text put together of parts, of which most were printed before. It comes out as [`super::pretty`] prints the whole.

use std::sync::Arc;

use trazo_stack::Value;

use super::print::{Printer, write_text};
use crate::{Document, Rope};

/// The outer objects and lists of a text: each holds entries of its own and parts. None of them may be empty.
pub(crate) struct Frame {
    out: Rope,
    /// What closes each object and list that is open, and whether it holds something yet.
    open: Vec<(&'static str, bool)>,
}

impl Frame {
    /// An object.
    pub(crate) fn begin() -> Self {
        let mut out = Rope::default();
        out.line("{");
        Self { out, open: vec![("}", false)] }
    }

    /// How deep the parts stand that are added now.
    pub(crate) fn indent(&self) -> usize {
        self.open.len()
    }

    /// An entry of the object that is open.
    pub(crate) fn entry(&mut self, key: &str, value: &Value) {
        self.part(&Arc::new(part(Some(key), value, self.indent())));
    }

    /// Begins an object below a key.
    pub(crate) fn object(&mut self, key: &str) {
        self.open(key, "{", "}");
    }

    /// Begins a list below a key.
    pub(crate) fn list(&mut self, key: &str) {
        self.open(key, "[", "]");
    }

    fn open(&mut self, key: &str, open: &str, close: &'static str) {
        self.comma();
        let mut line = "  ".repeat(self.indent());
        write_text(key, &mut line);
        self.out.line(&format!("{line}: {open}"));
        self.open.push((close, false));
    }

    /// Adds what [`part`] has printed.
    pub(crate) fn part(&mut self, part: &Arc<Document>) {
        self.comma();
        self.out.push(part.clone(), "\n");
    }

    /// Ends what was opened last.
    pub(crate) fn close(&mut self) {
        if let Some((close, _)) = self.open.pop() {
            let mut line = Document::default();
            line.push(&format!("{}{close}", "  ".repeat(self.open.len())), None);
            line.text.pop();
            self.out.push(Arc::new(line), "\n");
        }
    }

    /// The whole text.
    pub(crate) fn end(mut self) -> Rope {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn comma(&mut self) {
        if let Some((_, filled)) = self.open.last_mut()
            && std::mem::replace(filled, true)
        {
            self.out.set_tail(",\n");
        }
    }
}

/// An entry of an object, or an item of a list where it has no key, as it stands at a depth; without the end of its last line.
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
