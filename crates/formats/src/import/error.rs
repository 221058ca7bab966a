//! Why a file cannot be imported.

use trazo_model::Phrase;

use crate::json::Position;
use crate::manifest::OpenError;

/// A file cannot be imported. [`ImportError::phrase`] is what is said of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// It is longer than [`super::MOST_BYTES`].
    #[error("the file is longer than 5 MB")]
    TooLong,
    /// It is not UTF-8.
    #[error("the file is not text")]
    NotText,
    /// Nothing stands in it.
    #[error("the file is empty")]
    Empty,
    /// It is neither JSON nor YAML.
    #[error("line {}, column {}: this is not {}", position.line, position.column, if *json { "JSON" } else { "YAML" })]
    Syntax {
        /// Where it stops being so.
        position: Position,
        /// Whether it seemed to be JSON; else YAML.
        json: bool,
    },
    /// Values are nested too deeply.
    #[error("line {}: values are nested too deeply", position.line)]
    TooDeep {
        /// Where.
        position: Position,
    },
    /// It holds too many values, or its aliases unfold to too many.
    #[error("line {}: there are too many values", position.line)]
    TooMany {
        /// Where.
        position: Position,
    },
    /// It is XML that cannot be read.
    #[error("line {}, column {}: this is not XML", position.line, position.column)]
    Xml {
        /// Where it stops being so.
        position: Position,
    },
    /// It is a draw.io file whose content is packed.
    #[error("the content of the draw.io file is packed")]
    Packed,
    /// It is a draw.io file that Trazo has not written.
    #[error("the draw.io file was not written by Trazo")]
    Foreign,
    /// It is of no format that Trazo reads, or not of the one that was asked for.
    #[error("no format that is known")]
    Unknown,
    /// There is no format of that name.
    #[error("there is no format {0}")]
    NoFormat(String),
    /// It is a manifest, with a fault.
    #[error("{0}")]
    Manifest(OpenError),
}

impl ImportError {
    /// Where the fault is.
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Syntax { position, .. }
            | Self::TooDeep { position }
            | Self::TooMany { position }
            | Self::Xml { position } => Some(*position),
            Self::Manifest(error) => Some(error.position()),
            _ => None,
        }
    }

    /// What is said of it.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::TooLong => Phrase::new("errors.import.too_long"),
            Self::NotText => Phrase::new("errors.import.not_text"),
            Self::Empty => Phrase::new("errors.import.empty"),
            Self::Syntax { json: true, .. } => Phrase::new("errors.open.json"),
            Self::Syntax { json: false, .. } => Phrase::new("errors.import.yaml"),
            Self::TooDeep { .. } => Phrase::new("errors.import.too_deep"),
            Self::TooMany { .. } => Phrase::new("errors.import.too_many"),
            Self::Xml { .. } => Phrase::new("errors.import.xml"),
            Self::Packed => Phrase::new("errors.import.packed"),
            Self::Foreign => Phrase::new("errors.import.foreign"),
            Self::Unknown => Phrase::new("errors.import.unknown"),
            Self::NoFormat(key) => Phrase::new("errors.import.no_format").with("format", key),
            Self::Manifest(error) => error.phrase(),
        }
    }
}
