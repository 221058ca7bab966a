//! What is looked for in answers, as the CLI's `--query` takes it (<https://jmespath.org/specification.html>), and in refusals, as
//! patterns for their first line: `An error occurred (Code) when calling the … operation: message`.

use trazo_calls::{Condition, Refused, Wait};

/// Several questions as one; the answers stand on one line with tabs between.
pub(super) fn several(paths: &[String]) -> String {
    match paths {
        [one] => one.clone(),
        more => format!("[{}]", more.join(", ")),
    }
}

/// A path below another; a list becomes one text with commas.
pub(super) fn below(above: &str, path: &str) -> String {
    let joined = match (above, path) {
        ("", "") => "@".to_owned(),
        (one, "") | ("", one) => one.to_owned(),
        (above, path) if path.starts_with('[') => format!("{above}{path}"),
        (above, path) => format!("{above}.{path}"),
    };
    if joined.contains("[*]") { format!("join(',', {joined})") } else { joined }
}

/// Whether it is ready, whether it failed, why, and what the answer gives.
pub(super) fn of_wait(wait: &Wait, gives: &[String]) -> String {
    let any = |conditions: &[Condition], sign: &str| {
        let all: Vec<String> = conditions.iter().map(|condition| of_condition(*condition)).collect();
        if all.is_empty() { "`false`".to_owned() } else { all.join(sign) }
    };
    let reason = if wait.reason.is_empty() { "'-'" } else { wait.reason };
    let mut parts = vec![any(&wait.until, " && "), any(&wait.fails, " || "), reason.to_owned()];
    parts.extend_from_slice(gives);
    several(&parts)
}

fn of_condition(condition: Condition) -> String {
    let at = |path: &str| if path.is_empty() { "@".to_owned() } else { path.to_owned() };
    match condition {
        Condition::Is(path, want) => format!("to_string({}) == '{want}'", at(path)),
        Condition::IsNot(path, want) => format!("to_string({}) != '{want}'", at(path)),
        Condition::Same(one, other) => format!("to_string({one}) == to_string({other})"),
        Condition::Length(path, count) => format!("length({} || `[]`) == `{count}`", at(path)),
        Condition::Present(path) => format!("{} != `null`", at(path)),
        Condition::NoneBut(path, inner, want) => {
            format!("length(({} || `[]`)[?to_string({}) != '{want}']) == `0`", at(path), at(inner))
        }
    }
}

/// A pattern that any of these refusals fits; empty for none.
pub(super) fn pattern(all: &[Refused]) -> String {
    let one = |refused: &Refused| {
        let code = escaped(refused.code);
        let code = if refused.code.starts_with('.') { format!("[^)]*{code}") } else { code };
        let words = if refused.words.is_empty() { String::new() } else { format!(".*{}", escaped(refused.words)) };
        format!("\\({code}\\){words}")
    };
    all.iter().map(one).collect::<Vec<_>>().join("|")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        if "\\.[](){}*+?^$|".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
