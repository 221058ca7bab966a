//! The browser of the tests: a Chromium of the system, with its driver.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;

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
    install(project)?;
    find().ok_or_else(missing)
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let chromium = named("CHROMIUM")
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(sh::which))?;
    let driver = named("CHROMEDRIVER").or_else(|| sh::which("chromedriver"))?;
    Some(Browser { chromium, driver })
}

/// By apt, as root or with a sudo that does not ask.
fn install(project: &Project) -> Outcome<()> {
    if sh::which("apt-get").is_none() {
        return Err(missing());
    }
    let root = sh::answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    let sudo = !root && sh::answer(Command::new("sudo").args(["-n", "true"])).is_some();
    if !root && !sudo {
        return Err(missing());
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if sudo { "sudo" } else { "env" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments);
        command
    };
    let remedy = "Install chromium and chromium-driver by hand, and run this again.";
    sh::step(project, &mut apt(&["update"]), "package lists", None, remedy)?;
    sh::step(
        project,
        &mut apt(&["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]),
        "chromium",
        Some("from the system's packages, about 1 min"),
        remedy,
    )
}

fn missing() -> Failure {
    Failure::new(
        "the tests need Chromium and its driver",
        "Install them (on Debian: apt-get install chromium chromium-driver), or name them in \
         CHROMIUM and CHROMEDRIVER.",
    )
}
