//! What is in the account, and what happens to it.

use std::collections::{BTreeMap, VecDeque};

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

/// What is still to happen in a stack.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Whole(String, String),
    Event(String, String, String),
    Made(String),
    Gone(String),
    /// The template is now what is there.
    Settled(Json),
}

/// A resource that is there.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) kind: String,
    pub(crate) physical: String,
}

/// A stack.
#[derive(Clone, Debug)]
pub(crate) struct SimStack {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) reason: String,
    pub(crate) updated: String,
    pub(crate) change_set: String,
    pub(crate) tags: Json,
    pub(crate) template: Json,
    pub(crate) things: IndexMap<String, Thing>,
    pub(crate) events: Vec<Json>,
    pub(crate) todo: VecDeque<Task>,
    /// What its template names and how it is called, for events of what is not there (any more).
    pub(crate) names: BTreeMap<String, (String, String)>,
}

/// A change set.
#[derive(Clone, Debug)]
pub(crate) struct SimSet {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) stack: String,
    pub(crate) creates: bool,
    pub(crate) status: String,
    pub(crate) execution: String,
    pub(crate) reason: String,
    pub(crate) template: Json,
    pub(crate) tags: Json,
    pub(crate) changes: Vec<Json>,
    pub(crate) token: String,
}

/// All there is.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) stacks: Vec<SimStack>,
    pub(crate) sets: Vec<SimSet>,
    /// How often each resource was made, by its logical id.
    pub(crate) made: BTreeMap<String, usize>,
    /// What fails when it is made or changed, with AWS's reason.
    pub(crate) fails: BTreeMap<String, String>,
    /// What cannot be deleted, with AWS's reason.
    pub(crate) sticks: BTreeMap<String, String>,
    pub(crate) drifts: Vec<Json>,
    count: usize,
}

impl Account {
    pub(crate) fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    pub(crate) fn at(&self, name: &str) -> Option<usize> {
        self.stacks.iter().position(|it| it.id == name || (it.name == name && it.status != "DELETE_COMPLETE"))
    }

    pub(crate) fn alive(&self) -> Vec<&SimStack> {
        self.stacks.iter().filter(|it| it.status != "DELETE_COMPLETE").collect()
    }

    /// Time passes: each stack takes two steps.
    pub(crate) fn pass(&mut self) {
        for set in self.sets.iter_mut().filter(|it| it.status == "CREATE_IN_PROGRESS") {
            set.status = if set.changes.is_empty() { "FAILED" } else { "CREATE_COMPLETE" }.to_owned();
            set.execution = if set.changes.is_empty() { "UNAVAILABLE" } else { "AVAILABLE" }.to_owned();
            if set.changes.is_empty() {
                "The submitted information didn't contain changes. Submit different information to create a change set."
                    .clone_into(&mut set.reason);
            }
        }
        for at in 0..self.stacks.len() {
            for _ in 0..2 {
                if let Some(task) = self.stacks[at].todo.pop_front() {
                    self.step(at, task);
                }
            }
        }
    }

    pub(crate) fn step(&mut self, at: usize, task: Task) {
        match task {
            Task::Whole(status, reason) => {
                let (id, name) = (self.stacks[at].id.clone(), self.stacks[at].name.clone());
                self.event(at, &name, "AWS::CloudFormation::Stack", &id, &status, &reason);
                let time = format!("t{}", self.number());
                let stack = &mut self.stacks[at];
                if status == "UPDATE_IN_PROGRESS" || status == "CREATE_IN_PROGRESS" {
                    stack.updated = time;
                }
                if let Some(set) = self.sets.iter_mut().find(|it| it.id == stack.change_set)
                    && !status.ends_with("_IN_PROGRESS")
                {
                    let good = status == "CREATE_COMPLETE" || status == "UPDATE_COMPLETE";
                    set.execution = if good { "EXECUTE_COMPLETE" } else { "EXECUTE_FAILED" }.to_owned();
                }
                if status == "DELETE_COMPLETE" {
                    self.sets.retain(|it| it.stack != id);
                }
                stack.status = status;
                stack.reason = reason;
            }
            Task::Event(logical, status, reason) => {
                let (kind, physical) = self.stacks[at].names.get(&logical).cloned().unwrap_or_default();
                self.event(at, &logical, &kind, &physical, &status, &reason);
            }
            Task::Made(logical) => {
                *self.made.entry(logical.clone()).or_default() += 1;
                let number = self.number();
                let physical = format!("{}-{logical}-{number}", self.stacks[at].name);
                let stack = &mut self.stacks[at];
                let (kind, old) = stack.names.entry(logical.clone()).or_default();
                old.clone_from(&physical);
                stack.things.insert(logical, Thing { kind: kind.clone(), physical });
            }
            Task::Gone(logical) => {
                self.stacks[at].things.shift_remove(&logical);
            }
            Task::Settled(template) => self.stacks[at].template = template,
        }
    }

    fn event(&mut self, at: usize, logical: &str, kind: &str, physical: &str, status: &str, reason: &str) {
        let id = format!("e{}", self.number());
        let stack = &mut self.stacks[at];
        stack.events.push(json!({
            "StackId": stack.id, "StackName": stack.name, "EventId": id, "LogicalResourceId": logical,
            "PhysicalResourceId": physical, "ResourceType": kind, "ResourceStatus": status,
            "ResourceStatusReason": reason, "Timestamp": format!("2026-11-22T10:00:00.{id}Z"),
        }));
    }

    /// What an executed change set leads to.
    pub(crate) fn execute(&mut self, set: &SimSet) {
        let Some(at) = self.at(&set.stack) else { return };
        let todo = if set.creates { self.creation(set) } else { self.update(at, set) };
        let stack = &mut self.stacks[at];
        stack.change_set.clone_from(&set.id);
        stack.tags.clone_from(&set.tags);
        for (logical, resource) in set.template["Resources"].as_object().into_iter().flatten() {
            let kind = resource["Type"].as_str().unwrap_or_default().to_owned();
            stack.names.entry(logical.clone()).or_default().0 = kind;
        }
        stack.todo = todo;
        // What was accepted has begun.
        if let Some(first) = self.stacks[at].todo.pop_front() {
            self.step(at, first);
        }
    }

    fn creation(&self, set: &SimSet) -> VecDeque<Task> {
        let mut todo = VecDeque::from([whole("CREATE_IN_PROGRESS", "User Initiated")]);
        let mut done: Vec<String> = Vec::new();
        for logical in set.template["Resources"].as_object().into_iter().flatten().map(|(id, _)| id) {
            todo.push_back(event(logical, "CREATE_IN_PROGRESS", ""));
            if let Some(reason) = self.fails.get(logical) {
                todo.push_back(event(logical, "CREATE_FAILED", reason));
                let last = done.last().cloned().unwrap_or_else(|| logical.clone());
                if last != *logical {
                    todo.push_back(event(&last, "CREATE_FAILED", "Resource creation cancelled"));
                }
                let words =
                    format!("The following resource(s) failed to create: [{logical}]. Rollback requested by user.");
                todo.push_back(whole("ROLLBACK_IN_PROGRESS", &words));
                done.push(logical.clone());
                for id in done.iter().rev() {
                    todo.extend([event(id, "DELETE_IN_PROGRESS", ""), Task::Gone(id.clone())]);
                    todo.push_back(event(id, "DELETE_COMPLETE", ""));
                }
                todo.push_back(whole("ROLLBACK_COMPLETE", ""));
                return todo;
            }
            todo.push_back(Task::Made(logical.clone()));
            todo.push_back(event(logical, "CREATE_IN_PROGRESS", "Resource creation Initiated"));
            todo.push_back(event(logical, "CREATE_COMPLETE", ""));
            done.push(logical.clone());
        }
        todo.extend([Task::Settled(set.template.clone()), whole("CREATE_COMPLETE", "")]);
        todo
    }

    fn update(&self, at: usize, set: &SimSet) -> VecDeque<Task> {
        let mut todo = VecDeque::from([whole("UPDATE_IN_PROGRESS", "User Initiated")]);
        let mut leaving = Vec::new();
        for change in &set.changes {
            let change = &change["ResourceChange"];
            let logical = change["LogicalResourceId"].as_str().unwrap_or_default();
            let (begin, end) = match change["Action"].as_str() {
                Some("Remove") => {
                    leaving.push(logical.to_owned());
                    continue;
                }
                Some("Add") => ("CREATE_IN_PROGRESS", "CREATE_COMPLETE"),
                _ => ("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"),
            };
            todo.push_back(event(logical, begin, ""));
            if let Some(reason) = self.fails.get(logical) {
                todo.push_back(event(logical, "UPDATE_FAILED", reason));
                return self.undo(todo, logical);
            }
            if begin == "CREATE_IN_PROGRESS" || change["Replacement"] == "True" {
                todo.push_back(Task::Made(logical.to_owned()));
            }
            todo.push_back(event(logical, end, ""));
        }
        todo.push_back(whole("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", ""));
        for logical in leaving {
            todo.extend([event(&logical, "DELETE_IN_PROGRESS", ""), Task::Gone(logical.clone())]);
            todo.push_back(event(&logical, "DELETE_COMPLETE", ""));
        }
        todo.extend([Task::Settled(set.template.clone()), whole("UPDATE_COMPLETE", "")]);
        debug_assert!(at < self.stacks.len());
        todo
    }

    fn undo(&self, mut todo: VecDeque<Task>, logical: &str) -> VecDeque<Task> {
        let words = format!("The following resource(s) failed to update: [{logical}]. ");
        todo.push_back(whole("UPDATE_ROLLBACK_IN_PROGRESS", &words));
        todo.push_back(event(logical, "UPDATE_IN_PROGRESS", ""));
        if self.sticks.contains_key(logical) {
            todo.push_back(event(logical, "UPDATE_FAILED", &self.sticks[logical]));
            todo.push_back(whole("UPDATE_ROLLBACK_FAILED", &words));
            return todo;
        }
        todo.push_back(event(logical, "UPDATE_COMPLETE", ""));
        todo.push_back(whole("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", ""));
        todo.push_back(whole("UPDATE_ROLLBACK_COMPLETE", ""));
        todo
    }

    /// Takes a stack away.
    pub(crate) fn delete(&mut self, at: usize, retain: &[String]) {
        let mut todo = VecDeque::from([whole("DELETE_IN_PROGRESS", "User Initiated")]);
        let mut stuck = Vec::new();
        for logical in self.stacks[at].things.keys().rev() {
            if retain.contains(logical) {
                todo.extend([event(logical, "DELETE_SKIPPED", ""), Task::Gone(logical.clone())]);
                continue;
            }
            todo.push_back(event(logical, "DELETE_IN_PROGRESS", ""));
            if let Some(reason) = self.sticks.get(logical) {
                todo.push_back(event(logical, "DELETE_FAILED", reason));
                stuck.push(logical.clone());
            } else {
                todo.extend([Task::Gone(logical.clone()), event(logical, "DELETE_COMPLETE", "")]);
            }
        }
        if stuck.is_empty() {
            todo.push_back(whole("DELETE_COMPLETE", ""));
        } else {
            let words = format!("The following resource(s) failed to delete: [{}]. ", stuck.join(", "));
            todo.push_back(whole("DELETE_FAILED", &words));
        }
        self.stacks[at].todo = todo;
        if let Some(first) = self.stacks[at].todo.pop_front() {
            self.step(at, first);
        }
    }
}

pub(crate) fn whole(status: &str, reason: &str) -> Task {
    Task::Whole(status.to_owned(), reason.to_owned())
}

pub(crate) fn event(logical: &str, status: &str, reason: &str) -> Task {
    Task::Event(logical.to_owned(), status.to_owned(), reason.to_owned())
}
