//! The release bundle in a real browser, under the hands of Playwright.

use super::count::{self, Tally};
use super::counted;
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::serve::{Server, Site};
use crate::{bundle, tools};

/// A sub-folder, since the page must not care where it lies.
pub(crate) const UNDER: &str = "/curso/trazo/";

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    bundle::ensure(project)?;
    let node = tools::ensure_node(project)?.ok_or_else(no_node)?;
    let browser = tools::ensure_browser(project)?;
    let python = tools::ensure_python(project)?;
    let server = Server::bind(0)?;
    let url = server.url(UNDER);
    server.run_in_background(Site::new(project.dist(), UNDER));
    let mut command = node.playwright();
    command
        .arg("test")
        .env("TRAZO_URL", url)
        .env("CHROMIUM", &browser.chromium)
        .env("CFN_LINT", python.program("cfn-lint"));
    counted(project, "playwright", &mut command, count::of_playwright)
}

/// For tasks that cannot do without.
pub(crate) fn no_node() -> Failure {
    Failure::new("there is no Node", "Install Node 20 or newer (https://nodejs.org) and run this again.")
}
