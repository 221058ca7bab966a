//! The browser of the tests: a Chromium of the system, with its driver.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;
use crate::tools::apt;

/// Chromium and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// What drives it in the tests that are compiled to wasm.
    pub(crate) driver: PathBuf,
}

/// Finds the browser; installs it where that can be done without asking.
pub(crate) fn ensure(project: &Project) -> Outcome<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let about = "from the system's packages, about 1 min";
    if !apt::install(project, "chromium", &["chromium", "chromium-driver"], about)? {
        return Err(missing());
    }
    find().ok_or_else(missing)
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let chromium = named("CHROMIUM")
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(sh::which))?;
    let driver = named("CHROMEDRIVER").or_else(|| sh::which("chromedriver"))?;
    Some(Browser { chromium, driver })
}

fn missing() -> Failure {
    Failure::new(
        "the tests need Chromium and its driver",
        "Install them (on Debian: apt-get install chromium chromium-driver), or name them in \
         CHROMIUM and CHROMEDRIVER.",
    )
}
