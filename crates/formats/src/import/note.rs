//! What is told of an import beside the design.

use trazo_model::Phrase;

/// What became of something in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is in the design, in a form that the file did not have.
    Kept,
    /// The file does not say it; what is usual was taken.
    Guessed,
    /// It is not in the design.
    Left,
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Guessed, Self::Left];

    /// Its name in text keys (`import.level.<key>`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Guessed => "guessed",
            Self::Left => "left",
        }
    }
}

/// Something to tell of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What became of it.
    pub level: Level,
    /// The key of the text (`import.note.<key>`).
    pub key: &'static str,
    /// What goes into its places.
    pub args: Vec<(&'static str, String)>,
    /// The line of the file, counted from 1; 0 where it is about no line.
    pub line: usize,
}

impl Note {
    /// What it says.
    pub fn phrase(&self) -> Phrase {
        Phrase { key: self.key, args: self.args.clone(), count: None }
    }
}

/// More characters of a value are not shown.
const SHOWN: usize = 80;

/// A text as it is shown in a note: one line, not too long.
pub(super) fn shown(text: &str) -> String {
    let mut signs = text.chars();
    let mut out: String = signs.by_ref().take(SHOWN).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if signs.next().is_some() {
        out.push('…');
    }
    out
}
