//! Reading designs from files or standard input.

use std::io::Read;

use trazo_formats::manifest;
use trazo_model::Design;

use crate::failure::Failure;

/// A design and the text that it was read from.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) design: Design,
}

/// Reads a manifest; `-` is standard input.
pub(crate) fn read(path: &str) -> Result<Source, Failure> {
    let mut text = String::new();
    let result = if path == "-" {
        std::io::stdin().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(path).map(|read| text = read)
    };
    result.map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    let design = manifest::read(&text).map_err(|error| Failure::Open { path: path.to_owned(), error })?;
    Ok(Source { path: path.to_owned(), text, design })
}
