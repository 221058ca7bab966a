//! Turns the files of `locales/` into the columns that the crate carries: keys, Spanish, English; once for the texts of
//! the first screen, once for those of the deployment, once for those of imports, and once for the rest.
//!
//! A file that cannot be read stops the build. A text that is missing in one language only warns, so that work in
//! progress can be run; the tests refuse it.

mod catalog;

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::ExitCode};

/// Parts the rows of a column. No translator can type it by accident, and TOML would have them escape it.
const SEPARATOR: &str = "\u{1f}";

/// What keys begin with that the first screen may say, and what is said where the editor could not be fetched. All other
/// texts come with the editor.
const FIRST: &[&str] = &[
    "errors.",
    "template.",
    "ui.crash.",
    "ui.delete_design.",
    "ui.dialog.",
    "ui.files.downloaded",
    "ui.keys.name.",
    "ui.language.",
    "ui.open.",
    "ui.rename.",
    "ui.start.",
    "ui.storage.",
    "ui.tabs.",
    "ui.theme.",
    "ui.time.",
    "ui.top.",
];

/// What keys begin with that only the deployment says, and those among them that are said before it is there.
const DEPLOY: &[&str] = &["deploy.", "ui.deploy."];
const NOT_DEPLOY: &[&str] = &["ui.deploy.place.", "ui.deploy.mark.", "deploy.cost."];

/// What keys begin with that only the dialog for imports says.
const IMPORT: &[&str] = &["errors.import.", "import.", "ui.import."];

/// The set that a key is in.
fn set_of(key: &str) -> &'static str {
    let begins = |with: &[&str]| with.iter().any(|it| key.starts_with(it));
    match () {
        () if begins(IMPORT) => "import",
        () if begins(FIRST) => "first",
        () if begins(DEPLOY) && !begins(NOT_DEPLOY) => "deploy",
        () => "rest",
    }
}

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            println!("cargo::error={}", message.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map(PathBuf::from).map_err(|error| format!("{name}: {error}"));
    let locales = variable("CARGO_MANIFEST_DIR")?.join("../../locales");
    let out = variable("OUT_DIR")?;
    println!("cargo::rerun-if-changed={}", locales.display());
    println!("cargo::rerun-if-changed=build");

    // The page has no use for what only the command line says.
    let in_page = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let mut rows: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for (column, lang) in ["es", "en"].iter().enumerate() {
        for entry in catalog::read(&locales.join(lang))? {
            if in_page && entry.key.starts_with("cli.") {
                continue;
            }
            let cell = &mut rows.entry(entry.key).or_default()[column];
            if cell.is_empty() {
                *cell = entry.text;
            } else {
                println!("cargo::warning={}: a second text for one key", entry.place);
            }
        }
    }
    for (key, [es, en]) in &rows {
        if es.is_empty() || en.is_empty() {
            println!("cargo::warning=locales: {key} has no {} text", if es.is_empty() { "es" } else { "en" });
        }
    }
    for set in ["first", "rest", "deploy", "import"] {
        let rows: Vec<_> = rows.iter().filter(|(key, _)| set_of(key) == set).collect();
        let columns = [
            ("keys", rows.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>()),
            ("es", rows.iter().map(|(_, row)| row[0].as_str()).collect()),
            ("en", rows.iter().map(|(_, row)| row[1].as_str()).collect()),
        ];
        for (name, column) in columns {
            let name = format!("{set}.{name}");
            fs::write(out.join(&name), column.join(SEPARATOR)).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}
