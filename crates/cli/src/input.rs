//! Reading designs from files or standard input.

use std::io::Read;

use trazo_formats::json::Position;
use trazo_formats::manifest;
use trazo_model::Design;

use crate::failure::Failure;

/// A design and the text that it was read from.
pub(crate) struct Source {
    pub(crate) path: String,
    /// Without the byte order mark that it may begin with: places are counted behind it, as editors do.
    pub(crate) text: String,
    pub(crate) design: Design,
}

/// Reads a manifest; `-` is standard input.
pub(crate) fn read(path: &str) -> Result<Source, Failure> {
    manifest_of(path, &load(path)?)
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn load(path: &str) -> Result<Vec<u8>, Failure> {
    bytes(path).map_err(|source| Failure::Read { path: path.to_owned(), source })
}

/// The manifest in these bytes, which came from `path`.
pub(crate) fn manifest_of(path: &str, bytes: &[u8]) -> Result<Source, Failure> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).to_vec();
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        Failure::NotText { path: path.to_owned(), position: end_of(&good) }
    })?;
    if text.trim().is_empty() {
        return Err(Failure::Empty { path: path.to_owned() });
    }
    match manifest::read(&text) {
        Ok(design) => Ok(Source { path: path.to_owned(), text, design }),
        Err(error) => Err(Failure::Open { path: path.to_owned(), text, error: Box::new(error) }),
    }
}

fn bytes(path: &str) -> std::io::Result<Vec<u8>> {
    if path != "-" {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn end_of(text: &str) -> Position {
    let line = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let last = text.rsplit('\n').next().unwrap_or_default();
    Position { line, column: last.chars().count() + 1 }
}
