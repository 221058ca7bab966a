//! HAProxy, which judges the configurations that Compose projects get.

use std::path::PathBuf;

use super::apt;
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::sh;

/// Finds HAProxy; installs it where that can be done without asking.
pub(crate) fn ensure(project: &Project) -> Outcome<PathBuf> {
    // Systems keep it where only root's PATH leads.
    let find =
        || sh::which("haproxy").or_else(|| Some(PathBuf::from("/usr/sbin/haproxy")).filter(|path| path.is_file()));
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(project, "haproxy", &["haproxy"], "from the system's packages")?;
    find().ok_or_else(|| {
        Failure::new(
            "the tests of exports need HAProxy",
            "Install it (on Debian: apt-get install haproxy) and run this again.",
        )
    })
}
