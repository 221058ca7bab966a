//! The same request for a terminal.

use super::Draft;

/// The command that sends the same request from a shell (sh, bash, zsh), where no browser stands in the way.
pub fn curl(draft: &Draft) -> String {
    let mut parts = vec!["curl".to_owned(), "--include".to_owned()];
    match draft.method.as_str() {
        "GET" => {}
        "HEAD" => parts.push("--head".to_owned()),
        method => parts.push(format!("--request {}", quoted(method))),
    }
    let url = draft.url();
    // Curl would take brackets and braces for a pattern of many addresses.
    if url.contains(['[', ']', '{', '}']) {
        parts.push("--globoff".to_owned());
    }
    for (name, value) in draft.headers() {
        // With a colon and nothing behind it curl leaves a header out.
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        parts.push(format!("--header {}", quoted(&line)));
    }
    if !draft.body.is_empty() {
        // `--data` alone would say that it is a form.
        if !draft.headers().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            parts.push("--header 'content-type: text/plain;charset=UTF-8'".to_owned());
        }
        // `--data` would read a file where the body begins with @, and drop line ends.
        parts.push(format!("--data-raw {}", quoted(&draft.body)));
    }
    parts.push(quoted(&url));
    parts.join(" \\\n  ")
}

/// Text as one word of a shell.
fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
