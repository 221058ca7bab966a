//! The release bundle in a real browser, under the hands of Playwright.

use std::path::PathBuf;

use super::count::{self, Tally};
use super::counted;
use super::rust::cargo;
use crate::failure::{Failure, Outcome};
use crate::project::{Project, locked};
use crate::serve::{Server, Site};
use crate::{bundle, sh, tools};

/// A sub-folder, since the page must not care where it lies.
pub(crate) const UNDER: &str = "/curso/trazo/";

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    bundle::ensure(project)?;
    let node = tools::ensure_node(project)?.ok_or_else(no_node)?;
    let browser = tools::ensure_browser(project)?;
    let python = tools::ensure_python(project)?;
    let stand_in = stand_in(project)?;
    let server = Server::bind(0)?;
    let url = server.url(UNDER);
    server.run_in_background(Site::new(project.dist(), UNDER));
    let mut command = node.playwright();
    command
        .arg("test")
        .env("TRAZO_URL", url)
        .env("CHROMIUM", &browser.chromium)
        .env("CFN_LINT", python.program("cfn-lint"))
        .env("TRAZO_PYTHON", python.program("python"))
        .env("TRAZO_STAND_IN", stand_in);
    counted(project, "playwright", &mut command, count::of_playwright)
}

/// `trazo serve` whose relay leads to an emulator: an example, so that no command that people run can do that.
pub(super) fn stand_in(project: &Project) -> Outcome<PathBuf> {
    let mut command = cargo(project);
    command.args(["build", "--quiet", "--package", "trazo-serve", "--example", "stand_in"]);
    let remedy = "Mend what the compiler says above and run this again.";
    sh::step(project, locked(&mut command), "relay for tests", None, remedy)?;
    let name = format!("stand_in{}", std::env::consts::EXE_SUFFIX);
    Ok(project.target().join("debug/examples").join(name))
}

/// For tasks that cannot do without.
pub(crate) fn no_node() -> Failure {
    Failure::new("there is no Node", "Install Node 20 or newer (https://nodejs.org) and run this again.")
}
