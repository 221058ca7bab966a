//! Why a call could not be carried out.

use std::io;

use trazo_formats::manifest::OpenError;
use trazo_texts::{Lang, text};

/// Input that cannot be used, or a place that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{path}: {source}")]
    Read { path: String, source: io::Error },
    #[error("{path}: {source}")]
    Write { path: String, source: io::Error },
    #[error("{path}: {error}")]
    Open { path: String, error: OpenError },
    #[error("no template {0}")]
    NoTemplate(String),
    #[error("nothing is called {0}")]
    NothingToExplain(String),
}

impl Failure {
    /// A sentence for a person.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match self {
            Self::Read { path, source } => {
                text(lang, "cli.cannot_read", &[("path", path), ("reason", &source.to_string())])
            }
            Self::Write { path, source } => {
                text(lang, "cli.cannot_write", &[("path", path), ("reason", &source.to_string())])
            }
            Self::Open { path, error } => {
                let position = error.position();
                format!("{path}:{}:{}: {}", position.line, position.column, crate::words::open_error(lang, error))
            }
            Self::NoTemplate(name) => text(lang, "cli.no_template", &[("name", name)]),
            Self::NothingToExplain(what) => text(lang, "cli.nothing_to_explain", &[("what", what)]),
        }
    }
}
