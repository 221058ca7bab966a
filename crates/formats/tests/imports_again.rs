//! What Trazo writes for other tools, read again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use serde_json::{Map, Value as Json};
use trazo_formats::export::{self, Source, Voice};
use trazo_formats::import::{self, Understood};
use trazo_formats::templates;
use trazo_model::manifest::link_json;
use trazo_model::{Design, Finding, Kind, Node, Phrase, lower};

struct Silent;

impl Voice for Silent {
    fn say(&self, key: &str, _: &[(&str, &str)]) -> String {
        key.to_owned()
    }

    fn tell(&self, phrase: &Phrase) -> String {
        phrase.key.to_owned()
    }

    fn message(&self, finding: &Finding) -> String {
        finding.code.to_owned()
    }
}

/// The files of a format that a design is written as, each read again.
fn again(design: &Design, format: &str, end: &str) -> Vec<Understood> {
    let stack = lower(design);
    let source =
        Source { design, stack: &stack, voice: &Silent, route: &|_| Vec::new(), kept: &trazo_formats::Kept::default() };
    let written = (export::find(format).unwrap().write)(&source);
    let files = written.files.iter().filter(|file| file.path.ends_with(end));
    files.map(|file| import::read(&file.path, file.document.text().as_bytes(), None).unwrap()).collect()
}

/// What of a container Compose can say.
fn container(json: &Json) -> Json {
    let keys =
        ["image", "environment", "command", "entryPoint", "healthCheck", "workingDirectory", "user", "mountPoints"];
    let mut out = Map::new();
    for key in keys {
        out.insert(key.to_owned(), json.get(key).cloned().unwrap_or_default());
    }
    Json::Object(out)
}

fn containers(design: &Design) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::new();
    for service in design.nodes_of(Kind::Service) {
        let tasks = design.links_from(&service.id).filter_map(|link| design.node(&link.to));
        for task in tasks.filter(|node| node.kind() == Kind::TaskDefinition) {
            all.extend(task.props.to_json()["containers"].as_array().unwrap().iter().map(container));
        }
    }
    all.sort_by_key(ToString::to_string);
    all
}

#[test]
fn the_containers_of_a_compose_file_of_ours_come_back() {
    let mut tried = 0;
    for template in templates::ALL {
        let design = template.design().unwrap();
        // Secrets and images of repositories are asked of the person.
        let is_plain = |one: &Json| {
            one["image"] != "" && one.get("secrets").is_none_or(|all| all.as_array().is_none_or(Vec::is_empty))
        };
        let raw = design
            .nodes_of(Kind::TaskDefinition)
            .flat_map(|task| task.props.to_json()["containers"].as_array().unwrap().clone());
        if !{ raw }.all(|one| is_plain(&one)) {
            continue;
        }
        for understood in again(&design, "compose", "compose.yaml") {
            assert_eq!(understood.format, "compose");
            assert_eq!(containers(&understood.design), containers(&design), "{}", template.key);
            tried += 1;
        }
    }
    assert!(tried >= 6, "{tried}");
}

fn is_api(node: &&Node) -> bool {
    matches!(node.kind(), Kind::HttpApi | Kind::RestApi)
}

/// What an API leads to: the kind, and what the link carries.
fn led_to(design: &Design, name: &str) -> Vec<(Kind, Json)> {
    let api = design.nodes().filter(is_api).find(|node| node.name == name).unwrap();
    let mut all: Vec<(Kind, Json)> = design
        .links_from(&api.id)
        .filter_map(|link| Some((design.node(&link.to)?.kind(), link_json(link)["props"].clone())))
        .collect();
    for (_, props) in &mut all {
        // Routes of one file stand in the order of paths.
        let routes = props["routes"].as_array_mut().unwrap();
        routes.sort_by_key(ToString::to_string);
        // An authorizer of the whole link is one of each of its routes.
        let whole: Vec<(String, Json)> = ["authorizer", "scopes"]
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), props.as_object_mut().unwrap().shift_remove(*key)?)))
            .collect();
        for route in props["routes"].as_array_mut().unwrap() {
            for (key, value) in &whole {
                route.as_object_mut().unwrap().entry(key.clone()).or_insert_with(|| value.clone());
            }
            if route["authorizer"] == "open" {
                route.as_object_mut().unwrap().shift_remove("authorizer");
            }
            // Limits are of the stage, which is no part of the file.
            for key in ["rate", "burst"] {
                route.as_object_mut().unwrap().shift_remove(key);
            }
        }
    }
    all.sort_by_key(|(kind, props)| (*kind, props.to_string()));
    all
}

#[test]
fn the_apis_of_an_openapi_file_of_ours_come_back() {
    let mut tried = 0;
    for template in templates::ALL {
        let design = template.design().unwrap();
        for understood in again(&design, "openapi", ".json") {
            assert_eq!(understood.format, "openapi");
            let name = understood.design.nodes().find(is_api).unwrap().name.clone();
            assert_eq!(led_to(&understood.design, &name), led_to(&design, &name), "{}", template.key);
            let lost: Vec<_> = understood.notes.iter().filter(|note| note.level == import::Level::Left).collect();
            assert!(lost.is_empty(), "{}: {lost:?}", template.key);
            tried += 1;
        }
    }
    assert!(tried >= 4, "{tried}");
}
