//! Words of a shell.

use super::Shell;

/// Stands before the name of a variable, in text that holds one. Both are for private use in Unicode.
pub(super) const OPEN: char = '\u{e000}';
/// Stands after the name of a variable.
pub(super) const CLOSE: char = '\u{e001}';

/// Text and variables.
enum Part<'a> {
    Text(&'a str),
    Variable(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((name, after)) = after.split_once(CLOSE) else { break };
        if !before.is_empty() {
            out.push(Part::Text(before));
        }
        out.push(Part::Variable(name));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Part::Text(rest));
    }
    out
}

/// Text as one word of a shell.
pub(super) fn word(shell: Shell, text: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || "_-./:=+".contains(letter);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    match shell {
        Shell::Bash => bash(text),
        Shell::PowerShell => powershell(text),
    }
}

/// Single quotes, with variables in double quotes between them.
fn bash(text: &str) -> String {
    if text.is_empty() {
        return "''".to_owned();
    }
    let one = |part: &Part<'_>| match part {
        Part::Text(text) => format!("'{}'", text.replace('\'', "'\\''")),
        Part::Variable(name) => format!("\"${name}\""),
    };
    parts(text).iter().map(one).collect()
}

/// Single quotes, or double ones around variables. Typographic quotes end text as straight ones do
/// (<https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules>).
fn powershell(text: &str) -> String {
    let parts = parts(text);
    if parts.iter().any(|part| matches!(part, Part::Variable(_))) {
        return format!("\"{}\"", expanded(&parts, &['"', '“', '”', '„']));
    }
    let mut out = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        out.push(letter);
        if "'‘’‚‛".contains(letter) {
            out.push(letter);
        }
    }
    format!("'{out}'")
}

/// Text in which variables are filled in, with these letters escaped beside `$` and the backtick.
fn expanded(parts: &[Part<'_>], also: &[char]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Variable(name) => out.push_str(&format!("${{{name}}}")),
            Part::Text(text) => {
                for letter in text.chars() {
                    if letter == '$' || letter == '`' || also.contains(&letter) {
                        out.push('`');
                    }
                    out.push(letter);
                }
            }
        }
    }
    out
}

/// JSON as a text over several lines, in letters that every version of PowerShell writes alike.
pub(super) fn here_string(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() || letter == OPEN || letter == CLOSE {
            plain.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                plain.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    let parts = parts(&plain);
    if parts.iter().any(|part| matches!(part, Part::Variable(_))) {
        format!("@\"\n{}\n\"@", expanded(&parts, &[]))
    } else {
        format!("@'\n{plain}\n'@")
    }
}
