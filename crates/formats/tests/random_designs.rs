//! What holds for any design without errors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod random;

use std::collections::BTreeSet;

use proptest::prelude::*;
use trazo_formats::{cloudformation, manifest};
use trazo_model::{Design, lower};
use trazo_stack::{Expr, Stack, Value};

/// The names that an expression refers to.
fn names(value: &Value, out: &mut BTreeSet<String>) {
    match &value.expr {
        Expr::Ref(name) | Expr::Att(name, _) => {
            out.insert(name.clone());
        }
        Expr::Sub(text) => {
            let places = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
            out.extend(places.map(|(place, _)| place.split('.').next().unwrap_or_default().to_owned()));
        }
        Expr::List(items) | Expr::Join(_, items) => items.iter().for_each(|item| names(item, out)),
        Expr::Map(entries) => entries.values().for_each(|entry| names(entry, out)),
        Expr::Select(_, inner) | Expr::Cidr(inner, _, _) => names(inner, out),
        _ => {}
    }
}

/// What a stack refers to and does not hold.
fn dangling(stack: &Stack) -> Vec<String> {
    let mut found = BTreeSet::new();
    for resource in stack.resources.values() {
        found.extend(resource.depends_on.iter().cloned());
        resource.properties.values().for_each(|value| names(value, &mut found));
    }
    stack.outputs.values().for_each(|output| names(&output.value, &mut found));
    let known = |name: &String| {
        name.starts_with("AWS::") || stack.resources.contains_key(name) || stack.parameters.contains_key(name)
    };
    found.into_iter().filter(|name| !known(name)).collect()
}

fn assert_good(design: &Design) {
    let stack = lower(design);
    assert_eq!(dangling(&stack), Vec::<String>::new(), "{}", manifest::write(design));
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    let is_id = |id: &&String| id.len() <= 255 && id.bytes().all(|b| b.is_ascii_alphanumeric());
    assert_eq!(stack.resources.keys().chain(stack.outputs.keys()).find(|id| !is_id(id)), None);
    let text = manifest::write(design);
    let again = manifest::read(&text).unwrap();
    assert_eq!(manifest::write(&again), text);
    assert_eq!(cloudformation::document(&lower(&again)).text, cloudformation::document(&stack).text);
    assert!(random::errors(&again).is_empty(), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_design_without_errors_lowers_whole_and_is_the_same_when_opened_again(plan in random::plan()) {
        if let Some(design) = plan.design() {
            assert_good(&design);
        }
    }
}
