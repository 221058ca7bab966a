//! The AWS CLI: each call as a file for `--cli-input-json`, and scripts that make the calls in order and take all away again.
//!
//! The files hold `${NAME}` where a value is known only later, and `${NAME[@]}` where it is a list; the scripts fill that in.

mod input;
mod query;
mod script;

use std::collections::BTreeMap;

use trazo_calls::{Bindings, Deployment, Shell, Source as From, Step, kebab, resolve};

use crate::export::{Source, Written};
use input::{Filled, Slots};

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    let name = plain(source.design.name());
    let deployment =
        Deployment { stack: name.clone(), design: source.design.name().to_owned(), token: format!("aws-cli-{name}") };
    let Ok(steps) = trazo_calls::steps(source.stack, &deployment) else { return written };
    if steps.is_empty() {
        return written;
    }
    let plan = Plan::new(source, steps, &deployment);
    for one in &plan.tasks {
        if let (Some(file), Some(filled)) = (&one.file, &one.filled) {
            written.add(file, filled.document(&one.step.origin));
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

/// All that the scripts are written from.
struct Plan<'a> {
    source: &'a Source<'a>,
    bindings: Bindings,
    tasks: Vec<Task>,
    /// What is asked for by name anywhere, with the items of lists that are.
    slots: BTreeMap<String, Slots>,
}

/// A step and its file.
struct Task {
    step: Step,
    /// `010`.
    number: String,
    /// None where the call makes nothing, or says nothing.
    file: Option<String>,
    filled: Option<Filled>,
}

impl<'a> Plan<'a> {
    fn new(source: &'a Source<'a>, steps: Vec<Step>, deployment: &Deployment) -> Self {
        let bindings = known(source, &steps, deployment);
        let width = (steps.len() * 10).to_string().len().max(3);
        let mut tasks = Vec::with_capacity(steps.len());
        for (index, mut step) in steps.into_iter().enumerate() {
            // The CLI makes tokens by itself. One that stays the same would give back what was taken away.
            let token = deployment.token(&step.id);
            step.call.input.retain(|_, value| value.as_str() != Some(token.as_str()));
            let number = format!("{:0width$}", (index + 1) * 10);
            let (mut file, mut filled) = (None, None);
            if !step.type_name.is_empty() {
                file = Some(format!("{number}-{}.json", title(&step)));
                filled = Some(Filled::new(&step, &bindings));
            }
            tasks.push(Task { step, number, file, filled });
        }
        let mut plan = Self { source, bindings, tasks, slots: BTreeMap::new() };
        plan.slots = script::slots(&plan);
        plan
    }
}

/// What is known before anything is made. Parameters are the person's to give, also those with a default.
fn known(source: &Source<'_>, steps: &[Step], deployment: &Deployment) -> Bindings {
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
