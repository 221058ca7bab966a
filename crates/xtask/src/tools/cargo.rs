//! The tools that come as crates: the wasm32 target, trunk, wasm-bindgen and the splitter of modules.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;

/// The target that the page is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The same as in the workspace's Cargo.toml: the two halves of the glue must agree.
pub(crate) const WASM_BINDGEN_VERSION: &str = "0.2.129";

/// A tool that is compiled from its crate, in one exact version.
struct Tool {
    krate: &'static str,
    program: &'static str,
    version: &'static str,
    /// Features beyond what cargo takes by default.
    arguments: &'static [&'static str],
    /// Whether it says its version; else cargo knows which one it has installed.
    says_version: bool,
    /// How well it is compiled.
    optimise: &'static str,
    estimate: &'static str,
}

const WASM_BINDGEN: Tool = Tool {
    krate: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: WASM_BINDGEN_VERSION,
    arguments: &[],
    says_version: true,
    // It reads and writes whole modules: unoptimised, every build would wait for it.
    optimise: "1",
    estimate: "from source, about 2½ min",
};

const TRUNK: Tool = Tool {
    krate: "trunk",
    program: "trunk",
    version: "0.21.14",
    // Without its update check, which nobody asked for.
    arguments: &["--no-default-features", "--features", "rustls"],
    says_version: true,
    // It only calls the others and copies: to optimise it took 5½ minutes and saved nothing.
    optimise: "0",
    estimate: "from source, about 3 min",
};

/// Cuts the module into parts; its marks are those of `wasm_split_helpers` in the workspace's Cargo.toml.
const WASM_SPLIT: Tool = Tool {
    krate: "wasm_split_cli_support",
    program: "wasm-split-cli",
    version: "0.2.4",
    arguments: &["--features", "build-binary"],
    says_version: false,
    optimise: "1",
    estimate: "from source, about 1 min",
};

/// The tools run for seconds: to compile them well would take longer than it ever saves.
const CHEAP_PROFILE: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Trunk, and the folder of the wasm-bindgen that it must find.
#[derive(Clone, Debug)]
pub(crate) struct Trunk {
    program: PathBuf,
    beside: Vec<PathBuf>,
}

impl Trunk {
    /// A command of trunk that runs in the project.
    pub(crate) fn command(&self, project: &Project) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(project.root())
            .env("PATH", sh::path_with(&self.beside))
            // Trunk takes the customary NO_COLOR=1 for a wrong value of a flag of its own.
            .env_remove("NO_COLOR")
            // Its own backtraces would push the compiler's words out of sight.
            .env("RUST_BACKTRACE", "0");
        command
    }
}

/// Installs what is missing.
pub(crate) fn ensure(project: &Project) -> Outcome<Trunk> {
    ensure_target(project)?;
    let wasm_bindgen = ensure_tool(project, &WASM_BINDGEN)?;
    let program = ensure_tool(project, &TRUNK)?;
    let beside = [&wasm_bindgen, &program].iter().filter_map(|file| file.parent().map(Path::to_owned)).collect();
    Ok(Trunk { program, beside })
}

/// The splitter, and the wasm-bindgen that it goes before.
#[derive(Clone, Debug)]
pub(crate) struct Splitter {
    pub(crate) program: PathBuf,
    pub(crate) wasm_bindgen: PathBuf,
}

/// Installs the splitter if it is missing.
pub(crate) fn splitter(project: &Project) -> Outcome<Splitter> {
    let wasm_bindgen = ensure_tool(project, &WASM_BINDGEN)?;
    Ok(Splitter { program: ensure_tool(project, &WASM_SPLIT)?, wasm_bindgen })
}

/// The runner of tests on wasm32, which is installed along with wasm-bindgen.
pub(crate) fn test_runner(project: &Project) -> Outcome<PathBuf> {
    let wasm_bindgen = ensure_tool(project, &WASM_BINDGEN)?;
    let name = format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX);
    Ok(wasm_bindgen.with_file_name(name))
}

fn ensure_target(project: &Project) -> Outcome<()> {
    let sysroot = sh::answer(Command::new("rustc").args(["--print", "sysroot"]));
    let installed = sysroot
        .map(|root| Path::new(&root).join("lib/rustlib").join(WASM_TARGET))
        .is_some_and(|folder| folder.is_dir());
    if installed {
        return Ok(());
    }
    sh::step(
        project,
        Command::new("rustup").args(["target", "add", WASM_TARGET]),
        WASM_TARGET,
        None,
        "Install Rust with rustup (https://rustup.rs), check the network, and run this again.",
    )
}

/// The program of a tool in the right version; installed first if need be.
fn ensure_tool(project: &Project, tool: &Tool) -> Outcome<PathBuf> {
    let own = program_in(&project.tools(), tool.program);
    let on_path = sh::which(tool.program);
    let found = on_path.iter().chain([&own]).find(|file| is_right(file, tool));
    if let Some(file) = found {
        return Ok(file.clone());
    }
    // Another version on the PATH is the person's own: it stays, and ours goes into target/.
    let own_folder = on_path.is_some();
    install(project, tool, own_folder)?;
    let file = if own_folder { own } else { in_cargo_home(tool) };
    if is_right(&file, tool) {
        Ok(file)
    } else {
        Err(Failure::new(
            format!("{} is not where cargo should have put it", tool.program),
            format!(
                "Run `cargo install {} --version {} --locked` and put its folder on the PATH.",
                tool.krate, tool.version
            ),
        ))
    }
}

fn install(project: &Project, tool: &Tool, own_folder: bool) -> Outcome<()> {
    // A fixed build folder, so that an install that was broken off goes on where it was.
    let build = project.tools().join("build").join(tool.krate);
    let mut command = Command::new("cargo");
    command
        .args(["install", tool.krate, "--version", tool.version, "--locked"])
        .args(tool.arguments)
        .envs(CHEAP_PROFILE.iter().copied())
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.optimise)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_TERM_PROGRESS_WHEN", "never");
    if own_folder {
        command.arg("--root").arg(project.tools());
    }
    let label = format!("{} {}", tool.program, tool.version);
    let remedy = "Check the network and the free disk space (3 GB), and run this again: \
                  it goes on where it stopped.";
    sh::step(project, &mut command, &label, Some(tool.estimate), remedy)?;
    // What stays behind if this fails is only disk space under target/.
    let _ = std::fs::remove_dir_all(&build);
    Ok(())
}

fn is_right(program: &Path, tool: &Tool) -> bool {
    if !tool.says_version {
        return program.is_file() && is_listed(program, tool);
    }
    sh::answer(Command::new(program).arg("--version"))
        .is_some_and(|answer| answer.split_whitespace().nth(1) == Some(tool.version))
}

/// Whether cargo has installed this version where the program lies.
fn is_listed(program: &Path, tool: &Tool) -> bool {
    let Some(root) = program.parent().and_then(Path::parent) else { return false };
    let wanted = format!("{} v{}:", tool.krate, tool.version);
    sh::answer(Command::new("cargo").args(["install", "--list", "--root"]).arg(root))
        .is_some_and(|list| list.lines().any(|line| line.trim() == wanted))
}

fn program_in(root: &Path, program: &str) -> PathBuf {
    root.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// Where `cargo install` puts programs.
fn in_cargo_home(tool: &Tool) -> PathBuf {
    let by_variable = ["CARGO_INSTALL_ROOT", "CARGO_HOME"].iter().find_map(std::env::var_os).map(PathBuf::from);
    let home = by_variable.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    program_in(&home.unwrap_or_default(), tool.program)
}
