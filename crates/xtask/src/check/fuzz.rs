//! What comes from outside, by chance and for longer than the other tests take.

use super::count::{self, Tally};
use super::counted;
use super::rust::cargo;
use crate::failure::Outcome;
use crate::project::{Project, locked};

/// How long each test runs, unless `TRAZO_FUZZ_SECONDS` says otherwise.
const SECONDS: &str = "60";

/// The crates that read what others wrote, and have a test called `fuzz`.
const CRATES: &[&str] = &["trazo-serve", "trazo-formats"];

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    let mut sum = Tally::default();
    for name in CRATES {
        let mut tests = cargo(project);
        tests.args(["test", "--package", name, "--test", "fuzz", "--no-fail-fast"]);
        if std::env::var_os("TRAZO_FUZZ_SECONDS").is_none() {
            tests.env("TRAZO_FUZZ_SECONDS", SECONDS);
        }
        sum += counted(project, &format!("fuzz {name}"), locked(&mut tests), count::of_cargo)?;
    }
    Ok(sum)
}
