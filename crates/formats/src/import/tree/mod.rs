//! JSON and YAML with lines, and who has read what.

mod json;
mod node;
mod yaml;

use super::ImportError;
use super::draft::Draft;
use crate::json::Position;

pub use node::{Entry, Node};

/// Deeper files are refused, before anything could run out of stack.
const DEEPEST: usize = 100;
/// Files with more values are refused, counted after aliases are unfolded: each takes about 80 bytes.
const MOST_VALUES: usize = 250_000;
/// Files whose texts are longer after aliases are unfolded are refused.
const MOST_TEXT: usize = 2 * super::MOST_BYTES;

/// What a file may still hold.
#[derive(Clone, Copy, Debug)]
struct Budget {
    values: usize,
    text: usize,
}

impl Budget {
    fn new() -> Self {
        Self { values: MOST_VALUES, text: MOST_TEXT }
    }

    /// Takes room for one value with so much text.
    fn take(&mut self, text: usize, position: Position) -> Result<(), ImportError> {
        self.values = self.values.checked_sub(1).ok_or(ImportError::TooMany { position })?;
        self.take_text(text, position)
    }

    /// Takes room for a key.
    fn take_text(&mut self, text: usize, position: Position) -> Result<(), ImportError> {
        self.text = self.text.checked_sub(text).ok_or(ImportError::TooMany { position })?;
        Ok(())
    }
}

/// A file of JSON or YAML.
#[derive(Debug)]
pub struct Tree {
    root: Node,
    is_json: bool,
    /// The lines on which further documents of the file begin.
    further: Vec<usize>,
}

impl Tree {
    /// Reads JSON or YAML.
    ///
    /// # Errors
    /// Where it is neither, or holds too much.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let begin = text.trim_start();
        if begin.is_empty() {
            return Err(ImportError::Empty);
        }
        if begin.starts_with(['{', '[']) {
            match json::read(text) {
                Ok(root) => return Ok(Self { root, is_json: true, further: Vec::new() }),
                Err(ImportError::Syntax { position, json }) => {
                    // YAML may begin like JSON: with a list or map on one line.
                    return Self::read_yaml(text).map_err(|_| ImportError::Syntax { position, json });
                }
                Err(error) => return Err(error),
            }
        }
        Self::read_yaml(text)
    }

    fn read_yaml(text: &str) -> Result<Self, ImportError> {
        let (root, further) = yaml::read(text)?;
        if root.is_null() {
            return Err(ImportError::Empty);
        }
        Ok(Self { root, is_json: false, further })
    }

    /// What stands in it.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether it is JSON; else YAML.
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// Forgets who has read what.
    pub(super) fn forget(&self) {
        self.root.mark(false);
    }

    /// Makes a note of each value that nobody has read.
    pub(super) fn tell_unread(&self, draft: &mut Draft) {
        for line in &self.further {
            draft.left("import.note.document", &[], *line);
        }
        let mut path = String::new();
        self.root.tell_unread(&mut path, self.root.line(), draft);
    }
}

#[cfg(test)]
mod tests;
