//! `cargo xtask bench`: what the page weighs, how soon it is ready, what a frame and an edit cost.
//!
//! Every part writes `target/bench/<part>.json` and a table, and fails when a budget is passed.

mod exports;
mod native;

use std::process::Command;

use crate::check::{UNDER, no_node};
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::serve::{Server, Site};
use crate::tools::{Node, ensure_browser, ensure_node};
use crate::{bundle, say};

/// A part and what it runs; the answer is whether its budgets are kept.
type Part = (&'static str, fn(&Project) -> Outcome<bool>);

const PARTS: &[Part] = &[("sizes", sizes), ("browser", browser), ("native", native::run)];

/// Parts that are measured only where they are named: they fetch what nothing else needs.
const ON_REQUEST: &[Part] = &[("exports", exports::run)];

/// Measures the named parts, or all; whether every budget is kept.
pub(crate) fn run(project: &Project, names: &[String]) -> Outcome<bool> {
    let known = || PARTS.iter().chain(ON_REQUEST);
    if let Some(unknown) = names.iter().find(|name| known().all(|(part, _)| part != name)) {
        return Err(Failure::new(
            format!("there is nothing to measure called `{unknown}`"),
            "The parts are: sizes, browser, native, and on request exports.",
        ));
    }
    say::title("bench");
    let folder = project.target().join("bench");
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let mut kept = true;
    for (name, part) in known() {
        let is_usual = PARTS.iter().any(|(usual, _)| usual == name);
        if names.is_empty() && is_usual || names.iter().any(|wanted| wanted == name) {
            kept &= part(project)?;
        }
    }
    say::line(if kept { "\n  Every budget is kept.\n" } else { "\n  A budget is passed: see the lines marked ✗.\n" });
    Ok(kept)
}

fn sizes(project: &Project) -> Outcome<bool> {
    let node = prepared(project)?;
    let mut command = node.script("bench/sizes.mjs");
    command.arg(project.dist());
    shown(project, &mut command)
}

fn browser(project: &Project) -> Outcome<bool> {
    let node = prepared(project)?;
    let browser = ensure_browser(project)?;
    let server = Server::bind(0)?;
    let mut command = node.script("bench/browser.mjs");
    command.env("TRAZO_URL", server.url(UNDER)).env("CHROMIUM", &browser.chromium);
    server.run_in_background(Site::new(project.dist(), UNDER));
    shown(project, &mut command)
}

fn prepared(project: &Project) -> Outcome<Node> {
    bundle::ensure(project)?;
    ensure_node(project)?.ok_or_else(no_node)
}

/// Runs a script that prints its own table; 1 means a budget is passed, more that it broke.
fn shown(project: &Project, command: &mut Command) -> Outcome<bool> {
    let status = command.env("TRAZO_BENCH", project.target().join("bench")).status().map_err(|error| {
        Failure::new(format!("node cannot be run: {error}"), "Install Node 20 or newer and run this again.")
    })?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(Failure::new(
            "the measuring broke off",
            "What it wrote above says why; the page may lack what is measured.",
        )),
    }
}
