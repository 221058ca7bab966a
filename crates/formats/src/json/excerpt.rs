//! The line of a text that is meant, for people to see.

use super::Position;

/// A line of a text, cut where it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before the word that is meant.
    pub before: String,
    /// The word that is meant.
    pub at: String,
    /// What stands behind it.
    pub after: String,
}

/// The line that is meant, and in it the word at the place; of a long line `aside` characters on either side of the word.
/// `None` where there is no such line.
pub fn excerpt(text: &str, place: Position, aside: usize) -> Option<Excerpt> {
    let line = text.split('\n').nth(place.line.checked_sub(1)?)?;
    let signs: Vec<char> = line.trim_end_matches('\r').chars().collect();
    let at = place.column.saturating_sub(1).min(signs.len().saturating_sub(1));
    let end = at + word(signs.get(at..)?);
    let (first, last) = (at.saturating_sub(aside), signs.len().min(end + aside));
    let cut = |from: usize, to: usize| signs.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (before, after) = (cut(first, at), cut(end, last));
    let dots = |cut: bool| if cut { "…" } else { "" };
    Some(Excerpt {
        before: format!("{}{before}", dots(first > 0)),
        at: cut(at, end),
        after: format!("{after}{}", dots(last < signs.len())),
    })
}

/// How long the text in quotation marks, the number or the word is that begins here; at least 1 if there is anything.
fn word(signs: &[char]) -> usize {
    let rest = signs.get(1..).unwrap_or_default();
    let length = match signs.first() {
        None => return 0,
        Some('"') => rest.iter().position(|&c| c == '"').map_or(0, |end| end + 1),
        Some(c) if c.is_alphanumeric() => {
            rest.iter().take_while(|c| c.is_alphanumeric() || ".-_".contains(**c)).count()
        }
        Some(_) => 0,
    };
    1 + length.min(40)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, line: usize, column: usize) -> String {
        let Excerpt { before, at, after } = excerpt(text, Position { line, column }, 28).unwrap();
        format!("{before}[{at}]{after}")
    }

    #[test]
    fn the_word_that_is_wrong_is_marked() {
        assert_eq!(shown("{\n  \"cpu\": 3,", 2, 3), "  [\"cpu\"]: 3,");
        assert_eq!(shown("{ \"cpu\": 2.5e3 }", 1, 10), "{ \"cpu\": [2.5e3] }");
        assert_eq!(shown("[}", 1, 2), "[[}]");
    }

    #[test]
    fn a_long_line_is_cut_and_a_place_beyond_the_end_is_the_end() {
        let line = "ñ ".repeat(100);
        assert_eq!(shown(&line, 1, 50).chars().filter(|c| *c == '…').count(), 2);
        assert_eq!(shown("ab", 1, 9), "a[b]");
        assert_eq!(shown("", 1, 1).len(), 2);
        assert_eq!(excerpt("a", Position { line: 2, column: 1 }, 28), None);
        assert_eq!(excerpt("a", Position { line: 0, column: 0 }, 28), None);
    }
}
