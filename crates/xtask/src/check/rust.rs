//! Form and lints of all crates, and those of their tests that need no browser.

use std::process::Command;

use super::count::{self, Tally};
use super::{counted, verdict};
use crate::failure::Outcome;
use crate::project::{Project, locked};
use crate::{reference, schema};

/// The page's lints are those of the target that it is made for; see the stage `wasm`.
const APP: &str = "trazo-app";
/// This crate is the stage `tidy`.
const XTASK: &str = "trazo-xtask";

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    let mut sum = verdict(project, "fmt", cargo(project).args(["fmt", "--all", "--check", "--", "--color", "never"]))?;
    sum += verdict(
        project,
        "clippy",
        locked(cargo(project).args(["clippy", "--workspace", "--exclude", APP, "--all-targets", "--keep-going"]))
            .args(["--", "-D", "warnings"]),
    )?;
    let mut tests = cargo(project);
    tests.args(["test", "--workspace", "--no-fail-fast", "--exclude", XTASK]);
    sum += counted(project, "tests", locked(&mut tests), count::of_cargo)?;
    sum += schema::check(project)?;
    sum += reference::check(project)?;
    Ok(sum)
}

/// The rules of the repository, which are tests of this crate.
pub(crate) fn tidy(project: &Project) -> Outcome<Tally> {
    let mut tests = cargo(project);
    tests.args(["test", "--package", XTASK, "--no-fail-fast"]);
    counted(project, "rules", locked(&mut tests), count::of_cargo)
}

/// A cargo command that runs in the project.
pub(super) fn cargo(project: &Project) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(project.root());
    command
}
