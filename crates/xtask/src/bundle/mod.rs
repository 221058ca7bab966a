//! The release bundle: from sources to `dist/`, and only if they have changed.

pub(crate) mod fingerprint;
mod offline;
pub(crate) mod parts;
pub(crate) mod styles;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::project::{Project, locked};
use crate::tools::{Node, Splitter, Trunk};
use crate::{say, sh, tools};

/// What rustc emits and browsers take. Without flags the optimiser refuses the module; with all
/// features allowed it writes one that browsers refuse.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Small, but without the many functions of a few instructions that the splitter and the compiler leave: browsers compile
/// each function when it is first called, and those cost the opening of a design more than they save of its weight.
const OPTIMISES: &[&str] = &["-Oz", "--always-inline-max-function-size=12"];

/// What tools leave in a module for other tools.
const STRIPS: &[&str] = &["--strip-debug", "--strip-producers"];

/// Leaves the release bundle in `dist/`, built anew only if its inputs have changed.
pub(crate) fn ensure(project: &Project) -> Outcome<()> {
    let trunk = tools::ensure_cargo_tools(project)?;
    let splitter = tools::ensure_splitter(project)?;
    let node = tools::ensure_node(project)?;
    let inputs = fingerprint::of_inputs(project, node.is_some())?;
    let stamp = project.target().join("xtask/dist.stamp");
    let built =
        project.dist().join("index.html").is_file() && std::fs::read_to_string(&stamp).is_ok_and(|last| last == inputs);
    if built {
        say::ready("bundle", "up to date");
        return Ok(());
    }
    // While dist/ is being made it is nobody's finished bundle.
    let _ = std::fs::remove_file(&stamp);
    build(project, &trunk, &splitter)?;
    match &node {
        Some(node) => optimise(project, node)?,
        None => say::ready("wasm-opt", "left out, there is no Node: the page is larger"),
    }
    offline::list_files(&project.dist())?;
    write(&stamp, &inputs)
}

fn build(project: &Project, trunk: &Trunk, splitter: &Splitter) -> Outcome<()> {
    styles::bundle(project)?;
    // Trunk would call the compiler itself, but bury what it says.
    let mut compiler = Command::new("cargo");
    compiler.current_dir(project.root()).args([
        "build",
        "--profile",
        "web",
        "--bin",
        "trazo-app",
        "--features",
        "parts",
    ]);
    compiler.args(["--package", "trazo-app", "--target", tools::WASM_TARGET]);
    let remedy = "Mend what the compiler says above and run this again.";
    sh::step(project, locked(&mut compiler), "page", Some("compiled small, up to 3 min"), remedy)?;
    let mut bundler = trunk.command(project);
    bundler.args(["build", "--release", "--features", "parts", "--dist"]).arg(project.dist());
    parts::stand_in_for(project, splitter, &mut bundler)?;
    let remedy = "The end of the output says which file of the page it stumbled over.";
    sh::step(project, locked(&mut bundler), "bundle", None, remedy)?;
    parts::settle(project)
}

/// Makes each module smaller, in place: its name carries the hash of what it was made from.
fn optimise(project: &Project, node: &Node) -> Outcome<()> {
    for module in modules(&project.dist())? {
        let before = std::fs::metadata(&module).map_or(0, |data| data.len());
        let mut step = say::Step::begin("wasm-opt", None);
        let mut command = node.wasm_opt();
        command.args(OPTIMISES).args(WASM_FEATURES).args(STRIPS);
        command.arg(&module).arg("--output").arg(&module);
        let finished = sh::run(project, &mut command, "wasm-opt", &mut step)?;
        if !finished.success {
            step.end("failed");
            return Err(Failure::new(
                "the optimiser refused the module",
                "Delete tests/node_modules and run this again, so that it is installed anew.",
            )
            .with_output(&finished.telling()));
        }
        let after = std::fs::metadata(&module).map_or(0, |data| data.len());
        step.end(&format!("{} → {}", say::size(before), say::size(after)));
    }
    Ok(())
}

fn modules(dist: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dist).map_err(|error| Failure::file(dist, &error))?;
    let files = entries.flatten().map(|entry| entry.path());
    Ok(files.filter(|file| file.extension().is_some_and(|end| end == "wasm")).collect())
}

/// Writes a file, and its folder if need be.
pub(crate) fn write(path: &Path, text: &str) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}
