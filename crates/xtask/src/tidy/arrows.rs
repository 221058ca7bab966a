//! Which crate may know which.

use super::{none, read, root};

/// A crate and the crates of ours that it may stand on. A new crate is refused until its place is
/// written here.
const ARROWS: &[(&str, &[&str])] = &[
    ("stack", &[]),
    ("texts", &[]),
    ("calls", &["stack"]),
    ("model", &["stack"]),
    ("editor", &["model", "stack"]),
    ("prices", &["model", "stack"]),
    ("formats", &["calls", "model", "prices", "stack"]),
    ("provision", &["calls", "model", "prices", "stack"]),
    ("serve", &["calls", "stack"]),
    ("app", &["calls", "editor", "formats", "model", "provision", "stack", "texts"]),
    ("cli", &["calls", "editor", "formats", "model", "provision", "serve", "stack", "texts"]),
    ("xtask", &[]),
];

/// What belongs to the browser, and hence to the page alone.
const BROWSER: &[&str] = &[
    "gloo",
    "js-sys",
    "leptos",
    "leptos-use",
    "reqwasm",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "wasm-bindgen-test",
    "web-sys",
];

/// A dependency as a manifest names it.
#[derive(Debug, PartialEq)]
struct Dependency {
    name: String,
    for_tests: bool,
}

/// The dependencies in a manifest, of all its sections.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found = Vec::new();
    let mut section = String::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            header.clone_into(&mut section);
            if let Some((kind, name)) = section.rsplit_once("dependencies.") {
                found.push(Dependency { name: name.to_owned(), for_tests: kind.ends_with("dev-") });
            }
        } else if section.ends_with("dependencies")
            && let Some(name) = line.split(['.', '=', ' ']).next()
            && !name.is_empty()
            && !name.starts_with('#')
        {
            found.push(Dependency { name: name.to_owned(), for_tests: section.contains("dev-") });
        }
    }
    found
}

/// Name and manifest of each crate.
fn manifests() -> Vec<(String, String)> {
    let mut all: Vec<_> = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .map(|name| {
            let manifest = read(&format!("crates/{name}/Cargo.toml"));
            (name, manifest)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn dependencies_are_found_in_every_section() {
    let manifest = "\
[dependencies]
# leptos = \"0\"
trazo-stack.workspace = true
serde = { version = \"1\", features = [\"derive\"] }

[dev-dependencies]
insta = \"1\"

[target.'cfg(unix)'.dependencies]
libc = \"0.2\"

[dependencies.web-sys]
features = [\"Document\"]
";
    let found = dependencies(manifest);
    let names: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.for_tests)).collect();
    let expected = [("trazo-stack", false), ("serde", false), ("insta", true), ("libc", false), ("web-sys", false)];
    assert_eq!(names, expected);
}

#[test]
fn the_arrows_between_crates_go_one_way() {
    let mut offences = Vec::new();
    for (name, manifest) in manifests() {
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            offences.push(format!("crates/{name} has no place among the arrows yet"));
            continue;
        };
        for dependency in dependencies(&manifest) {
            let Some(other) = dependency.name.strip_prefix("trazo-") else { continue };
            // Tests may look up whether a text is there.
            let for_tests = dependency.for_tests && other == "texts";
            if !for_tests && !allowed.contains(&other) {
                offences.push(format!("{name} → {other}"));
            }
        }
    }
    none(&offences, "app, cli → editor, formats, provision → model → stack");
}

#[test]
fn only_the_page_knows_the_browser() {
    let mut offences = Vec::new();
    for (name, manifest) in manifests() {
        if name != "app" {
            let browser = dependencies(&manifest).into_iter().filter(|it| BROWSER.contains(&it.name.as_str()));
            offences.extend(browser.map(|it| format!("{name} → {}", it.name)));
        }
    }
    none(&offences, "what belongs to the browser is used by `app` alone");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let lax: Vec<String> = manifests()
        .into_iter()
        .filter(|(_, manifest)| !manifest.contains("[lints]\nworkspace = true"))
        .map(|(name, _)| name)
        .collect();
    none(&lax, "each crates/*/Cargo.toml holds `[lints]` with `workspace = true`");
}
