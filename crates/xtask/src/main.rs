//! `cargo xtask`: sets up, builds, serves, tests and measures Trazo.

mod bench;
mod bundle;
mod check;
mod dev;
mod failure;
mod project;
mod reference;
mod say;
mod schema;
mod serve;
mod sh;
#[cfg(test)]
mod tidy;
mod tools;

use std::process::ExitCode;

use failure::{Failure, Outcome};
use project::Project;

const HELP: &str = "\
Trazo, the tasks of the project

  cargo xtask start [--port N]    install what is missing, build, serve on 127.0.0.1 (8080)
  cargo xtask dev   [--port N]    serve a debug build, rebuild and reload on change (8081)
  cargo xtask build               leave the release bundle in dist/
  cargo xtask serve [--port N] [--under PATH]
                                  serve dist/ as it is, at / or in a sub-folder
  cargo xtask test  [STAGE…]      run every test, or those of: rust tidy wasm browser oracles fuzz
  cargo xtask schema              publish the schema of the manifest in public/schema/
  cargo xtask reference           write docs/reference/ anew
  cargo xtask bench [PART…]       measure, or only: sizes browser native
";

fn main() -> ExitCode {
    if let Some(done) = bundle::parts::stand_in() {
        return done;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            say::failure(&failure);
            ExitCode::FAILURE
        }
    }
}

/// Runs one task; the answer is whether all that it judged was well.
fn run(arguments: &[String]) -> Outcome<bool> {
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", arguments),
    };
    if matches!(task, "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(true);
    }
    let project = Project::find()?;
    match task {
        "start" => start(&project, rest).map(|()| true),
        "build" => build(&project, rest).map(|()| true),
        "dev" => dev::run(&project, port(rest, 8081)?).map(|()| true),
        "serve" => serve_as_is(&project, rest).map(|()| true),
        "schema" => schema::publish(&project).map(|()| true),
        "reference" => reference::publish(&project).map(|()| true),
        "test" => check::run(&project, rest),
        "bench" => bench::run(&project, rest),
        other => Err(Failure::new(format!("there is no task `{other}`"), "`cargo xtask help` lists them.")),
    }
}

fn start(project: &Project, rest: &[String]) -> Outcome<()> {
    let port = port(rest, 8080)?;
    // Taken before the long part, so that a port in use is said at once and not after ten minutes.
    let server = serve::Server::bind(port)?;
    say::title("start");
    bundle::ensure(project)?;
    say::line(&format!("\n  Trazo is at  {}", server.url("/")));
    say::line("  Ctrl+C stops it.\n");
    server.run(&serve::Site::new(project.dist(), "/"));
    Ok(())
}

fn build(project: &Project, rest: &[String]) -> Outcome<()> {
    no_more(rest)?;
    say::title("build");
    bundle::ensure(project)
}

fn serve_as_is(project: &Project, rest: &[String]) -> Outcome<()> {
    let under = option(rest, "--under")?.unwrap_or("/");
    let server = serve::Server::bind(port(rest, 8080)?)?;
    if !project.dist().join("index.html").is_file() {
        return Err(Failure::new("dist/ holds no page yet", "`cargo xtask build` makes it."));
    }
    let site = serve::Site::new(project.dist(), under);
    say::line(&format!("  dist/ is at  {}", server.url(site.under())));
    server.run(&site);
    Ok(())
}

fn port(arguments: &[String], default: u16) -> Outcome<u16> {
    match option(arguments, "--port")? {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| {
            Failure::new(
                format!("`{text}` is not a port"),
                "A port is a number from 0 to 65535; 0 takes any that is free.",
            )
        }),
    }
}

/// The value that follows `name`, if it was given.
fn option<'a>(arguments: &'a [String], name: &str) -> Outcome<Option<&'a str>> {
    let Some(at) = arguments.iter().position(|argument| argument == name) else {
        return Ok(None);
    };
    match arguments.get(at + 1) {
        Some(value) => Ok(Some(value)),
        None => Err(Failure::new(
            format!("`{name}` needs a value"),
            "`cargo xtask help` shows the tasks and their options.",
        )),
    }
}

fn no_more(arguments: &[String]) -> Outcome<()> {
    match arguments.first() {
        None => Ok(()),
        Some(extra) => Err(Failure::new(
            format!("`{extra}` is not understood here"),
            "`cargo xtask help` shows the tasks and their options.",
        )),
    }
}
