//! Work on the page: a debug build that is made again, and shown again, when a source changes.
//!
//! Trunk could serve too, but reloads by an inline script, which the page's own policy forbids;
//! here the policy holds while one works, so that what it forbids is noticed at once.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::bundle::{fingerprint, styles};
use crate::failure::Outcome;
use crate::project::Project;
use crate::serve::{Page, Server, Site, page};
use crate::tools::{self, Trunk};
use crate::{say, sh};

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const RELOAD_TAG: &str = "<script type=\"module\" src=\"./__reload.js\"></script>";

/// Asks the server which build it has, and loads the page again when that is another.
const RELOAD: &str = "\
let shown;
setInterval(async () => {
  const build = await fetch('./__build').then((answer) => answer.text()).catch(() => shown);
  if (shown && build !== shown) location.reload();
  shown = build;
}, 500);
";

/// Serves until the program is stopped.
pub(crate) fn run(project: &Project, port: u16) -> Outcome<()> {
    let server = Server::bind(port)?;
    say::title("dev");
    let trunk = tools::ensure_cargo_tools(project)?;
    let folder = project.target().join("web/dev");
    let build = Arc::new(AtomicU64::new(1));
    let address = server.url("/");
    {
        let (site, build) = (Site::new(folder.clone(), "/"), Arc::clone(&build));
        std::thread::spawn(move || server.answer_with(move |url| answer(&site, &build, url)));
    }
    say::line(&format!("  Trazo is at  {address}   (Ctrl+C stops it)\n"));
    let mut last = None;
    loop {
        let seen = newest(project)?;
        if last != Some(seen) {
            last = Some(seen);
            rebuild(project, &trunk, &folder, &build);
        }
        std::thread::sleep(Duration::from_millis(400));
    }
}

fn rebuild(project: &Project, trunk: &Trunk, folder: &Path, build: &AtomicU64) {
    let made = styles::bundle(project).and_then(|()| {
        let mut command = trunk.command(project);
        command.args(["build", "--dist"]).arg(folder);
        let remedy = "Mend it: the next save builds again.";
        sh::step(project, &mut command, "debug build", None, remedy)
    });
    match made {
        Ok(()) => {
            build.fetch_add(1, Ordering::Relaxed);
        }
        // The page of the last good build stays.
        Err(failure) => say::failure(&failure),
    }
}

fn answer(site: &Site, build: &AtomicU64, url: &str) -> Page {
    match url {
        "/__build" => Page::Text(build.load(Ordering::Relaxed).to_string(), "text/plain"),
        "/__reload.js" => Page::Text(RELOAD.to_owned(), SCRIPT),
        // Kept copies would show yesterday's page.
        "/sw.js" => Page::Missing,
        _ => match page(site, url) {
            Page::File(file, HTML) => with_reload(&file),
            Page::Missing if url == "/" => Page::Text(format!("Building…{RELOAD_TAG}"), HTML),
            other => other,
        },
    }
}

fn with_reload(mut file: &File) -> Page {
    let mut html = String::new();
    match file.read_to_string(&mut html) {
        Ok(_) => Page::Text(html + RELOAD_TAG, HTML),
        Err(_) => Page::Missing,
    }
}

/// When the sources were changed last, and how many there are.
fn newest(project: &Project) -> Outcome<(usize, Option<SystemTime>)> {
    let files = fingerprint::input_files(project.root())?;
    let changed = files.iter().filter_map(|file| file.metadata().and_then(|data| data.modified()).ok()).max();
    Ok((files.len(), changed))
}
