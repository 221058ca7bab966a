//! What others say of our files: AWS's own linter, and the emulators to come.

use super::count::{self, Tally};
use super::counted;
use crate::failure::Outcome;
use crate::project::Project;
use crate::tools;

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    let python = tools::ensure_python(project)?;
    let mut command = python.command();
    command
        .current_dir(project.tests().join("oracles"))
        .args(["-m", "unittest", "discover", "--pattern", "*_test.py"])
        .env("CFN_LINT", python.program("cfn-lint"))
        // Compiled files do not belong among the sources.
        .env("PYTHONDONTWRITEBYTECODE", "1");
    counted(project, "python", &mut command, count::of_unittest)
}
