//! `trazo serve`: the page on this machine, and its relay to AWS.

use std::path::{Path, PathBuf};

use trazo_serve::{Internet, Origin, Relayed, Server, Settings};
use trazo_texts::{Lang, text};

use crate::failure::Failure;
use crate::output::Said;

/// What the build calls the folder of the page, beside the command or above it, where cargo leaves the command.
const FOLDER: &str = "dist";

/// Serves until the command is stopped.
pub(crate) fn run(port: u16, dist: Option<PathBuf>, allow_origin: Option<&str>, lang: Lang) -> Result<Said, Failure> {
    let other = match allow_origin {
        Some(origin) => Some(Origin::new(origin).map_err(|_| Failure::NotAnOrigin(origin.to_owned()))?),
        None => None,
    };
    let page = match dist {
        Some(folder) if !is_page(&folder) => return Err(Failure::NoPage { path: folder.display().to_string() }),
        Some(folder) => Some(folder),
        None => found(),
    };
    // For the page of somebody else the relay alone is of use.
    if page.is_none() && other.is_none() {
        return Err(Failure::NoPageAnywhere);
    }
    let server = Server::bind(Settings { port, page: page.clone(), other: other.clone() })?;
    let address = format!("http://127.0.0.1:{}/", server.port());
    let mut said = match page {
        Some(_) => text(lang, "cli.serve.page", &[("address", &address)]),
        None => text(lang, "cli.serve.relay", &[("address", &address)]),
    };
    if let Some(other) = other {
        said.push_str(&format!("\n{}", text(lang, "cli.serve.other", &[("origin", other.text())])));
    }
    said.push_str(&format!("\n{}\n", text(lang, "cli.serve.stop", &[])));
    Said::well(said).say()?;
    server.run(Box::new(Internet::new()), Box::new(tell));
    Ok(Said::well(""))
}

/// One line for each request to AWS: no more than method, host and status.
fn tell(relayed: &Relayed) {
    crate::complain(&format!("{} {} {}\n", relayed.method, relayed.host, relayed.status));
}

fn is_page(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

/// The page beside the command, above it, or in the folder in which it is called.
fn found() -> Option<PathBuf> {
    let command = std::env::current_exe().ok();
    let above = command.iter().flat_map(|file| file.ancestors().skip(1).take(4));
    let here = std::env::current_dir().ok();
    let mut folders = above.map(Path::to_owned).chain(here).map(|folder| folder.join(FOLDER));
    folders.find(|folder| is_page(folder))
}
