//! The calls that make APIs, functions and what is around them, as they are shown before anything is known of the account.

#![allow(clippy::unwrap_used, reason = "helpers of tests, whose fault it would be")]

mod gateway;
mod others;

use std::fmt::Write as _;

use serde_json::Value as Json;
use trazo_calls::{Bindings, Deployment, Find, Place, Repeat, Source, Step, Template, Wait, steps};
use trazo_stack::{Element, Origin, Resource, Stack, Value};

/// A resource: logical id, type, properties.
type Row<'a> = (&'a str, &'static str, &'a [(&'a str, Value)]);

/// A stack of resources, each made from a node of its own name.
fn stack<const N: usize>(resources: [Row<'_>; N]) -> Stack {
    let mut stack = Stack::default();
    for (id, type_name, properties) in resources {
        let mut resource = Resource::new(type_name, Origin::whole(Element::Node(id.to_lowercase().into())));
        for (name, value) in properties {
            resource.set(name, value.clone());
        }
        stack.resources.insert(id.to_owned(), resource.into());
    }
    stack
}

fn made(stack: &Stack) -> Vec<Step> {
    let deployment =
        Deployment { stack: "tienda".to_owned(), design: "Tienda".to_owned(), token: "one-of-its-own".to_owned() };
    steps(stack, &deployment).unwrap()
}

/// The input of a call; what is not known yet is shown as `{Id.Attribute}`.
fn input(call: &Template) -> Json {
    let unknown = |place: &Place<'_>| match place.attribute {
        "" => format!("{{{}}}", place.id),
        attribute => format!("{{{}.{attribute}}}", place.id),
    };
    Json::Object(call.preview(&Bindings::default(), &unknown).input)
}

fn line(call: &Template) -> String {
    let tags_apart = |mut input: Json| {
        for name in ["Tags", "tags"] {
            if input.get(name).is_some() {
                input[name] = "…".into();
            }
        }
        input
    };
    format!("{} {} {}", call.service.cli(), call.operation, tags_apart(input(call)))
}

/// All of a stack's steps as text.
fn shown(stack: &Stack) -> String {
    let mut out = String::new();
    for step in made(stack) {
        let _ = writeln!(out, "{}\n  {}", step.id, line(&step.call));
        for gives in &step.gives {
            let from = match &gives.from {
                Source::Answer(path) => {
                    [step.answer, path].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".")
                }
                _ => "known".to_owned(),
            };
            let _ = writeln!(out, "  gives {:?} from {from}", gives.attribute);
        }
        let repeat = match step.repeat {
            Repeat::Harmless => "the same again".to_owned(),
            Repeat::Again => "a second one is made".to_owned(),
            Repeat::Refused(codes) => codes.join(", "),
        };
        let _ = writeln!(out, "  twice: {repeat}");
        if let Some(find) = &step.find {
            let _ = writeln!(out, "  find {}", found(find));
        }
        if let Some(wait) = &step.ready {
            let _ = writeln!(out, "  ready {}", waited(wait));
        }
        for undo in &step.undo {
            let _ = writeln!(out, "  undo {}", line(&undo.call));
            if let Some(wait) = &undo.wait {
                let _ = writeln!(out, "    until {}", waited(wait));
            }
        }
    }
    out
}

fn found(find: &Find) -> String {
    let mut out = format!("{} in {:?}", line(&find.call), find.items);
    for (at, _) in &find.matching {
        let _ = write!(out, ", same {at}");
    }
    if let Some(tagged) = &find.tagged {
        let _ = write!(out, ", tagged at {}", tagged.at);
    }
    if let Some(proof) = &find.proof {
        let _ = write!(out, ", proven by {} at {}", line(&proof.call), proof.tagged.at);
    }
    out
}

fn waited(wait: &Wait) -> String {
    format!("{} {:?} or {:?}, every {} s", line(&wait.poll), wait.until, wait.fails, wait.interval)
}
