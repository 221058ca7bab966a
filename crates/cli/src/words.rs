//! Words for people at a terminal.

use trazo_formats::manifest::OpenError;
use trazo_model::manifest::Problem;
use trazo_model::{Design, Finding, Target};
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
        OpenError::Json { reason, .. } => text(lang, "errors.manifest.json", &[("reason", reason)]),
        OpenError::Manifest { error, .. } => {
            let problem = match &error.problem {
                Problem::Form(reason) => {
                    let (key, expected) = reason.key();
                    text(lang, &format!("errors.form.{key}"), &[("expected", &expected)])
                }
                Problem::Rule(error) => text(lang, &format!("errors.edit.{}", error.key()), &[]),
                other => {
                    let detail = match other {
                        Problem::Newer(version) => version.to_string(),
                        Problem::Missing(name) => (*name).to_owned(),
                        Problem::Kind(kind) => kind.clone(),
                        Problem::Value(reason) => reason.clone(),
                        _ => String::new(),
                    };
                    text(lang, &format!("errors.manifest.{}", other.key()), &[("detail", &detail)])
                }
            };
            if error.path.is_empty() { problem } else { format!("{}: {problem}", error.path) }
        }
    }
}
