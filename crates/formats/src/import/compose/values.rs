//! Texts, durations and sizes as Compose writes them.

use std::collections::BTreeMap;

use crate::import::Node;

/// Texts with variables (<https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md>).
#[derive(Default)]
pub(super) struct Words {
    /// Variables without a value, and where the first of them stands.
    pub(super) missing: BTreeMap<String, usize>,
}

impl Words {
    /// The text with its variables: `${NAME:-otherwise}` is `otherwise`, since nothing is known of any variable.
    pub(super) fn fill(&mut self, text: &str, line: usize) -> String {
        self.fill_within(text, line, 0)
    }

    fn fill_within(&mut self, text: &str, line: usize, depth: usize) -> String {
        let mut out = String::new();
        let mut rest = text;
        let braces = if text.contains("${") { braces(text) } else { BTreeMap::new() };
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            if let Some(behind) = after.strip_prefix('$') {
                out.push('$');
                rest = behind;
            } else if let Some((inner, behind)) = braced(text, text.len() - after.len(), &braces) {
                out.push_str(&self.value(inner, line, depth));
                rest = behind;
            } else {
                let length = name_length(after);
                let (name, behind) = after.split_at(length);
                match name {
                    "" => out.push('$'),
                    _ => self.miss(name, line),
                }
                rest = behind;
            }
        }
        out.push_str(rest);
        out
    }

    /// What stands between braces.
    fn value(&mut self, inner: &str, line: usize, depth: usize) -> String {
        let (name, behind) = inner.split_at(name_length(inner));
        let otherwise = behind.strip_prefix(":-").or_else(|| behind.strip_prefix('-'));
        match otherwise {
            // Defaults may hold variables; nobody nests them deeply.
            Some(text) if depth < 8 => self.fill_within(text, line, depth + 1),
            // What replaces a value that is there: there is none.
            None if behind.starts_with(":+") || behind.starts_with('+') => String::new(),
            _ => {
                self.miss(name, line);
                String::new()
            }
        }
    }

    fn miss(&mut self, name: &str, line: usize) {
        if self.missing.len() < 1000 {
            self.missing.entry(name.to_owned()).or_insert(line);
        }
    }
}

/// Where each brace that opens in a text is closed: found in one go, since a text may hold nothing else.
fn braces(text: &str) -> BTreeMap<usize, usize> {
    let (mut open, mut all) = (Vec::new(), BTreeMap::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open.push(at),
            b'}' => all.extend(open.pop().map(|begin| (begin, at))),
            _ => {}
        }
    }
    all
}

/// What stands between the brace at a place and the one that closes it, and what behind that.
fn braced<'t>(text: &'t str, at: usize, braces: &BTreeMap<usize, usize>) -> Option<(&'t str, &'t str)> {
    let end = *braces.get(&at)?;
    Some((text.get(at + 1..end)?, text.get(end + 1..)?))
}

fn name_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

/// Seconds of a duration (`1m30s`, `500ms`, or seconds alone), rounded up.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return whole(seconds);
    }
    let mut sum = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, behind) = rest.split_at(digits);
        let number: f64 = number.parse().ok()?;
        let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, next) = behind.split_at(letters);
        sum += number
            * match unit {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 0.001,
                "us" => 0.000_001,
                "ns" => 0.000_000_001,
                _ => return None,
            };
        rest = next;
    }
    (!text.is_empty()).then(|| whole(sum)).flatten()
}

/// A number rounded up, within what a property holds.
#[expect(clippy::cast_possible_truncation, reason = "the range is looked at")]
pub(super) fn whole(number: f64) -> Option<i64> {
    (0.0..=1e12).contains(&number).then(|| number.ceil() as i64)
}

/// MiB of a size (`512M`, `1gb`, or bytes alone), rounded up.
pub(super) fn mebibytes(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().ok()?;
    let factor = match unit.trim() {
        "" | "b" => 1.0 / 1_048_576.0,
        "k" | "kb" | "kib" => 1.0 / 1024.0,
        "m" | "mb" | "mib" => 1.0,
        "g" | "gb" | "gib" => 1024.0,
        "t" | "tb" | "tib" => 1_048_576.0,
        _ => return None,
    };
    whole(number * factor)
}

/// The words of a command line, as a shell parts them.
pub(super) fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut open) = (Vec::new(), String::new(), None);
    let mut begun = false;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (open, sign) {
            (Some(quote), _) if sign == quote => open = None,
            (None, '"' | '\'') => (open, begun) = (Some(sign), true),
            (None | Some('"'), '\\') => match signs.next() {
                // A line that goes on in the next one.
                Some('\n') | None => {}
                Some(next) => {
                    if open.is_some() && !matches!(next, '"' | '\\' | '$' | '`') {
                        word.push('\\');
                    }
                    word.push(next);
                    begun = true;
                }
            },
            (None, _) if sign.is_whitespace() => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            _ => {
                word.push(sign);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// The texts of a list, or the one that stands in its place.
pub(super) fn list(node: &Node) -> Vec<&Node> {
    if node.is_list() { node.items().iter().collect() } else { vec![node] }
}
