//! Running other programs: quietly, with their output kept and shown only when they fail.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::say::Step;

/// How much of a failed program's output is shown.
const SHOWN_LINES: usize = 40;

/// A program that ran to its end.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Whether it ended with 0.
    pub(crate) success: bool,
    /// All that it wrote, both streams.
    pub(crate) output: String,
}

impl Finished {
    /// The end of the output.
    pub(crate) fn tail(&self) -> String {
        let lines: Vec<&str> = self.output.lines().collect();
        let from = lines.len().saturating_sub(SHOWN_LINES);
        lines.get(from..).map_or_else(String::new, |end| end.join("\n"))
    }
}

/// Runs a program; its output goes to `target/xtask/logs/<log>.log`, its last line to the step.
pub(crate) fn run(project: &Project, command: &mut Command, log: &str, step: &mut Step) -> Outcome<Finished> {
    let path = project.logs().join(format!("{log}.log"));
    let file = create(&path)?;
    let second = file.try_clone().map_err(|error| Failure::file(&path, &error))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(second)
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let mut reader = File::open(&path).map_err(|error| Failure::file(&path, &error))?;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(error) => return Err(cannot_start(command, &error)),
        }
        step.tick(&last_line(&mut reader));
    };
    let bytes = std::fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
    Ok(Finished { success: status.success(), output: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Runs a program that must succeed, as one step of its own.
pub(crate) fn step(
    project: &Project,
    command: &mut Command,
    label: &str,
    estimate: Option<&str>,
    remedy: &str,
) -> Outcome<()> {
    let mut step = Step::begin(label, estimate);
    let log: String = label.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let finished = run(project, command, &log, &mut step)?;
    if finished.success {
        step.end("done");
        Ok(())
    } else {
        step.end("failed");
        Err(Failure::new(format!("{label} did not end well"), remedy).with_output(&finished.tail()))
    }
}

/// What a program writes on standard output, if it can be run and ends with 0.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The file of a program on the search path.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// A search path on which these folders come first.
pub(crate) fn path_with(folders: &[PathBuf]) -> std::ffi::OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).unwrap_or(old)
}

fn create(path: &Path) -> Outcome<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    File::create(path).map_err(|error| Failure::file(path, &error))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    Failure::new(
        format!("{program} cannot be run: {error}"),
        format!("Install {program}, see that it is on the PATH, and run this again."),
    )
}

/// The last whole line so far; a log that cannot be read shows nothing.
fn last_line(file: &mut File) -> String {
    let length = file.metadata().map_or(0, |data| data.len());
    let mut bytes = Vec::new();
    let read = file.seek(SeekFrom::Start(length.saturating_sub(400))).and_then(|_| file.read_to_end(&mut bytes));
    if read.is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().rev().find(|line| !line.trim().is_empty());
    line.unwrap_or_default().chars().filter(|letter| !letter.is_control()).collect()
}
