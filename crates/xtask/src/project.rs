//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};

/// The project's folders.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the project: by what cargo says, or upwards from the current folder.
    ///
    /// The path is not baked into the program, since build caches are moved between folders.
    pub(crate) fn find() -> Outcome<Self> {
        let from_cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = match from_cargo {
            Some(folder) => folder,
            None => std::env::current_dir().map_err(|error| Failure::file(Path::new("."), &error))?,
        };
        let root =
            start.ancestors().find(|folder| folder.join("index.html").is_file() && folder.join("crates").is_dir());
        match root {
            Some(root) => Ok(Self::at(root)),
            None => {
                Err(Failure::new("this is not a folder of Trazo", "Go into the cloned repository and run it again."))
            }
        }
    }

    fn at(root: &Path) -> Self {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Self { root: root.to_owned(), target }
    }

    /// The repository.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What cargo writes into.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The release bundle.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Browser tests, oracle tests and benches.
    pub(crate) fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// Tools that have no better place on this machine.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Full output of each step of the last run.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target.join("xtask/logs")
    }
}

/// What runs unattended must not change the lock file.
pub(crate) fn locked(command: &mut Command) -> &mut Command {
    if std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false") {
        command.arg("--locked");
    }
    command
}
