//! Python's part: AWS's own linter for templates, in an environment under `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;

/// An environment with the packages of `tests/tools/requirements.txt`.
#[derive(Clone, Debug)]
pub(crate) struct Python {
    folder: PathBuf,
}

impl Python {
    /// The interpreter.
    pub(crate) fn command(&self) -> Command {
        Command::new(self.program("python"))
    }

    /// A program that the packages brought along.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let programs = if cfg!(windows) { "Scripts" } else { "bin" };
        self.folder.join(programs).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Makes the environment, or makes it again if the requirements have changed.
pub(crate) fn ensure(project: &Project) -> Outcome<Python> {
    let folder = project.tools().join("venv");
    let python = Python { folder: folder.clone() };
    let requirements = project.tests().join("tools/requirements.txt");
    let wanted = std::fs::read(&requirements).map_err(|error| Failure::file(&requirements, &error))?;
    let stamp = folder.join("trazo-requirements");
    let current = std::fs::read(&stamp).is_ok_and(|installed| installed == wanted);
    if current && python.program("python").is_file() {
        return Ok(python);
    }
    make(project, &python, &requirements)?;
    std::fs::write(&stamp, wanted).map_err(|error| Failure::file(&stamp, &error))?;
    Ok(python)
}

fn make(project: &Project, python: &Python, requirements: &Path) -> Outcome<()> {
    let Some(system) = system_python() else {
        return Err(Failure::new(
            "there is no Python 3",
            "Install Python 3.9 or newer (on Debian: apt-get install python3-venv).",
        ));
    };
    sh::step(
        project,
        Command::new(system).args(["-m", "venv", "--clear"]).arg(&python.folder),
        "python environment",
        None,
        "On Debian and Ubuntu: apt-get install python3-venv. Then run this again.",
    )?;
    sh::step(
        project,
        python.command().args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(requirements),
        "python packages",
        None,
        "Check the network and run this again.",
    )
}

fn system_python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        sh::answer(Command::new(name).arg("--version")).is_some_and(|version| version.starts_with("Python 3"))
    })
}
