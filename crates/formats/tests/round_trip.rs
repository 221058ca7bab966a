//! Designs that are written as CloudFormation and read again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod random;

use proptest::prelude::*;
use serde_json::Value as Json;
use trazo_formats::{Kept, cloudformation, import, manifest, templates, yaml};
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

/// The file that is exported, in JSON and in YAML.
fn files(design: &Design) -> [String; 2] {
    let (stack, kept) = (lower(design), Kept::default());
    [cloudformation::file(&stack, design, &kept).text(), cloudformation::file_in_yaml(&stack, design, &kept).text()]
}

fn assert_whole(name: &str, design: &Design) {
    for text in files(design) {
        let understood = again(&text);
        assert_eq!(manifest::write(&understood.design), manifest::write(design), "{name}");
        assert!(understood.placed);
        assert_eq!(understood.notes, [], "{name}");
    }
}

#[test]
fn an_exported_file_gives_the_design_again() {
    for (name, design) in designs() {
        assert_whole(&name, &design);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_random_design_is_lost(plan in random::plan()) {
        if let Some(design) = plan.design() {
            assert_whole("random", &design);
            // And without what Trazo wrote beside the resources it is read, whatever of it can be.
            let bare = again(&cloudformation::document(&lower(&design)).text);
            let once_more = again(&files(&bare.design)[0]);
            prop_assert_eq!(manifest::write(&once_more.design), manifest::write(&bare.design));
        }
    }
}

/// Texts with places stand in the file so that no linter takes them for functions that were forgotten.
#[test]
fn texts_with_places_come_back_as_they_are() {
    let mut json: Json =
        serde_json::from_str(&manifest::write(&templates::find("web-publica").unwrap().design().unwrap())).unwrap();
    let places = "${HOME} ${!HOME} $${X} ${!!Y}";
    let mut nodes = json["nodes"].as_array_mut().unwrap().iter_mut();
    let task = nodes.find(|node| node["kind"] == "task_definition").unwrap();
    task["props"]["containers"][0]["environment"] = serde_json::json!([{ "name": "A", "value": places }]);
    let design = manifest::read(&json.to_string()).unwrap();
    assert!(manifest::write(&design).contains(places));
    assert_whole("places", &design);
    let written: Json = serde_json::from_str(&files(&design)[0]).unwrap();
    let beside = written["Metadata"].to_string();
    assert!(beside.contains("${!HOME}") && !beside.contains("${HOME}"), "{beside}");
}

/// What a person changes in a file stands in the design that it gives.
#[test]
fn changes_of_the_file_win_over_what_was_written_beside() {
    let design = templates::find("tienda-virtual").unwrap().design().unwrap();
    let [json, _] = files(&design);
    let at = json.find("\"Resources\"").unwrap();
    let (head, resources) = json.split_at(at);
    let changed = resources.replacen("\"DesiredCount\": 2", "\"DesiredCount\": 4", 1).replacen(
        "\"ServiceName\": \"catalogo\"",
        "\"ServiceName\": \"escaparate\"",
        1,
    );
    assert_ne!(changed, resources);
    let understood = again(&format!("{head}{changed}"));
    let old: Json = serde_json::from_str(&manifest::write(&design)).unwrap();
    let new: Json = serde_json::from_str(&manifest::write(&understood.design)).unwrap();
    let service =
        |all: &Json| all["nodes"].as_array().unwrap().iter().find(|node| node["id"] == "service1").unwrap().clone();
    let (old_service, new_service) = (service(&old), service(&new));
    assert_eq!(new_service["name"], "escaparate");
    assert_eq!(new_service["props"]["desiredCount"], 4);
    assert_eq!((&new_service["x"], &new_service["in"]), (&old_service["x"], &old_service["in"]));
    assert_eq!(old["nodes"].as_array().unwrap().len(), new["nodes"].as_array().unwrap().len());
    assert_eq!(old["links"], new["links"]);
    assert!(understood.placed);
}

#[test]
fn what_is_taken_out_of_the_file_leaves_the_design() {
    let design = templates::find("tienda-virtual").unwrap().design().unwrap();
    let mut all: Json = serde_json::from_str(&files(&design)[0]).unwrap();
    let resources = all["Resources"].as_object_mut().unwrap();
    let gone: Vec<String> = resources.keys().filter(|id| id.contains("Pedidos")).cloned().collect();
    assert!(!gone.is_empty());
    resources.retain(|id, _| !gone.contains(id));
    let understood = again(&all.to_string());
    let names: Vec<&str> = understood.design.nodes().map(|node| node.name.as_str()).collect();
    assert!(!names.contains(&"pedidos"), "{names:?}");
    assert!(names.contains(&"catalogo"));
    assert_eq!(understood.design.nodes().filter(|node| node.kind() == trazo_model::Kind::Users).count(), 1);
}
