//! The AWS CLI: each call as a file for `--cli-input-json`, and scripts that make the calls in order and take all away again.
//!
//! The files hold `${NAME}` where a value is known only later, and `${NAME[@]}` where it is a list; the scripts fill that in.

mod input;
mod query;
mod script;
mod tasks;

use std::rc::Rc;
use trazo_calls::{Bindings, Deployment, Shell, Source as From, Step, kebab, resolve};

use crate::Rope;
use crate::export::{Source, Written};
pub(crate) use tasks::Tasks;

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    let name = plain(source.design.name());
    let deployment =
        Deployment { stack: name.clone(), design: source.design.name().to_owned(), token: format!("aws-cli-{name}") };
    let mut tasks = source.kept.tasks.borrow_mut();
    let Some(plan) = tasks.plan(source, &deployment) else { return written };
    for one in plan.tasks {
        if let (Some(file), Some(filled)) = (&one.file, &one.filled) {
            let mut rope = Rope::default();
            rope.push(one.text.clone(), "");
            written.add(file, rope);
            if let Some(archive) = &filled.archive {
                let mut text = crate::Document::default();
                text.push(archive, Some(&one.step.origin));
                written.add(format!("{file}.zip.base64"), text);
            }
        }
    }
    for (shell, ending) in [(Shell::Bash, "sh"), (Shell::PowerShell, "ps1")] {
        written.add(format!("deploy.{ending}"), script::deploy(&plan, shell));
        written.add(format!("remove.{ending}"), script::remove(&plan, shell));
    }
    written
}

/// What is known before anything is made. Parameters are the person's to give, also those with a default.
fn known(source: &Source<'_>, steps: &[Rc<Step>], deployment: &Deployment) -> Bindings {
    let mut bindings = Bindings::new(source.stack);
    for name in source.stack.parameters.keys() {
        bindings.forget(name);
    }
    bindings.set_region(source.design.region());
    bindings.give("AWS::StackName", "", deployment.stack.as_str().into());
    for step in steps {
        for gives in &step.gives {
            if let From::Known(value) = &gives.from
                && let Ok(Some(value)) = resolve(value, &bindings)
            {
                bindings.give(&step.logical_id, gives.attribute, value);
            }
        }
    }
    bindings
}

/// `register-task-definition-catalogo`: the operation, and the resource without what the operation says already.
fn title(step: &Step) -> String {
    let (operation, id) = (kebab(step.call.operation), kebab(&step.id.replace('/', "-")));
    let noun = operation.split_once('-').map_or("", |(_, noun)| noun);
    let short = id.strip_suffix(noun).unwrap_or(&id).trim_matches('-').replace("--", "-");
    let short = short.chars().take(80).collect::<String>();
    if short.is_empty() { operation } else { format!("{operation}-{short}") }
}

/// A name of letters, digits and hyphens, not too long.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(40);
    let out = out.trim_end_matches('-');
    if out.is_empty() { "trazo".to_owned() } else { out.to_owned() }
}
