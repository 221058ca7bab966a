//! `cargo xtask test`: every test there is, stage by stage, and their sum in the last line.

mod browser;
mod count;
mod fuzz;
mod oracles;
mod rust;
mod wasm;

use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::say::{self, Step};
use crate::sh;
pub(crate) use count::Tally;

pub(crate) use browser::{UNDER, no_node};

/// A stage and what it runs.
type Stage = (&'static str, fn(&Project) -> Outcome<Tally>);

const STAGES: &[Stage] = &[
    ("rust", rust::run),
    ("tidy", rust::tidy),
    ("wasm", wasm::run),
    ("browser", browser::run),
    ("oracles", oracles::run),
    ("fuzz", fuzz::run),
];

/// Runs the named stages, or all; whether all passed.
pub(crate) fn run(project: &Project, names: &[String]) -> Outcome<bool> {
    let stages = chosen(names)?;
    say::title("test");
    let began = Instant::now();
    let mut sum = Tally::default();
    for (name, stage) in stages {
        say::line(&format!("\n  {name}"));
        sum += match stage(project) {
            Ok(tally) => tally,
            // What could not be run did not pass; the other stages can still tell something.
            Err(failure) => {
                say::failure(&failure);
                Tally::one_failed()
            }
        };
    }
    say::line(&format!("\n  in {}\n", say::duration(began.elapsed())));
    say::line(&sum.to_string());
    Ok(sum.failed == 0)
}

fn chosen(names: &[String]) -> Outcome<Vec<Stage>> {
    if names.is_empty() {
        return Ok(STAGES.to_vec());
    }
    names
        .iter()
        .map(|name| {
            let stage = STAGES.iter().find(|(stage, _)| stage == name);
            stage.copied().ok_or_else(|| {
                let known: Vec<&str> = STAGES.iter().map(|(stage, _)| *stage).collect();
                Failure::new(format!("there is no stage `{name}`"), format!("The stages are: {}.", known.join(", ")))
            })
        })
        .collect()
}

/// Runs a command that only passes or fails, such as a linter: it counts as one test.
fn verdict(project: &Project, label: &str, command: &mut Command) -> Outcome<Tally> {
    counted(project, label, command, |_| Tally::default())
        .map(|tally| if tally.failed == 0 { Tally::one_passed() } else { tally })
}

/// Runs a command that runs tests, and counts them in its output.
fn counted(project: &Project, label: &str, command: &mut Command, count: fn(&str) -> Tally) -> Outcome<Tally> {
    let mut step = Step::begin(label, None);
    // The counting reads plain text, and people the failure itself.
    command.env("CARGO_TERM_COLOR", "never").env("RUST_BACKTRACE", "0").env_remove("FORCE_COLOR");
    let finished = sh::run(project, command, label, &mut step)?;
    let mut tally = count(&finished.output);
    if finished.success {
        step.end(&tally.short());
        return Ok(tally);
    }
    // A failure that no test reports, such as a crate that does not compile, is one all the same.
    tally.failed = tally.failed.max(1);
    step.end(&tally.short());
    let log = sh::log_file(project, label);
    say::line(&format!("\n{}\n\n    all of it: {}\n", finished.telling(), log.display()));
    Ok(tally)
}
