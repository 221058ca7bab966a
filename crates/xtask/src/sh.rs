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
const SHOWN_LINES: usize = 60;

/// A program that ran to its end.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Whether it ended with 0.
    pub(crate) success: bool,
    /// All that it wrote, both streams.
    pub(crate) output: String,
}

impl Finished {
    /// The part of the output that says what went wrong: the failures of tests, else what follows
    /// the first error, else the end.
    pub(crate) fn telling(&self) -> String {
        let lines: Vec<&str> = self.output.lines().collect();
        let failures = failures(&lines);
        if !failures.is_empty() {
            return failures.iter().take(SHOWN_LINES).copied().collect::<Vec<_>>().join("\n");
        }
        let error = lines.iter().position(|line| line.starts_with("error"));
        let from = error.unwrap_or(lines.len().saturating_sub(SHOWN_LINES));
        lines.iter().skip(from).take(SHOWN_LINES).copied().collect::<Vec<_>>().join("\n")
    }
}

/// What Rust's test programs write of tests that failed.
fn failures<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut within = false;
    for line in lines {
        // The second list of each program only repeats the names.
        let repeated = within && *line == "failures:";
        within = !repeated && (within || *line == "failures:") && !line.starts_with("test result:");
        if within && *line != "failures:" {
            found.push(*line);
        }
    }
    found
}

/// Runs a program; its output goes to [`log_file`], its last line to the step.
pub(crate) fn run(project: &Project, command: &mut Command, log: &str, step: &mut Step) -> Outcome<Finished> {
    let path = log_file(project, log);
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

/// Where the output of a step is kept.
pub(crate) fn log_file(project: &Project, label: &str) -> PathBuf {
    let name = label.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    project.logs().join(format!("{name}.log"))
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
        Err(Failure::new(format!("{label} did not end well"), remedy).with_output(&finished.telling()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn telling(output: &str) -> String {
        Finished { success: false, output: output.to_owned() }.telling()
    }

    #[test]
    fn failed_tests_are_told_without_those_that_passed() {
        let output = "\
running 2 tests
test a ... ok
test b ... FAILED

failures:

---- b stdout ----
it broke

failures:
    b

test result: FAILED. 1 passed; 1 failed
running 1 test
test c ... ok
test result: ok. 1 passed; 0 failed
";
        assert_eq!(telling(output).trim(), "---- b stdout ----\nit broke");
    }

    #[test]
    fn what_does_not_compile_is_told_from_the_first_error_on() {
        assert_eq!(telling("Checking a\nerror: no\n  --> here\n"), "error: no\n  --> here");
        assert_eq!(telling("only talk\n"), "only talk");
    }
}
