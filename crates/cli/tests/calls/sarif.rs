//! SARIF as code hosts take it: what the schema of version 2.1.0 asks for, and what findings are shown by.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{LONELY, out, trazo};

fn sarif(manifest: &str, lang: &str) -> Value {
    serde_json::from_str(&out(&trazo(&["check", "-", "--format", "sarif", "--lang", lang], manifest))).unwrap()
}

fn text<'a>(value: &'a Value, at: &str) -> &'a str {
    value.pointer(at).and_then(Value::as_str).unwrap_or_else(|| panic!("{at} is missing in {value:#}"))
}

#[test]
fn it_says_which_version_and_tool_it_is_of() {
    let log = sarif(LONELY, "es");
    let keys: Vec<&String> = log.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["$schema", "version", "runs"]);
    assert_eq!(text(&log, "/version"), "2.1.0");
    assert!(text(&log, "/$schema").starts_with("https://"));
    assert_eq!(text(&log, "/runs/0/tool/driver/name"), "trazo");
    assert_eq!(text(&log, "/runs/0/language"), "es");
    assert_eq!(text(&log, "/runs/0/columnKind"), "unicodeCodePoints");
}

#[test]
fn each_result_has_its_rule_its_level_and_its_region() {
    let log = sarif(LONELY, "en");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(result["ruleId"], rule["id"]);
        assert!(["error", "warning", "note"].contains(&text(result, "/level")));
        assert_eq!(result["level"], rule["defaultConfiguration"]["level"]);
        assert!(!text(result, "/message/text").is_empty());
        assert_eq!(text(result, "/locations/0/physicalLocation/artifactLocation/uri"), "-");
        assert_eq!(text(result, "/locations/0/logicalLocations/0/fullyQualifiedName"), "node/s1");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |key: &str| region[key].as_u64().unwrap();
        let line = LONELY.lines().nth(usize::try_from(number("startLine") - 1).unwrap()).unwrap();
        let (start, end) = (number("startColumn") - 1, number("endColumn") - 1);
        let meant: String =
            line.chars().skip(usize::try_from(start).unwrap()).take(usize::try_from(end - start).unwrap()).collect();
        assert_eq!(meant, text(region, "/snippet/text"));
    }
    let prints: BTreeSet<&str> =
        results.iter().map(|result| text(result, "/partialFingerprints/element~1v1")).collect();
    assert_eq!(prints.len(), results.len(), "each problem is one of its own");
}

#[test]
fn rules_stand_once_with_their_page_and_words() {
    for lang in ["es", "en"] {
        let log = sarif(LONELY, lang);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: BTreeSet<&str> = rules.iter().map(|rule| text(rule, "/id")).collect();
        assert_eq!(ids.len(), rules.len());
        for rule in rules {
            for part in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
                let said = text(rule, part);
                assert!(!said.is_empty() && !said.starts_with("check.") && !said.contains('`'), "{said}");
            }
            assert!(rule.get("helpUri").is_none_or(|uri| uri.as_str().is_some_and(|uri| uri.starts_with("https://"))));
        }
        assert!(rules.iter().any(|rule| rule.get("helpUri").is_some()));
    }
}

#[test]
fn a_design_without_findings_has_an_empty_list() {
    let manifest = out(&trazo(&["templates", "show", "tienda-virtual"], ""));
    let log = sarif(&manifest, "es");
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], Value::Array(Vec::new()));
}
