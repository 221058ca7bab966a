//! Pasted text without what editors, chats and terminals put into it.

use zeroize::Zeroizing;

/// The text with plain spaces, plain quotes and plain ends of lines, without characters that nobody sees, and with what JSON
/// escapes written out. It is wiped when it is dropped.
pub(super) fn clean(text: &str) -> Zeroizing<String> {
    // Nothing becomes longer, so the text never moves and leaves no copy behind.
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' => rest = escaped(rest, &mut out),
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '″' | '′' => {
                out.push('"');
            }
            '\n' => out.push('\n'),
            _ if unseen(first) => {}
            _ if first.is_whitespace() => out.push(' '),
            _ => out.push(first),
        }
    }
    out
}

/// Writes out what stands behind a backslash, and gives what follows.
fn escaped<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let mut chars = rest.chars();
    match chars.next() {
        Some('/') => {
            out.push('/');
            chars.as_str()
        }
        Some('n' | 'r') => {
            out.push('\n');
            chars.as_str()
        }
        Some('u') => match chars.as_str().get(..4).and_then(|code| u32::from_str_radix(code, 16).ok()) {
            // Only what a key can hold is escaped in one; anything else stays as it is.
            Some(code @ 0x20..=0x7e) => {
                out.extend(char::from_u32(code));
                &chars.as_str()[4..]
            }
            _ => keep(rest, out),
        },
        _ => keep(rest, out),
    }
}

fn keep<'t>(rest: &'t str, out: &mut String) -> &'t str {
    out.push('\\');
    rest
}

/// Whether a character has no width: soft hyphens, joiners, marks of direction and of byte order.
fn unseen(one: char) -> bool {
    matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (one.is_control() && !one.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_put_in_is_gone() {
        for (text, expected) in [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("a\u{a0}=\u{2009}b", "a = b"),
            ("\u{feff}A\u{200b}B\u{ad}C", "ABC"),
            ("“x” «y» ‘z’", r#""x" "y" "z""#),
            (r"a\/b\u002bc\u003D", "a/b+c="),
            (r"one\ntwo", "one\ntwo"),
            (r"C:\Users \u00e9 \u12 \", r"C:\Users \u00e9 \u12 \"),
        ] {
            assert_eq!(*clean(text), expected);
        }
    }
}
