//! Tells the service worker which files make up the page, so that one visit is enough to have all.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::write;
use crate::failure::{Failure, Outcome};

/// Files beside the page, which are fetched by those who ask for them.
const NOT_THE_PAGE: &[&str] = &["sw.js", "schema"];

/// The lines of `sw.js` that are filled in.
const FILES_LINE: &str = "const FILES = [];";
const VERSION_LINE: &str = "const VERSION = \"unbuilt\";";

/// Writes the list of files and the version of the whole into `dist/sw.js`.
pub(crate) fn list_files(dist: &Path) -> Outcome<()> {
    let mut names = Vec::new();
    collect(dist, "", &mut names)?;
    names.sort();
    let mut hasher = DefaultHasher::new();
    for name in &names {
        let path = dist.join(name);
        let bytes = std::fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
        (name, bytes).hash(&mut hasher);
    }
    let worker = dist.join("sw.js");
    let text = std::fs::read_to_string(&worker).map_err(|error| Failure::file(&worker, &error))?;
    let text = filled(&text, &names, &format!("{:016x}", hasher.finish()))?;
    write(&worker, &text)
}

/// The service worker with its list and version.
fn filled(worker: &str, names: &[String], version: &str) -> Outcome<String> {
    if !worker.contains(FILES_LINE) || !worker.contains(VERSION_LINE) {
        return Err(Failure::new(
            "public/sw.js has lost a line that the build fills in",
            format!("It needs `{FILES_LINE}` and `{VERSION_LINE}`."),
        ));
    }
    let list: Vec<String> = names
        .iter()
        .map(|name| match name.as_str() {
            // The page is asked for by its folder, as people do.
            "index.html" => "\"./\"".to_owned(),
            name => format!("\"./{name}\""),
        })
        .collect();
    Ok(worker
        .replace(FILES_LINE, &format!("const FILES = [{}];", list.join(",")))
        .replace(VERSION_LINE, &format!("const VERSION = \"{version}\";")))
}

/// Paths below `dist`, with `/` between their parts.
fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Outcome<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Failure::file(folder, &error))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if NOT_THE_PAGE.contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_learns_its_files() {
        let worker = "const FILES = [];\nconst VERSION = \"unbuilt\";\n";
        let names = ["a.css".to_owned(), "index.html".to_owned()];
        assert_eq!(
            filled(worker, &names, "17").unwrap(),
            "const FILES = [\"./a.css\",\"./\"];\nconst VERSION = \"17\";\n"
        );
    }

    #[test]
    fn the_worker_in_the_repository_can_be_filled_in() {
        let project = crate::project::Project::find().unwrap();
        let worker = std::fs::read_to_string(project.root().join("public/sw.js")).unwrap();
        assert!(filled(&worker, &[], "17").is_ok());
    }
}
