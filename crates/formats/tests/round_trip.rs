//! Designs that are written as CloudFormation and read again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::Value as Json;
use trazo_formats::{cloudformation, import, manifest, templates, yaml};
use trazo_model::{Design, lower};

fn again(text: &str) -> import::Understood {
    import::read("plantilla.yaml", text.as_bytes(), None).unwrap()
}

/// What a design comes to on AWS; keys have no order there.
fn template(design: &Design) -> Json {
    serde_json::from_str(&cloudformation::body(&lower(design))).unwrap()
}

/// The designs that come with Trazo, and those of the tests.
fn designs() -> Vec<(String, Design)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");
    let mut all: Vec<(String, Design)> =
        templates::ALL.iter().map(|template| (template.key.to_owned(), template.design().unwrap())).collect();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        all.push((entry.file_name().to_string_lossy().into_owned(), manifest::read(&text).unwrap()));
    }
    all
}

#[test]
fn a_template_without_anything_beside_its_resources_gives_the_same_template_again() {
    for template_of in templates::ALL {
        let design = template_of.design().unwrap();
        let understood = again(&cloudformation::document(&lower(&design)).text);
        assert_eq!(template(&understood.design), template(&design), "{}", template_of.key);
        let left: Vec<_> = understood.notes.iter().filter(|note| note.level == import::Level::Left).collect();
        assert!(left.is_empty(), "{}: {left:?}", template_of.key);
    }
}

#[test]
fn json_and_yaml_are_understood_alike() {
    for (name, design) in designs() {
        let tree = cloudformation::tree(&lower(&design));
        let from_yaml = again(&yaml::document(&tree).text);
        let from_json = again(&cloudformation::document(&lower(&design)).text);
        assert_eq!(manifest::write(&from_yaml.design), manifest::write(&from_json.design), "{name}");
    }
}
