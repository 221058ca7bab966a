//! The page's own code, compiled for the browser and run in one.

use super::count::{self, Tally};
use super::rust::cargo;
use super::{counted, verdict};
use crate::failure::Outcome;
use crate::project::{Project, locked};
use crate::tools::{self, WASM_TARGET};

pub(crate) fn run(project: &Project) -> Outcome<Tally> {
    tools::ensure_cargo_tools(project)?;
    let runner = tools::test_runner(project)?;
    let browser = tools::ensure_browser(project)?;
    let page = ["--package", "trazo-app", "--target", WASM_TARGET];
    let mut clippy = cargo(project);
    clippy.arg("clippy").args(page).args(["--all-targets", "--keep-going"]);
    let mut sum = verdict(project, "clippy of the page", locked(&mut clippy).args(["--", "-D", "warnings"]))?;
    let mut tests = cargo(project);
    tests
        .args(["test", "--no-fail-fast"])
        .args(page)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", project.tests().join("support/webdriver.json"))
        // Upper bounds, in seconds: the runner's own, of which one is five, are too low for a machine that has much else to do.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "240");
    sum += counted(project, "tests in wasm", locked(&mut tests), count::of_cargo)?;
    Ok(sum)
}
