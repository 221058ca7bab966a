//! `trazo export FILE --to FORMAT [--out DIR]`

use std::path::Path;

use trazo_formats::{cloudformation, manifest};

use crate::arguments::Export;
use crate::failure::Failure;
use crate::input;
use crate::output::Said;

/// Writes a design in a format: to standard output, or into a folder, and then says where.
pub(crate) fn run(path: &str, to: Export, out: Option<&Path>) -> Result<Said, Failure> {
    let design = input::read(path)?.design;
    let (name, text) = match to {
        Export::Manifest => ("design.trazo.json", manifest::write(&design)),
        Export::Cloudformation => ("cloudformation.json", cloudformation::document(&trazo_model::lower(&design)).text),
    };
    let Some(folder) = out else { return Ok(Said::well(text)) };
    let file = folder.join(name);
    let failed = |path: &Path, source| Failure::Write { path: path.display().to_string(), source };
    std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    std::fs::write(&file, text).map_err(|source| failed(&file, source))?;
    Ok(Said::well(format!("{}\n", file.display())))
}
