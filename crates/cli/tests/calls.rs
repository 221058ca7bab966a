//! The command as people and scripts call it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn trazo(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trazo"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A service that runs nothing, in no cluster.
const LONELY: &str = r#"{ "trazo": 1, "name": "x", "region": "us-east-1", "nodes": [
  { "id": "s1", "kind": "service", "name": "catalogo",
    "props": { "desiredCount": 9000 } }
] }"#;

#[test]
fn templates_are_listed_and_each_is_without_findings() {
    let listed = out(&trazo(&["templates", "--lang", "es"], ""));
    assert!(listed.contains("tienda-virtual "), "{listed}");
    for name in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        let manifest = out(&trazo(&["templates", "show", name], ""));
        let check = trazo(&["check", "-", "--format", "json"], &manifest);
        assert_eq!((check.status.code(), out(&check).trim()), (Some(0), "[]"), "{name}");
        assert_eq!(out(&trazo(&["import", "-"], &manifest)), manifest, "{name}");
    }
}

#[test]
fn errors_point_into_the_file() {
    let check = trazo(&["check", "-", "--lang", "es"], LONELY);
    assert_eq!(check.status.code(), Some(1));
    assert!(out(&check).contains("-:3:16: error FLD002: Servicio «catalogo»: "), "{}", out(&check));
}

#[test]
fn findings_as_json_have_the_promised_form() {
    let check = trazo(&["check", "-", "--format", "json"], LONELY);
    assert_eq!(check.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_str(&out(&check)).unwrap();
    let range = findings.as_array().unwrap().iter().find(|finding| finding["code"] == "FLD002").unwrap();
    assert_eq!(range["severity"], "error");
    assert_eq!(range["node"], "s1");
    assert_eq!(range["link"], serde_json::Value::Null);
    assert_eq!(range["field"], "desiredCount");
    assert!(range["message"].as_str().unwrap().contains("5000"));
}

#[test]
fn unusable_input_is_said_with_its_place_and_exit_code_two() {
    for (input, place) in [
        ("{", "-:1:1:"),
        ("{\n  \"trazo\": 9 }", "-:2:3:"),
        ("[]", "-:1:1:"),
        ("{ \"trazo\": 1, \"nodes\": [\n{ \"id\": \"a\", \"kind\": \"car\" }] }", "-:2:14:"),
    ] {
        let check = trazo(&["check", "-", "--lang", "en"], input);
        assert_eq!(check.status.code(), Some(2), "{input}");
        assert!(err(&check).contains(place), "{input}: {}", err(&check));
        assert!(!err(&check).contains(": errors."), "a text is missing: {}", err(&check));
    }
    assert_eq!(trazo(&["check", "no/such/file"], "").status.code(), Some(2));
}

#[test]
fn export_writes_a_template() {
    let manifest = out(&trazo(&["templates", "show", "tienda-virtual"], ""));
    let template = out(&trazo(&["export", "-", "--to", "cloudformation"], &manifest));
    let template: serde_json::Value = serde_json::from_str(&template).unwrap();
    assert_eq!(template["Resources"]["CatalogoService"]["Type"], "AWS::ECS::Service");
}

#[test]
fn explain_tells_kinds_and_fields_in_both_languages() {
    assert!(out(&trazo(&["explain", "service", "--lang", "es"], "")).contains("desiredCount"));
    let field = out(&trazo(&["explain", "task_definition.containers.image", "--lang", "en"], ""));
    assert!(field.contains("https://docs.aws.amazon.com/"), "{field}");
    assert_eq!(trazo(&["explain", "car"], "").status.code(), Some(2));
}

#[test]
fn sarif_and_schema_are_json() {
    let sarif: serde_json::Value =
        serde_json::from_str(&out(&trazo(&["check", "-", "--format", "sarif"], LONELY))).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let schema: serde_json::Value = serde_json::from_str(&out(&trazo(&["schema"], ""))).unwrap();
    assert!(schema["properties"]["nodes"].is_object());
}
