//! Sample messages, and how they are written and read as lines.

/// A name and a value.
pub type Pair = (String, String);

/// A request as a client might send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRequest {
    /// `GET`, `POST` …
    pub method: String,
    /// The path, without stage and query: `/productos/42`.
    pub path: String,
    /// The parameters of the query string, as they are meant (not encoded).
    pub query: Vec<Pair>,
    /// The headers.
    pub headers: Vec<Pair>,
    /// The body; empty for none.
    pub body: String,
}

impl SampleRequest {
    /// Adds a header that something reads, if it has none of that name.
    pub fn need_header(&mut self, name: &str) {
        if header(&self.headers, name).is_none() {
            self.headers.push((name.to_owned(), ANYTHING.to_owned()));
        }
    }

    /// Adds a parameter that something reads, if it has none of that name.
    pub fn need_query(&mut self, name: &str) {
        if query(&self.query, name).is_none() {
            self.query.push((name.to_owned(), ANYTHING.to_owned()));
        }
    }
}

/// A value where any will do.
const ANYTHING: &str = "abc";

/// A response as a backend might give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleResponse {
    /// The status, 100 to 599.
    pub status: i64,
    /// The headers.
    pub headers: Vec<Pair>,
    /// The body; empty for none.
    pub body: String,
}

/// The values of a header, joined by commas as API Gateway joins them.
pub fn header(all: &[Pair], name: &str) -> Option<String> {
    joined(all, |known| known.eq_ignore_ascii_case(name))
}

/// The values of a parameter of the query string, joined by commas.
pub fn query(all: &[Pair], name: &str) -> Option<String> {
    joined(all, |known| known == name)
}

fn joined(all: &[Pair], is_it: impl Fn(&str) -> bool) -> Option<String> {
    let values: Vec<&str> = all.iter().filter(|(name, _)| is_it(name)).map(|(_, value)| value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// Reads lines of `name: value` (or `name=value`), and tells the numbers of those that are none.
pub fn read_lines(text: &str, mark: char) -> (Vec<Pair>, Vec<usize>) {
    let (mut pairs, mut bad) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match line.split_once(mark) {
            Some((name, value)) if !name.trim().is_empty() => {
                pairs.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            None if mark == '=' => pairs.push((line.to_owned(), String::new())),
            _ => bad.push(index + 1),
        }
    }
    (pairs, bad)
}

/// The same lines, written.
pub fn write_lines(pairs: &[Pair], mark: &str) -> String {
    let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}{mark}{value}")).collect();
    lines.join("\n")
}

/// A part of a URL as it is sent: what is no letter, digit or one of the signs that may stay is written as `%XX`.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~,:/@!$'()*;".contains(&b) {
            out.push(char::from(b));
        } else {
            let hex = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit & 15)]);
            out.extend(['%', hex(b >> 4), hex(b)]);
        }
    }
    out
}
