//! Trees to YAML text, with the origin of each line.
//!
//! Functions come out in CloudFormation's short form (`!Ref`, `!GetAtt`,
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>). A library
//! could write the text, but not tell of each line where it came from.

use std::sync::Arc;

use trazo_stack::{Expr, Object, Origin, Value};

use crate::{Document, Rope};

/// The YAML of a tree.
pub fn document(tree: &Value) -> Document {
    let mut printer = Printer::default();
    match &tree.expr {
        Expr::Map(entries) if !entries.is_empty() => printer.map(entries, 0, "", tree.origin.as_ref()),
        _ => printer.entry("", tree, 0, None),
    }
    printer.out
}

/// An entry of a map, as it stands at an indentation.
pub(crate) fn entry(key: &str, value: &Value, indent: usize) -> Document {
    let mut printer = Printer::default();
    printer.value(&format!("{}:", scalar(key)), value, indent, indent, value.origin.as_ref());
    printer.out
}

/// An item of a list, as it stands at an indentation.
pub(crate) fn item(value: &Value, indent: usize) -> Document {
    let mut printer = Printer::default();
    printer.entry("- ", value, indent, None);
    printer.out
}

/// A text put together of parts, of which most were printed before. It comes out as [`document`] prints the whole; what is
/// opened must not stay empty.
#[derive(Default)]
pub(crate) struct Sheet {
    out: Rope,
    indent: usize,
}

impl Sheet {
    /// Begins a map or a list below a key.
    pub(crate) fn open(&mut self, key: &str) {
        self.out.line(&format!("{}{}:", " ".repeat(self.indent), scalar(key)));
        self.indent += 2;
    }

    /// An entry of the map that is open.
    pub(crate) fn entry(&mut self, key: &str, value: &Value) {
        self.out.push(Arc::new(entry(key, value, self.indent)), "");
    }

    /// Adds what [`entry`] or [`item`] has printed.
    pub(crate) fn part(&mut self, part: &Arc<Document>) {
        self.out.push(part.clone(), "");
    }

    /// Ends what was opened last.
    pub(crate) fn close(&mut self) {
        self.indent = self.indent.saturating_sub(2);
    }

    /// The whole text.
    pub(crate) fn end(self) -> Rope {
        self.out
    }
}

#[derive(Default)]
struct Printer {
    out: Document,
}

impl Printer {
    /// A line that begins with `indent` spaces.
    fn line(&mut self, indent: usize, text: &str, origin: Option<&Origin>) {
        let spaces = " ".repeat(indent);
        self.out.push(&format!("{spaces}{text}"), origin);
    }

    /// The entries of a map; the first stands on the line that `before` begins, if that is not empty.
    fn map(&mut self, entries: &Object, indent: usize, before: &str, origin: Option<&Origin>) {
        for (index, (key, value)) in entries.iter().enumerate() {
            let around = value.origin.as_ref().or(origin);
            let head = format!("{}:", scalar(key));
            if index == 0 && !before.is_empty() {
                let outer = indent.saturating_sub(2);
                self.value(&format!("{before}{head}"), value, outer, indent, around);
            } else {
                self.value(&head, value, indent, indent, around);
            }
        }
    }

    /// An item of a list.
    fn entry(&mut self, dash: &str, value: &Value, indent: usize, origin: Option<&Origin>) {
        let around = value.origin.as_ref().or(origin);
        match &value.expr {
            Expr::Map(entries) if !entries.is_empty() => self.map(entries, indent + 2, dash, around),
            Expr::List(items) if !items.is_empty() && !dash.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if index == 0 {
                        self.nested_first(dash, item, indent, around);
                    } else {
                        self.entry("- ", item, indent + 2, around);
                    }
                }
            }
            _ => self.value(dash.trim_end(), value, indent, indent, around),
        }
    }

    /// The first item of a list in a list: `- - a`.
    fn nested_first(&mut self, dash: &str, item: &Value, indent: usize, origin: Option<&Origin>) {
        let dashes = format!("{dash}- ");
        match &item.expr {
            Expr::Map(entries) if !entries.is_empty() => {
                // The keys stand under the first one, behind both dashes.
                let around = item.origin.as_ref().or(origin);
                let mut first = true;
                for (key, value) in entries {
                    let head = format!("{}:", scalar(key));
                    let at = value.origin.as_ref().or(around);
                    if std::mem::take(&mut first) {
                        self.value(&format!("{dashes}{head}"), value, indent, indent + dashes.len(), at);
                    } else {
                        self.value(&head, value, indent + dashes.len(), indent + dashes.len(), at);
                    }
                }
            }
            Expr::List(items) if !items.is_empty() => {
                for (index, inner) in items.iter().enumerate() {
                    if index == 0 {
                        self.nested_first(&dashes, inner, indent, origin);
                    } else {
                        self.entry("- ", inner, indent + dashes.len(), origin);
                    }
                }
            }
            _ => self.value(dashes.trim_end(), item, indent, indent + dashes.len() - 2, origin),
        }
    }

    /// A value behind `head` (a key or a dash); what stands on lines of its own lies below `inner`.
    fn value(&mut self, head: &str, value: &Value, indent: usize, inner: usize, origin: Option<&Origin>) {
        let joined = |text: &str| if head.is_empty() { text.to_owned() } else { format!("{head} {text}") };
        match &value.expr {
            Expr::Map(entries) if entries.is_empty() => self.line(indent, &joined("{}"), origin),
            Expr::List(items) if items.is_empty() => self.line(indent, &joined("[]"), origin),
            Expr::Map(entries) => {
                self.line(indent, head, origin);
                self.map(entries, inner + 2, "", origin);
            }
            Expr::List(items) => {
                self.line(indent, head, origin);
                self.items(items, inner + 2, origin);
            }
            Expr::Join(by, items) => {
                self.line(indent, &joined("!Join"), origin);
                self.line(inner + 2, &format!("- {}", scalar(by)), origin);
                self.entry("- ", &Value::from(items.clone()), inner + 2, origin);
            }
            Expr::Select(index, from) => {
                self.line(indent, &joined("!Select"), origin);
                self.line(inner + 2, &format!("- {index}"), origin);
                self.entry("- ", from, inner + 2, origin);
            }
            Expr::Cidr(block, count, bits) => {
                self.line(indent, &joined("!Cidr"), origin);
                self.entry("- ", block, inner + 2, origin);
                self.line(inner + 2, &format!("- {count}"), origin);
                self.line(inner + 2, &format!("- {bits}"), origin);
            }
            // Two short forms cannot stand behind each other, so this one is long.
            Expr::Base64(text) => {
                self.line(indent, head, origin);
                self.value("Fn::Base64:", text, inner + 2, inner + 2, origin);
            }
            Expr::Str(text) if is_block(text) => self.block(head, "", text, indent, inner, origin),
            Expr::Sub(text) if is_block(text) => self.block(head, "!Sub ", text, indent, inner, origin),
            _ => self.line(indent, &joined(&plain(&value.expr)), origin),
        }
    }

    fn items(&mut self, items: &[Value], indent: usize, origin: Option<&Origin>) {
        for item in items {
            self.entry("- ", item, indent, origin);
        }
    }

    /// Text of several lines, as it is.
    fn block(&mut self, head: &str, tag: &str, text: &str, indent: usize, inner: usize, origin: Option<&Origin>) {
        let chomp = if text.ends_with('\n') { "|" } else { "|-" };
        self.line(indent, &format!("{head} {tag}{chomp}"), origin);
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if line.is_empty() {
                self.line(0, "", origin);
            } else {
                self.line(inner + 2, line, origin);
            }
        }
    }
}

/// What stands on one line.
fn plain(expr: &Expr) -> String {
    match expr {
        Expr::Bool(flag) => flag.to_string(),
        Expr::Int(number) => number.to_string(),
        Expr::Num(number) => number.to_string(),
        Expr::Str(text) => scalar(text),
        Expr::Ref(id) => format!("!Ref {}", scalar(id)),
        Expr::Att(id, name) => format!("!GetAtt {id}.{name}"),
        Expr::Sub(text) => format!("!Sub {}", scalar(text)),
        Expr::Zones => "!GetAZs \"\"".to_owned(),
        _ => "null".to_owned(),
    }
}

/// Whether a text reads best, and the same, as a block: several lines, none of which begins or ends with what a block would lose.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n'])
        && body.chars().all(|letter| letter == '\n' || (!letter.is_control() && !is_break(letter)))
        && body.split('\n').all(|line| !line.ends_with(' '))
}

/// What YAML 1.1 takes for the end of a line, beside the newline.
fn is_break(letter: char) -> bool {
    matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A text as a scalar: as it is where nobody can take it for something else, else in double quotes.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if letter.is_control() || is_break(letter) => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Words that some reader of YAML takes for a flag or for nothing.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"];

fn is_plain(text: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || "_-./+$ ,()='\u{b7}".contains(letter) || letter == ':';
    let begins = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/' || letter == '_');
    begins
        && text.chars().all(fits)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        // A date or a number cannot begin with a letter, an exponent or a base can follow none.
        && !text.starts_with("0x")
}

#[cfg(test)]
mod tests;
