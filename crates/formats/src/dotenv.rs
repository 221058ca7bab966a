//! Lines of `NAME=value`, as `.env` files hold them.
//!
//! What is understood is what Docker and the libraries of most languages agree on: an `export` before the name, comments, blank
//! lines, values in single quotes (as they are), in double quotes (with escapes, over several lines) or in none (up to a
//! comment). `$NAME` in a value is kept as it is: a library that puts the value of a variable there would take it from this
//! machine, which is not the one that will run the container.

use std::iter::Peekable;
use std::str::Lines;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// Names and values in the order of the file; of a name that occurs twice, the last value at the first place.
    pub pairs: Vec<(String, String)>,
    /// Numbers of the lines that were not understood, from 1.
    pub skipped: Vec<usize>,
}

impl Variables {
    fn put(&mut self, name: &str, value: String) {
        match self.pairs.iter_mut().find(|(known, _)| known == name) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((name.to_owned(), value)),
        }
    }
}

/// Reads the text of a `.env` file. Never fails: lines that are none are listed.
///
/// ```
/// let read = trazo_formats::dotenv::read("# the shop\nexport PORT=8080\nURL='http://a' # home\r\nwhat?\n");
/// assert_eq!(read.pairs, [("PORT".into(), "8080".into()), ("URL".into(), "http://a".into())]);
/// assert_eq!(read.skipped, [4]);
/// ```
pub fn read(text: &str) -> Variables {
    let mut out = Variables::default();
    let mut lines = text.trim_start_matches('\u{feff}').lines().peekable();
    let mut number = 0;
    while let Some(line) = lines.next() {
        number += 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut used = 0;
        match pair(line, &mut lines, &mut used) {
            Some((name, value)) => out.put(name, value),
            None => out.skipped.push(number),
        }
        number += used;
    }
    out
}

/// Whether a text that somebody pastes into one cell is rather a file of variables.
pub fn looks_like_one(text: &str) -> bool {
    let read = read(text);
    !read.pairs.is_empty() && read.pairs.len() > read.skipped.len()
}

/// The name and value of a line; `used` counts the lines after it that belong to the value.
fn pair<'a>(line: &'a str, rest: &mut Peekable<Lines<'_>>, used: &mut usize) -> Option<(&'a str, String)> {
    let line = match line.strip_prefix("export") {
        Some(after) if after.starts_with([' ', '\t']) => after.trim_start(),
        _ => line,
    };
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    if !is_name(name) {
        return None;
    }
    let value = value.trim_start();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(&value[1..], quote, rest, used)?,
        _ => bare(value),
    };
    Some((name, value))
}

/// Names that shells and containers take; dots and dashes too, since frameworks use them.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// A value without quotes ends at a comment, which needs a space before it.
fn bare(value: &str) -> String {
    let comment = value
        .char_indices()
        .find(|(at, c)| *c == '#' && value[..*at].chars().next_back().is_none_or(char::is_whitespace));
    value[..comment.map_or(value.len(), |(at, _)| at)].trim_end().to_owned()
}

/// A value after its opening quote, which may end some lines below. `None` where it never ends, or where something else than
/// a comment follows; the lines below are then read as lines of their own.
fn quoted(first: &str, quote: char, rest: &mut Peekable<Lines<'_>>, used: &mut usize) -> Option<String> {
    let mut whole = first.to_owned();
    let mut ahead = rest.clone();
    loop {
        if let Some((value, after)) = close(&whole, quote) {
            let after = after.trim_start();
            if !after.is_empty() && !after.starts_with('#') {
                *used = 0;
                return None;
            }
            *rest = ahead;
            return Some(value);
        }
        let Some(next) = ahead.next() else {
            *used = 0;
            return None;
        };
        *used += 1;
        whole.push('\n');
        whole.push_str(next);
    }
}

/// The value up to its closing quote and what follows it, if it is there.
fn close(text: &str, quote: char) -> Option<(String, &str)> {
    let mut value = String::with_capacity(text.len());
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Some((value, &text[at + 1..])),
            '\\' if quote == '"' => match chars.next()?.1 {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                escaped @ ('"' | '\\' | '$') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            _ => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, pairs: &[(&str, &str)], skipped: &[usize]) {
        let read = read(text);
        let found: Vec<(&str, &str)> = read.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, pairs, "{text:?}");
        assert_eq!(read.skipped, skipped, "{text:?}");
    }

    #[test]
    fn reads_plain_lines() {
        check("A=1\nB = two words \nC=\n", &[("A", "1"), ("B", "two words"), ("C", "")], &[]);
        check("A=1\r\n\r\n  # note\r\nB=2\r\n", &[("A", "1"), ("B", "2")], &[]);
        check("\u{feff}A=a=b&c=d", &[("A", "a=b&c=d")], &[]);
        check("export A=1\nexport\tB=2\nexported=3", &[("A", "1"), ("B", "2"), ("exported", "3")], &[]);
    }

    #[test]
    fn cuts_comments_only_where_they_are_some() {
        check("A=red # the colour\nB=#red\nC=a#b", &[("A", "red"), ("B", ""), ("C", "a#b")], &[]);
        check("A='a # b' # c\nB=\"a # b\"#c", &[("A", "a # b"), ("B", "a # b")], &[]);
    }

    #[test]
    fn keeps_what_is_quoted() {
        check(r#"A="say \"hi\"\tnow \$5 \d""#, &[("A", "say \"hi\"\tnow $5 \\d")], &[]);
        check(r"A='as \n it is'", &[("A", r"as \n it is")], &[]);
        check("KEY=\"one\ntwo\"\nB=2", &[("KEY", "one\ntwo"), ("B", "2")], &[]);
        check("URL=http://${HOST}/", &[("URL", "http://${HOST}/")], &[]);
    }

    #[test]
    fn names_the_lines_that_are_none() {
        check("A=1\nnonsense\n2B=3\nA B=4\n=5", &[("A", "1")], &[2, 3, 4, 5]);
        check("A=\"never ends\nB=2", &[("B", "2")], &[1]);
        check("A=\"x\" y\nB=2", &[("B", "2")], &[1]);
        check("K=\"a\nb\"\nno\n", &[("K", "a\nb")], &[3]);
    }

    #[test]
    fn the_last_value_of_a_name_counts() {
        check("A=1\nB=2\nA=3", &[("A", "3"), ("B", "2")], &[]);
    }

    #[test]
    fn tells_files_from_values() {
        assert!(looks_like_one("A=1\nB=2"));
        assert!(looks_like_one("PORT=80"));
        assert!(!looks_like_one("http://shop.example/?a=b"));
        assert!(!looks_like_one("just words"));
    }

    proptest! {
        #[test]
        fn reads_anything(text in "\\PC*|([A-Z=\"'#\\\\ \n\r]){0,60}") {
            let read = read(&text);
            prop_assert!(read.skipped.iter().all(|line| (1..=text.lines().count()).contains(line)));
        }

        #[test]
        fn gives_back_any_value_in_double_quotes(value in "\\PC*") {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            let read = read(&format!("A=\"{escaped}\""));
            prop_assert_eq!(read.pairs, vec![("A".to_owned(), value)]);
        }
    }
}
