//! The command as people and scripts call it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

mod arguments;
mod exports;
mod import;
mod input;
mod plan;
mod sarif;
mod serve;

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn trazo(arguments: &[&str], input: &str) -> Output {
    with_bytes(arguments, input.as_bytes())
}

fn with_bytes(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    // A call that reads nothing may end before all is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trazo"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
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
    let said = out(&check);
    let [place, line, mark] = said.lines().take(3).collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(place.starts_with("-:3:16: error FLD002: Servicio «catalogo»: "), "{said}");
    assert_eq!(line, r#"  3 |     "props": { "desiredCount": 9000 } }"#);
    assert_eq!(mark, r#"    |                ^^^^^^^^^^^^^^"#);
    // What AWS would answer, how it is mended, AWS's page, and how many there are.
    assert!(said.contains("\n    AWS: ClusterNotFoundException: Cluster not found.\n    → "), "{said}");
    assert!(said.contains("\n    https://docs.aws.amazon.com/AmazonECS/"), "{said}");
    assert!(said.ends_with("3 errores, 0 advertencias, 0 sugerencias\n"), "{said}");
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
fn export_writes_a_template() {
    let manifest = out(&trazo(&["templates", "show", "tienda-virtual"], ""));
    let template = out(&trazo(&["export", "-", "--to", "cloudformation"], &manifest));
    let template: serde_json::Value = serde_json::from_str(&template).unwrap();
    assert_eq!(template["Resources"]["CatalogoService"]["Type"], "AWS::ECS::Service");
}

#[test]
fn export_into_a_folder_says_where() {
    let folder = std::env::temp_dir().join(format!("trazo-cli-{}", std::process::id()));
    let deep = folder.join("made/on the way");
    let call = ["export", "-", "--to", "cloudformation", "--out", deep.to_str().unwrap()];
    let export = trazo(&call, LONELY);
    let file = out(&export).trim().to_owned();
    let written = std::fs::read_to_string(&file).unwrap();
    // A file where a folder is needed.
    let failed = trazo(&["export", "-", "--to", "manifest", "--out", &file, "--lang", "en"], LONELY);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(export.status.code(), Some(0));
    assert!(written.contains("AWS::ECS::Service"));
    assert_eq!(failed.status.code(), Some(2));
    assert!(err(&failed).contains("a file where a folder is needed"), "{}", err(&failed));
}

#[test]
fn explain_tells_kinds_links_and_fields_in_both_languages() {
    let kind = out(&trazo(&["explain", "service", "--lang", "es"], ""));
    assert!(kind.starts_with("Servicio") && kind.contains("desiredCount") && kind.contains("SVC001"), "{kind}");
    let field = out(&trazo(&["explain", "service.desiredCount", "--lang", "en"], ""));
    assert!(field.contains("Values: 0 – 5000") && field.contains("When created: "), "{field}");
    for path in ["task_definition.containers.image", "task_definition.containers.0.image"] {
        let field = out(&trazo(&["explain", path, "--lang", "en"], ""));
        assert!(field.contains("https://docs.aws.amazon.com/"), "{field}");
    }
    let link = out(&trazo(&["explain", "load_balancer-service", "--lang", "es"], ""));
    assert!(link.contains("priority"), "{link}");
}

#[test]
fn explain_tells_checks_by_their_code() {
    for (code, lang, words) in [("SVC001", "es", "AWS: ClusterNotFoundException"), ("svc001", "en", "(error)")] {
        let said = out(&trazo(&["explain", code, "--lang", lang], ""));
        assert!(said.starts_with("SVC001 (") && said.contains(words), "{said}");
        assert!(said.contains("https://docs.aws.amazon.com/"), "{said}");
    }
}

#[test]
fn what_cannot_be_explained_is_told_with_what_was_meant() {
    for (what, meant) in
        [("servise", "`service`"), ("service.desiredcont", "`service.desiredCount`"), ("SVC-001", "`SVC001`")]
    {
        let explain = trazo(&["explain", what, "--lang", "en"], "");
        assert_eq!(explain.status.code(), Some(2));
        assert!(err(&explain).contains(&format!("Did you mean {meant}?")), "{}", err(&explain));
    }
    assert!(!err(&trazo(&["explain", "xyz", "--lang", "en"], "")).contains("mean"));
}

#[test]
fn all_kinds_links_fields_and_checks_can_be_explained() {
    let whole = |what: &str| {
        for lang in ["es", "en"] {
            let explain = trazo(&["explain", what, "--lang", lang], "");
            let said = out(&explain);
            assert_eq!(explain.status.code(), Some(0), "{what}");
            for unsaid in ["kind.", "link.", "field.", "check.", "cli.", "rule.", "unit."] {
                assert!(!said.lines().any(|line| line.starts_with(unsaid)), "{what}: {said}");
            }
        }
    };
    for kind in trazo_model::Kind::ALL {
        whole(kind.spec().key);
        kind.spec().fields.iter().take(3).for_each(|field| whole(&format!("{}.{}", kind.spec().key, field.key)));
    }
    trazo_model::LinkKind::ALL.into_iter().for_each(|kind| whole(kind.spec().key));
}

#[test]
fn the_schema_is_json() {
    let schema: serde_json::Value = serde_json::from_str(&out(&trazo(&["schema"], ""))).unwrap();
    assert!(schema["properties"]["nodes"].is_object());
}
