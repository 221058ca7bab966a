use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use trazo_model::{Design, Kind};

use crate::import::{self, Understood};

const PLAN: &str = include_str!("../../../../../../tests/imports/terraform/red-plan.json");

fn read(text: &str) -> Understood {
    let understood = import::read("a.json", text.as_bytes(), None).unwrap();
    assert_eq!(understood.format, "terraform");
    understood
}

/// Kinds, names and groups of nodes, and the ends of links: without whom Terraform does not know (users), what a default VPC is
/// called, and whether a service's cluster names it.
fn picture(design: &Design) -> (BTreeSet<String>, BTreeSet<String>) {
    let name = |id: &trazo_model::NodeId| {
        let node = design.node(id).unwrap();
        let said = if node.kind() == Kind::Vpc { "" } else { node.name.as_str() };
        format!("{} {said}", node.kind().key())
    };
    let nodes = design.nodes().filter(|node| !matches!(node.kind(), Kind::Users | Kind::Note));
    let place = |node: &trazo_model::Node| node.place.parent.as_ref().map(&name).unwrap_or_default();
    let nodes = nodes.map(|node| format!("{} in {}", name(&node.id), place(node))).collect();
    let links = design.links().filter(|link| design.node(&link.from).unwrap().kind() != Kind::Users);
    (nodes, links.map(|link| format!("{} → {}", name(&link.from), name(&link.to))).collect())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terraform")
}

#[test]
fn every_template_comes_back_from_what_terraform_made_of_it() {
    for template in crate::templates::ALL {
        let design = template.design().unwrap();
        for form in ["state", "plan"] {
            let file = folder().join(format!("{}.{form}.json", template.key));
            let Ok(text) = std::fs::read_to_string(&file) else {
                assert_eq!(form, "plan", "{} is not there", file.display());
                continue;
            };
            let understood = read(&text);
            assert_eq!(picture(&understood.design), picture(&design), "{} {form}", template.key);
        }
    }
}

#[test]
fn a_configuration_of_a_person_is_understood() {
    let understood = read(PLAN);
    let design = &understood.design;
    assert_eq!(design.region(), "us-west-2");
    let props = |kind: Kind| design.nodes().find(|node| node.kind() == kind).unwrap().props.to_json();
    assert_eq!(props(Kind::Vpc)["cidr"], "10.20.0.0/16");
    assert_eq!(props(Kind::LoadBalancer)["idleTimeout"], 90);
    let service = props(Kind::Service);
    assert_eq!((&service["desiredCount"], &service["scaling"]["max"]), (&3.into(), &6.into()));
    let task = props(Kind::TaskDefinition);
    assert_eq!((&task["logGroup"], &task["logRetention"]), (&"/ecs/campus".into(), &14.into()));
    let link = design.links().find(|link| design.node(&link.from).unwrap().kind() == Kind::LoadBalancer).unwrap();
    let link = link.props.to_json();
    assert_eq!((&link["healthCheck"]["path"], &link["stickiness"]["duration"]), (&"/salud".into(), &600.into()));
}

#[test]
fn what_only_terraform_will_know_and_what_trazo_does_not_is_told() {
    let plan = read(include_str!("../../../../../../tests/imports/terraform/modulo-plan.json"));
    let keys: BTreeSet<&str> = plan.notes.iter().map(|note| note.key).collect();
    assert_eq!(keys, BTreeSet::from(["import.note.resource", "import.note.terraform.unknown"]));
    assert!(plan.notes.iter().all(|note| note.line > 0));
    // After that it is known.
    let state = read(include_str!("../../../../../../tests/imports/terraform/modulo-state.json"));
    let (_, links) = picture(&state.design);
    assert!(links.contains("task_definition notas → ecr_repository practicas"), "{links:?}");
    let function = read(include_str!("../../../../../../tests/imports/terraform/taller-plan.json"));
    let (_, links) = picture(&function.design);
    assert!(links.contains("http_api taller → lambda_function taller-fn"), "{links:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_changed_gets_an_answer(at in 0_usize..20_000, size in 0_usize..30, with in "[\\[\\]{}\":,${.a-z0-9]{0,10}") {
        let mut letters: Vec<char> = PLAN.chars().collect();
        let at = at % letters.len();
        let end = (at + size).min(letters.len());
        letters.splice(at..end, with.chars());
        let text: String = letters.into_iter().collect();
        let _ = import::read("a", text.as_bytes(), Some("terraform"));
    }
}
