//! Finds the text keys that are written in Rust sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What keys begin with. A literal in `app`, `cli` or `provision` that begins so is taken for a key.
const FIRST: &[&str] = &["ui.", "cli.", "errors.", "refusal.", "template.", "edit.", "summary.", "deploy."];

/// What takes a key wherever it is called.
const CALLS: &[&str] = &["Phrase::new(\"", "Phrase::counted(\""];

/// A key, or the beginning of one, in a source file.
#[derive(Debug)]
pub(crate) struct Used {
    /// The key up to the first place that is filled in when the program runs.
    pub(crate) key: String,
    /// Whether `key` is only the beginning.
    pub(crate) open: bool,
    /// File and line.
    pub(crate) place: String,
}

/// All keys written in the sources of all crates.
pub(crate) fn all() -> Vec<Used> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for package in ["app", "cli", "editor", "formats", "model", "provision"] {
        list(&crates.join(package).join("src"), &mut files);
    }
    files.sort();
    let mut used = Vec::new();
    for file in files {
        let Ok(source) = fs::read_to_string(&file) else { continue };
        let speaks =
            file.components().any(|part| ["app", "cli", "provision"].iter().any(|speaks| part.as_os_str() == *speaks));
        let name = file.strip_prefix(&crates).unwrap_or(&file).display().to_string();
        // Keys in tests are made up.
        let product = source.split("#[cfg(test)]").next().unwrap_or_default();
        for (line, text) in product.lines().enumerate().filter(|(_, text)| !text.trim_start().starts_with("//")) {
            let place = format!("crates/{name}:{}", line + 1);
            used.extend(keys(text, speaks).map(|(key, open)| Used { key, open, place: place.clone() }));
        }
    }
    used
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_stem().is_none_or(|stem| stem != "tests")
        {
            files.push(path);
        }
    }
}

/// The keys in one line of code.
pub(crate) fn keys(line: &str, speaks: bool) -> impl Iterator<Item = (String, bool)> {
    let starts = line.match_indices('"').map(move |(at, _)| (&line[..=at], &line[at + 1..]));
    starts.filter_map(move |(before, after)| {
        let called = CALLS.iter().any(|call| before.ends_with(call));
        let named = speaks && FIRST.iter().any(|first| after.starts_with(first));
        let end = after.find('"').filter(|_| called || named)?;
        let literal = &after[..end];
        let sane = |c: char| c.is_ascii_alphanumeric() || "._-{}:?".contains(c);
        if !literal.chars().all(sane) {
            return None;
        }
        let key = literal.split('{').next().unwrap_or_default();
        Some((key.to_owned(), key.len() < literal.len() || key.ends_with('.')))
    })
}
