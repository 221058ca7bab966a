//! Words for people at a terminal.

use trazo_formats::json::Excerpt;
use trazo_model::{Design, Finding, Phrase, Target};
use trazo_texts::{Lang, has, phrase, text};

/// The text of a key where there is one.
pub(crate) fn if_any(lang: Lang, key: &str) -> Option<String> {
    has(key).then(|| text(lang, key, &[]))
}

/// What goes into the places of a text, in words.
pub(crate) fn filled(lang: Lang, args: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    trazo_model::phrase::filled(args, &|key| if_any(lang, key))
}

/// The words of a phrase in whose places names of other texts may stand.
pub(crate) fn why(lang: Lang, said: &Phrase) -> String {
    phrase(lang, said.key, said.count, &filled(lang, &said.args)).trim_end().to_owned()
}

/// What a finding says.
pub(crate) fn message(lang: Lang, finding: &Finding) -> String {
    phrase(lang, &format!("check.{}.message", finding.code), None, &filled(lang, &finding.args))
}

/// What a finding is about, as a person knows it.
pub(crate) fn subject(lang: Lang, design: &Design, target: &Target) -> String {
    let name_of = |id: &trazo_model::NodeId| {
        design.node(id).map_or_else(
            || id.to_string(),
            |node| {
                let kind = text(lang, &format!("kind.{}.name", node.kind().spec().key), &[]);
                text(lang, "cli.element", &[("kind", &kind), ("name", &node.name)])
            },
        )
    };
    match target {
        Target::Design => design.name().to_owned(),
        Target::Node(id) => name_of(id),
        Target::Link(id) => design
            .link(id)
            .map_or_else(|| id.to_string(), |link| format!("{} → {}", name_of(&link.from), name_of(&link.to))),
    }
}

/// A line of a file with its number, and below it what is meant.
pub(crate) fn excerpt(line: usize, excerpt: &Excerpt) -> String {
    let Excerpt { before, at, after } = excerpt;
    let number = line.to_string();
    // A tab below a tab keeps the mark in its column, however wide tabs are.
    let pad: String = before.chars().map(|sign| if sign == '\t' { '\t' } else { ' ' }).collect();
    let (margin, mark) = (" ".repeat(number.len()), "^".repeat(at.chars().count().max(1)));
    format!("  {number} | {before}{at}{after}\n  {margin} | {pad}{mark}\n")
}

/// A text without the marks of code, for where they are not understood.
pub(crate) fn plain(text: &str) -> String {
    text.replace('`', "")
}
