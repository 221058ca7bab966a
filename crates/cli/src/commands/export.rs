//! `trazo export FILE --to FORMAT [--out DIR]`

use std::path::Path;

use trazo_formats::{cloudformation, manifest};

use crate::failure::Failure;
use crate::{Export, input};

/// Writes a design in a format.
pub(crate) fn run(path: &str, to: Export, out: Option<&Path>) -> Result<u8, Failure> {
    let design = input::read(path)?.design;
    let (name, text) = match to {
        Export::Manifest => ("design.trazo.json", manifest::write(&design)),
        Export::Cloudformation => ("cloudformation.json", cloudformation::document(&trazo_model::lower(&design)).text),
    };
    match out {
        None => print!("{text}"),
        Some(folder) => {
            let file = folder.join(name);
            let failed = |source| Failure::Write { path: file.display().to_string(), source };
            std::fs::create_dir_all(folder).map_err(failed)?;
            std::fs::write(&file, text).map_err(failed)?;
        }
    }
    Ok(0)
}
