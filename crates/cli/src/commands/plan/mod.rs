//! `trazo plan FILE [--format text|json|policy] [--engine cloudformation|steps] [--region REGION] [--account NUMBER]`

mod json;
mod terminal;

use serde_json::Value;
use trazo_model::{Design, Severity, Target, check, lower};
use trazo_provision::formation::stack_name;
use trazo_provision::plan::{Engine, Plan, Setting, Warning};
use trazo_stack::Element;
use trazo_texts::{Lang, phrase, text};

use crate::failure::Failure;
use crate::input;
use crate::output::Said;
use crate::words;

/// How a plan is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// All of it, for programs.
    Json,
    /// The permissions alone, as policies of IAM.
    Policy,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) file: String,
    pub(crate) form: Form,
    pub(crate) engine: Engine,
    pub(crate) region: Option<String>,
    pub(crate) account: Option<String>,
}

/// Says what a deployment would make, where, at what cost and with which permissions; 1 where the design has errors.
pub(crate) fn run(asked: &Asked, lang: Lang) -> Result<Said, Failure> {
    let design = input::read(&asked.file)?.design;
    let stack = lower(&design);
    let region = asked.region.as_deref().unwrap_or_else(|| design.region());
    let name = any_stack(design.name());
    let account = asked.account.as_deref();
    let setting =
        Setting { engine: asked.engine, region, account, caller: None, long_term: false, stack: &name, way: None };
    let plan = Plan::of(&design, &stack, &setting).map_err(|error| Failure::NoSteps(error.to_string()))?;
    let errors = check(&design).iter().filter(|finding| finding.severity == Severity::Error).count();
    let text = match asked.form {
        Form::Text => terminal::text(&design, &plan, errors, lang),
        Form::Json => format!("{:#}\n", json::document(&design, &plan, errors, lang)),
        Form::Policy => format!("{:#}\n", policies(&plan)),
    };
    let blocked = plan.warnings.iter().any(|warning| warning.notice.severity == Severity::Error);
    Ok(Said::with_code(text, u8::from(errors > 0 || blocked)))
}

/// One policy as it is, several as a list.
fn policies(plan: &Plan) -> Value {
    match plan.policies.as_slice() {
        [one] => one.clone(),
        all => all.into(),
    }
}

/// The name of the design's stack without the digits that are the page's: a `*` stands for them.
fn any_stack(design: &str) -> String {
    let name = stack_name("", design);
    name.rsplit_once('-').map_or_else(|| name.clone(), |(start, _)| format!("{start}-*"))
}

/// What an element is, as a person knows it.
fn subject(lang: Lang, design: &Design, element: &Element) -> String {
    words::subject(lang, design, &target(element))
}

fn target(element: &Element) -> Target {
    match element {
        Element::Design => Target::Design,
        Element::Node(id) => Target::Node(id.to_string().as_str().into()),
        Element::Link(id) => Target::Link(id.to_string().as_str().into()),
    }
}

/// A text of a warning.
fn said(lang: Lang, key: &str, warning: &Warning) -> String {
    phrase(lang, key, None, &words::filled(lang, &warning.args))
}

/// The text of a key without places.
fn say(lang: Lang, key: &str) -> String {
    text(lang, key, &[])
}
