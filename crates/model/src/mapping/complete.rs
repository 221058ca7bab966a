//! Completing the value of a mapping while somebody types it.

use std::ops::Range;

/// What is being typed at the caret, and what it may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a choice takes the place of.
    pub replaces: Range<usize>,
    /// Positions in the list of offers, the best first.
    pub offers: Vec<usize>,
    /// Whether something was begun that an offer would end; else all of them fit.
    pub begun: bool,
}

/// A value that may be offered, and what it gives in a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As it is written: `$request.path`.
    pub text: String,
    /// What it gives; `None` for nothing.
    pub gives: Option<String>,
}

/// The most offers at a time.
const MOST: usize = 40;

/// Which of `all` fit what is being typed. Offers that begin with `$` are expressions: they take the place of the one at the
/// caret, not of the text around it.
pub fn complete(value: &str, caret: usize, all: &[Offer]) -> Completion {
    let caret = floor(value, caret);
    let expressions = all.iter().any(|offer| offer.text.starts_with('$'));
    let (replaces, word) = if expressions { expression_at(value, caret) } else { (0..value.len(), value.to_owned()) };
    let word = word.to_ascii_lowercase();
    let fit = |offer: &str| {
        let offer = offer.trim_start_matches('$').to_ascii_lowercase();
        match offer.find(&word) {
            // What is already whole needs no offer.
            _ if offer == word => None,
            Some(0) => Some(0),
            // In the middle only at the beginning of a part: `sourceIp` of `context.identity.sourceIp`.
            Some(at) if !offer.as_bytes()[at - 1].is_ascii_alphanumeric() => Some(1),
            Some(_) if word.len() > 2 => Some(2),
            _ => None,
        }
    };
    let ranked: Vec<(i32, usize)> =
        all.iter().enumerate().filter_map(|(at, offer)| Some((fit(&offer.text)?, at))).collect();
    let mut offers = Vec::new();
    for rank in 0..3 {
        offers.extend(ranked.iter().filter(|(one, _)| *one == rank).map(|(_, at)| *at));
    }
    offers.truncate(MOST);
    let begun = !replaces.is_empty();
    Completion { replaces, offers, begun }
}

/// The value after an offer was chosen, and where the caret then stands. An expression beside other text gets braces.
pub fn chosen(value: &str, replaces: &Range<usize>, offer: &str) -> (String, usize) {
    let (start, end) = (floor(value, replaces.start), floor(value, replaces.end.max(replaces.start)));
    let (before, after) = (&value[..start], &value[end..]);
    let bare = offer.trim_start_matches('$');
    let alone = before.is_empty() && after.is_empty();
    let written = if offer.starts_with('$') && !alone { format!("${{{bare}}}") } else { offer.to_owned() };
    // What waits for a name is gone on with, inside the braces.
    let inside = usize::from(written.ends_with('}') && bare.ends_with('.'));
    let caret = before.len() + written.len() - inside;
    (format!("{before}{written}{after}"), caret)
}

/// The expression at the caret: its bytes with `$` and braces, and what of it stands before the caret.
fn expression_at(value: &str, caret: usize) -> (Range<usize>, String) {
    let goes_on = |b: u8| b.is_ascii_alphanumeric() || b"._-[]*'".contains(&b);
    let bytes = value.as_bytes();
    let mut word = caret;
    while word > 0 && goes_on(bytes[word - 1]) {
        word -= 1;
    }
    let braced = word >= 2 && &bytes[word - 2..word] == b"${";
    let marked = braced || (word >= 1 && bytes[word - 1] == b'$');
    let mut end = caret;
    while end < bytes.len() && goes_on(bytes[end]) {
        end += 1;
    }
    let typed = value[word..caret].to_owned();
    if marked {
        let closed = braced && bytes.get(end) == Some(&b'}');
        let start = word - if braced { 2 } else { 1 };
        return (start..end + usize::from(closed), typed);
    }
    // A word without `$` that is the whole value may become an expression; within text it is text.
    if word == 0 && end == bytes.len() { (0..end, typed) } else { (caret..caret, String::new()) }
}

/// The nearest place at or before `at` where the text may be cut.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
