//! Why a call could not be carried out.

use std::io::{self, ErrorKind};

use trazo_formats::import::ImportError;
use trazo_formats::json::{Position, excerpt};
use trazo_formats::manifest::OpenError;
use trazo_serve::Unserved;
use trazo_texts::{Lang, text};

use crate::words;

/// How many characters of a long line are shown on either side of what is meant.
const ASIDE: usize = 60;

/// Input that cannot be used, or a place that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{path}: {source}")]
    Read { path: String, source: io::Error },
    #[error("{path}: {source}")]
    Write { path: String, source: io::Error },
    #[error("standard output: {0}")]
    Output(io::Error),
    #[error("{path} is no text")]
    NotText { path: String, position: Position },
    #[error("{path} is empty")]
    Empty { path: String },
    #[error("{path}: {error}")]
    Open { path: String, text: String, error: Box<OpenError> },
    #[error("{path}: {error}")]
    Import { path: String, text: String, error: Box<ImportError> },
    #[error("no template {name}")]
    NoTemplate { name: String, meant: Option<String> },
    #[error("no page in {path}")]
    NoPage { path: String },
    #[error("there is no page to serve")]
    NoPageAnywhere,
    #[error("{0} is no origin")]
    NotAnOrigin(String),
    #[error(transparent)]
    Serve(#[from] trazo_serve::Unserved),
    #[error("{format} is several files")]
    NoFolder { format: String },
    #[error("{format} is no text")]
    NotForTerminals { format: String },
    #[error("{path} cannot be drawn")]
    NotDrawn { path: String },
    #[error("{0}")]
    NoSteps(String),
    #[error("nothing is called {what}")]
    NothingToExplain { what: String, meant: Option<String> },
}

impl Failure {
    /// What a person reads, of one line or several.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Read { path, source } => {
                text(lang, "cli.cannot_read", &[("path", path), ("reason", &reason(lang, source))])
            }
            Self::Write { path, source } => {
                text(lang, "cli.cannot_write", &[("path", path), ("reason", &reason(lang, source))])
            }
            Self::NoSteps(reason) => text(lang, "cli.plan.no_steps", &[("reason", reason)]),
            Self::Output(source) => text(lang, "cli.cannot_say", &[("reason", &reason(lang, source))]),
            Self::NotText { path, position } => {
                format!("{path}:{}:{}: {}", position.line, position.column, text(lang, "cli.not_text", &[]))
            }
            Self::Empty { path } => text(lang, "cli.empty", &[("path", path)]),
            Self::Open { path, text, error } => open(lang, path, text, error),
            Self::Import { path, text, error } => import(lang, path, text, error),
            Self::NoTemplate { name, meant } => {
                with_meant(lang, text(lang, "cli.no_template", &[("name", name)]), meant.as_deref())
            }
            Self::NoPage { path } => text(lang, "cli.no_page", &[("path", path)]),
            Self::NoPageAnywhere => text(lang, "cli.no_page_anywhere", &[]),
            Self::NotAnOrigin(origin) => text(lang, "cli.not_an_origin", &[("origin", origin)]),
            Self::Serve(error) => unserved(lang, error),
            Self::NoFolder { format } => text(lang, "cli.no_folder", &[("format", format)]),
            Self::NotForTerminals { format } => text(lang, "cli.not_for_terminals", &[("format", format)]),
            Self::NotDrawn { path } => text(lang, "cli.not_drawn", &[("path", path)]),
            Self::NothingToExplain { what, meant } => {
                with_meant(lang, text(lang, "cli.nothing_to_explain", &[("what", what)]), meant.as_deref())
            }
        }
    }
}

fn unserved(lang: Lang, error: &Unserved) -> String {
    match error {
        Unserved::Taken(port) => {
            let other = port.checked_add(1).unwrap_or(8080).to_string();
            text(lang, "cli.port_taken", &[("port", &port.to_string()), ("other", &other)])
        }
        Unserved::Port(port, source) => {
            text(lang, "cli.port_unusable", &[("port", &port.to_string()), ("reason", &reason(lang, source))])
        }
        Unserved::Random(error) => text(lang, "cli.no_random", &[("reason", &error.to_string())]),
    }
}

fn open(lang: Lang, path: &str, source: &str, error: &OpenError) -> String {
    let place = error.position();
    let Position { line, column } = place;
    let mut said = format!("{path}:{line}:{column}: {}", words::why(lang, &error.phrase()));
    match error {
        OpenError::Json { reason, .. } => said.push_str(&format!(" ({reason})")),
        OpenError::Manifest { .. } if !error.path().is_empty() => said.push_str(&format!(" (`{}`)", error.path())),
        OpenError::Manifest { .. } => {}
    }
    if let Some(excerpt) = excerpt(source, place, ASIDE) {
        said.push('\n');
        said.push_str(words::excerpt(line, &excerpt).trim_end_matches('\n'));
    }
    said
}

fn import(lang: Lang, path: &str, source: &str, error: &ImportError) -> String {
    let phrase = error.phrase();
    let why = words::why(lang, &phrase);
    let help =
        phrase.key.rsplit_once('.').and_then(|(group, name)| words::if_any(lang, &format!("{group}.help.{name}")));
    let why = help.map_or_else(|| why.clone(), |help| format!("{why} {help}"));
    let Some(place) = error.position() else { return format!("{path}: {why}") };
    let Position { line, column } = place;
    let mut said = format!("{path}:{line}:{column}: {why}");
    if let Some(excerpt) = excerpt(source, place, ASIDE) {
        said.push('\n');
        said.push_str(words::excerpt(line, &excerpt).trim_end_matches('\n'));
    }
    said
}

/// A message, and what was meant perhaps.
pub(crate) fn with_meant(lang: Lang, said: String, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("{said} {}", text(lang, "cli.meant", &[("name", meant)])),
        None => said,
    }
}

/// The usual reasons in words, the others as the system gives them.
fn reason(lang: Lang, error: &io::Error) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "not_found",
        ErrorKind::PermissionDenied => "denied",
        ErrorKind::IsADirectory => "directory",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "no_directory",
        ErrorKind::StorageFull => "full",
        _ => return error.to_string(),
    };
    text(lang, &format!("cli.reason.{key}"), &[])
}
