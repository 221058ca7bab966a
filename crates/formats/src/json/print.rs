//! Trees to JSON text.

use serde_json::Value as Json;
use trazo_stack::{Expr, Object, Origin, Value};

use crate::document::{Document, Line};

/// What fits into so many columns may stand on one line.
const WIDTH: usize = 88;

/// The JSON of a tree, indented, with the origin of each line. Only plain data is printed; formats turn functions into
/// data first (others come out as `null`).
pub fn pretty(tree: &Value) -> Document {
    let mut printer = Printer::default();
    printer.begin_line(0, None);
    printer.value(tree, 0, None);
    printer.out.text.push('\n');
    printer.out
}

/// The JSON of a tree without any space.
pub fn compact(tree: &Value) -> String {
    let mut out = String::new();
    write_inline(tree, &mut out, "");
    out
}

/// Prints trees one after another.
#[derive(Default)]
pub(super) struct Printer {
    pub(super) out: Document,
}

impl Printer {
    pub(super) fn begin_line(&mut self, indent: usize, origin: Option<&Origin>) {
        if !self.out.lines.is_empty() {
            self.out.text.push('\n');
        }
        self.out.lines.push(Line { start: self.out.text.len(), origin: origin.cloned() });
        for _ in 0..indent {
            self.out.text.push_str("  ");
        }
    }

    fn column(&self) -> usize {
        self.out.lines.last().map_or(0, |line| self.out.text.len() - line.start)
    }

    pub(super) fn value(&mut self, value: &Value, indent: usize, around: Option<&Origin>) {
        let origin = value.origin.as_ref().or(around);
        if is_short(value) {
            let mut inline = String::new();
            write_inline(value, &mut inline, " ");
            if self.column() + inline.chars().count() <= WIDTH || !is_container(value) {
                self.out.text.push_str(&inline);
                return;
            }
        }
        match &value.expr {
            Expr::Map(entries) => self.map(entries, indent, origin),
            Expr::List(items) => self.list(items, indent, origin),
            _ => write_inline(value, &mut self.out.text, " "),
        }
    }

    fn map(&mut self, entries: &Object, indent: usize, origin: Option<&Origin>) {
        self.out.text.push('{');
        for (index, (key, entry)) in entries.iter().enumerate() {
            self.begin_line(indent + 1, entry.origin.as_ref().or(origin));
            write_text(key, &mut self.out.text);
            self.out.text.push_str(": ");
            self.value(entry, indent + 1, origin);
            if index + 1 < entries.len() {
                self.out.text.push(',');
            }
        }
        self.begin_line(indent, origin);
        self.out.text.push('}');
    }

    fn list(&mut self, items: &[Value], indent: usize, origin: Option<&Origin>) {
        self.out.text.push('[');
        for (index, item) in items.iter().enumerate() {
            self.begin_line(indent + 1, item.origin.as_ref().or(origin));
            self.value(item, indent + 1, origin);
            if index + 1 < items.len() {
                self.out.text.push(',');
            }
        }
        self.begin_line(indent, origin);
        self.out.text.push(']');
    }
}

fn is_container(value: &Value) -> bool {
    match &value.expr {
        Expr::Map(entries) => !entries.is_empty(),
        Expr::List(items) => !items.is_empty(),
        _ => false,
    }
}

/// Whether it may stand on one line: a scalar, a list of scalars, an object of at most two scalars, or one whose single
/// entry is such a list (`{ "Fn::GetAtt": ["A", "Arn"] }`). Whatever has fields of its own gets lines of its own.
fn is_short(value: &Value) -> bool {
    let flat = |value: &Value| !is_container(value);
    let flat_list = |value: &Value| matches!(&value.expr, Expr::List(items) if items.iter().all(flat));
    match &value.expr {
        Expr::List(_) => flat_list(value),
        Expr::Map(entries) if entries.len() == 1 => entries.values().all(|entry| flat(entry) || flat_list(entry)),
        Expr::Map(entries) => entries.len() <= 2 && entries.values().all(flat),
        _ => true,
    }
}

pub(super) fn write_text(text: &str, out: &mut String) {
    // Nearly all texts need no escape, and this is called for every key and value of every preview.
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Json::from(text).to_string());
    }
}

fn write_inline(value: &Value, out: &mut String, space: &str) {
    match &value.expr {
        Expr::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Expr::Int(number) => out.push_str(&number.to_string()),
        Expr::Num(number) => out.push_str(&Json::from(*number).to_string()),
        Expr::Str(text) => write_text(text, out),
        Expr::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                    out.push_str(space);
                }
                write_inline(item, out, space);
            }
            out.push(']');
        }
        Expr::Map(entries) if entries.is_empty() => out.push_str("{}"),
        Expr::Map(entries) => {
            out.push('{');
            out.push_str(space);
            for (index, (key, entry)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                    out.push_str(space);
                }
                write_text(key, out);
                out.push(':');
                out.push_str(space);
                write_inline(entry, out, space);
            }
            out.push_str(space);
            out.push('}');
        }
        _ => out.push_str("null"),
    }
}
