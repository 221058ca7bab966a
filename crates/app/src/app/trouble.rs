//! The dialog that says why a file or a design cannot be opened: what is wrong, where, and what to do.

use leptos::prelude::*;
use trazo_formats::manifest::OpenError;
use trazo_model::EditError;
use trazo_model::manifest::{ManifestError, Problem};

use super::{Desk, use_desk, with_code};
use crate::store::files;
use crate::ui::{Button, Dialog};
use crate::words::{t, t_with};

/// What is said, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What could not be done.
    pub(crate) title: String,
    /// Why.
    pub(crate) what: String,
    /// Line, column and path.
    pub(crate) place: String,
    /// The line that is meant, and where in it.
    pub(crate) excerpt: Option<Excerpt>,
    /// What to do.
    pub(crate) help: String,
    /// Text that can be taken along: the name of the file, and the text.
    pub(crate) save: Option<(String, String)>,
}

/// A line of the file, cut where it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    before: String,
    at: String,
    after: String,
}

impl Desk {
    /// Says what could not be opened.
    pub(super) fn tell_trouble(&self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
        self.troubled.set(true);
    }
}

impl Trouble {
    /// Why `text` is no manifest that can be opened.
    pub(crate) fn of_manifest(title: String, error: &OpenError, text: &str) -> Self {
        let position = error.position();
        let (line, column) = (position.line.to_string(), position.column.to_string());
        let (what, key, path) = match error {
            OpenError::Json { .. } => (t("errors.open.json"), "json", ""),
            OpenError::Manifest { error, .. } => (say_problem(error), error.problem.key(), error.path.as_str()),
        };
        // Some reasons name the path themselves.
        let place = if path.is_empty() || what.contains(path) {
            t_with("errors.open.place", &[("line", &line), ("column", &column)])
        } else {
            t_with("errors.open.place_path", &[("line", &line), ("column", &column), ("path", path)])
        };
        let whole = matches!(key, "not_manifest" | "newer");
        Self {
            title,
            what,
            place: if whole { String::new() } else { place },
            excerpt: if whole { None } else { excerpt(text, position.line, position.column) },
            help: t(match key {
                "json" => "errors.open.help.json",
                "not_manifest" => "errors.open.help.not_manifest",
                "newer" => "errors.open.help.newer",
                _ => "errors.open.help.value",
            }),
            save: None,
        }
    }
}

/// Why a manifest was refused, in words.
fn say_problem(error: &ManifestError) -> String {
    let path = error.path.as_str();
    match &error.problem {
        Problem::NotManifest => t("errors.manifest.not_manifest"),
        Problem::Newer(version) => t_with("errors.manifest.newer", &[("version", &version.to_string())]),
        Problem::Missing(key) => t_with("errors.manifest.missing", &[("key", key)]),
        Problem::Form(reason) => {
            let (key, expected) = reason.key();
            let named = t(&format!("errors.type.{expected}"));
            let expected = if key == "type" { named } else { expected };
            t_with(&format!("errors.form.{key}"), &[("path", path), ("expected", &expected)])
        }
        Problem::Kind(kind) => t_with("errors.manifest.kind", &[("kind", kind)]),
        Problem::Rule(rule) => say_rule(rule),
        Problem::Value(_) => t("errors.manifest.value"),
    }
}

/// Why an edit was refused, in words.
fn say_rule(error: &EditError) -> String {
    let key = format!("errors.edit.{}", error.key());
    match error {
        EditError::NoNode(id) => t_with("errors.manifest.no_node", &[("id", id.as_str())]),
        EditError::NoLink(id) => t_with(&key, &[("id", id.as_str())]),
        EditError::BadId(id) => t_with(&key, &[("id", id)]),
        EditError::InUse(id) | EditError::BadPlace(id) => t_with(&key, &[("id", id.as_str())]),
        EditError::Link(_) => t("errors.manifest.link"),
        EditError::BadParent(id, group) => t_with(&key, &[("id", id.as_str()), ("group", group.as_str())]),
        EditError::BadValue { path, reason } => t_with(&key, &[("path", path), ("reason", reason)]),
    }
}

/// The line that is meant, cut around the word at the place; lines and columns count from 1.
fn excerpt(text: &str, line: usize, column: usize) -> Option<Excerpt> {
    const ASIDE: usize = 28;
    let signs: Vec<char> = text.split('\n').nth(line.checked_sub(1)?)?.trim_end_matches('\r').chars().collect();
    let at = column.saturating_sub(1).min(signs.len().saturating_sub(1));
    let end = at + word(signs.get(at..)?);
    let (first, last) = (at.saturating_sub(ASIDE), signs.len().min(end + ASIDE));
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

/// Where the dialog is shown.
#[component]
pub(crate) fn TroublePlace() -> impl IntoView {
    let desk = use_desk();
    let title = move || desk.trouble.get().map(|trouble| trouble.title).unwrap_or_default();
    let close = move || desk.troubled.set(false);
    let foot = move || {
        let save = desk.trouble.get().and_then(|trouble| trouble.save).map(|(name, text)| {
            let save = move || {
                files::download(&name, &text);
            };
            view! { <Button label=t("ui.storage.download_raw") icon="download" on_press=save /> }
        });
        view! {
            {save}
            <Button label=t("ui.dialog.close") look="primary" on_press=close attr:autofocus="true" />
        }
    };
    view! {
        <Dialog open=desk.troubled title=title name="trouble" foot=foot>
            {move || desk.trouble.get().map(content)}
        </Dialog>
    }
}

fn content(trouble: Trouble) -> impl IntoView {
    let Trouble { what, place, excerpt, help, .. } = trouble;
    let excerpt = excerpt.map(|Excerpt { before, at, after }| {
        view! { <pre class="trouble-excerpt" tabindex="0">{before}<mark>{at}</mark>{after}</pre> }
    });
    view! {
        <div class="trouble">
            <p>{with_code(&what)}</p>
            {(!place.is_empty()).then(|| view! { <p class="trouble-place">{with_code(&place)}</p> })}
            {excerpt}
            {(!help.is_empty()).then(|| view! { <p>{with_code(&help)}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, line: usize, column: usize) -> String {
        let Excerpt { before, at, after } = excerpt(text, line, column).unwrap();
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
        assert_eq!(excerpt("a", 2, 1), None);
        assert_eq!(excerpt("a", 0, 0), None);
    }
}
