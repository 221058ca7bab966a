//! The rules of the repository that neither the compiler nor clippy knows.

mod arrows;
mod contents;
mod versions;

use std::path::{Path, PathBuf};

use crate::project::Project;

/// Folders of the repository that hold what people write.
const SOURCES: &[&str] = &["crates", "docs", "locales", "public", "tests"];

/// Folders within them that hold what programs write.
const GENERATED: &[&str] = &["node_modules", "test-results", "playwright-report", "__pycache__"];

/// A file of the repository, with its path from the root.
struct Source {
    path: String,
    text: String,
}

/// All files that end in one of these, sorted.
fn sources(ends: &[&str]) -> Vec<Source> {
    let root = root();
    let mut files = Vec::new();
    for folder in SOURCES {
        collect(&root.join(folder), &mut files);
    }
    for file in ["index.html", "Trunk.toml", "Cargo.toml"] {
        files.push(root.join(file));
    }
    files.sort();
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted)))
        .map(|file| Source {
            path: file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
            text: std::fs::read_to_string(&file).unwrap(),
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    // A folder that is empty is not in a clone.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        if GENERATED.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

fn root() -> PathBuf {
    Project::find().unwrap().root().to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Fails with every offence, not only the first.
fn none(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}\n  {}", offences.join("\n  "));
}
