//! Native measurements: each `crates/*/examples/bench_*.rs` is one program, which writes a line
//! `name<TAB>number<TAB>budget<TAB>unit` for each thing that it measured.

use std::path::PathBuf;
use std::process::Command;

use crate::bundle::write;
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::say::{self, Step};
use crate::sh;

/// One measurement.
#[derive(Debug, PartialEq)]
struct Measure {
    name: String,
    number: f64,
    budget: f64,
    /// Of number and budget: `ms`, or `%` for what is measured against something else on the same machine.
    unit: String,
}

/// Runs all of them; whether every budget is kept.
pub(super) fn run(project: &Project) -> Outcome<bool> {
    let mut measures = Vec::new();
    for (package, example) in programs(project)? {
        let mut command = Command::new("cargo");
        command
            .current_dir(project.root())
            .args(["run", "--quiet", "--release", "--package", &package])
            .args(["--example", &example]);
        let mut step = Step::begin(&example, None);
        let finished = sh::run(project, &mut command, &example, &mut step)?;
        step.end(if finished.success { "measured" } else { "failed" });
        if !finished.success {
            return Err(Failure::new(
                format!("{example} of {package} did not end well"),
                "Mend what it says above and run this again.",
            )
            .with_output(&finished.telling()));
        }
        measures.extend(finished.output.lines().filter_map(parse));
    }
    say::line("\n  native                                             measured       budget\n");
    for measure in &measures {
        let mark = if kept(measure) { " " } else { "✗" };
        let Measure { name, number, budget, unit } = measure;
        say::line(&format!("{mark} {name:<46} {number:>8.2} {unit:<2}  {budget:>8.2} {unit}"));
    }
    write(&project.target().join("bench/native.json"), &json(&measures))?;
    Ok(measures.iter().all(kept))
}

fn kept(measure: &Measure) -> bool {
    measure.number <= measure.budget
}

/// Package and name of every measuring program, sorted.
fn programs(project: &Project) -> Outcome<Vec<(String, String)>> {
    let crates = project.root().join("crates");
    let mut found = Vec::new();
    for name in names(&crates)? {
        let examples = crates.join(&name).join("examples");
        if !examples.is_dir() {
            continue;
        }
        for file in names(&examples)? {
            if let Some(example) = file.strip_suffix(".rs").filter(|it| it.starts_with("bench_")) {
                found.push((format!("trazo-{name}"), example.to_owned()));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn names(folder: &PathBuf) -> Outcome<Vec<String>> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

fn parse(line: &str) -> Option<Measure> {
    let mut parts = line.split('\t');
    Some(Measure {
        name: parts.next()?.to_owned(),
        number: parts.next()?.parse().ok()?,
        budget: parts.next()?.parse().ok()?,
        unit: parts.next()?.to_owned(),
    })
}

/// Names are ours and hold nothing that JSON would need escaped.
fn json(measures: &[Measure]) -> String {
    let lines: Vec<String> = measures
        .iter()
        .map(|Measure { name, number, budget, unit }| {
            format!("  {{ \"name\": \"{name}\", \"number\": {number}, \"budget\": {budget}, \"unit\": \"{unit}\" }}")
        })
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_program_is_read() {
        let (name, unit) = ("findings and preview, 200 nodes".to_owned(), "ms".to_owned());
        let expected = Measure { name, number: 4.25, budget: 10.0, unit };
        assert_eq!(parse("findings and preview, 200 nodes\t4.25\t10\tms"), Some(expected));
        assert_eq!(parse("just talk"), None);
    }
}
