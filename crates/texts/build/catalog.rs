//! Reads the translators' files. Shared by the build script, which makes the table of them, and by the tests,
//! which judge them.

use std::{
    fs,
    path::{Path, PathBuf},
};
use toml::de::{DeTable, DeValue};

/// One text as a translator wrote it, and where.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The whole key: `ui.top.undo`.
    pub(crate) key: String,
    /// The text, with its `{arguments}`.
    pub(crate) text: String,
    /// The file and line, to be named in messages: `locales/es/ui.toml:12`.
    pub(crate) place: String,
}

/// All texts in the `*.toml` files of a folder and of its sub-folders, in the order of their keys.
///
/// # Errors
///
/// A message that names file and line, when a file cannot be read or holds anything but tables and texts.
pub(crate) fn read(folder: &Path) -> Result<Vec<Entry>, String> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let mut entries = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        parse(&short(&file), &source, &mut entries)?;
    }
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(entries)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

/// The path from `locales` on, written with slashes on every system.
fn short(file: &Path) -> String {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    let from = parts.iter().rposition(|part| part == "locales").unwrap_or(0);
    parts[from..].join("/")
}

fn parse(file: &str, source: &str, entries: &mut Vec<Entry>) -> Result<(), String> {
    let line = |offset: usize| source.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let place = |offset: usize| format!("{file}:{}", line(offset));
    let table = DeTable::parse(source).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        format!("{}: {}", place(offset), error.message())
    })?;
    flatten("", table.get_ref(), &place, entries)
}

fn flatten(
    prefix: &str,
    table: &DeTable<'_>,
    place: &dyn Fn(usize) -> String,
    entries: &mut Vec<Entry>,
) -> Result<(), String> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.get_ref().to_string() } else { format!("{prefix}.{}", name.get_ref()) };
        let place_here = place(name.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&key, inner, place, entries)?,
            DeValue::String(text) => entries.push(Entry { key, text: text.to_string(), place: place_here }),
            other => return Err(format!("{place_here}: {key} is of type {}, not a text", other.type_str())),
        }
    }
    Ok(())
}
