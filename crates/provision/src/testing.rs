//! Designs for the tests: the templates that come with Trazo.

use trazo_model::{Design, lower, manifest};
use trazo_stack::Stack;

/// A template and its stack.
pub(crate) fn template(name: &str) -> (Design, Stack) {
    let path = format!("{}/../formats/templates/{name}.trazo.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let design = manifest::from_json(serde_json::from_str(&text).unwrap()).unwrap();
    let stack = lower(&design);
    (design, stack)
}

/// The names of all templates.
pub(crate) fn templates() -> Vec<String> {
    let folder = format!("{}/../formats/templates", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<_> = files.filter_map(|file| Some(file.strip_suffix(".trazo.json")?.to_owned())).collect();
    names.sort();
    names
}
