//! What stands on one line of a file, so that it can be coloured. No more than that: a line is looked at by itself.

/// What a text is written in, as far as its colours go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// Lines in which only comments stand out.
    Script,
    /// Anything else.
    Plain,
}

impl Language {
    /// That of a file, by the end of its name.
    pub(crate) fn of(path: &str) -> Self {
        match path.rsplit('.').next().unwrap_or_default() {
            "json" | "drawio" => Self::Json,
            "yaml" | "yml" => Self::Yaml,
            "sh" | "ps1" | "cfg" | "env" => Self::Script,
            _ => Self::Plain,
        }
    }
}

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
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
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Key => "t-key",
            Self::Text => "t-text",
            Self::Value => "t-value",
            Self::Mark => "t-mark",
        }
    }
}

/// The pieces of a line in order; together they are the line.
pub(crate) fn tokens(language: Language, line: &str) -> Vec<(Token, &str)> {
    let is_comment = line.trim_start().starts_with('#');
    match language {
        Language::Json => json(line),
        Language::Yaml if !is_comment => yaml(line),
        Language::Script if !is_comment => vec![(Token::Text, line)],
        _ => vec![(Token::Mark, line)],
    }
}

/// A key up to its colon, if there is one, and what it holds.
fn yaml(line: &str) -> Vec<(Token, &str)> {
    let start = line.find(|letter| !"- ".contains(letter)).unwrap_or(line.len());
    let (indent, rest) = line.split_at(start);
    let colon = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1));
    let (key, value) = rest.split_at(colon.unwrap_or(0));
    [(Token::Mark, indent), (Token::Key, key), (Token::Text, value)]
        .into_iter()
        .filter(|(_, it)| !it.is_empty())
        .collect()
}

fn json(line: &str) -> Vec<(Token, &str)> {
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
            json(r#"  "Port": 80, "Path": "/a\"b","#),
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
        assert_eq!(json("true, -1.5e+3]"), [(Value, "true"), (Mark, ", "), (Value, "-1.5e+3"), (Mark, "]")]);
    }

    #[test]
    fn a_key_of_yaml_stands_out() {
        assert_eq!(yaml("  - Key: !Ref A:B"), [(Mark, "  - "), (Key, "Key"), (Text, ": !Ref A:B")]);
        assert_eq!(yaml("Resources:"), [(Key, "Resources"), (Text, ":")]);
        assert_eq!(yaml("- web"), [(Mark, "- "), (Text, "web")]);
    }

    #[test]
    fn the_pieces_are_the_line_whatever_it_holds() {
        for line in ["", "\"open", "\"\\", "ñ €\t\"é\": ", "{}[],:", "É-\"", "--"] {
            for language in [Language::Json, Language::Yaml, Language::Script, Language::Plain] {
                let joined: String = tokens(language, line).into_iter().map(|(_, piece)| piece).collect();
                assert_eq!(joined, line);
            }
        }
    }
}
