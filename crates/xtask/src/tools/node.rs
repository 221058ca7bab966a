//! Node's part: Playwright, axe and the WebAssembly optimiser, as `tests/package-lock.json` names them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;

/// Node with the packages of `tests/`.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    tests: PathBuf,
}

impl Node {
    /// A file in `tests/`.
    pub(crate) fn file(&self, path: impl AsRef<Path>) -> PathBuf {
        self.tests.join(path)
    }

    /// A command that runs a script in `tests/`, named by its path there.
    pub(crate) fn script(&self, path: impl AsRef<Path>) -> Command {
        let mut command = Command::new("node");
        command.current_dir(&self.tests).arg(self.tests.join(path));
        command
    }

    /// The command line of Playwright.
    pub(crate) fn playwright(&self) -> Command {
        self.script("node_modules/@playwright/test/cli.js")
    }

    /// The WebAssembly optimiser.
    pub(crate) fn wasm_opt(&self) -> Command {
        self.script("node_modules/binaryen/bin/wasm-opt")
    }
}

/// Installs the packages if the lock file has changed since they were. `None`: there is no Node.
pub(crate) fn ensure(project: &Project) -> Outcome<Option<Node>> {
    if sh::answer(Command::new("node").arg("--version")).is_none() {
        return Ok(None);
    }
    let tests = project.tests();
    let lock = tests.join("package-lock.json");
    let wanted = std::fs::read(&lock).map_err(|error| Failure::file(&lock, &error))?;
    // Kept among the packages, so that it goes when they go.
    let stamp = tests.join("node_modules/.trazo-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(Some(Node { tests }));
    }
    sh::step(
        project,
        npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(&tests),
        "packages of tests/",
        None,
        "Check the network, then `npm ci` in tests/ says more.",
    )?;
    std::fs::write(&stamp, wanted).map_err(|error| Failure::file(&stamp, &error))?;
    Ok(Some(Node { tests }))
}

/// npm is a batch file on Windows, which only its shell can start.
pub(crate) fn npm() -> Command {
    if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "npm"]);
        command
    } else {
        Command::new("npm")
    }
}
