//! How far an operation is, at each element of the design.

use indexmap::IndexMap;
use trazo_stack::{Element, Stack};

use super::{Change, Event, Seen, reason::explanation, status};

/// What is done to a stack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    /// It is made.
    #[default]
    Create,
    /// It is changed.
    Update,
    /// It is taken away.
    Delete,
}

/// How far a resource, or an element, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Pending,
    /// AWS works at it.
    Active,
    /// It is as wished.
    Done,
    /// It failed. It stays so although it is then taken away again.
    Failed,
    /// It is being put back as it was, or taken away.
    Undoing,
    /// It is as it was before.
    Undone,
    /// It is gone.
    Removed,
    /// It left the stack and stays in the account.
    Kept,
}

/// How far a resource is.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its type.
    pub type_name: String,
    /// What it is called in the account; empty where that is not known yet.
    pub physical: String,
    /// The element that it was made from.
    pub element: Option<Element>,
    /// How far it is.
    pub state: State,
    /// AWS's word for that; empty before it begins.
    pub status: String,
    /// AWS's latest words about it.
    pub reason: String,
    /// When that was, as AWS writes it.
    pub at: String,
}

/// Why it did not come about.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The resource, or the stack itself.
    pub logical: String,
    /// Its type.
    pub type_name: String,
    /// The element that it was made from.
    pub element: Option<Element>,
    /// AWS's reason.
    pub reason: String,
    /// The text that explains it, where it is one that is known: `deploy.formation.reason.…`.
    pub explained: Option<&'static str>,
    /// Whether it happened only when all was being put back.
    pub while_rolling_back: bool,
}

/// What the stack gives back.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The element that it tells of.
    pub element: Option<Element>,
}

/// How far an operation is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What is done.
    pub operation: Operation,
    /// The status of the stack; empty before anything was heard.
    pub status: String,
    /// AWS's reason for it.
    pub reason: String,
    /// Whether all is being put back, or was.
    pub rolling_back: bool,
    /// Each resource that is worked at, by its logical id.
    pub items: IndexMap<String, Item>,
    /// Why it failed, first things first.
    pub causes: Vec<Cause>,
    /// All that happened, oldest first.
    pub log: Vec<Event>,
    /// What the stack gives back, once it is up.
    pub outputs: Vec<Output>,
    /// Whether the operation has come to its end.
    pub ended: bool,
}

impl Progress {
    /// Notes what is to be worked at, before it begins.
    pub fn expect(&mut self, changes: &[Change]) {
        for change in changes {
            self.items.entry(change.logical.clone()).or_insert_with(|| Item {
                type_name: change.type_name.clone(),
                physical: change.physical.clone(),
                element: change.element.clone(),
                state: State::Pending,
                status: String::new(),
                reason: String::new(),
                at: String::new(),
            });
        }
    }

    /// Whether what was wished has come about.
    pub fn succeeded(&self) -> bool {
        self.ended && status::is_success(&self.status)
    }

    /// How far each element is, in the order of the stack, with AWS's reason where one failed.
    pub fn elements(&self) -> Vec<(Element, State, &str)> {
        let mut all: IndexMap<&Element, Vec<&Item>> = IndexMap::new();
        for item in self.items.values() {
            if let Some(element) = &item.element {
                all.entry(element).or_default().push(item);
            }
        }
        all.into_iter().map(|(element, items)| together(element.clone(), &items)).collect()
    }

    /// The address to try first: that of an API, else that of a load balancer.
    pub fn address(&self) -> Option<&Output> {
        let web = |it: &&Output| it.value.starts_with("http");
        let mut urls = self.outputs.iter().filter(web);
        urls.clone().find(|it| it.name.ends_with("ApiUrl")).or_else(|| urls.next())
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: Event, stack: &Stack) {
        if event.whole {
            self.apply_whole(&event);
        } else {
            self.apply_item(&event, stack);
        }
        self.log.push(event);
    }

    fn apply_whole(&mut self, event: &Event) {
        if event.begins {
            self.operation = match event.status.as_str() {
                "UPDATE_IN_PROGRESS" => Operation::Update,
                "DELETE_IN_PROGRESS" => Operation::Delete,
                _ => Operation::Create,
            };
        }
        if event.status.contains("ROLLBACK") {
            self.rolling_back = true;
            // Cancelled by a person, or something that is wrong with the whole.
            let told = self.causes.iter().any(|it| !it.while_rolling_back);
            if event.status.ends_with("ROLLBACK_IN_PROGRESS") && !told && !event.reason.is_empty() {
                self.cause(event, Some(Element::Design), false);
            }
        }
        self.status.clone_from(&event.status);
        self.reason.clone_from(&event.reason);
    }

    fn apply_item(&mut self, event: &Event, stack: &Stack) {
        let element = stack.resources.get(&event.logical).map(|it| it.origin.element.clone());
        let state = self.state_of(event, stack);
        if state == State::Failed && !is_cancelled(&event.reason) {
            self.cause(event, element.clone(), self.rolling_back);
        }
        let item = self.items.entry(event.logical.clone()).or_insert_with(|| Item {
            type_name: event.type_name.clone(),
            physical: String::new(),
            element: element.clone(),
            state: State::Pending,
            status: String::new(),
            reason: String::new(),
            at: String::new(),
        });
        item.element = element.or(item.element.take());
        if !event.physical.is_empty() {
            item.physical.clone_from(&event.physical);
        }
        // What failed stays marked, with its reason, while all is put back.
        if item.state != State::Failed || state == State::Active {
            item.state = if state == State::Failed && is_cancelled(&event.reason) { State::Undone } else { state };
            item.reason.clone_from(&event.reason);
        }
        item.status.clone_from(&event.status);
        item.at.clone_from(&event.at);
    }

    fn state_of(&self, event: &Event, stack: &Stack) -> State {
        let deletes = event.status.starts_with("DELETE_");
        // While an update tidies up, what was replaced is deleted under the name of what took its place.
        if deletes
            && self.status == "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
            && stack.resources.contains_key(&event.logical)
        {
            return State::Done;
        }
        match event.status.as_str() {
            "DELETE_SKIPPED" => State::Kept,
            "DELETE_COMPLETE" if self.rolling_back => State::Undone,
            "DELETE_COMPLETE" => State::Removed,
            status if status.ends_with("_FAILED") => State::Failed,
            status if status.ends_with("_IN_PROGRESS") && (deletes || self.rolling_back) => State::Undoing,
            status if status.ends_with("_IN_PROGRESS") => State::Active,
            _ if self.rolling_back => State::Undone,
            _ => State::Done,
        }
    }

    fn cause(&mut self, event: &Event, element: Option<Element>, while_rolling_back: bool) {
        self.causes.push(Cause {
            logical: event.logical.clone(),
            type_name: event.type_name.clone(),
            element,
            reason: event.reason.clone(),
            explained: explanation(&event.reason),
            while_rolling_back,
        });
    }

    /// Takes in how the stack stands at the end.
    pub(super) fn finish(&mut self, seen: &Seen, stack: &Stack) {
        self.status.clone_from(&seen.status);
        if !seen.reason.is_empty() {
            self.reason.clone_from(&seen.reason);
        }
        self.outputs = outputs(seen, stack);
        self.ended = true;
        if !status::is_success(&self.status) {
            // What it did not come to is as it was.
            for item in self.items.values_mut().filter(|it| it.state == State::Pending) {
                item.state = State::Undone;
            }
        }
    }
}

/// What a stack gives back, with the elements that it tells of.
pub(super) fn outputs(seen: &Seen, stack: &Stack) -> Vec<Output> {
    let output = |(name, value): &(String, String)| Output {
        name: name.clone(),
        value: value.clone(),
        element: stack.outputs.get(name).map(|it| it.origin.element.clone()),
    };
    seen.outputs.iter().map(output).collect()
}

/// Whether a resource failed only because another had: CloudFormation stops what is on its way.
fn is_cancelled(reason: &str) -> bool {
    reason.contains("cancelled")
}

/// How far an element is, of which several resources were made.
fn together<'a>(element: Element, items: &[&'a Item]) -> (Element, State, &'a str) {
    let first = |state: State| items.iter().find(|it| it.state == state);
    if let Some(failed) = first(State::Failed) {
        return (element, State::Failed, &failed.reason);
    }
    let all = |state: State| items.iter().all(|it| it.state == state);
    let state = if first(State::Undoing).is_some() {
        State::Undoing
    } else if first(State::Active).is_some() || (first(State::Pending).is_some() && !all(State::Pending)) {
        State::Active
    } else {
        // What is rarest says most: one that stayed, one that was put back.
        [State::Pending, State::Kept, State::Undone, State::Done]
            .into_iter()
            .find(|state| first(*state).is_some())
            .unwrap_or(State::Removed)
    };
    (element, state, "")
}
