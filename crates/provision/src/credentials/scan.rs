//! Finds what belongs to access keys in text of any form.
//!
//! All forms have in common that a name stands before its value, in the same line: `export NAME=value`, `set -gx NAME value`,
//! `$Env:NAME="value"`, `"Name": "value"`, `name = value`, `<Name>value</Name>`. What stands between them, and around them, is passed
//! over. Where values stand without a name, ids, secret keys and tokens are known by their looks.

use super::shape;

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The id of the key.
    Id,
    /// The secret key.
    Secret,
    /// The session token.
    Token,
    /// When they end.
    Expires,
    /// A region.
    Region,
}

/// Something that was found. Not to be printed: it may be a secret.
pub(super) enum Piece<'t> {
    /// A profile begins (`[default]`).
    Section(&'t str),
    /// A value with its name.
    Field(Slot, &'t str),
    /// A line that is nothing but base64: a bare value, or what was broken off a long one.
    Line(&'t str),
}

/// Names that values end with, in small letters without marks: `AWS_ACCESS_KEY_ID`, `AWS access key ID`, `accessKeyId`.
const ENDINGS: &[(&str, Slot)] = &[
    ("accesskeyid", Slot::Id),
    ("secretaccesskey", Slot::Secret),
    ("secretkey", Slot::Secret),
    ("sessiontoken", Slot::Token),
    ("securitytoken", Slot::Token),
    ("expiration", Slot::Expires),
    ("securitytokenexpires", Slot::Expires),
];

/// Names that are taken only as they are.
const NAMES: &[(&str, Slot)] = &[
    ("accesskey", Slot::Id),
    ("awsaccesskey", Slot::Id),
    ("token", Slot::Token),
    ("awstoken", Slot::Token),
    ("expires", Slot::Expires),
    ("expiresat", Slot::Expires),
    ("region", Slot::Region),
    ("awsregion", Slot::Region),
    ("defaultregion", Slot::Region),
    ("awsdefaultregion", Slot::Region),
];

/// How many words a name has at most (`AWS secret access key`).
const WORDS: usize = 4;

/// Gives all pieces of a clean text, each with the number of its line. `comments` tells whether lines that are comments are read.
pub(super) fn scan<'t>(text: &'t str, comments: bool, give: &mut dyn FnMut(usize, Piece<'t>)) {
    for (number, line) in text.lines().enumerate() {
        if comments || !is_comment(line) {
            scan_line(line, &mut |piece| give(number, piece));
        }
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    let rem = line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("rem "));
    rem || ["#", ";", "//", "::"].iter().any(|mark| line.starts_with(mark))
}

fn scan_line<'t>(line: &'t str, give: &mut dyn FnMut(Piece<'t>)) {
    if let Some(name) = section(line) {
        return give(Piece::Section(name));
    }
    let bare = line.trim_matches(|one: char| " \"'`>|\\,".contains(one));
    if shape::is_part_of_token(bare) {
        return give(Piece::Line(bare));
    }
    let (mut rest, mut set) = (line, false);
    while let Some(start) = rest.find(|one: char| one.is_ascii_alphanumeric() || one == '_') {
        rest = &rest[start..];
        let first = &rest[..rest.find(|one| !in_name(one)).unwrap_or(rest.len())];
        if ["set", "setx"].iter().any(|verb| first.eq_ignore_ascii_case(verb)) {
            set = true;
            rest = &rest[first.len()..];
            continue;
        }
        if let Some((slot, after)) = name(rest) {
            rest = after;
            if let Some((value, after)) = value(slot, rest, set) {
                give(Piece::Field(slot, value));
                rest = after;
            }
            continue;
        }
        let word = &rest[..rest.find(ends_value).unwrap_or(rest.len())];
        if let Some(slot) = looks(word) {
            give(Piece::Field(slot, word));
            rest = &rest[word.len()..];
            continue;
        }
        let inside = |one: char| one.is_ascii_alphanumeric() || matches!(one, '+' | '/' | '_');
        let end = rest.find(|one| !inside(one)).unwrap_or(rest.len());
        rest = &rest[end..];
    }
}

/// The name in a line that begins a profile; `[profile work]` is how the file `config` writes it.
fn section(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let name = name.strip_prefix("profile ").unwrap_or(name).trim();
    let sane = |one: char| one.is_alphanumeric() || " _-.@+=/:".contains(one);
    (name.chars().any(char::is_alphanumeric) && name.chars().all(sane)).then_some(name)
}

/// What a word without a name must be.
fn looks(word: &str) -> Option<Slot> {
    if shape::is_key_id(word) {
        Some(Slot::Id)
    } else if shape::is_bare_secret(word) {
        Some(Slot::Secret)
    } else {
        shape::is_bare_token(word).then_some(Slot::Token)
    }
}

/// The name that a text begins with, and what follows it. The longest is taken: `AWS access key ID` before `AWS access key`.
fn name(text: &str) -> Option<(Slot, &str)> {
    let mut ends = [0; WORDS];
    let mut count = 0;
    let mut at = 0;
    while count < WORDS {
        let word = text[at..].find(|one: char| !in_name(one)).map_or(text.len(), |length| at + length);
        if word == at {
            break;
        }
        ends[count] = word;
        count += 1;
        at = word + text[word..].len() - text[word..].trim_start_matches(' ').len();
        if at == word {
            break;
        }
    }
    ends[..count].iter().rev().find_map(|end| Some((slot(&text[..*end])?, &text[*end..])))
}

fn in_name(one: char) -> bool {
    one.is_ascii_alphanumeric() || matches!(one, '_' | '-' | '.')
}

/// What a name stands for. It is compared where it stands, since a secret could be taken for a name and must not be copied.
fn slot(name: &str) -> Option<Slot> {
    let letters = || name.bytes().rev().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    let ends = |ending: &str| {
        let mut letters = letters();
        ending.bytes().rev().all(|byte| letters.next() == Some(byte))
    };
    let ending = ENDINGS.iter().find(|(ending, _)| ends(ending));
    let whole = || NAMES.iter().find(|(whole, _)| letters().eq(whole.bytes().rev()));
    ending.or_else(whole).map(|(_, slot)| *slot)
}

/// The value that stands behind a name, and what follows it. Behind `=`, `:` or a `set` it may be anything, else it has to look like
/// one: names occur in sentences too.
fn value(slot: Slot, text: &str, set: bool) -> Option<(&str, &str)> {
    let closed = text.trim_start_matches(|one: char| " \"'`*])".contains(one));
    let sure = closed.starts_with(['=', ':']);
    let open = closed.trim_start_matches(|one: char| " \"'`*=:,|>([".contains(one));
    let sure = sure || (set && text.starts_with(' '));
    let ends: fn(char) -> bool = if slot == Slot::Expires { ends_date } else { ends_value };
    let (value, after) = open.split_at(open.find(ends).unwrap_or(open.len()));
    let another = || name(value).is_some_and(|(_, after)| after.starts_with(['=', ':']));
    let fits = match slot {
        Slot::Id => shape::is_key_id(value),
        Slot::Secret => shape::is_secret(value),
        Slot::Token => shape::is_bare_token(value),
        Slot::Expires => value.starts_with(|one: char| one.is_ascii_digit()),
        Slot::Region => shape::is_region(value),
    };
    (fits || (sure && !value.is_empty() && !another())).then_some((value, after))
}

fn ends_value(one: char) -> bool {
    one == ' ' || one == '&' || ends_date(one)
}

/// Dates may hold a space.
fn ends_date(one: char) -> bool {
    "\"'`,;{}[]()<>|\\".contains(one)
}
