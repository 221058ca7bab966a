//! What stands on one line of JSON, so that it can be coloured. No more than that: a line is looked at by itself.

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// The name before a colon.
    Key,
    /// A text.
    Text,
    /// A number, `true`, `false` or `null`.
    Value,
    /// Brackets, commas, spaces, and whatever is none of these.
    Mark,
}

impl Token {
    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Key => "t-key",
            Self::Text => "t-text",
            Self::Value => "t-value",
            Self::Mark => "t-mark",
        }
    }
}

/// The pieces of a line in order; together they are the line.
pub(super) fn tokens(line: &str) -> Vec<(Token, &str)> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text_length(rest),
            '-' | '0'..='9' | 'a'..='z' => run(rest, |letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter)),
            _ => run(rest, |letter| {
                letter != '"' && letter != '-' && !letter.is_ascii_digit() && !letter.is_ascii_lowercase()
            }),
        };
        // At least one letter, so that it comes to an end whatever the line holds.
        let (piece, after) = rest.split_at(length.max(first.len_utf8()));
        let token = match first {
            '"' if after.trim_start().starts_with(':') => Token::Key,
            '"' => Token::Text,
            '-' | '0'..='9' | 'a'..='z' => Token::Value,
            _ => Token::Mark,
        };
        out.push((token, piece));
        rest = after;
    }
    out
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// How far a text in quotes goes, both of them included.
fn text_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::Token::{Key, Mark, Text, Value};
    use super::*;

    #[test]
    fn names_texts_and_values_are_told_apart() {
        assert_eq!(
            tokens(r#"  "Port": 80, "Path": "/a\"b","#),
            [
                (Mark, "  "),
                (Key, "\"Port\""),
                (Mark, ": "),
                (Value, "80"),
                (Mark, ", "),
                (Key, "\"Path\""),
                (Mark, ": "),
                (Text, r#""/a\"b""#),
                (Mark, ","),
            ]
        );
        assert_eq!(tokens("true, -1.5e+3]"), [(Value, "true"), (Mark, ", "), (Value, "-1.5e+3"), (Mark, "]")]);
    }

    #[test]
    fn the_pieces_are_the_line_whatever_it_holds() {
        for line in ["", "\"open", "\"\\", "ñ €\t\"é\": ", "{}[],:", "É-\"", "--"] {
            let joined: String = tokens(line).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(joined, line);
        }
    }
}
