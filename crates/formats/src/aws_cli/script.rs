//! The scripts, for Bash and for PowerShell: what both share is in `parts/`, and what follows is one section a step.

use std::collections::BTreeMap;
use std::sync::Arc;

use trazo_calls::{Bindings, Call, Shell, Source as From, Step, Undo, Wait, preview, variable};
use trazo_stack::Origin;

use super::input::{Asked, Slots, name};
use super::query;
use super::tasks::{Plan, Task, Way};
use crate::export::Source;
use crate::{Document, Rope};

/// The account's number, which is asked for where something is named by it.
const ACCOUNT: &str = "AWS_AccountId";

/// Texts that the parts say: key, and the variable that holds it.
const SAID: &[(&str, &str, &str)] = &[
    ("missing", "say_missing", "sayMissing"),
    ("skipped", "say_skipped", "saySkipped"),
    ("waiting", "say_waiting", "sayWaiting"),
    ("patient", "say_patient", "sayPatient"),
    ("failed", "say_failed", "sayFailed"),
    ("late", "say_late", "sayLate"),
    ("no_answer", "say_no_answer", "sayNoAnswer"),
    ("lost", "say_lost", "sayLost"),
    ("nothing", "say_nothing", "sayNothing"),
    ("removing", "say_removing", "sayRemoving"),
    ("gone", "say_gone", "sayGone"),
];

/// What a step asks for by name, beside what its call holds.
pub(super) fn asked_by(step: &Step, bindings: &Bindings) -> BTreeMap<String, Slots> {
    let asked = Asked::default();
    let shown = |place: &trazo_calls::Place<'_>| asked.shown(place);
    let wait = |wait: &Wait| drop(wait.poll.preview(bindings, &shown));
    for undo in &step.undo {
        undo.call.preview(bindings, &shown);
        undo.wait.iter().for_each(wait);
    }
    step.ready.iter().for_each(wait);
    for gives in &step.gives {
        if let From::Known(value) = &gives.from {
            preview(value, bindings, &shown);
        }
    }
    asked.take()
}

/// What the stack's outputs ask for by name.
pub(super) fn asked_by_outputs(source: &Source<'_>, bindings: &Bindings) -> BTreeMap<String, Slots> {
    let asked = Asked::default();
    for output in source.stack.outputs.values() {
        preview(&output.value, bindings, &|place| asked.shown(place));
    }
    asked.take()
}

/// The script that makes all.
pub(super) fn deploy(plan: &Plan<'_>, shell: Shell) -> Rope {
    let mut script = Script::new(plan, shell, "deploy");
    script.parameters();
    if plan.slots.contains_key(ACCOUNT) {
        let ask = "aws sts get-caller-identity --query Account --output text";
        match shell {
            Shell::Bash => script.line(&format!("keep {ACCOUNT} \"$({ask})\"")),
            Shell::PowerShell => script.line(&format!("Save-Value '{ACCOUNT}' (({ask} | Out-String).Trim())")),
        }
    }
    let mut all = Rope::from(script.document);
    for task in plan.tasks {
        all.push(section(plan, (Way::Make, shell), task), "");
    }
    let mut script = Script { plan, shell, document: Document::default(), origin: None };
    script.outputs();
    script.tell("made");
    all.push(script.document.into(), "");
    all
}

/// The script that takes all away.
pub(super) fn remove(plan: &Plan<'_>, shell: Shell) -> Rope {
    let mut all = Rope::from(Script::new(plan, shell, "remove").document);
    for task in plan.tasks.iter().rev().filter(|task| !task.step.undo.is_empty()) {
        all.push(section(plan, (Way::Unmake, shell), task), "");
    }
    let mut script = Script { plan, shell, document: Document::default(), origin: None };
    script.line("");
    script.tell("removed");
    all.push(script.document.into(), "");
    all
}

/// What a script does with a task.
fn section(plan: &Plan<'_>, (way, shell): (Way, Shell), task: &Task) -> Arc<Document> {
    task.section(plan.slots, (way, shell), || {
        let origin = Some(task.step.origin.clone());
        let mut script = Script { plan, shell, document: Document::default(), origin };
        match way {
            Way::Make => script.make(task),
            Way::Unmake => script.unmake(task),
        }
        script.document
    })
}

struct Script<'a> {
    plan: &'a Plan<'a>,
    shell: Shell,
    document: Document,
    origin: Option<Origin>,
}

impl<'a> Script<'a> {
    fn new(plan: &'a Plan<'a>, shell: Shell, which: &str) -> Self {
        let mut script = Self { plan, shell, document: Document::default(), origin: None };
        let about = script.text(which);
        match shell {
            Shell::Bash => script.line("#!/usr/bin/env bash"),
            // Windows PowerShell takes a file without this mark for one in the letters of the machine.
            Shell::PowerShell => script.document.text.push('\u{feff}'),
        }
        script.line(&format!("# {about}"));
        if which == "deploy" {
            script.needed();
        }
        let parts = match (shell, which) {
            (Shell::Bash, "deploy") => [include_str!("parts/common.sh"), include_str!("parts/deploy.sh")],
            (Shell::Bash, _) => [include_str!("parts/common.sh"), include_str!("parts/remove.sh")],
            (_, "deploy") => [include_str!("parts/common.ps1"), include_str!("parts/deploy.ps1")],
            _ => [include_str!("parts/common.ps1"), include_str!("parts/remove.ps1")],
        };
        let common = parts[0].lines();
        common.for_each(|line| script.line(line));
        script.line("");
        for (key, bash, powershell) in SAID {
            if parts.iter().any(|part| part.contains(&format!("${bash}")) || part.contains(&format!("${powershell}"))) {
                let text = shell.word(&script.text(key));
                match shell {
                    Shell::Bash => script.line(&format!("{bash}={text}")),
                    Shell::PowerShell => script.line(&format!("${powershell} = {text}")),
                }
            }
        }
        let region = shell.word(plan.source.design.region());
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            match shell {
                Shell::Bash => script.line(&format!("export {variable}={region}")),
                Shell::PowerShell => script.line(&format!("$env:{variable} = {}", quoted(plan.source.design.region()))),
            }
        }
        script.line("");
        parts[1].lines().for_each(|line| script.line(line));
        script
    }

    /// Adds a line, or several.
    fn line(&mut self, text: &str) {
        for line in text.split('\n') {
            self.document.push(line, self.origin.as_ref());
        }
    }

    fn text(&self, key: &str) -> String {
        let name = if matches!(key, "deploy" | "remove") { self.plan.source.design.name() } else { "{name}" };
        self.plan.source.voice.say(&format!("export.aws-cli.{key}"), &[("name", name)])
    }

    fn tell(&mut self, key: &str) {
        let text = self.shell.word(&self.text(key));
        match self.shell {
            Shell::Bash => self.line(&format!("printf '\\n%s\\n' {text}")),
            Shell::PowerShell => self.line(&format!("Write-Host {text}")),
        }
    }

    /// Which values are the person's to give, and where to find them.
    fn needed(&mut self) {
        let own = self.own();
        if own.is_empty() {
            return;
        }
        self.line("#");
        self.line(&format!("# {}", self.text("needed")));
        for (name, parameter) in &own {
            self.line(&format!("#   {name}: {}", parameter.description.replace('\n', " ")));
        }
        if own.iter().any(|(name, _)| name.as_str() == "VpcId") {
            self.line(&format!("# {}", self.text("default_vpc")));
            let region = self.plan.source.design.region();
            let vpc = format!(
                "aws ec2 describe-vpcs --region {region} --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text"
            );
            let subnets = format!(
                "aws ec2 describe-subnets --region {region} --filters Name=default-for-az,Values=true --query 'join(`,`, Subnets[*].SubnetId)' --output text"
            );
            for (name, ask) in [("VpcId", vpc), ("SubnetIds", subnets)] {
                if own.iter().any(|(known, _)| known.as_str() == name) {
                    match self.shell {
                        Shell::Bash => self.line(&format!("#   export {name}=\"$({ask})\"")),
                        Shell::PowerShell => self.line(&format!("#   $env:{name} = {ask}")),
                    }
                }
            }
        }
    }

    fn own(&self) -> Vec<(&'a String, &'a trazo_stack::Parameter)> {
        let plan = self.plan;
        plan.source.stack.parameters.iter().filter(|(id, _)| plan.slots.contains_key(&name(id, ""))).collect()
    }

    fn parameters(&mut self) {
        self.line("");
        for (id, parameter) in self.own() {
            self.origin = Some(parameter.origin.clone());
            let default =
                parameter.default.as_ref().map(|text| format!(" {}", self.argument(text))).unwrap_or_default();
            match self.shell {
                Shell::Bash => self.line(&format!("ask {id}{default}")),
                Shell::PowerShell => self.line(&format!("Read-Own '{id}'{default}")),
            }
            self.items(&name(id, ""));
        }
        self.origin = None;
    }

    /// A text as an argument of a function.
    fn argument(&self, text: &str) -> String {
        match self.shell {
            Shell::Bash => self.shell.word(text),
            Shell::PowerShell => quoted(text),
        }
    }

    /// The items of a list that are asked for by themselves.
    fn items(&mut self, list: &str) {
        let items = self.plan.slots.get(list).map(|slots| slots.items.clone()).unwrap_or_default();
        for item in items {
            match self.shell {
                Shell::Bash => self.line(&format!("item {list}_{item} {list} {item}")),
                Shell::PowerShell => self.line(&format!("Set-Item-Of '{list}_{item}' '{list}' {item}")),
            }
        }
    }

    /// One step.
    fn make(&mut self, task: &Task) {
        let step = &task.step;
        let sentence = self.plan.source.voice.say(&step.text_key(), &[]);
        let title = format!("{} · {}", task.number, step.id);
        let (key, title, sentence) = (key(step), self.argument(&title), self.argument(&sentence));
        self.line("");
        match self.shell {
            Shell::Bash => self.line(&format!("if begin {key} {title} \\\n  {sentence}; then")),
            Shell::PowerShell => self.line(&format!("if (Start-Step '{key}' {title} {sentence}) {{")),
        }
        self.encoded(task);
        self.archive(task);
        let kept: Vec<&trazo_calls::Gives> =
            step.gives.iter().filter(|gives| self.is_used(step, gives.attribute)).collect();
        let mut paths: Vec<(String, String)> = Vec::new();
        for gives in &kept {
            if let From::Answer(path) | From::After(path, _) = &gives.from {
                paths.push((name(&step.logical_id, gives.attribute), query::below(step.answer, path)));
            }
        }
        let asked: Vec<String> = paths.iter().map(|(_, path)| path.clone()).collect();
        let command = self.with_query(self.create(task), &query::several(&asked), asked.is_empty());
        let patience = query::pattern(&step.patience);
        self.run(&["call", "Invoke-Call"], &[patience], &command);
        self.take(&paths);
        for gives in &kept {
            self.derive(step, gives);
        }
        if let Some(wait) = &step.ready {
            self.wait(step, wait);
        }
        self.line(match self.shell {
            Shell::Bash => "  finish\nfi",
            Shell::PowerShell => "  Complete-Step\n}",
        });
        for gives in kept {
            self.items(&name(&step.logical_id, gives.attribute));
        }
    }

    fn is_used(&self, step: &Step, attribute: &str) -> bool {
        self.plan.slots.contains_key(&name(&step.logical_id, attribute))
    }

    /// Texts that are written in Base64, since something in them is known only now.
    fn encoded(&mut self, task: &Task) {
        for (name, text) in task.filled.iter().flat_map(|filled| &filled.encoded) {
            let text = self.argument(text);
            match self.shell {
                Shell::Bash => {
                    self.line(&format!("  keep {name} \"$(printf '%s' {text} | base64 | tr -d '\\n')\""));
                }
                Shell::PowerShell => self.line(&format!(
                    "  Save-Value '{name}' ([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes({text})))"
                )),
            }
        }
    }

    fn archive(&mut self, task: &Task) {
        let Some(file) = archive_of(task) else { return };
        match self.shell {
            Shell::Bash => self.line(&format!("  base64 --decode <{file}.base64 >{file}")),
            Shell::PowerShell => self.line(&format!(
                "  [IO.File]::WriteAllBytes((Join-Path $PSScriptRoot '{file}'), [Convert]::FromBase64String([IO.File]::ReadAllText((Join-Path $PSScriptRoot '{file}.base64'))))"
            )),
        }
    }

    /// The command of a step.
    fn create(&self, task: &Task) -> String {
        let (Some(file), Some(filled)) = (&task.file, &task.filled) else {
            return self.command(&task.step.call);
        };
        let call = Call::new(task.step.call.service, task.step.call.operation).command(self.shell, None);
        let input = match self.shell {
            Shell::Bash => {
                let names: String = filled.names.iter().map(|name| format!(" {name}")).collect();
                format!("\"$(fill {file}{names})\"")
            }
            Shell::PowerShell => {
                let names: Vec<String> = filled.names.iter().map(|name| quoted(name)).collect();
                format!("(Get-Filled '{file}' @({}))", names.join(", "))
            }
        };
        let archive = archive_of(task).map(|file| format!(" --zip-file fileb://{file}")).unwrap_or_default();
        format!("{call} --cli-input-json {input}{archive}")
    }

    /// The command of another call, with variables in it.
    fn command(&self, call: &trazo_calls::Template) -> String {
        let asked = Asked::default();
        call.preview(self.plan.bindings, &|place| asked.shown(place)).command(self.shell, None)
    }

    fn with_query(&self, command: String, query: &str, silent: bool) -> String {
        if silent {
            return command;
        }
        let next = match self.shell {
            Shell::Bash => "\\",
            Shell::PowerShell => "`",
        };
        format!("{command} {next}\n    --query {} --output text", self.argument(query))
    }

    /// A function of the script with arguments and a command.
    fn run(&mut self, names: &[&str; 2], arguments: &[String], command: &str) {
        let written: Vec<String> = arguments.iter().map(|text| self.argument(text)).collect();
        match self.shell {
            Shell::Bash => self.line(&format!("  {} {} \\\n    {command}", names[0], written.join(" "))),
            Shell::PowerShell => self.line(&format!("  {} {} {{\n    {command}\n  }}", names[1], written.join(" "))),
        }
    }

    fn take(&mut self, paths: &[(String, String)]) {
        if paths.is_empty() {
            return;
        }
        let names: Vec<&str> = paths.iter().map(|(name, _)| name.as_str()).collect();
        match self.shell {
            Shell::Bash => self.line(&format!("  take {}", names.join(" "))),
            Shell::PowerShell => self.line(&format!("  Save-Answer '{}'", names.join("', '"))),
        }
    }

    /// What follows from what the answer gave.
    fn derive(&mut self, step: &Step, gives: &trazo_calls::Gives) {
        let name = name(&step.logical_id, gives.attribute);
        match (&gives.from, self.shell) {
            (From::Answer(_), _) => {}
            (From::After(_, mark), Shell::Bash) => {
                let mark = self.shell.word(mark);
                self.line(&format!("  keep {name} \"${{{name}##*{mark}}}\""));
            }
            (From::After(_, mark), Shell::PowerShell) => self.line(&format!(
                "  Save-Value '{name}' (${name}.Substring(${name}.LastIndexOf('{mark}') + {}))",
                mark.len()
            )),
            (From::Known(value), shell) => {
                let asked = Asked::default();
                let text = preview(value, self.plan.bindings, &|place| asked.shown(place));
                let text = self.argument(text.as_str().unwrap_or_default());
                match shell {
                    Shell::Bash => self.line(&format!("  keep {name} {text}")),
                    Shell::PowerShell => self.line(&format!("  Save-Value '{name}' {text}")),
                }
            }
        }
    }

    fn wait(&mut self, step: &Step, wait: &Wait) {
        let gives = wait.gives.iter().filter(|gives| self.is_used(step, gives.attribute));
        let mut paths = Vec::new();
        for one in gives {
            if let From::Answer(path) = &one.from {
                paths.push((name(&step.logical_id, one.attribute), query::below("", path)));
            }
        }
        let asked: Vec<String> = paths.iter().map(|(_, path)| path.clone()).collect();
        let command = self.with_query(self.command(&wait.poll), &query::of_wait(wait, &asked), false);
        let numbers = [wait.interval.to_string(), wait.longest.to_string()];
        let arguments = [query::pattern(&wait.gone), query::pattern(&wait.unseen)].map(|text| self.argument(&text));
        let all = [numbers, arguments].concat().join(" ");
        match self.shell {
            Shell::Bash => self.line(&format!("  wait_for {all} \\\n    {command}")),
            Shell::PowerShell => self.line(&format!("  Wait-For {all} {{\n    {command}\n  }}")),
        }
        self.take(&paths);
    }

    /// What takes a step away.
    fn unmake(&mut self, task: &Task) {
        let step = &task.step;
        let (key, title) = (key(step), self.argument(&format!("{} · {}", task.number, step.id)));
        let names = self.names_of(&step.undo);
        self.line("");
        match self.shell {
            Shell::Bash => {
                let names: String = names.iter().map(|name| format!(" {name}")).collect();
                self.line(&format!("if made {key} {title}{names}; then"));
            }
            Shell::PowerShell => {
                let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                self.line(&format!("if (Test-Made '{key}' {title} @({})) {{", names.join(", ")));
            }
        }
        for undo in &step.undo {
            let patterns = [query::pattern(&undo.gone), query::pattern(&undo.busy)];
            self.run(&["away", "Remove-Made"], &patterns, &self.command(&undo.call));
            if let Some(wait) = &undo.wait {
                self.wait(step, wait);
            }
        }
        self.line(match self.shell {
            Shell::Bash => "  finish\nfi",
            Shell::PowerShell => "  Complete-Step\n}",
        });
    }

    /// The names that calls ask for, in the order of the alphabet.
    fn names_of(&self, all: &[Undo]) -> Vec<String> {
        let asked = Asked::default();
        for undo in all {
            undo.call.preview(self.plan.bindings, &|place| asked.shown(place));
            if let Some(wait) = &undo.wait {
                wait.poll.preview(self.plan.bindings, &|place| asked.shown(place));
            }
        }
        asked.take().into_keys().collect()
    }

    fn outputs(&mut self) {
        self.line("");
        for (name, output) in &self.plan.source.stack.outputs {
            let asked = Asked::default();
            let shown = preview(&output.value, self.plan.bindings, &|place| asked.shown(place));
            let text = self.argument(shown.as_str().unwrap_or_default());
            match self.shell {
                Shell::Bash => self.line(&format!("printf '%s: %s\\n' {name} {text}")),
                Shell::PowerShell => self.line(&format!("Write-Host '{name}:' {text}")),
            }
        }
    }
}

/// Where the state of a step is kept.
fn key(step: &Step) -> String {
    format!("Step_{}", name(&step.id, ""))
}

/// The file of a function's code.
fn archive_of(task: &Task) -> Option<String> {
    task.filled.as_ref()?.archive.as_ref()?;
    task.file.as_ref().map(|file| format!("{file}.zip"))
}

/// A text in quotes of PowerShell; a word without them would be taken for something else there.
fn quoted(text: &str) -> String {
    let word = Shell::PowerShell.word(text);
    let plain = !word.starts_with(['\'', '"']);
    if plain && !text.contains(&variable("")) { format!("'{text}'") } else { word }
}
