//! How much sooner `trazo export` is done than the other way from few words to a template: `cdk synth` of AWS's own CDK, here of a
//! service behind a load balancer, which is less than half of the Tienda Virtual.
//!
//! Only on request: it fetches the CDK.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::bundle::write;
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::{say, sh};

/// How many times faster it has to be.
const LEAST: f64 = 200.0;

/// What npm installs: the command, the library, and what that stands on.
const PACKAGES: &[&str] = &["aws-cdk@2.1148.1", "aws-cdk-lib@2.275.0", "constructs@10.8.1"];

/// Both as whole processes; the middle run counts.
pub(super) fn run(project: &Project) -> Outcome<bool> {
    let folder = cdk(project)?;
    let trazo = trazo(project)?;
    let design = project.root().join("crates/formats/templates/tienda-virtual.trazo.json");
    let export = || {
        let mut command = Command::new(&trazo);
        command.arg("export").arg(&design).args(["--to", "cloudformation"]);
        command
    };
    let synth = || {
        let mut command = Command::new("node");
        command.current_dir(&folder).args(["node_modules/aws-cdk/bin/cdk", "synth", "--quiet", "--app", "node app.js"]);
        command.env("CDK_DISABLE_CLI_TELEMETRY", "true").env("CI", "true");
        command
    };
    let (ours, theirs) = (middle(41, export)?, middle(5, synth)?);
    let times = theirs / ours;
    let mark = if times >= LEAST { " " } else { "✗" };
    say::line(&format!("\n  trazo export of the Tienda Virtual  {ours:>9.2} ms"));
    say::line(&format!("  cdk synth of one service            {theirs:>9.2} ms"));
    say::line(&format!("{mark} times faster                        {times:>9.0}     at least {LEAST}"));
    let json =
        format!("{{ \"trazo_ms\": {ours:.3}, \"cdk_ms\": {theirs:.1}, \"times\": {times:.1}, \"budget\": {LEAST} }}\n");
    write(&project.target().join("bench/exports.json"), &json)?;
    Ok(times >= LEAST)
}

/// Milliseconds of the middle one of some runs, after one that nobody counts.
fn middle(runs: usize, command: impl Fn() -> Command) -> Outcome<f64> {
    let mut times = Vec::with_capacity(runs);
    for run in 0..=runs {
        let mut command = command();
        let began = Instant::now();
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let time = began.elapsed().as_secs_f64() * 1000.0;
        if !status.is_ok_and(|status| status.success()) {
            return Err(Failure::new(
                format!("{} does not end well", command.get_program().to_string_lossy()),
                "Run what crates/xtask/src/bench/exports.rs runs by hand: it says more.",
            ));
        }
        if run > 0 {
            times.push(time);
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

/// The folder with the CDK and its app.
fn cdk(project: &Project) -> Outcome<PathBuf> {
    let folder = project.tools().join("cdk");
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let (app, ours) = (folder.join("app.js"), project.tests().join("bench/cdk/app.js"));
    std::fs::copy(&ours, &app).map_err(|error| Failure::file(&ours, &error))?;
    let (stamp, wanted) = (folder.join("installed"), PACKAGES.join("\n"));
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    install(project, &folder)?;
    write(&stamp, &wanted)?;
    Ok(folder)
}

fn install(project: &Project, folder: &Path) -> Outcome<()> {
    // Without one of its own npm would install into a folder above.
    write(&folder.join("package.json"), "{ \"private\": true }\n")?;
    let mut npm = crate::tools::npm();
    npm.current_dir(folder).args(["install", "--no-audit", "--no-fund", "--no-save"]).args(PACKAGES);
    let remedy = "Install Node 20 or newer, check the network, and run this again.";
    sh::step(project, &mut npm, "AWS CDK", Some("half a minute"), remedy)
}

/// The command as people get it.
fn trazo(project: &Project) -> Outcome<PathBuf> {
    let mut build = Command::new("cargo");
    build.current_dir(project.root()).args(["build", "--quiet", "--release", "--package", "trazo-cli"]);
    sh::step(project, &mut build, "trazo", None, "The command does not compile: see above.")?;
    Ok(project.target().join("release").join(format!("trazo{}", std::env::consts::EXE_SUFFIX)))
}
