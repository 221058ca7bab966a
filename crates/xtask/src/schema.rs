//! The published schema of the manifest: `public/schema/` holds what `trazo schema` writes.

use std::process::Command;

use crate::bundle::write;
use crate::check::Tally;
use crate::failure::{Failure, Outcome};
use crate::project::{Project, locked};
use crate::say::Step;
use crate::sh;

/// From the root of the repository; the version is that of the manifest.
const FILE: &str = "public/schema/trazo-1.schema.json";

/// Writes the schema anew.
pub(crate) fn publish(project: &Project) -> Outcome<()> {
    let (step, text) = current(project)?;
    write(&project.root().join(FILE), &text)?;
    step.end("written");
    Ok(())
}

/// Whether the published schema is the one that the program has: one test.
pub(crate) fn check(project: &Project) -> Outcome<Tally> {
    let (step, text) = current(project)?;
    let published = std::fs::read_to_string(project.root().join(FILE)).unwrap_or_default();
    if published == text {
        step.end("ok");
        return Ok(Tally::one_passed());
    }
    step.end("failed: `cargo xtask schema` writes it anew");
    Ok(Tally::one_failed())
}

fn current(project: &Project) -> Outcome<(Step, String)> {
    let step = Step::begin("schema", None);
    let mut command = Command::new("cargo");
    command.current_dir(project.root()).args(["run", "--quiet", "--package", "trazo-cli"]);
    locked(&mut command).args(["--", "schema", "--lang", "en"]);
    match sh::answer(&mut command) {
        Some(text) => Ok((step, format!("{text}\n"))),
        None => {
            Err(Failure::new("the schema cannot be made", "`cargo run -p trazo-cli -- schema --lang en` says why."))
        }
    }
}
