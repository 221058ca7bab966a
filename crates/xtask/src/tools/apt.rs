//! Packages of the system, where they can be installed without asking.

use std::process::Command;

use crate::failure::Outcome;
use crate::project::Project;
use crate::sh;

/// Installs packages by apt, as root or with a sudo that does not ask; tells whether there was a way to.
pub(crate) fn install(project: &Project, name: &'static str, packages: &[&str], about: &'static str) -> Outcome<bool> {
    if sh::which("apt-get").is_none() {
        return Ok(false);
    }
    let root = sh::answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    let sudo = !root && sh::answer(Command::new("sudo").args(["-n", "true"])).is_some();
    if !root && !sudo {
        return Ok(false);
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if sudo { "sudo" } else { "env" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments);
        command
    };
    let remedy = "Install the packages by hand, and run this again.";
    sh::step(project, &mut apt(&["update"]), "package lists", None, remedy)?;
    let arguments = [&["install", "-y", "--no-install-recommends"], packages].concat();
    sh::step(project, &mut apt(&arguments), name, Some(about), remedy)?;
    Ok(true)
}
