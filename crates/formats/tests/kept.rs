//! Files that are written again after edits, from what was written before: they are what they would be if they were new.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod random;

use proptest::prelude::*;
use serde_json::Value as Json;
use trazo_formats::{Kept, Rope, cloudformation, export, json, manifest, templates};
use trazo_model::{Design, Finding, Phrase, lower};

struct Silent;

impl export::Voice for Silent {
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

/// The texts that lean on what was written before.
fn written(design: &Design, kept: &Kept) -> Vec<Rope> {
    let stack = lower(design);
    let route = |_: &_| Vec::new();
    let source = export::Source { design, stack: &stack, voice: &Silent, route: &route, kept };
    let files =
        ["cloudformation", "cloudformation-yaml", "manifest", "terraform", "aws-cli", "report", "drawio", "compose"]
            .map(|key| (export::find(key).unwrap().write)(&source));
    files.into_iter().flat_map(|written| written.files).map(|file| file.document).collect()
}

fn assert_as_new(design: &Design, kept: &Kept) {
    let stack = lower(design);
    assert_eq!(written(design, kept), written(design, &Kept::default()));
    assert_eq!(cloudformation::size(&stack, kept), cloudformation::body(&stack).len());
}

/// A tree of plain JSON.
fn tree(json: &Json) -> trazo_stack::Value {
    use trazo_stack::{Expr, Value};
    match json {
        Json::Null => Expr::Null.into(),
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => number.as_i64().map_or_else(|| Expr::Num(number.as_f64().unwrap()).into(), Value::from),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(tree).collect::<Vec<_>>().into(),
        Json::Object(entries) => {
            Expr::Map(entries.iter().map(|(key, value)| (key.clone(), tree(value))).collect()).into()
        }
    }
}

#[test]
fn what_is_put_together_of_parts_is_printed_as_a_whole_would_be() {
    for template in templates::ALL {
        let design = template.design().unwrap();
        let files = written(&design, &Kept::default());
        let [json, yaml, own] = [0, 1, 2].map(|at| files[at].text());
        for text in [&json, &own] {
            let whole: Json = serde_json::from_str(text).unwrap();
            assert_eq!(&json::pretty(&tree(&whole)).text, text, "{}", template.key);
        }
        assert_eq!(own, manifest::write(&design));
        let json = serde_json::from_str::<Json>(&json).unwrap();
        assert!(json.pointer("/Metadata/Trazo/nodes/0").is_some() && yaml.contains("\nMetadata:\n  Trazo:\n"));
    }
}

#[test]
fn a_design_of_nothing_is_written_too() {
    assert_as_new(&Design::default(), &Kept::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_after_an_edit_are_what_new_ones_are(plans in [random::plan(), random::plan()]) {
        let kept = Kept::default();
        let [first, second] = plans.map(|plan| plan.design().unwrap_or_default());
        // One after the other, and back: names that come again, others that are gone.
        for design in [&first, &second, &first, &Design::default(), &second] {
            assert_as_new(design, &kept);
        }
    }
}
