//! The steps that make a template, as a list that can be read.

use std::fmt::Write;

use trazo_calls::{Deployment, Repeat, Step, steps};
use trazo_formats::templates;
use trazo_model::lower;

fn line(step: &Step) -> String {
    let mut out = format!("{}: {} {}", step.id, step.call.service.cli(), step.call.operation);
    let mut add = |what: &str, items: Vec<String>| {
        if !items.is_empty() {
            let _ = write!(out, "\n    {what} {}", items.join(", "));
        }
    };
    add("needs", step.needs.clone());
    add(
        "gives",
        step.gives
            .iter()
            .map(|gives| if gives.attribute.is_empty() { "Ref" } else { gives.attribute }.to_owned())
            .collect(),
    );
    let wait = |wait: &trazo_calls::Wait| {
        format!("{} every {} s, up to {} s", wait.poll.operation, wait.interval, wait.longest)
    };
    add("waits", step.ready.iter().map(wait).collect());
    let undo = |undo: &trazo_calls::Undo| {
        undo.wait.as_ref().map_or_else(
            || undo.call.operation.to_owned(),
            |then| format!("{} then {}", undo.call.operation, wait(then)),
        )
    };
    add("is taken back by", step.undo.iter().map(undo).collect());
    let repeat = match step.repeat {
        Repeat::Harmless => "may be repeated",
        Repeat::Refused(_) => "is refused the second time",
        Repeat::Again => "makes another one the second time",
    };
    let found = step.find.iter().map(|find| {
        let proof = find.proof.as_ref().map(|proof| format!(" and {}", proof.call.operation));
        format!("{}{}", find.call.operation, proof.unwrap_or_default())
    });
    add("is found by", found.collect());
    out + "\n    " + repeat
}

#[test]
fn the_steps_of_the_shop() {
    let template = templates::ALL.iter().find(|template| template.key == "tienda-virtual").unwrap();
    let design = template.design().unwrap();
    let deployment = Deployment { stack: "tienda".to_owned(), design: design.name().to_owned(), token: "t".to_owned() };
    let list: Vec<String> = steps(&lower(&design), &deployment).unwrap().iter().map(line).collect();
    insta::assert_snapshot!(list.join("\n"));
}

/// Each template can be made step by step.
#[test]
fn every_template_has_steps() {
    for template in templates::ALL {
        let stack = lower(&template.design().unwrap());
        let deployment =
            Deployment { stack: "tienda".to_owned(), design: template.key.to_owned(), token: "t".to_owned() };
        let steps = steps(&stack, &deployment).unwrap_or_else(|error| panic!("{}: {error}", template.key));
        let made: std::collections::BTreeSet<&str> = steps.iter().map(|step| step.logical_id.as_str()).collect();
        for id in stack.resources.keys() {
            assert!(made.contains(id.as_str()), "{}: nothing makes {id}", template.key);
        }
    }
}
