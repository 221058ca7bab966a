//! What all importers share.

use super::*;

fn failure(text: &str) -> ImportError {
    read("a.yaml", text.as_bytes(), None).unwrap_err()
}

#[test]
fn a_manifest_is_a_design_already() {
    let text = crate::manifest::write(&crate::templates::ALL[0].design().unwrap());
    let understood = read("x.json", text.as_bytes(), None).unwrap();
    assert_eq!((understood.format, understood.placed, understood.notes.len()), ("manifest", true, 0));
    assert_eq!(crate::manifest::write(&understood.design), text);
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(failure(""), ImportError::Empty);
    assert_eq!(failure(" \n# nothing\n"), ImportError::Empty);
    assert_eq!(failure("a: 1"), ImportError::Unknown);
    assert_eq!(failure("<svg/>"), ImportError::Unknown);
    assert_eq!(read("a", &[0xff, 0xfe], None).unwrap_err(), ImportError::NotText);
    assert_eq!(read("a", &vec![b' '; MOST_BYTES + 1], None).unwrap_err(), ImportError::TooLong);
    assert_eq!(read("a", b"a: 1", Some("nope")).unwrap_err(), ImportError::NoFormat("nope".to_owned()));
    assert!(matches!(failure("{\"trazo\": 1, \"nodes\": 3}"), ImportError::Manifest(_)));
    assert_eq!(failure("a: 1\n b: 2").position().unwrap().line, 2);
}

#[test]
fn conditions_that_lead_to_each_other_without_end_are_answered() {
    let links: Vec<String> = (0..40_000).map(|at| format!(r#""C{at}":{{"Condition":"C{}"}}"#, at + 1)).collect();
    let text = format!(
        r#"{{"Conditions":{{{}}},"Resources":{{"Web":{{"Type":"AWS::ECS::Cluster","Condition":"C0"}}}}}}"#,
        links.join(",")
    );
    let understood = read("t.json", text.as_bytes(), None).unwrap();
    assert!(understood.notes.iter().any(|note| note.key == "import.note.condition"), "{:?}", understood.notes);
}

#[test]
fn a_mapping_that_asks_for_itself_is_answered() {
    let text = r#"{"Mappings":{"M":{"A":{"B":{"Fn::FindInMap":["M","A","B"]}}}},
        "Resources":{"Web":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":{"Fn::FindInMap":["M","A","B"]}}}}}"#;
    let understood = read("t.json", text.as_bytes(), None).unwrap();
    assert_eq!(understood.design.nodes().count(), 1);
    assert!(!understood.notes.is_empty(), "what could not be read is told");
}

#[test]
fn places_that_are_never_closed_are_read_in_one_go() {
    let open = "${".repeat(MOST_BYTES / 2 - 200);
    let begun = std::time::Instant::now();
    let compose = format!("services:\n  web:\n    image: nginx\n    hostname: {open:?}\n");
    assert!(read("compose.yaml", compose.as_bytes(), None).is_ok());
    for (before, behind) in [(r#"{"Fn::Sub":"#, "}"), ("", "")] {
        for kind in ["AWS::ECS::Cluster", "AWS::SQS::Queue"] {
            let name = format!(r#"{before}"{open}"{behind}"#);
            let text =
                format!(r#"{{"Resources":{{"Web":{{"Type":"{kind}","Properties":{{"ClusterName":{name}}}}}}}}}"#);
            let understood = read("t.json", text.as_bytes(), None).unwrap();
            assert!(!trazo_model::lower(&understood.design).resources.is_empty());
        }
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn an_output_that_is_not_given_is_told() {
    let text = r#"{"Conditions":{"Never":{"Fn::Equals":["a","b"]}},"Resources":{"Web":{"Type":"AWS::ECS::Cluster"}},
        "Outputs":{"Url":{"Condition":"Never","Value":"x"}}}"#;
    let notes = read("t.json", text.as_bytes(), None).unwrap().notes;
    let told = notes.iter().find(|note| note.key == "import.note.condition").unwrap();
    assert_eq!((told.line, told.args[0].1.as_str()), (2, "Outputs.Url"));
}
