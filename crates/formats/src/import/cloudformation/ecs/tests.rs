use proptest::prelude::*;
use trazo_model::{Kind, Props};

use crate::import::{self, Understood};

const FILES: [(&str, &str); 7] = [
    ("containers", include_str!("../../../../../../tests/imports/ecs/containers.json")),
    ("create-service", include_str!("../../../../../../tests/imports/ecs/create-service.json")),
    ("describe-services", include_str!("../../../../../../tests/imports/ecs/describe-services.json")),
    ("describe-task-definition", include_str!("../../../../../../tests/imports/ecs/describe-task-definition.json")),
    ("github-action-task", include_str!("../../../../../../tests/imports/ecs/github-action-task.json")),
    ("register-task-ec2", include_str!("../../../../../../tests/imports/ecs/register-task-ec2.json")),
    ("whole-lab", include_str!("../../../../../../tests/imports/ecs/whole-lab.json")),
];

fn read(name: &str) -> Understood {
    let (_, text) = FILES.iter().find(|(other, _)| *other == name).unwrap();
    let understood = import::read("a.json", text.as_bytes(), None).unwrap();
    assert_eq!(understood.format, "ecs", "{name}");
    understood
}

fn kinds(understood: &Understood) -> Vec<(&'static str, String)> {
    understood.design.nodes().map(|node| (node.kind().key(), node.name.clone())).collect()
}

/// Links as pairs of names.
fn links(understood: &Understood) -> Vec<(String, String)> {
    let name = |id| understood.design.node(id).unwrap().name.clone();
    understood.design.links().map(|link| (name(&link.from), name(&link.to))).collect()
}

#[test]
fn a_task_with_its_service_and_cluster_becomes_one_architecture() {
    let lab = read("whole-lab");
    let wanted = [("cluster", "lab"), ("task_definition", "saludo"), ("role", "LabRole"), ("service", "saludo")];
    for (kind, name) in wanted {
        assert!(kinds(&lab).contains(&(kind, name.to_owned())), "{kind}");
    }
    let pairs = links(&lab);
    for (from, to) in [("saludo", "LabRole"), ("saludo", "saludo"), ("load-balancer", "saludo")] {
        assert!(pairs.contains(&(from.to_owned(), to.to_owned())), "{from} → {to}: {pairs:?}");
    }
    let service = lab.design.nodes().find(|node| node.kind() == Kind::Service).unwrap();
    let cluster = service.place.parent.as_ref().and_then(|id| lab.design.node(id)).unwrap();
    assert_eq!(cluster.name, "lab");
}

#[test]
fn what_is_told_of_services_is_understood_without_their_tasks() {
    let campus = read("describe-services");
    assert_eq!(campus.design.region(), "us-east-1");
    let names = kinds(&campus);
    let wanted = [("cluster", "campus"), ("service", "inscripciones"), ("service", "avisos"), ("vpc", "default-vpc")];
    assert!(wanted.iter().all(|(kind, name)| names.contains(&(*kind, (*name).to_owned()))), "{names:?}");
    let guessed = campus.notes.iter().filter(|note| note.key == "import.note.ecs.group").map(|note| note.line);
    assert_eq!(guessed.collect::<Vec<_>>(), [8, 64]);
    // What AWS tells of now is not told again.
    assert!(!campus.notes.iter().any(|note| note.phrase().args.iter().any(|(_, text)| text.contains("events"))));
}

#[test]
fn everything_of_a_task_is_read_or_told_with_its_line() {
    let understood = read("describe-task-definition");
    let task = understood.design.nodes().find(|node| node.kind() == Kind::TaskDefinition).unwrap();
    let Props::TaskDefinition(_) = &task.props else { panic!("a task definition") };
    let props = task.props.to_json();
    assert_eq!(props["containers"][0]["dockerLabels"][1]["name"], "com.example.Puerto");
    assert_eq!(props["containers"][0]["ulimits"][0]["hardLimit"], 8192);
    assert_eq!((&props["ephemeralStorage"], &props["architecture"]), (&30.into(), &"ARM64".into()));
    assert_eq!(task.tags[0].key, "curso");
    let told: Vec<(usize, &str)> = understood.notes.iter().map(|note| (note.line, note.args[0].1.as_str())).collect();
    assert_eq!(told, [(25, "taskDefinition.containerDefinitions.0.resourceRequirements")]);
    assert_eq!(read("github-action-task").design.region(), "eu-west-1");
}

#[test]
fn bare_containers_and_tasks_of_instances_are_read() {
    assert_eq!(kinds(&read("containers")), [("task_definition", "blog".to_owned())]);
    let left = read("register-task-ec2").notes;
    let paths: Vec<&str> = left.iter().map(|note| note.args[0].1.as_str()).collect();
    assert!(paths.contains(&"taskDefinition.containerDefinitions.0.privileged"), "{paths:?}");
    assert_eq!(links(&read("create-service")), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_changed_gets_an_answer(file in 0_usize..7, at in 0_usize..9_000, size in 0_usize..30, with in "[\\[\\]{}\":,a-z0-9]{0,10}") {
        let mut letters: Vec<char> = FILES[file].1.chars().collect();
        let at = at % letters.len();
        let end = (at + size).min(letters.len());
        letters.splice(at..end, with.chars());
        let text: String = letters.into_iter().collect();
        let _ = import::read("a", text.as_bytes(), Some("ecs"));
    }
}
