//! The reference of kinds, fields and checks: `docs/reference/` holds what `trazo reference` writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::check::Tally;
use crate::failure::{Failure, Outcome};
use crate::project::{Project, locked};
use crate::say::Step;
use crate::sh;

/// From the root of the repository.
const FOLDER: &str = "docs/reference";
/// What the program writes below it, and nobody else.
const LANGUAGES: &[&str] = &["es", "en"];

/// Writes the pages anew; those of what there is no more go.
pub(crate) fn publish(project: &Project) -> Outcome<()> {
    let folder = project.root().join(FOLDER);
    for language in LANGUAGES {
        // On the first run there is nothing to remove.
        let _ = std::fs::remove_dir_all(folder.join(language));
    }
    write(project, &folder)
}

/// Whether the pages are those that the program writes: one test.
pub(crate) fn check(project: &Project) -> Outcome<Tally> {
    let fresh = project.target().join("reference");
    // What an earlier run wrote is not compared.
    let _ = std::fs::remove_dir_all(&fresh);
    write(project, &fresh)?;
    let step = Step::begin("reference is fresh", None);
    for language in LANGUAGES {
        let published = pages(&project.root().join(FOLDER).join(language))?;
        if published != pages(&fresh.join(language))? {
            step.end("failed: `cargo xtask reference` writes it anew");
            return Ok(Tally::one_failed());
        }
    }
    step.end("ok");
    Ok(Tally::one_passed())
}

fn write(project: &Project, folder: &Path) -> Outcome<()> {
    let mut command = Command::new("cargo");
    command.current_dir(project.root()).args(["run", "--quiet", "--package", "trazo-cli"]);
    locked(&mut command).args(["--", "reference"]).arg(folder);
    sh::step(project, &mut command, "reference", None, "`cargo run -p trazo-cli -- reference DIR` says why.")
}

/// The pages in a folder and those below it, by path.
fn pages(folder: &Path) -> Outcome<BTreeMap<PathBuf, String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        let entries = match std::fs::read_dir(&at) {
            Ok(entries) => entries,
            // What was never written has no pages.
            Err(_) if at == folder => return Ok(found),
            Err(error) => return Err(Failure::file(&at, &error)),
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
            found.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned(), text);
        }
    }
    Ok(found)
}
