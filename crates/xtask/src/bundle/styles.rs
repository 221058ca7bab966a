//! One style sheet out of many: `public/styles/main.css` imports the others in the order of the
//! cascade, and the page asks for one file.

use std::path::Path;

use super::write;
use crate::failure::{Failure, Outcome};
use crate::project::Project;

/// Writes `target/web/styles.css`, which `index.html` names.
pub(crate) fn bundle(project: &Project) -> Outcome<()> {
    let folder = project.root().join("public/styles");
    let sheet = joined(&folder)?;
    write(&project.root().join("target/web/styles.css"), &sheet)
}

/// The contents of all sheets that `main.css` imports.
pub(crate) fn joined(folder: &Path) -> Outcome<String> {
    let main = read(&folder.join("main.css"))?;
    let mut sheet = String::new();
    for name in imports(&main)? {
        sheet.push_str(&read(&folder.join(name))?);
        sheet.push('\n');
    }
    Ok(sheet)
}

/// The names in `@import url("./name.css");` lines; nothing but these and comments may be there.
pub(crate) fn imports(main: &str) -> Outcome<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = main.trim_start();
    while !rest.is_empty() {
        rest = if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            let imported = rest.strip_prefix("@import url(\"./").and_then(|after| after.split_once("\");"));
            let Some((name, after)) = imported else {
                let line = rest.lines().next().unwrap_or_default();
                return Err(Failure::new(
                    format!("public/styles/main.css holds `{line}`"),
                    "Write only lines like `@import url(\"./name.css\");` there, and rules into \
                     the file that they are about.",
                ));
            };
            names.push(name);
            after
        }
        .trim_start();
    }
    Ok(names)
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_its_order() {
        let main = "/* order matters */\n@import url(\"./b.css\");\n\n@import url(\"./a.css\");\n";
        assert_eq!(imports(main).unwrap(), ["b.css", "a.css"]);
    }

    #[test]
    fn a_rule_in_the_list_is_refused() {
        let failure = imports("body { margin: 0 }").unwrap_err();
        assert!(failure.what.contains("body { margin: 0 }"), "{failure}");
    }

    #[test]
    fn every_sheet_is_in_the_list_and_every_entry_is_there() {
        let folder = Project::find().unwrap().root().join("public/styles");
        let main = read(&folder.join("main.css")).unwrap();
        let mut listed: Vec<String> = imports(&main).unwrap().into_iter().map(str::to_owned).collect();
        let mut present: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".css") && name != "main.css")
            .collect();
        listed.sort();
        present.sort();
        assert_eq!(listed, present);
    }
}
