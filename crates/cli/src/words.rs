//! Words for people at a terminal.

use trazo_formats::manifest::OpenError;
use trazo_model::manifest::{ManifestError, Problem};
use trazo_model::{Design, EditError, Finding, Target};
use trazo_texts::{Lang, has, phrase, text};

/// The language that was asked for, else that of the environment, else English.
pub(crate) fn language(asked: Option<&str>) -> Lang {
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let tag = asked.map(str::to_owned).or_else(|| of("LC_ALL")).or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG"));
    tag.map_or(Lang::En, |tag| Lang::from_tag(&tag.replace('_', "-")))
}

/// What a finding says. Rules are named by key and said in words.
pub(crate) fn message(lang: Lang, finding: &Finding) -> String {
    let args: Vec<(&'static str, String)> = finding
        .args
        .iter()
        .map(|(name, value)| {
            let rule = format!("rule.{value}");
            let said = if *name == "rule" && has(&rule) { text(lang, &rule, &[]) } else { value.clone() };
            (*name, said)
        })
        .collect();
    phrase(lang, &format!("check.{}.message", finding.code), None, &args)
}

/// What a finding is about, as a person knows it.
pub(crate) fn subject(lang: Lang, design: &Design, target: &Target) -> String {
    let name_of = |id: &trazo_model::NodeId| {
        design.node(id).map_or_else(
            || id.to_string(),
            |node| {
                let kind = text(lang, &format!("kind.{}.name", node.kind().spec().key), &[]);
                format!("{kind} «{}»", node.name)
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

/// Why a file cannot be opened.
pub(crate) fn open_error(lang: Lang, error: &OpenError) -> String {
    match error {
        OpenError::Json { reason, .. } => format!("{} ({reason})", text(lang, "errors.open.json", &[])),
        OpenError::Manifest { error, .. } => manifest_error(lang, error),
    }
}

fn manifest_error(lang: Lang, error: &ManifestError) -> String {
    let path = error.path.as_str();
    let said = |key: &str, name: &str, value: &str| text(lang, &format!("errors.manifest.{key}"), &[(name, value)]);
    match &error.problem {
        Problem::NotManifest | Problem::Value(_) => said(error.problem.key(), "", ""),
        Problem::Newer(version) => said("newer", "version", &version.to_string()),
        Problem::Missing(key) => format!("{path}: {}", said("missing", "key", key)),
        Problem::Kind(kind) => said("kind", "kind", kind),
        Problem::Form(reason) => {
            let (key, expected) = reason.key();
            let named = format!("errors.type.{expected}");
            let expected = if has(&named) { text(lang, &named, &[]) } else { expected };
            text(lang, &format!("errors.form.{key}"), &[("path", path), ("expected", &expected)])
        }
        Problem::Rule(error) => edit_error(lang, error),
    }
}

fn edit_error(lang: Lang, error: &EditError) -> String {
    let said = |args: &[(&str, &str)]| text(lang, &format!("errors.edit.{}", error.key()), args);
    match error {
        EditError::NoNode(id) => text(lang, "errors.manifest.no_node", &[("id", id.as_str())]),
        EditError::Link(_) => text(lang, "errors.manifest.link", &[]),
        EditError::NoLink(id) => said(&[("id", id.as_str())]),
        EditError::BadId(id) => said(&[("id", id)]),
        EditError::InUse(id) | EditError::BadPlace(id) => said(&[("id", id.as_str())]),
        EditError::BadParent(id, group) => said(&[("id", id.as_str()), ("group", group.as_str())]),
        EditError::BadValue { path, reason } => said(&[("path", path), ("reason", reason)]),
    }
}
