//! What is written of each step, as it is kept: an edit changes few of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use trazo_calls::{Bindings, Deployment, Made, Shell, Step};

use super::input::{Filled, Slots};
use super::{known, script, title};
use crate::Document;
use crate::export::Source;

/// All that was written last.
#[derive(Default)]
pub(crate) struct Tasks {
    made: Made,
    all: Vec<Rc<Task>>,
    around: Around,
    asked_by_outputs: BTreeMap<String, Slots>,
    /// What is asked for by name anywhere, with the items of lists that are.
    slots: Rc<BTreeMap<String, Slots>>,
}

/// What tasks say of more than their steps.
#[derive(Default, PartialEq)]
struct Around {
    bindings: Bindings,
    /// A sentence, for the language that is spoken.
    said: String,
    /// How many digits a number has.
    width: usize,
}

/// All that the scripts are written from.
pub(super) struct Plan<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) bindings: &'a Bindings,
    pub(super) tasks: &'a [Rc<Task>],
    pub(super) slots: &'a Rc<BTreeMap<String, Slots>>,
}

impl Tasks {
    /// What is to be written; nothing where there are no steps.
    pub(super) fn plan<'a>(&'a mut self, source: &'a Source<'a>, deployment: &Deployment) -> Option<Plan<'a>> {
        let steps = self.made.steps(source.stack, deployment).ok()?;
        let width = (steps.len() * 10).to_string().len().max(3);
        let bindings = known(source, &steps, deployment);
        let around = Around { bindings, said: source.voice.say("export.aws-cli.made", &[]), width };
        let before = std::mem::take(&mut self.all);
        let stays = self.around == around;
        self.around = around;
        let mut asks_alike = before.len() == steps.len();
        for (at, step) in steps.into_iter().enumerate() {
            // What comes before it numbers it, so it is the same only where it stood.
            let there = before.get(at);
            if let Some(task) = there.filter(|task| stays && Rc::ptr_eq(&task.from, &step)) {
                self.all.push(task.clone());
                continue;
            }
            let number = format!("{:0width$}", (at + 1) * 10);
            let task = Task::new(step, number, &self.around.bindings, deployment);
            asks_alike &= there.is_some_and(|there| there.asked == task.asked);
            self.all.push(Rc::new(task));
        }
        let asked_by_outputs = script::asked_by_outputs(source, &self.around.bindings);
        if !asks_alike || self.asked_by_outputs != asked_by_outputs {
            self.gather(asked_by_outputs);
        }
        let Self { all, around, slots, .. } = self;
        (!all.is_empty()).then_some(Plan { source, bindings: &around.bindings, tasks: all, slots })
    }

    fn gather(&mut self, asked_by_outputs: BTreeMap<String, Slots>) {
        self.asked_by_outputs = asked_by_outputs;
        let mut slots: BTreeMap<String, Slots> = BTreeMap::new();
        let asked = self.all.iter().map(|task| &task.asked).chain([&self.asked_by_outputs]);
        for (name, asked) in asked.flatten() {
            slots.entry(name.clone()).or_default().items.extend(&asked.items);
        }
        if *self.slots != slots {
            self.slots = slots.into();
        }
    }
}

/// A step, its file, and its sections in the scripts.
pub(super) struct Task {
    from: Rc<Step>,
    pub(super) step: Step,
    /// `010`.
    pub(super) number: String,
    /// None where the call makes nothing, or says nothing.
    pub(super) file: Option<String>,
    pub(super) filled: Option<Filled>,
    /// The file's text.
    pub(super) text: Arc<Document>,
    /// What it asks for by name, anywhere.
    asked: BTreeMap<String, Slots>,
    sections: RefCell<Sections>,
}

/// What the scripts hold of a task, as long as the same things are asked for.
#[derive(Default)]
struct Sections {
    slots: Rc<BTreeMap<String, Slots>>,
    written: [[Option<Arc<Document>>; 2]; 2],
}

/// What a script does with tasks.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Make,
    Unmake,
}

impl Task {
    fn new(from: Rc<Step>, number: String, bindings: &Bindings, deployment: &Deployment) -> Self {
        let mut step = Step::clone(&from);
        // The CLI makes tokens by itself. One that stays the same would give back what was taken away.
        let token = deployment.token(&step.id);
        step.call.input.retain(|_, value| value.as_str() != Some(token.as_str()));
        let mut asked = script::asked_by(&step, bindings);
        let (mut file, mut filled, mut text) = (None, None, Document::default());
        if !step.type_name.is_empty() {
            let input = Filled::new(&step, bindings);
            for (name, slots) in &input.asked {
                asked.entry(name.clone()).or_default().items.extend(&slots.items);
            }
            file = Some(format!("{number}-{}.json", title(&step)));
            text = input.document(&step.origin);
            filled = Some(input);
        }
        Self { from, step, number, file, filled, text: text.into(), asked, sections: RefCell::default() }
    }

    /// Its section in a script, which `write` writes where that was not done before.
    pub(super) fn section(
        &self,
        slots: &Rc<BTreeMap<String, Slots>>,
        (way, shell): (Way, Shell),
        write: impl FnOnce() -> Document,
    ) -> Arc<Document> {
        let mut sections = self.sections.borrow_mut();
        if !Rc::ptr_eq(&sections.slots, slots) {
            *sections = Sections { slots: slots.clone(), ..Sections::default() };
        }
        let of_way = match way {
            Way::Make => &mut sections.written[0],
            Way::Unmake => &mut sections.written[1],
        };
        let of_shell = match shell {
            Shell::Bash => &mut of_way[0],
            Shell::PowerShell => &mut of_way[1],
        };
        of_shell.get_or_insert_with(|| write().into()).clone()
    }
}
