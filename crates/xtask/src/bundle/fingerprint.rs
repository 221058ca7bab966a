//! One number for all that the bundle is made from, so that nothing is built twice.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::project::Project;

/// Files and folders that the bundle is made from.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "Trunk.toml",
    "index.html",
    "locales",
    "public",
    "crates",
    "tests/package-lock.json",
];

/// Crates that do not go into the page; this one does, since it says how to build.
const NOT_IN_THE_PAGE: &[&str] = &["cli"];

/// The fingerprint of the inputs; `optimised` is whether wasm-opt takes part.
pub(crate) fn of_inputs(project: &Project, optimised: bool) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    optimised.hash(&mut hasher);
    for file in input_files(project.root())? {
        let bytes = std::fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
        let name = file.strip_prefix(project.root()).unwrap_or(&file);
        name.hash(&mut hasher);
        bytes.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// All files that the page is made from, sorted.
pub(crate) fn input_files(root: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    for name in NOT_IN_THE_PAGE {
        let folder = root.join("crates").join(name);
        files.retain(|file| !file.starts_with(&folder));
    }
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let Ok(entries) = std::fs::read_dir(path) else {
        // A part that is not there yet, or was removed while we looked: it has no contents.
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(|error| Failure::file(path, &error))?;
        collect(&entry.path(), files)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_made_from_the_app_but_not_from_the_command_line() {
        let project = Project::find().unwrap();
        let files = input_files(project.root()).unwrap();
        let has = |end: &str| files.iter().any(|file| file.ends_with(end));
        assert!(has("index.html"));
        assert!(has("crates/app/src/main.rs"));
        assert!(!has("crates/cli/src/main.rs"));
    }
}
